"""The decisions of a year as CSV and XLSX in the 双公示 layout, and as JSON Lines.

Equal decisions give equal bytes: no clock is read, and nothing is compressed, since two
compressors give different bytes.
"""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec
import xlsxwriter

from pipeline.site.data.entry import OpenDecision
from pipeline.site.data.fields import COLUMNS, Line, Value

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_LONGEST = 32_767
"""Characters in a cell of a spreadsheet."""

_CUT = "……（全文见决定页面）"
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDE = frozenset({"cf_sy", "cf_yj", "cf_nr"})


def as_csv(lines: Iterable[Line]) -> bytes:
    """Return the table as CSV with a mark by which spreadsheets know UTF-8.

    What a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.heading for column in COLUMNS])
    for line in lines:
        writer.writerow([_safe(_written(column.value(line))) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def as_json_lines(decisions: Iterable[OpenDecision]) -> bytes:
    """Return one decision a line."""
    encoder = msgspec.json.Encoder()
    return b"".join(encoder.encode(each) + b"\n" for each in decisions)


def as_xlsx(lines: Iterable[Line], *, title: str, author: str) -> bytes:
    """Return the table as a workbook; the second row has the codes of the 双公示 layout.

    Each text stands in its own cell and not in a list apart, so that a row can be read alone.
    """
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"constant_memory": True})
    book.set_properties({"title": title, "author": author, "created": _LONG_AGO})
    sheet = book.add_worksheet("行政处罚")
    head = book.add_format({"bold": True, "bg_color": "#E8EDF3", "text_wrap": True, "border": 1})
    sheet.freeze_panes(2, 0)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, 40 if column.code in _WIDE else 18)
    for place, column in enumerate(COLUMNS):
        sheet.write_string(0, place, column.heading, head)
    for place, column in enumerate(COLUMNS):
        sheet.write_string(1, place, column.code, head)
    for row, line in enumerate(lines, start=2):
        for place, column in enumerate(COLUMNS):
            value = column.value(line)
            if isinstance(value, str):
                if value:
                    sheet.write_string(row, place, _fitting(value))
            else:
                sheet.write_number(row, place, value)
    book.close()
    return _stored(packed.getvalue())


def _written(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)


def _safe(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> _safe("=1+1"), _safe(" @SUM(A1)"), _safe("罚款")
    ("'=1+1", "' @SUM(A1)", '罚款')
    """
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT


def _stored(packed: bytes) -> bytes:
    """Return the package with the same parts, uncompressed and without a time of day."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.create_system = zipfile.ZIP_STORED, 3
            target.writestr(part, source.read(name))
    return made.getvalue()
