"""Builds 双公示 rows and real sheet files for the tests. Everything in them is invented."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from pipeline.domain.review import Source
from pipeline.intake.model import Draft, FileContent
from pipeline.intake.sheet import read_sheet
from pipeline.intake.sheet_columns import COLUMNS, HEADINGS

COMPANY_CODE = "91330822MA28F0000H"
ORGAN_CODE = "11330822002617842F"
KEYS = tuple(column.key for column in COLUMNS)

ROW: dict[str, Any] = {
    "name": "浙江某某建材有限公司",
    "kind": "法人及非法人组织",
    "uscc": COMPANY_CODE,
    "representative": "王　伟",
    "case_number": "某综执罚决字〔2024〕12号",
    "violation_kind": "擅自占用城市道路",
    "facts": "未经批准占用城市道路堆放建材",
    "legal_basis": "《城市道路管理条例》第四十二条",
    "penalty_kinds": "警告;罚款",
    "penalty_text": "警告，并处罚款2000元",
    "fine": "0.2",
    "decided_on": "2024/05/03",
    "organ": "某县综合行政执法局",
}


def row(**changes: Any) -> dict[str, Any]:
    """Return a good row with ``changes``."""
    return ROW | changes


def grid(*rows: Mapping[str, Any], keys: Sequence[str] = KEYS) -> list[list[Any]]:
    """Return headings and rows as a grid."""
    return [[HEADINGS[key] for key in keys], *([r.get(key, "") for key in keys] for r in rows)]


def csv_bytes(
    cells: Sequence[Sequence[Any]], encoding: str = "utf-8", delimiter: str = ","
) -> bytes:
    """Return the grid as a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(cells)
    return out.getvalue().encode(encoding)


def xlsx_bytes(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook with one worksheet for each keyword."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy/m/d"})
    minute = book.add_format({"num_format": "yyyy/m/d hh:mm"})
    for name, cells in sheets.items():
        sheet = book.add_worksheet(name)
        for y, line in enumerate(cells):
            for x, cell in enumerate(line):
                if isinstance(cell, datetime):
                    sheet.write_datetime(y, x, cell, minute)
                elif isinstance(cell, date):
                    sheet.write_datetime(y, x, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
                elif isinstance(cell, str):
                    sheet.write_string(y, x, cell)
                else:
                    sheet.write(y, x, cell)
    book.close()
    return out.getvalue()


def read_csv(*rows: Mapping[str, Any], encoding: str = "utf-8") -> tuple[Draft, ...]:
    """Read the rows by way of a CSV file."""
    return read_sheet(FileContent("处罚.csv", csv_bytes(grid(*rows), encoding)))


def read_xlsx(*rows: Mapping[str, Any]) -> tuple[Draft, ...]:
    """Read the rows by way of a workbook."""
    return read_sheet(FileContent("处罚.xlsx", xlsx_bytes(法人=grid(*rows))))


def one(drafts: Sequence[Draft], source: Source = Source.EXPORT) -> Draft:
    """Return the only draft of ``source``."""
    (draft,) = (draft for draft in drafts if draft.source is source)
    return draft
