"""What a document says of itself: plain statements only."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.decision import Outcome, Procedure
from pipeline.domain.document import Block, heading, paragraph, table
from pipeline.domain.faults import Place
from pipeline.domain.party import PartyKind
from pipeline.domain.review import Source
from pipeline.domain.text import RawText
from pipeline.intake.model import DocumentFile
from pipeline.intake.words import (
    case_number_in,
    find_case_number,
    lines_of,
    read_words,
    said_by,
)
from tests.intake.exports import DOCUMENT, HIDDEN


def blocks(text: str) -> tuple[Block[RawText], ...]:
    return tuple(paragraph(RawText(line)) for line in text.splitlines())


def test_a_plain_document_says_all_it_can() -> None:
    draft = read_words(DocumentFile(Place("a.docx"), "0", blocks(DOCUMENT)))
    assert draft.source is Source.DOCUMENT
    assert draft.case_number is not None
    assert draft.case_number.key == "云岭综执罚决字〔2026〕12"
    fields = draft.fields
    assert fields["title"] == "行政处罚决定书"
    assert fields["organ"].name == "云岭县综合行政执法局"
    assert fields["decided_on"] == date(2026, 3, 2)
    assert fields["procedure"] is Procedure.ORDINARY
    assert fields["outcome"] is Outcome.PENALTY
    assert fields["legal_review"].passed is True
    (party,) = fields["parties"]
    assert party.kind is PartyKind.LEGAL_PERSON
    assert party.code == "91330822MA28F00MX1"
    assert party.representative == HIDDEN
    assert HIDDEN not in repr(draft)


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("云岭综执罚决字〔2026〕第0012号", "云岭综执罚决字〔2026〕12"),
        ("云岭综执罚决字﹝2026﹞12号", "云岭综执罚决字〔2026〕12"),
        ("文号：云岭综执罚决字[2026]12号", "云岭综执罚决字〔2026〕12"),
        ("编号: 云岭综执罚决字(2026)第 12 号", "云岭综执罚决字〔2026〕12"),
        ("税务行政处罚决定书云税稽罚〔2026〕17号云岭县好味公司：", "云税稽罚〔2026〕17"),
        ("税务行政处罚决定书云税稽罚〔2026〕17号", "云税稽罚〔2026〕17"),
        ("行政处罚决定书（云岭综执罚决字〔2026〕12号）", "云岭综执罚决字〔2026〕12"),
        ("（云岭）应急罚〔2026〕3-1号", "(云岭)应急罚〔2026〕3-1"),
        ("我局作出《行政处罚告知书》（云岭综执告〔2026〕9号）", None),
        ("案号：云岭综执立〔2026〕3号", None),
        ("云岭综执罚决字〔2026〕号", None),
        ("国务院令第764号", None),
        ("北市税稽处〔2026〕〔1〕", None),
    ],
)
def test_finds_its_own_number_and_no_other(head: str, key: str | None) -> None:
    text = f"云岭县综合行政执法局\n{head}\n当事人：某某"
    number = find_case_number(blocks(text))
    assert (number.key if number else None) == key


def test_a_line_that_is_only_a_number_comes_before_one_that_contains_it() -> None:
    text = "云岭综执告字〔2026〕9号告知后\n云岭综执罚决字〔2026〕12号"
    assert getattr(find_case_number(blocks(text)), "number", None) == 12


def test_a_number_far_below_the_head_is_not_its_own() -> None:
    text = "行政处罚决定书\n" + "一段\n" * 20 + "云岭综执罚决字〔2026〕12号"
    assert find_case_number(blocks(text)) is None


def test_finds_the_number_in_a_file_name() -> None:
    number = case_number_in("云岭县好味餐饮-云岭综执罚决字〔2026〕12号")
    assert number is not None
    assert number.number == 12
    assert case_number_in("决定书2026-12") is None


@pytest.mark.parametrize(
    ("clause", "procedure"),
    [
        ("本案适用普通程序。", Procedure.ORDINARY),
        ("本机关依法适用一般程序办理本案。", Procedure.ORDINARY),
        ("本案适用简易程序，当场作出决定。", Procedure.SUMMARY),
        ("本案不适用简易程序。", None),
        ("如适用普通程序，应当立案。", None),
        ("可以适用普通程序。", None),
        ("是否适用普通程序由负责人决定。", None),
        ("除适用普通程序的外。", None),
        ("本案由适用简易程序转为适用普通程序。", None),
        ("根据第五十四条的规定适用普通程序办理。", None),
        ("经查，当事人有违法行为。", None),
    ],
)
def test_takes_the_procedure_only_from_a_plain_statement(
    clause: str, procedure: Procedure | None
) -> None:
    assert said_by(blocks(f"行政处罚决定书\n{clause}")).get("procedure") is procedure


@pytest.mark.parametrize(
    "title", ["当场处罚决定书", "当场行政处罚决定书", "行政处罚决定书（简易程序）"]
)
def test_a_decision_on_the_spot_is_summary_procedure(title: str) -> None:
    assert said_by(blocks(title))["procedure"] is Procedure.SUMMARY


def test_a_document_that_contradicts_itself_is_a_fault_and_says_neither() -> None:
    text = blocks("当场处罚决定书\n本案适用普通程序。")
    draft = read_words(DocumentFile(Place("a.docx"), "0", text))
    assert "procedure" not in draft.fields
    assert "又写简易程序" in draft.faults[0].problem


@pytest.mark.parametrize(
    ("clause", "passed"),
    [
        ("本案经法制审核通过。", True),
        ("本案已经本机关法制机构法制审核，无异议。", True),
        ("经法制审核无不同意见并经集体讨论。", True),
        ("本案法制审核未通过。", False),
        ("本案未经法制审核。", None),
        ("应当经法制审核。", None),
        ("依法无需法制审核。", None),
        ("本案拟经法制审核后作出决定。", None),
    ],
)
def test_takes_the_legal_review_only_from_a_plain_statement(
    clause: str, passed: bool | None
) -> None:
    review = said_by(blocks(f"行政处罚决定书\n{clause}")).get("legal_review")
    assert (review.passed if review else None) is passed


@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        ("行政处罚决定书", Outcome.PENALTY),
        ("行 政 处 罚 决 定 书", Outcome.PENALTY),
        ("云岭县综合行政执法局不予行政处罚决定书", Outcome.NO_PENALTY),
        ("行政处罚决定书云岭综执罚决字〔2026〕12号", Outcome.PENALTY),
        ("云岭县综合行政执法局行政处罚决定书（单位）", Outcome.PENALTY),
        ("经查，我局作出的行政处罚决定书已送达", None),
        ("税务处理决定书", None),
        ("责令改正通知书", None),
    ],
)
def test_the_title_says_what_was_decided(title: str, outcome: Outcome | None) -> None:
    assert said_by((heading(RawText(title)),)).get("outcome") is outcome


def test_the_organ_is_a_line_of_its_own_or_stands_before_the_title() -> None:
    assert said_by(blocks("云岭县市场监督管理局行政处罚决定书"))["organ"].name == (
        "云岭县市场监督管理局"
    )
    assert "organ" not in said_by(blocks("行政处罚决定书\n云岭县好味餐饮有限公司"))


@pytest.mark.parametrize(
    ("end", "day"),
    [
        ("2026年3月2日", date(2026, 3, 2)),
        ("云岭县综合行政执法局（印章）二〇二六年三月二日", date(2026, 3, 2)),
        ("二Ｏ二六年三月二日\n-6-", date(2026, 3, 2)),
        ("2026 年 3 月 2 日（印章）", date(2026, 3, 2)),
        ("2026年2月30日", None),
        ("2026年3月2日\n2026年3月9日", None),
        ("当事人于2026年3月2日签收", None),
        ("年 月 日", None),
    ],
)
def test_the_day_of_decision_is_the_one_below_the_signature(end: str, day: date | None) -> None:
    assert said_by(blocks(f"行政处罚决定书\n经查。\n{end}")).get("decided_on") == day


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("当事人：王某乙，性别：男，身份证号：330822199001010018，住址：云岭县一号",
         PartyKind.NATURAL_PERSON),
        ("当事人：好味面馆\n统一社会信用代码：92330822MA00000002\n经营者：王某乙",
         PartyKind.INDIVIDUAL_BUSINESS),
        ("被处罚人：云岭县好味餐饮有限公司", PartyKind.LEGAL_PERSON),
        ("当事人：王某乙，男，汉族，1990年1月1日出生，住云岭县一号", PartyKind.NATURAL_PERSON),
        ("当事人：好味（云岭）餐饮有限公司（以下简称当事人）", PartyKind.LEGAL_PERSON),
        ("当事人：好味餐饮有限公司云岭分公司", PartyKind.UNINCORPORATED),
        ("当事人：王某乙于2026年1月1日出摊", None),
        ("当事人：王某乙", None),
        ("当事人：好味部\n统一社会信用代码：91330822MA00000003", None),
        ("当事人的行为违法", None),
    ],
)  # fmt: skip
def test_takes_a_party_only_when_its_kind_is_plain(lines: str, kind: PartyKind | None) -> None:
    parties = said_by(blocks(f"行政处罚决定书\n{lines}")).get("parties", ())
    assert [party.kind for party in parties] == ([kind] if kind else [])


def test_two_parties_are_both_taken_or_none() -> None:
    one = "当事人：王某乙，性别：男"
    assert len(said_by(blocks(f"{one}\n{one.replace('乙', '丙')}"))["parties"]) == 2
    assert "parties" not in said_by(blocks(f"{one}\n当事人：好味部"))


def test_reads_cells_of_tables_too() -> None:
    row = tuple(RawText(cell) for cell in ("当事人：王某乙", "性别：男", "出生日期：1990年1月1日"))
    (party,) = said_by((table((row,)),))["parties"]
    assert party.name == "王某乙"
    assert party.birth_date == date(1990, 1, 1)


def test_a_name_keeps_the_brackets_that_belong_to_it_and_loses_asides() -> None:
    text = "当事人：好味（云岭）餐饮有限公司（以下简称当事人）"
    (party,) = said_by(blocks(text))["parties"]
    assert party.name == "好味(云岭)餐饮有限公司"
    (person,) = said_by(blocks("当事人：王某乙（男，身份证号330822199001010018）"))["parties"]
    assert person.name == "王某乙"
    assert person.identifiers == ("330822199001010018",)


def test_reads_a_form_whose_labels_stand_in_cells_of_their_own() -> None:
    cells = (("当事人", "王某乙", "性 别", "男"), ("住址", "云岭县一号", "联系电话", "13800000000"))
    rows = tuple(tuple(map(RawText, row)) for row in cells)
    (party,) = said_by((table(rows),))["parties"]
    assert (party.name, party.address) == ("王某乙", "云岭县一号")
    assert party.contacts == ("13800000000",)


@given(st.text(st.sampled_from("，：；（）！？％－￥。·①㎡Ａ１甲 a,\u0338\u0301\u3000\n")))
def test_lines_are_in_nfkc_whatever_marks_stand_in_them(text: str) -> None:
    plain = unicodedata.normalize("NFKC", text).splitlines()
    found = tuple(lines_of((paragraph(RawText(text)),)))
    assert found == tuple(line.strip() for line in plain if line.strip())
