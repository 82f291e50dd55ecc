"""The decisions of a year as a workbook in the 双公示 layout.

The book, its head and its styles are XlsxWriter's. The rows of a whole year are put into its
sheet here, for they are many and all of one form. Equal decisions give equal bytes: no clock is
read, and nothing is compressed, since two compressors give different bytes.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from pipeline.site.data.fields import COLUMNS, Cells

LONGEST = 32_767
"""Characters in a cell of a spreadsheet, as UTF-16 counts them."""

_HEAD = 2
_SHEET = "xl/worksheets/sheet1.xml"
_CUT = "……（全文见决定页面）"
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDE = frozenset({"cf_sy", "cf_yj", "cf_nr"})
_LETTERS = tuple(xl_col_to_name(place) for place in range(len(COLUMNS)))
_END = b"</sheetData>"
_PLACE = "\x00"
_NUMBER, _APART = _PLACE.encode(), b"\x01"
"""Where the number of a row will stand, and what ends it: no text of a cell has either."""

_SPECIAL = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_TAKEN = re.compile(r"(_x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def as_xlsx(pieces: Iterable[bytes], *, title: str, author: str) -> bytes:
    """Return the rows of decisions as a workbook; its second row has the codes of 双公示."""
    rows = (row for piece in pieces for row in piece.split(_APART) if row)
    numbered = enumerate(rows, start=_HEAD + 1)
    made = [row.replace(_NUMBER, b"%d" % number) for number, row in numbered]

    def with_rows(sheet: bytes) -> bytes:
        reach = f":{_LETTERS[-1]}%d".encode()
        head, tail = sheet.split(_END)
        head = head.replace(reach % _HEAD, reach % (_HEAD + len(made)), 1)
        return b"".join((head, *made, _END, tail))

    return _stored(_empty_book(title, author), {_SHEET: with_rows})


def sheet_rows(rows: Iterable[Cells]) -> bytes:
    """Return the rows of one decision, which do not know yet the how manieth they will be.

    Each text stands in its own cell and not in a list apart, so that a row can be read alone.
    """
    return b"".join(_row(cells) + _APART for cells in rows)


def _empty_book(title: str, author: str) -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"constant_memory": True})
    book.set_properties({"title": title, "author": author, "created": _LONG_AGO})
    sheet = book.add_worksheet("行政处罚")
    head = book.add_format({"bold": True, "bg_color": "#E8EDF3", "text_wrap": True, "border": 1})
    sheet.freeze_panes(_HEAD, 0)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, 40 if column.code in _WIDE else 18)
    for place, column in enumerate(COLUMNS):
        sheet.write_string(0, place, column.heading, head)
    for place, column in enumerate(COLUMNS):
        sheet.write_string(1, place, column.code, head)
    book.close()
    return packed.getvalue()


def _row(cells: Cells) -> bytes:
    return f'<row r="{_PLACE}">{"".join(_cells(cells))}</row>'.encode()


def _cells(cells: Cells) -> Iterator[str]:
    for letter, value in zip(_LETTERS, cells, strict=True):
        if isinstance(value, str):
            if value:
                text = escaped(fitting(value))
                keep = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
                yield f'<c r="{letter}{_PLACE}" t="inlineStr"><is><t{keep}>{text}</t></is></c>'
        else:
            yield f'<c r="{letter}{_PLACE}"><v>{value:.16G}</v></c>'


def fitting(text: str) -> str:
    """Return a text as long as a cell may be; what was cut says so."""
    if len(text) <= LONGEST // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def escaped(text: str) -> str:
    r"""Return a text as it stands in a sheet: control characters as Excel writes them.

    >>> escaped("甲<乙>&\x01 _x0041_")
    '甲&lt;乙&gt;&amp;_x0001_ _x005F_x0041_'
    """
    if not _SPECIAL.search(text):
        return text
    text = _TAKEN.sub(r"_x005F\1", text)
    text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _stored(packed: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """Return the package with the same parts but for ``changes``, uncompressed, without a time."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.create_system = zipfile.ZIP_STORED, 3
            content = source.read(name)
            target.writestr(part, changes[name](content) if name in changes else content)
    return made.getvalue()
