"""A workbook of plain tables: every cell is text or a number, never a formula or a link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter

_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDEST = 60
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, its headings and its rows, each as long as the headings."""

    name: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as XLSX; the same sheets give the same bytes."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        book.set_properties({"created": _MADE})
        head = book.add_format({"bold": True, "bg_color": "#E8E8E8", "border": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.write_row(0, 0, sheet.headings, head)
            for number, row in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(number, column, cell, body)
                    else:
                        page.write_number(number, column, cell, body)
            for column, heading in enumerate(sheet.headings):
                cells = (str(row[column]) for row in sheet.rows)
                widest = max(map(_width, (heading, *cells)))
                page.set_column(column, column, min(widest + 2, _WIDEST))
            page.freeze_panes(1, 0)
            page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.headings) - 1)
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
    return stream.getvalue()


def _width(text: str) -> int:
    """Return how wide a text stands: a Chinese character takes two places."""
    return sum(1 if ord(letter) < 0x2E80 else 2 for letter in text)
