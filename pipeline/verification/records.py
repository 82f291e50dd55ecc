"""Files that gather many decisions → the text of each of them.

What is hidden in one decision may well stand in another: beside the address of a decision only
its own row, line or entry is looked at, and that as a whole, however long it is.
"""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from pipeline.verification.packed import members
from pipeline.verification.texts import decode, text_of

_ROW, _ENTRY = b"</row>", b"</entry>"
_LONGEST_CELL = 10_000_000
_ITEM = re.compile(r"(?=<(?:li|tr|article)\b)", re.IGNORECASE)
_ADDRESS = re.compile(r"[0-9]{4}/[0-9A-Za-z\-]+-[0-9a-f]{10}\b")


@dataclass(frozen=True, slots=True)
class Records:
    """The text of each record of a file, and what stands in it beside them."""

    each: tuple[str, ...] = field(default=(), repr=False)
    rest: str = field(default="", repr=False)


def records_of(path: str, content: bytes) -> Records:
    """Return the records of a file; none for a form that has none.

    Raises ``UnreadableFileError`` for an archive that is damaged.
    """
    read = _READERS.get(path.rpartition(".")[2].lower())
    return read(content) if read else Records()


def _table(content: bytes) -> Records:
    csv.field_size_limit(_LONGEST_CELL)
    text = decode(content)
    try:
        rows = tuple("\n".join(row) for row in csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return Records(rest=text)
    return Records(rows)


def _lines(content: bytes) -> Records:
    return Records(tuple(text_of("line.json", line) for line in content.splitlines()))


def _workbook(content: bytes) -> Records:
    rows: list[str] = []
    rest: list[str] = []
    for name, inner in members(content):
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            rows += (text_of("row.xml", row) for row in inner.split(_ROW))
        elif not name.startswith("xl/worksheets/"):
            rest.append(text_of(name, inner))
    return Records(tuple(rows), "\n".join(rest))


def _feed(content: bytes) -> Records:
    return Records(tuple(text_of("entry.xml", entry) for entry in content.split(_ENTRY)))


def _listing(content: bytes) -> Records:
    """Return the members of a list, or of the lists of an object."""
    try:
        value = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError):
        return Records()
    lists = list(value.values()) if isinstance(value, dict) else [value]
    items = [item for found in lists if isinstance(found, list) for item in found]
    rest = [found for found in lists if not isinstance(found, list)]
    keys = list(value) if isinstance(value, dict) else []
    return Records(tuple(map(_as_text, items)), _as_text([rest, keys]))


def _page(content: bytes) -> Records:
    """Return what a page says of each decision whose address stands in it.

    That begins with the item, row or article around the address and ends where the next begins.
    """
    each: list[str] = []
    before: list[str] = []
    for part in _ITEM.split(decode(content)):
        if _ADDRESS.search(part):
            each.append(part)
        elif each:
            each[-1] += part
        else:
            before.append(part)
    texts = (text_of("part.html", part.encode()) for part in each)
    return Records(tuple(texts), text_of("part.html", "".join(before).encode()))


def _as_text(value: object) -> str:
    return text_of("item.json", msgspec.json.encode(value))


_READERS: dict[str, Callable[[bytes], Records]] = {
    "csv": _table,
    "jsonl": _lines,
    "xlsx": _workbook,
    "atom": _feed,
    "json": _listing,
    "html": _page,
}
