"""Downloads: the 双公示 layout, no formula, no name of a person, equal bytes."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from pipeline.domain.cleared import ClearedDecision, Run
from pipeline.domain.money import Fen
from pipeline.domain.penalty import Penalty, PenaltyKind
from pipeline.domain.public import CorrectionNote, PublicRecord
from pipeline.intake.sheet_columns import STANDARD
from pipeline.site.data import tables
from pipeline.site.data.entry import OpenDecision, open_decision
from pipeline.site.data.fields import COLUMNS, Cells, Value, cells_of, lines_of
from pipeline.site.data.publisher import Publisher
from pipeline.site.data.tables import json_line
from pipeline.site.data.workbook import as_xlsx, fitting, sheet_rows
from tests.site.builders import COMPANY, PERSON, SHOP, decision, published, record_of, text

PUBLISHER = Publisher("某县某局", "11330822002000000A", "公示", "https://a.example/gs")
NEVER = {"cf_fr_zjlx", "cf_fr_zjhm", "cf_xdr_zjlx", "cf_xdr_zjhm"}
"""Certificates of the party and its representative: submitted, never public."""


def lines(*records: PublicRecord) -> list[Cells]:
    found = (open_decision(record, PUBLISHER) for record in records)
    return [cells_of(line) for each in found for line in lines_of(each, PUBLISHER)]


def as_csv(rows: list[Cells]) -> bytes:
    return tables.as_csv([tables.csv_lines(rows)])


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def changed(cleared: ClearedDecision, **values: object) -> PublicRecord:
    return record_of(replace(cleared, **values))  # type: ignore[arg-type]


def test_the_columns_are_those_of_the_standard_in_its_order_less_what_is_never_public() -> None:
    codes = [column.code for column in COLUMNS if column.code]
    standard = {column.code: column.heading for column in STANDARD}
    assert codes == [code for code in standard if code in codes]
    assert not NEVER & set(codes)
    for column in COLUMNS:
        if column.code and column.code != "cf_xdr_shxym":
            assert column.heading == standard[column.code]


def test_the_csv_is_utf_8_with_its_mark_and_lines_for_spreadsheets() -> None:
    content = as_csv(lines(published(1)))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 2
    (row,) = read(content)
    assert row["行政相对人名称"] == "常山县青石桥建材有限公司"
    assert row["罚款金额（万元）"] == "1.20005"
    assert row["没收违法所得、没收非法财物的金额（万元）"] == "0.32"
    assert row["处罚类别"] == "罚款;没收违法所得"
    assert row["处罚决定日期"] == "2026/03/06"
    assert row["决定页面"] == f"https://a.example/gs/decisions/{published(1).slug}.html"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "  ="])
def test_no_cell_is_taken_for_a_formula(start: str) -> None:
    evil = (Run(f'{start}HYPERLINK("https://evil.example","x")'),)
    record = changed(
        decision(1), violation_kind=evil, facts=evil, legal_basis=evil, penalty_text=evil,
        remark=evil, performance=evil, organ=evil[0].text, organ_code=evil[0].text,
        parties=(replace(COMPANY, name=evil, code=evil[0].text, representative=evil),),
    )  # fmt: skip
    content = as_csv(lines(record))
    for cell in (cell for row in read(content) for cell in row.values()):
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(record))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)


def workbook(*records: PublicRecord) -> bytes:
    return as_xlsx([sheet_rows(lines(*records))], title="2026年", author="某县某局")


def test_the_workbook_says_the_same_as_the_csv() -> None:
    records = (published(1), published(2, party=PERSON), published(3, party=SHOP))
    rows = list(openpyxl.load_workbook(io.BytesIO(workbook(*records))).active.values)
    assert list(rows[0]) == [column.heading for column in COLUMNS]
    assert [code or "" for code in rows[1]] == [column.code for column in COLUMNS]
    for told, row in zip(read(as_csv(lines(*records))), rows[2:], strict=True):
        shown = dict(zip((column.heading for column in COLUMNS), row, strict=True))
        assert {name: str(value or "") for name, value in shown.items()} == told
    assert rows[2][10] == 1.20005


def test_equal_decisions_give_equal_bytes_and_no_time_of_day() -> None:
    first, second = workbook(published(1)), workbook(published(1))
    assert first == second
    properties = openpyxl.load_workbook(io.BytesIO(first)).properties
    assert properties.created.year == 2000
    assert properties.creator == "某县某局"


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    content = workbook(changed(decision(1), facts=text("长" * 40_000)))
    cell = openpyxl.load_workbook(io.BytesIO(content)).active["G3"].value
    assert len(cell) == 32_767
    assert cell.endswith("（全文见决定页面）")


_NASTY: tuple[Value, ...] = (
    "甲", "", " 前", "尾　", "\n首", "尾\t", "a<b>&c;\"d'", "<r>", "\x00", "\x1f", "\x0b中",
    "尾\x1c", "_x0041_", "__x0041__x00e4_", "_x41_", "\ufffe\uffff", "😀", "=1+1", "长" * 40_000,
    "😀" * 20_000, " ", "\x85", "\u2028",
    0, 12, 123456789012, 0.1 + 0.2, 1234567.891, 1e-7,
)  # fmt: skip


def test_the_rows_are_those_that_the_library_of_the_workbook_would_write() -> None:
    width = len(COLUMNS)
    told = (*_NASTY, *["满"] * (-len(_NASTY) % width))
    rows: list[Cells] = [told[at : at + width] for at in range(0, len(told), width)]
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"constant_memory": True})
    sheet = book.add_worksheet("行政处罚")
    for number, cells in enumerate(rows, start=2):
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(number, place, fitting(cell)) if cell else None
            else:
                sheet.write_number(number, place, cell)
    book.close()
    assert _rows_of(as_xlsx([sheet_rows(rows)], title="", author="")) == _rows_of(packed.getvalue())


def _rows_of(book: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    data = sheet.partition("<sheetData>")[2].partition("</sheetData>")[0]
    return [row for row in data.split("<row ") if row and not row.startswith(('r="1"', 'r="2"'))]


def test_the_sheet_says_how_far_it_reaches() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(published(1), published(2)))).active
    assert sheet.calculate_dimension() == sheet.dimensions
    assert (sheet.max_row, sheet.max_column) == (4, len(COLUMNS))


def test_each_party_has_a_line_and_each_decision_a_first_one() -> None:
    record = changed(decision(1), parties=(COMPANY, PERSON, SHOP))
    rows = read(as_csv(lines(record)))
    assert [row["当事人序号"] for row in rows] == ["1", "2", "3"]
    assert [row["行政相对人名称"] for row in rows][1] == "自然人"


def told(*records: PublicRecord) -> list[dict[str, object]]:
    found = [open_decision(record, PUBLISHER) for record in records]
    return [json.loads(line) for line in b"".join(map(json_line, found)).splitlines()]


def test_json_lines_hold_a_decision_each_with_days_and_exact_amounts() -> None:
    first, second = told(published(1), published(2))
    assert first["decided_on"] == "2026-03-06"
    assert first["penalties"] == [
        {"kind": "罚款", "amount_yuan": "12000.50"},
        {"kind": "没收违法所得", "amount_yuan": "3200.00"},
    ]
    assert first["text"] is None
    assert first["case_number"] != second["case_number"]


def test_amounts_are_never_rounded() -> None:
    for fen in (1, 10, 99, 123_456_789_012, 5):
        record = changed(decision(1), penalties=(Penalty(PenaltyKind.FINE, Fen(fen)),))
        (row,) = read(as_csv(lines(record)))
        whole, _, part = row["罚款金额（万元）"].partition(".")
        assert int(whole) * 1_000_000 + int(part.ljust(6, "0")) == fen


NAMES = ("郝运来", "郝 运来", "葛大勇")


def spoken(party: object, name: str) -> OpenDecision:
    """Return a decision in which every field names the punished person."""
    said = (Run(f"当事人{name}称，{name}占道经营。"),)
    fields = dict.fromkeys(
        (
            "title",
            "violation_kind",
            "facts",
            "legal_basis",
            "penalty_text",
            "performance",
            "remark",
        ),
        said,
    )
    record = changed(decision(1), parties=(party,), **fields)
    note = CorrectionNote(date(2026, 5, 5), f"更正了{name}的地址。")
    return open_decision(replace(record, corrections=(note,)), PUBLISHER, whole=True)


@pytest.mark.parametrize(
    ("party", "name"), [(PERSON, NAMES[0]), (PERSON, NAMES[1]), (SHOP, NAMES[2])]
)
def test_no_field_names_a_punished_person(party: object, name: str) -> None:
    found = spoken(party, name)
    content = json_line(found).decode()
    assert not [name for name in NAMES if name in content]
    assert ("当事人当事人称" if party is PERSON else "当事人经营者称") in found.facts


def test_the_document_of_a_natural_person_is_read_on_the_page_only() -> None:
    assert open_decision(published(1, party=PERSON), PUBLISHER, whole=True).text is None
    company = open_decision(published(1), PUBLISHER, whole=True).text
    assert company
    assert "违法事实" in company
    shop = open_decision(published(1, party=SHOP), PUBLISHER, whole=True).text
    assert shop
    assert "葛大勇" not in shop
