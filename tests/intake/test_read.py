"""A whole export folder, with real files of every format and every kind of bad input."""

import csv
import io
import json
import os
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from reportlab.pdfgen.canvas import Canvas

from pipeline.domain.decision import Decision, Organ, Procedure, Unreadable
from pipeline.domain.faults import Fault, Place
from pipeline.domain.party import PartyKind
from pipeline.domain.review import Source
from pipeline.intake import readers
from pipeline.intake.join import JoinSettings
from pipeline.intake.model import DocumentFile, FileContent
from pipeline.intake.read import Intake, read_exports
from tests.intake.exports import DOCUMENT, HIDDEN, NUMBER, TODAY, read, record, write_jsonl

OTHER = "云岭综执罚决字〔2026〕第13号"
ROW = {
    "行政相对人名称": "云岭县好味餐饮有限公司",
    "行政相对人类别": "法人及非法人组织",
    "行政相对人代码_1（统一社会信用代码）": "91330822MA28F00MX1",
    "法定代表人": HIDDEN,
    "行政处罚决定书文号": NUMBER,
    "违法行为类型": "占道经营",
    "违法事实": "占用人行道经营",
    "处罚依据": "《云岭县市容条例》第三条",
    "处罚类别": "罚款",
    "处罚内容": "罚款人民币贰仟元整（¥2,000.00）",
    "罚款金额（万元）": "0.2",
    "处罚决定日期": "2026/03/02",
    "处罚有效期": "2099/12/31",
    "处罚机关": "云岭县综合行政执法局",
}


def write_csv(folder: Path, *rows: dict[str, str], name: str = "双公示.csv") -> None:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    (folder / name).write_bytes(stream.getvalue().encode("utf-8-sig"))


def write_docx(folder: Path, text: str = DOCUMENT, name: str = "决定书.docx") -> None:
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(folder / name))


def write_scan(folder: Path, name: str) -> None:
    canvas = Canvas(str(folder / name))
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.showPage()
    canvas.save()


def one(intake: Intake) -> Decision:
    (decision,) = intake.received
    assert isinstance(decision, Decision), decision
    return decision


def held(intake: Intake) -> str:
    (unreadable,) = intake.received
    assert isinstance(unreadable, Unreadable)
    text = "\n".join(map(str, unreadable.faults))
    assert HIDDEN not in text
    return text


def test_a_bureau_with_a_sheet_and_documents_gets_whole_decisions(tmp_path: Path) -> None:
    write_csv(tmp_path, ROW)
    write_docx(tmp_path)
    decision = one(read(tmp_path))
    assert decision.penalties[0].amount == 200000
    assert decision.procedure is Procedure.ORDINARY
    assert decision.legal_review.passed is True
    assert len(decision.document) == len(DOCUMENT.splitlines())
    assert dict(decision.sources)["procedure"] is Source.DOCUMENT


def test_every_format_is_read(tmp_path: Path) -> None:
    for number, name in enumerate(("a.txt", "b.md", "c.html", "d.htm", "e.docx", "f.DOCX"), 20):
        text = DOCUMENT.replace("12号", f"{number}号")
        if name.lower().endswith("docx"):
            write_docx(tmp_path, text, name)
        elif name.endswith(("html", "htm")):
            paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
            (tmp_path / name).write_text(f"<html><body>{paragraphs}</body></html>", "utf-8")
        else:
            (tmp_path / name).write_text(text.replace("\n", "\n\n"), "utf-8")
    write_jsonl(tmp_path, record())
    (tmp_path / "g.json").write_text(json.dumps([record(case_number=OTHER)]), "utf-8")
    intake = read(tmp_path)
    assert [type(r) for r in intake.received] == [Decision] * 8, intake
    assert (intake.faults, intake.files) == ((), 8)


def test_a_document_without_a_row_and_a_row_without_a_document_both_stand(tmp_path: Path) -> None:
    write_csv(tmp_path, {**ROW, "行政处罚决定书文号": OTHER})
    write_docx(tmp_path)
    with_document, without = read(tmp_path).received
    assert isinstance(with_document, Decision)
    assert with_document.parties[0].kind is PartyKind.LEGAL_PERSON
    assert isinstance(without, Decision)
    assert without.document == ()


def test_a_document_that_says_too_little_is_held_with_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"行政处罚决定书\n{NUMBER}\n经查属实，予以处罚。", "utf-8")
    text = held(read(tmp_path))
    for words in ("缺少当事人", "缺少处罚机关", "缺少处罚决定日期"):
        assert words in text


def test_the_file_name_gives_the_number_a_document_does_not_say(tmp_path: Path) -> None:
    write_csv(tmp_path, ROW)
    write_docx(tmp_path, DOCUMENT.replace(NUMBER + "\n", ""), f"{NUMBER}.docx")
    assert one(read(tmp_path)).document


def test_a_file_name_that_contradicts_its_document_holds_it(tmp_path: Path) -> None:
    write_docx(tmp_path, name=f"{OTHER}.docx")
    assert "文件名中的文号" in held(read(tmp_path))


def test_a_number_only_in_a_file_name_never_makes_a_decision(tmp_path: Path) -> None:
    write_docx(tmp_path, DOCUMENT.replace(NUMBER + "\n", ""), f"{HIDDEN}{NUMBER}.docx")
    (record,) = read(tmp_path).received
    assert isinstance(record, Unreadable)
    assert record.case_number is None
    assert "把文件名改为文号" in str(record.faults[0])


def test_a_name_before_the_number_in_a_file_name_does_no_harm(tmp_path: Path) -> None:
    write_docx(tmp_path, name=f"好味餐饮{NUMBER}.docx")
    assert one(read(tmp_path)).case_number.raw == NUMBER


def test_an_unreadable_document_with_a_name_before_its_number_holds_its_row(
    tmp_path: Path,
) -> None:
    write_scan(tmp_path, f"好味餐饮{NUMBER}.pdf")
    write_csv(tmp_path, ROW)
    (record,) = read(tmp_path).received
    assert isinstance(record, Unreadable)
    assert record.case_number is not None
    assert record.case_number.raw == NUMBER


def test_a_number_glued_to_the_name_of_the_organ_finds_its_row(tmp_path: Path) -> None:
    write_csv(tmp_path, ROW)
    write_docx(tmp_path, DOCUMENT.replace("\n行政处罚决定书\n", ""))
    assert one(read(tmp_path)).document


@pytest.mark.parametrize("name", ["a.pdf", f"{NUMBER}.pdf"])
def test_a_scan_is_held_with_the_reason_and_holds_its_row(tmp_path: Path, name: str) -> None:
    write_scan(tmp_path, name)
    assert name in held(read(tmp_path))
    write_csv(tmp_path, ROW)
    records = read(tmp_path).received
    assert len(records) == (1 if NUMBER in name else 2)
    assert any(isinstance(r, Unreadable) for r in records)


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".xlsx", ".html", ".json", ".csv"])
def test_a_truncated_or_empty_file_costs_itself_and_is_not_lost(
    tmp_path: Path, suffix: str
) -> None:
    write_docx(tmp_path, name="whole.docx")
    content = (tmp_path / "whole.docx").read_bytes()
    (tmp_path / "whole.docx").unlink()
    for number, part in enumerate((content[: len(content) // 2], b"")):
        (tmp_path / f"{number}{suffix}").write_bytes(part)
    write_jsonl(tmp_path, record(case_number=OTHER))
    intake = read(tmp_path)
    decisions = [r for r in intake.received if isinstance(r, Decision)]
    assert len(decisions) == 1
    places = {f.place.file for f in intake.faults}
    places |= {f.place.file for r in intake.received if isinstance(r, Unreadable) for f in r.faults}
    assert places == {f"0{suffix}", f"1{suffix}"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.doc", "DOCX"), ("a.WPS", "DOCX"), ("a.ofd", "PDF"), ("a.jpg", "图片"),
        (f"{NUMBER}.doc", "另存为"),
    ],
)  # fmt: skip
def test_a_document_in_a_foreign_format_is_held_and_names_the_conversion(
    tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    text = held(read(tmp_path))
    assert name in text
    assert words in text


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.xls", "XLSX"), ("a.et", "XLSX"), ("a.zip", "可用的格式"), ("说明", "可用的格式")],
)
def test_another_foreign_file_is_a_fault_that_says_what_to_do(
    tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / name).write_bytes(b"x")
    intake = read(tmp_path)
    assert intake.received == ()
    assert words in str(intake.faults[0])
    assert intake.files == 1


def test_an_empty_folder_gives_no_records_and_says_so(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"x")
    intake = read(tmp_path)
    assert (intake.received, intake.files) == ((), 0)
    assert "导出文件夹是空的" in str(intake.faults[0])


def test_two_rows_of_one_number_with_different_contents_are_held(tmp_path: Path) -> None:
    write_csv(tmp_path, ROW, {**ROW, "违法事实": "另一件事"}, {**ROW, "行政处罚决定书文号": OTHER})
    first, second = read(tmp_path).received
    assert isinstance(first, Unreadable)
    assert "第2行" in str(first.faults[0])
    assert "第3行" in str(first.faults[0])
    assert isinstance(second, Decision)


def test_two_identical_rows_in_two_files_are_one_record(tmp_path: Path) -> None:
    write_csv(tmp_path, ROW)
    write_csv(tmp_path, ROW, name="again.csv")
    assert one(read(tmp_path)).place.file == "again.csv"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"处罚决定日期": "2026/02/30"}, "日期"),
        ({"处罚内容": "罚款人民币贰仟元整（¥3,000.00）"}, "大写与小写"),
        ({"罚款金额（万元）": "2000"}, "万元"),
        ({"罚款金额（万元）": "-0.2"}, "罚款金额"),
    ],
)
def test_a_row_with_a_bad_value_is_held(tmp_path: Path, change: dict[str, str], words: str) -> None:
    write_csv(tmp_path, {**ROW, **change})
    assert words in held(read(tmp_path))


def test_a_document_of_another_procedure_than_the_sheet_says_is_held(tmp_path: Path) -> None:
    write_csv(tmp_path, {**ROW, "适用程序": "简易程序"})
    write_docx(tmp_path)
    assert "适用程序不一致" in held(read(tmp_path))


def test_the_document_inside_a_json_record_speaks_too(tmp_path: Path) -> None:
    write_jsonl(tmp_path, record(document_text=DOCUMENT))
    assert one(read(tmp_path)).procedure is Procedure.ORDINARY
    write_jsonl(tmp_path, record(document_text=DOCUMENT, procedure="简易程序"))
    assert "适用程序与所附决定书全文不一致" in held(read(tmp_path))
    write_jsonl(tmp_path, record(document_text=DOCUMENT, case_number=OTHER))
    assert "文号不一致" in held(read(tmp_path))


def test_a_link_is_a_fault_and_a_linked_document_is_held(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    write_jsonl(folder, record())
    write_docx(tmp_path, DOCUMENT.replace("12号", "14号"), "outside.docx")
    (folder / "link.docx").symlink_to(tmp_path / "outside.docx")
    (folder / "link.jsonl").symlink_to(folder / "处罚.jsonl")
    intake = read(folder)
    assert [type(r) for r in intake.received] == [Decision, Unreadable]
    assert [fault.place.file for fault in intake.faults] == ["link.jsonl"]
    assert intake.files == 3


class _Panic(BaseException):
    """Like the panic of a library written in Rust: no ``Exception``."""


@pytest.mark.parametrize("kind", [RuntimeError, MemoryError, _Panic])
def test_a_crash_in_a_reader_costs_one_file_and_prints_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]
) -> None:
    def crash(file: FileContent) -> DocumentFile:
        raise kind(file.content.decode())

    monkeypatch.setitem(readers.DOCUMENT_READERS, ".txt", crash)
    (tmp_path / "a.txt").write_text(DOCUMENT, "utf-8")
    write_jsonl(tmp_path, record(case_number=OTHER))
    whole, broken = read(tmp_path).received
    assert isinstance(whole, Decision)
    assert isinstance(broken, Unreadable)
    problem = f"读取时程序出错（{kind.__name__}）"
    assert broken.faults == (
        Fault(Place("a.txt"), problem, "请把文件另存一次后重试；仍不行的，请改用其他格式"),
    )


def test_the_organ_of_the_site_fills_a_gap(tmp_path: Path) -> None:
    write_jsonl(tmp_path, record(organ=None))
    assert "缺少处罚机关" in held(read(tmp_path))
    assert one(read(tmp_path, organ=Organ("云岭县城管局"))).organ.name == "云岭县城管局"


@pytest.mark.parametrize("name", ["big.txt", "big.jsonl", "big.csv", "big.html", "big.zip"])
def test_a_file_of_a_hundred_megabytes_costs_neither_the_memory_nor_the_batch(
    tmp_path: Path, name: str
) -> None:
    with (tmp_path / name).open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    write_jsonl(tmp_path, record())
    before = time.monotonic()
    tracemalloc.start()
    intake = read(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert any(isinstance(r, Decision) for r in intake.received)
    assert intake.files == 2
    assert peak < 900 * 1024 * 1024
    assert time.monotonic() - before < 60


def test_a_file_above_the_limit_of_the_site_is_a_fault(tmp_path: Path) -> None:
    write_jsonl(tmp_path, record(facts="事实" * 1000))
    intake = read_exports(tmp_path, JoinSettings(today=TODAY), size_limit=100)
    assert "文件过大" in str(intake.faults[0])


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    write_csv(tmp_path, ROW)
    write_docx(tmp_path)
    write_jsonl(tmp_path, record(case_number=OTHER), {"case_number": "x"})
    first = read(tmp_path)
    for path in tmp_path.iterdir():
        os.utime(path, ns=(1, 1))
    assert read(tmp_path) == first


def test_no_message_and_no_repr_holds_what_is_protected(tmp_path: Path) -> None:
    bad: list[dict[str, Any]] = [
        record(procedure=HIDDEN), record(case_number=OTHER, events=HIDDEN),
        record(case_number=HIDDEN), {HIDDEN: HIDDEN}, record(title=HIDDEN, served_on=HIDDEN),
    ]  # fmt: skip
    write_jsonl(tmp_path, *bad, name="bad.jsonl")
    write_jsonl(tmp_path, record(facts=HIDDEN))
    write_csv(tmp_path, {**ROW, "处罚决定日期": HIDDEN, "处罚类别": HIDDEN}, name="bad.csv")
    write_docx(tmp_path, HIDDEN)
    intake = read(tmp_path)
    assert len(intake.received) >= 5
    assert HIDDEN not in repr(intake)
    assert HIDDEN not in "".join(map(str, intake.faults))
