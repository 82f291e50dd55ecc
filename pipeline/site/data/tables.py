"""The decisions of a year as CSV in the 双公示 layout, and as JSON Lines.

Equal decisions give equal bytes: no clock is read.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable

import msgspec

from pipeline.site.data.entry import OpenDecision
from pipeline.site.data.fields import COLUMNS, Cells, Value

_FORMULA = re.compile(r"[\t\r]|\s*[=+\-@＝＋－＠]")


def as_csv(pieces: Iterable[bytes]) -> bytes:
    """Return the lines of decisions as a file, with a mark by which spreadsheets know UTF-8."""
    head = _written([[column.heading for column in COLUMNS]])
    return b"".join((codecs.BOM_UTF8, head, *pieces))


def csv_lines(rows: Iterable[Cells]) -> bytes:
    """Return the lines of one decision.

    What a spreadsheet would take for a formula begins with an apostrophe.
    """
    return _written([_safe(value) for value in cells] for cells in rows)


def json_line(decision: OpenDecision) -> bytes:
    """Return a decision as a line of JSON Lines."""
    return msgspec.json.encode(decision) + b"\n"


def _written(rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _safe(value: Value) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> _safe("=1+1"), _safe(" @SUM(A1)"), _safe("罚款"), _safe(0.5)
    ("'=1+1", "' @SUM(A1)", '罚款', '0.5')
    """
    text = f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return f"'{text}" if _FORMULA.match(text) else text
