"""审查表: one row, one sign-off of one decision."""

from datetime import date
from typing import Any

import pytest

from pipeline.domain.review import LegalReview, SecrecyReview, Source
from pipeline.intake.model import Draft, FileContent, UnreadableFileError
from pipeline.intake.sheet import read_sheet
from tests.intake.sheet_rows import csv_bytes, grid, row, xlsx_bytes

HEAD = ["文号", "审查事项", "审查结论", "审查人", "审查日期", "制作人", "是否涉及个人隐私"]
NUMBER = "某综执罚决字〔2024〕12号"
SECRECY = [NUMBER, "保密审查", "不涉及", "郑小二", "2024/5/7", "王小三", ""]
LEGAL = [NUMBER, "法制审核", "通过", "吴小一", "2024年4月28日", "", ""]


def read(*lines: list[Any], head: list[str] = HEAD) -> tuple[Draft, ...]:
    return read_sheet(FileContent("审查表.csv", csv_bytes([head, *lines])))


def test_a_secrecy_review_answers_all_four_questions() -> None:
    (draft,) = read(SECRECY)
    assert draft.source is Source.REVIEW_SHEET
    assert draft.case_number is not None
    assert draft.case_number.key == "某综执罚决字〔2024〕12"
    assert draft.faults == ()
    assert draft.fields == {
        "secrecy_review": SecrecyReview(
            state_secret=False,
            commercial_secret=False,
            privacy=False,
            security=False,
            reviewer="郑小二",  # type: ignore[arg-type]
            author="王小三",  # type: ignore[arg-type]
            reviewed_on=date(2024, 5, 7),
        )
    }


@pytest.mark.parametrize(
    ("result", "review"),
    [
        ("通过", LegalReview(passed=True)),
        ("不通过", LegalReview(passed=False)),
        ("无需审核", LegalReview(required=False)),
    ],
)
def test_a_legal_review_passes_fails_or_was_not_due(result: str, review: LegalReview) -> None:
    (draft,) = read([*LEGAL[:2], result, *LEGAL[3:]])
    found = draft.fields["legal_review"]
    assert (found.passed, found.required) == (review.passed, review.required)
    assert (found.reviewer, found.reviewed_on) == ("吴小一", date(2024, 4, 28))
    assert draft.faults == ()


def test_two_reviews_of_one_decision_are_two_drafts_with_different_fields() -> None:
    first, second = read(SECRECY, LEGAL)
    assert first.case_number == second.case_number
    assert first.fields.keys().isdisjoint(second.fields.keys())
    assert [first.place.record, second.place.record] == ["第2行", "第3行"]


def test_single_answers_stand_without_a_conclusion() -> None:
    (draft,) = read([*SECRECY[:2], "", *SECRECY[3:6], "否"])
    assert draft.fields["secrecy_review"].privacy is False
    assert draft.fields["secrecy_review"].state_secret is None


@pytest.mark.parametrize(
    ("line", "column", "problem"),
    [
        (["", *SECRECY[1:]], "文号", "没有填写"),
        (["甲", *SECRECY[1:]], "文号", "不是文号"),
        ([NUMBER, "", *SECRECY[2:]], "审查事项", "没有填写"),
        ([NUMBER, "质量审查", *SECRECY[2:]], "审查事项", "不在可选范围"),
        ([NUMBER, "保密审查", "", *SECRECY[3:]], "审查结论", "没有审查结论"),
        ([NUMBER, "法制审核", "", *LEGAL[3:]], "审查结论", "没有填写"),
        ([NUMBER, "法制审核", "不涉及", *LEGAL[3:]], "审查结论", "不在可选范围"),
        ([NUMBER, "保密审查", "通过", *SECRECY[3:]], "审查结论", "看不出"),
        ([NUMBER, "保密审查", "不涉及", "", *SECRECY[4:]], "审查人", "没有审查人或日期"),
        ([NUMBER, "保密审查", "不涉及", "郑小二", "", "", ""], "审查日期", "没有审查人或日期"),
        ([NUMBER, "保密审查", "不涉及", "郑小二", "某天", "", ""], "审查日期", "不是日期"),
        ([*SECRECY[:6], "也许"], "是否涉及个人隐私", "不在可选范围"),
    ],
)
def test_a_faulty_cell_names_row_and_column(line: list[str], column: str, problem: str) -> None:
    (draft,) = read(line)
    (fault,) = [f for f in draft.faults if f.place.field == column]
    assert problem in fault.problem
    assert fault.place.record == "第2行"
    assert "郑小二" not in str(draft)


def test_missing_headings_are_listed() -> None:
    with pytest.raises(UnreadableFileError, match="表头缺少：审查人、审查日期"):
        read(SECRECY[:3], head=HEAD[:3])


def test_a_review_sheet_may_be_a_worksheet_beside_the_decisions() -> None:
    content = xlsx_bytes(
        处罚=grid(row()), 审查=[["某县综合行政执法局审查表"], HEAD, SECRECY, LEGAL]
    )
    drafts = read_sheet(FileContent("a.xlsx", content))
    assert [draft.source for draft in drafts] == [
        Source.EXPORT,
        Source.REVIEW_SHEET,
        Source.REVIEW_SHEET,
    ]
    assert drafts[1].place.record == "第2张表第3行"
