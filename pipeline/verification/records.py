"""Files that gather many decisions → each of them as it stands there, and how it is read.

What is hidden in one decision may well stand in another: beside the address of a decision only
its own row, line or entry is looked at, and that as a whole, however long it is.
"""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import msgspec

from pipeline.verification.markup import read_office, read_xml
from pipeline.verification.packed import GZIPPED, gunzipped, members
from pipeline.verification.texts import decode, strings_of, text_of, text_of_member, words_of_page

_ROW, _ENTRY = "</row>", "</entry>"
_LONGEST_CELL = 10_000_000
_ITEM = re.compile(r"<(?:li|tr|article)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"[0-9]{4}/[0-9A-Za-z\-]+-[0-9a-f]{10}\b")


_CELL = re.compile(r" r=\"[A-Z]{0,3}[0-9]{1,6}\"")
"""Where a cell of a workbook is: it moves when a row above it comes or goes."""


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a file, what gives the text of one, and the text of what is beside them."""

    each: tuple[str, ...] = field(default=(), repr=False)
    rest: str = field(default="", repr=False)
    read: Callable[[str], str] = field(default=str, repr=False)


def records_of(path: str, content: bytes) -> Records:
    """Return the records of a file; of a form that has none, all is beside them.

    Raises ``UnreadableFileError`` as ``text_of`` does, and so does ``Records.read``.
    """
    if path.endswith(GZIPPED) and path.count(".") > 1:
        return records_of(path.removesuffix(GZIPPED), gunzipped(content))
    read = _READERS.get(path.rpartition(".")[2].lower())
    return read(content) if read else Records(rest=text_of(path, content))


def _table(content: bytes) -> Records:
    csv.field_size_limit(_LONGEST_CELL)
    text = decode(content)
    try:
        rows = tuple("\n".join(row) for row in csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return Records(rest=text)
    return Records(rows)


def _lines(content: bytes) -> Records:
    return Records(tuple(map(decode, content.splitlines())), read=_line)


def _line(line: str) -> str:
    return text_of("line.json", line.encode("utf-8", "surrogatepass"))


def _workbook(content: bytes) -> Records:
    rows: list[str] = []
    rest: list[str] = []
    for name, inner in members(content):
        rest.append(name)
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            rows += _CELL.sub("", decode(inner)).split(_ROW)
        else:
            rest.append(text_of_member(name, inner))
    return Records(tuple(rows), "\n".join(rest), _row)


def _row(row: str) -> str:
    return f"{read_xml(row)}\n{read_office(row)}"


def _feed(content: bytes) -> Records:
    return Records(tuple(decode(content).split(_ENTRY)), read=read_xml)


def _listing(content: bytes) -> Records:
    """Return the members of a list, or of the lists of an object."""
    try:
        value = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError):
        return Records(rest=text_of("list.json", content))
    lists = list(value.values()) if isinstance(value, dict) else [value]
    items = [item for found in lists if isinstance(found, list) for item in found]
    rest = [found for found in lists if not isinstance(found, list)]
    keys = list(value) if isinstance(value, dict) else []
    return Records(tuple(map(strings_of, items)), strings_of([rest, keys]))


def _page(content: bytes) -> Records:
    """Return what a page says of each decision whose address stands in it.

    That begins with the item, row or article around the address and ends where the next begins.
    """
    each: list[str] = []
    before: list[str] = []
    text = decode(content)
    cuts = [0, *(match.start() for match in _ITEM.finditer(text)), len(text)]
    for part in (text[start:end] for start, end in pairwise(cuts)):
        if _ADDRESS.search(part):
            each.append(part)
        elif each:
            each[-1] += part
        else:
            before.append(part)
    return Records(tuple(each), words_of_page("".join(before)), words_of_page)


_READERS: dict[str, Callable[[bytes], Records]] = {
    "csv": _table,
    "jsonl": _lines,
    "xlsx": _workbook,
    "atom": _feed,
    "json": _listing,
    "html": _page,
}
