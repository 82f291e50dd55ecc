"""The decisions of a year as CSV in the 双公示 layout, and as JSON Lines.

Equal decisions give equal bytes: no clock is read.
"""

import csv
import io
import re
from collections.abc import Iterable

import msgspec

from pipeline.site.data.entry import OpenDecision
from pipeline.site.data.fields import COLUMNS, Cells, Value

_FORMULA = re.compile(r"[\t\r]|\s*[=+\-@＝＋－＠]")


def as_csv(rows: Iterable[Cells]) -> bytes:
    """Return the table as CSV with a mark by which spreadsheets know UTF-8.

    What a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerows([_safe(value) for value in cells] for cells in rows)
    return text.getvalue().encode("utf-8-sig")


def as_json_lines(decisions: Iterable[OpenDecision]) -> bytes:
    """Return one decision a line."""
    encoder = msgspec.json.Encoder()
    return b"".join(encoder.encode(each) + b"\n" for each in decisions)


def _safe(value: Value) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> _safe("=1+1"), _safe(" @SUM(A1)"), _safe("罚款"), _safe(0.5)
    ("'=1+1", "' @SUM(A1)", '罚款', '0.5')
    """
    text = f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return f"'{text}" if _FORMULA.match(text) else text
