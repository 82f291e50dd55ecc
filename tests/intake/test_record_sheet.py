"""记录清单: the rows of a case become its list of records, in order."""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.decision import Decision, Unreadable
from pipeline.domain.process_record import Medium, ProcessRecord
from pipeline.domain.review import Source
from pipeline.intake.json_export import read_json
from pipeline.intake.model import Draft, FileContent, UnreadableFileError
from pipeline.intake.record_sheet import CLASSES
from pipeline.intake.schema.check import load_schema
from pipeline.intake.sheet import read_sheet
from pipeline.policy.duty_words import CLASSES as POLICY_CLASSES
from tests.exports import record as export_record
from tests.exports import write_jsonl
from tests.intake.exports import read as read_folder
from tests.intake.sheet_rows import csv_bytes, xlsx_bytes

BEIJING = timezone(timedelta(hours=8))
NUMBER = "某综执罚决字〔2024〕12号"
HEAD = ["文号", "记录行为", "记录方式", "文书名称", "结束时间", "存储时间", "执法人员", "是否签字",
        "是否中断", "载明事项", "保存期限", "永久保存原因", "归档时间"]  # fmt: skip
TEXT = [NUMBER, "询问", "文字", "询问笔录", "2024/5/3 10:30", "", "郑小二、王小三", "是", "",
        "证件出示、权利告知", "", "", "2024/6/1"]  # fmt: skip
FILM = [NUMBER, "现场检查", "音像", "检查录像", "2024年5月3日9时05分", "2024-05-03T16:00:30",
        "郑小二", "", "否", "", "永久", "作为证据；阻碍执法", "2024-06-01 09:00"]  # fmt: skip


def read(*lines: list[Any], head: list[str] = HEAD) -> tuple[Draft, ...]:
    return read_sheet(FileContent("记录清单.csv", csv_bytes([head, *lines])))


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BEIJING)  # type: ignore[misc,arg-type]


def test_the_rows_of_a_case_are_one_draft_in_the_order_of_the_sheet() -> None:
    other = ["某综执罚决字〔2024〕9号", *TEXT[1:]]
    many = [[NUMBER, f"行为{number}", "文字", *[""] * 10] for number in range(12)]
    drafts = read(TEXT, other, FILM, *many)
    assert {draft.source for draft in drafts} == {Source.RECORD_SHEET}
    by_key = {d.case_number.key: d for d in drafts if d.case_number}
    records = by_key["某综执罚决字〔2024〕12"].fields["process_records"]
    assert [each.act for each in records[2:]] == [f"行为{number}" for number in range(12)]
    assert records[:2] == (
        ProcessRecord(
            act="询问", medium=Medium.TEXT, document="询问笔录", ended_at=at(2024, 5, 3, 10, 30),
            officers=("郑小二", "王小三"), signed=True, contents=("证件出示", "权利告知"),  # type: ignore[arg-type]
            archived_at=at(2024, 6, 1),
        ),
        ProcessRecord(
            act="现场检查", medium=Medium.AUDIO_VIDEO, document="检查录像",
            ended_at=at(2024, 5, 3, 9, 5), stored_at=at(2024, 5, 3, 16, 0, 30),
            officers=("郑小二",), interrupted=False, retention="永久",  # type: ignore[arg-type]
            classes=("作为证据", "阻碍执法"), archived_at=at(2024, 6, 1, 9, 0),
        ),
    )  # fmt: skip
    assert len(by_key["某综执罚决字〔2024〕9"].fields["process_records"]) == 1


def test_cells_that_are_times_are_read_as_such() -> None:
    line: list[Any] = [*TEXT]
    line[4], line[12] = datetime(2024, 5, 3, 10, 30), datetime(2024, 6, 1)  # noqa: DTZ001
    (draft,) = read_sheet(FileContent("a.xlsx", xlsx_bytes(记录清单=[HEAD, line])))
    (found,) = draft.fields["process_records"]
    assert (found.ended_at, found.archived_at) == (at(2024, 5, 3, 10, 30), at(2024, 6, 1))


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("文号", "", "没有填写"),
        ("文号", "甲", "不是文号"),
        ("记录行为", "", "没有填写"),
        ("记录方式", "", "没有填写"),
        ("记录方式", "口头", "不在可选范围"),
        ("结束时间", "2024/5/3", "不是时间"),
        ("结束时间", "2024/5/3 25:00", "不是时间"),
        ("存储时间", "昨天", "不是时间"),
        ("归档时间", "某天", "不是时间"),
        ("是否签字", "也许", "不在可选范围"),
        ("永久保存原因", "好看", "不在可选范围"),
    ],
)
def test_a_faulty_cell_names_row_and_column(column: str, value: str, problem: str) -> None:
    line = [*TEXT]
    line[HEAD.index(column)] = value
    (draft,) = read(line)
    (fault,) = draft.faults
    assert (fault.place.record, fault.place.field) == ("第2行", column)
    assert problem in fault.problem
    assert "郑小二" not in str(draft.faults)


def test_a_sheet_without_its_required_columns_says_which() -> None:
    with pytest.raises(UnreadableFileError, match="表头缺少：文号"):
        read(TEXT[1:], head=HEAD[1:])


def test_the_list_joins_its_decision_and_a_faulty_row_holds_it(tmp_path: Path) -> None:
    for folder, medium, kind in (("good", "文字", Decision), ("bad", "口头", Unreadable)):
        exports = tmp_path / folder
        write_jsonl(exports, export_record(1))
        number = export_record(1)["case_number"]
        rows = csv_bytes([HEAD, [number, "询问", medium, *[""] * 10]])
        (exports / "记录清单.csv").write_bytes(rows)
        (found,) = read_folder(exports).received
        assert isinstance(found, kind)
        if isinstance(found, Decision):
            assert [each.act for each in found.process_records] == ["询问"]
            assert ("process_records", Source.RECORD_SHEET) in found.sources


def test_schema_sheet_and_policy_know_the_same_reasons_to_keep() -> None:
    schema = load_schema("decision")
    named = schema["$defs"]["process_record"]["properties"]["classes"]["items"]["enum"]
    assert set(named) == set(CLASSES) == POLICY_CLASSES


def test_json_says_the_same_as_a_sheet() -> None:
    content = (
        f'{{"case_number": "{NUMBER}", "process_records": [{{"act": "送达", "medium": "音像",'
        '"method": "留置送达", "interrupted": true, "note": "电量不足", "contents": ["送达过程"],'
        '"returned_at": "2024-05-03T12:00", "classes": ["作为证据"]}],'
        '"legal_review": {"points": [1, 8], "classes": [3]}}'
    )
    (draft,) = read_json(FileContent("a.json", content.encode()))
    (found,) = draft.fields["process_records"]
    assert (found.method, found.interrupted, found.contents) == ("留置送达", True, ("送达过程",))
    assert (found.returned_at, found.classes) == (at(2024, 5, 3, 12, 0), ("作为证据",))
    assert draft.fields["legal_review"].points == {1, 8}
    assert draft.fields["legal_review"].classes == {3}
