"""Looks into an .xlsx package before it is parsed: what would exhaust memory or lie is refused.

Also finds the cells that hold no value although they look filled; the parser shows them as empty.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

MAX_UNPACKED = 400_000_000
"""Bytes of all parts together."""
MAX_RATIO = 250
"""Unpacked to packed, looked at from ``MIN_RATIO_SIZE`` bytes on."""
MIN_RATIO_SIZE = 20_000_000
MAX_PARTS = 5_000
MAX_CELLS = 6_000_000
"""Cells of the rectangle that holds every filled cell of one worksheet."""
MAX_TEXT = 600_000_000
"""Bytes of all cells of a worksheet once shared strings are written out."""

_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>/])([^>]*)>")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row(?=[\s>/])(?:[^>]*?\sr\s*=\s*["'](\d+)["'])?""")
_ODD_TAG = re.compile(
    rb"<(?:\w+:)?(?:c|row)(?=[\s>/])(?!"
    rb"""(?:\s+(?:r\s*=\s*(?:"(?:[A-Za-z]{1,3})?\d{1,7}"|'(?:[A-Za-z]{1,3})?\d{1,7}')"""
    rb"""|(?!r\s*=)[\w:.-]+\s*=\s*(?:"[^"<>&]*+"|'[^'<>&]*+')))*+\s*+/?>)"""
)
"""A cell or a row not as office programs write it: the parser may see it elsewhere than we do."""
_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c(?=\s)([^>]*[^/>])>\s*<(?:\w+:)?f(?=[\s>/])(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_SHARED_USE = re.compile(rb"""\st=["']s["'][^>]*>\s*<(?:\w+:)?v>(\d+)<""")
_SHARED_ITEM = re.compile(rb"<(?:\w+:)?si(?=[\s>/])")
_RELATIONS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


class BadPackageError(Exception):
    """The package must not be parsed. The text is a problem in Chinese, without content."""


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """``broken`` holds, for each worksheet in order, the (row, column) of cells without a value.

    Rows and columns count from 1. ``epoch_1904`` is the workbook's date system.
    """

    broken: tuple[frozenset[tuple[int, int]], ...]
    epoch_1904: bool


def inspect_package(content: bytes) -> PackageFacts:
    """Return what must be known before parsing; raise ``BadPackageError`` if it is unsafe."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_sizes(package)
            return _facts(_parts(package))
    except BadPackageError:
        raise
    except Exception:  # noqa: BLE001 - whatever a damaged archive raises, it is damaged
        raise BadPackageError("文件不完整或已损坏") from None


def _check_sizes(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    too_dense = unpacked > MIN_RATIO_SIZE and unpacked > MAX_RATIO * packed
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or too_dense:
        raise BadPackageError("解压后过大，疑为压缩炸弹")


def _parts(package: zipfile.ZipFile) -> dict[str, bytes]:
    """Return the XML parts; reading each one also proves its checksum and its stated size."""
    parts = {}
    for part in package.infolist():
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        content = package.read(part)
        if b"\x00" in content[:200]:
            raise BadPackageError("文件内部的文字编码不是 UTF-8")
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise BadPackageError("文件含有外部实体声明，正常的表格没有这种内容")
        parts[part.filename.lower().lstrip("/")] = content
    return parts


def _facts(parts: dict[str, bytes]) -> PackageFacts:
    lengths = _shared_lengths(parts.get("xl/sharedstrings.xml", b""))
    try:
        book = _parsed(parts["xl/workbook.xml"])
        relations = _parsed(parts["xl/_rels/workbook.xml.rels"])
    except (KeyError, etree.XMLSyntaxError):
        raise BadPackageError("文件不是 Excel 工作簿") from None
    targets = {item.get("Id", ""): item.get("Target", "") for item in relations}
    sheets = []
    for sheet in book.iter("{*}sheet"):
        relation = next((str(sheet.get(key)) for key in _RELATIONS if key in sheet.attrib), "")
        target = targets.get(relation, "").lower()
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        sheets.append(_broken_cells(parts.get(path, b""), lengths))
    properties = next(book.iter("{*}workbookPr"), None)
    epoch = "" if properties is None else properties.get("date1904", "")
    return PackageFacts(tuple(sheets), epoch in {"1", "true"})


def _parsed(content: bytes) -> etree._Element:
    """Parse one part; entities stay unresolved and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, parser)


def _shared_lengths(content: bytes) -> list[int]:
    starts = [match.start() for match in _SHARED_ITEM.finditer(content)]
    return [end - start for start, end in pairwise([*starts, len(content)])]


def _broken_cells(sheet: bytes, lengths: list[int]) -> frozenset[tuple[int, int]]:
    _check_extent(sheet)
    _check_text(sheet, lengths)
    broken = [_position(match[1]) for match in _CELL.finditer(sheet) if _ERROR.search(match[1])]
    if b":f" in sheet or b"<f" in sheet:
        broken += [_position(match[1]) for match in _UNCOMPUTED.finditer(sheet)]
    return frozenset(broken)


def _check_extent(sheet: bytes) -> None:
    """Refuse a sheet whose filled rectangle is too large; the parser allocates all of it."""
    if _ODD_TAG.search(sheet):
        raise BadPackageError("工作表中单元格的位置写法不正常")
    rows = [int(digits or 0) for digits in _ROW.findall(sheet)]
    references = _REFERENCE.findall(sheet)
    height = max([len(rows), *rows, *map(int, {digits for _, digits in references})])
    width = max([1, *map(_column, {letters for letters, _ in references})])
    if len(_CELL.findall(sheet)) > len(references):
        width = max([width, *(len(_CELL.findall(row)) for row in _ROW.split(sheet)[::2])])
    if height * width > MAX_CELLS:
        raise BadPackageError("工作表的范围过大")


def _check_text(sheet: bytes, lengths: list[int]) -> None:
    """Refuse a sheet that repeats long shared strings until they fill the memory."""
    uses = sheet.count(b"<v>") + sheet.count(b":v>")
    if max(lengths, default=0) * uses <= MAX_TEXT:
        return
    text = sum(lengths[int(use)] for use in _SHARED_USE.findall(sheet) if int(use) < len(lengths))
    if text > MAX_TEXT:
        raise BadPackageError("解压后过大，疑为压缩炸弹")


def _position(attributes: bytes) -> tuple[int, int]:
    match = _REFERENCE.search(attributes)
    if match is None:
        raise BadPackageError("工作表中有没有位置的错误值单元格")
    return int(match[2]), _column(match[1])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
