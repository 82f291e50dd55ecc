"""The visible characters of a PDF page, put together as lines by where they stand.

Refuses pages whose text cannot be trusted: scans, invisible recognised text, broken encodings.
Text that stands at an angle is a stamp or a watermark; only a secrecy mark of it is kept.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pypdfium2

Pdfium: TypeAlias = Any
"""Anything of the library, which is published without types."""

pdfium: Pdfium = pypdfium2

raw: Pdfium = pypdfium2.raw
"""Its C functions."""

MAX_CHARACTERS = 100_000
_SECRECY_MARK = re.compile(r"绝密|机密|秘密|内部")
_PRIVATE_USE = range(0xE000, 0xF900)
_LATIN = re.compile(r"[0-9A-Za-z]")


class UntrustedPageError(Exception):
    """The text of a page cannot be trusted; carries the problem and the remedy in Chinese."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One visible character and its box in points; ``top`` is above ``bottom``."""

    text: str = field(repr=False)
    left: float
    right: float
    bottom: float
    top: float

    @property
    def size(self) -> float:
        """The height of the character in points."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its cells from left to right and the box around them."""

    cells: tuple[str, ...] = field(repr=False)
    left: float
    right: float
    bottom: float
    top: float
    size: float
    page: int
    starts: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        """The line as text, wide gaps as one space."""
        return " ".join(self.cells)


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page: lines from top to bottom, marks from watermarks."""

    lines: tuple[Line, ...]
    marks: tuple[str, ...]
    width: float
    height: float


def read_page(page: Pdfium, number: int) -> Page:
    """Return the lines of ``page``, which is the ``number``-th from 0.

    Raises ``UntrustedPageError`` for a scan, for hidden text under an image, for characters
    without meaning and for a page that does not run from left to right.
    """
    textpage = page.get_textpage()
    try:
        upright, slanted, hidden = _glyphs(textpage.raw)
    finally:
        textpage.close()
    width, height = page.get_size()
    _check_text(upright, hidden, _image_share(page))
    if len(slanted) > len(upright):
        raise UntrustedPageError("文字不是横排，读不出顺序", "请把页面转正后重新导出")
    marks = tuple(dict.fromkeys(_SECRECY_MARK.findall("".join(g.text for g in slanted))))
    lines = tuple(_line(glyphs, number) for glyphs in _rows(upright))
    return Page(tuple(line for line in lines if line.text), marks, width, height)


def _check_text(upright: list[Glyph], hidden: int, image_share: float) -> None:
    if hidden > len(upright):
        raise UntrustedPageError(
            "是扫描件，文字层为识别生成的不可见文字，可能与图像不符",
            "请人工校对后另存为有正常文字的 PDF 或 DOCX",
        )
    if len(upright) < 20 and image_share > 0.2:
        raise UntrustedPageError(
            "是扫描图像，没有文字层", "请从文书系统导出带文字的 PDF 或 DOCX，或先做文字识别并校对"
        )
    unknown = sum(g.text == "\ufffd" or ord(g.text) in _PRIVATE_USE for g in upright)
    if unknown * 50 > len(upright):
        raise UntrustedPageError("文字层是乱码，字体没有字符对照表", "请换用标准字体重新导出")


def _glyphs(text: Pdfium) -> tuple[list[Glyph], list[Glyph], int]:
    """Return upright glyphs, slanted glyphs and the number of invisible characters."""
    count = raw.FPDFText_CountChars(text)
    if count > MAX_CHARACTERS:
        raise UntrustedPageError("一页的文字过多，已拒绝读取", "请核对文件来源后重新导出")
    upright: list[Glyph] = []
    slanted: list[Glyph] = []
    hidden = 0
    box = [ctypes.c_double() for _ in range(4)]
    loose = raw.FS_RECTF()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        if code < 0x20 or code == 0xAD or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        if _is_invisible(text, index):
            hidden += code not in {0x20, 0x3000, 0xA0}
            continue
        if not raw.FPDFText_GetCharBox(text, index, *box):
            continue
        raw.FPDFText_GetLooseCharBox(text, index, loose)
        glyph = Glyph(_character(code), loose.left, loose.right, loose.bottom, loose.top)
        angle = math.degrees(raw.FPDFText_GetCharAngle(text, index)) % 360
        (upright if min(angle, 360 - angle) < 3 else slanted).append(glyph)
    return upright, slanted, hidden


def _character(code: int) -> str:
    valid = code < 0xD800 or 0xE000 <= code <= 0x10FFFF
    return chr(code) if valid and code not in {0xFFFE, 0xFFFF} else "\ufffd"


def _is_invisible(text: Pdfium, index: int) -> bool:
    """Say whether a character is drawn with render mode 3, clip-only, or fully transparent."""
    mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text, index))
    if mode in {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}:
        return True
    colour = [ctypes.c_uint() for _ in range(4)]
    return bool(raw.FPDFText_GetFillColor(text, index, *colour)) and colour[3].value == 0


def _image_share(page: Pdfium) -> float:
    """Return the share of the page covered by its largest image, 0–1."""
    width, height = page.get_size()
    largest = 0.0
    for image in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=8):
        left, bottom, right, top = image.get_bounds()
        largest = max(largest, (right - left) * (top - bottom))
    return largest / (width * height or 1.0)


def _rows(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the glyphs of each printed line from top to bottom, left to right."""
    row: list[Glyph] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda g: (-(g.top + g.bottom), g.left)):
        centre = (glyph.top + glyph.bottom) / 2
        if row and middle - centre > 0.5 * max(row[0].size, 1.0):
            yield sorted(row, key=lambda g: g.left)
            row = []
        if not row:
            middle = centre
        row.append(glyph)
    if row:
        yield sorted(row, key=lambda g: g.left)


def _line(glyphs: list[Glyph], page: int) -> Line:
    shown = [g for g in glyphs if not g.text.isspace()]
    if not shown:
        return Line((), 0, 0, 0, 0, 0, page)
    size = Counter(round(g.size, 1) for g in shown).most_common(1)[0][0] or 1.0
    cells: list[str] = []
    starts: list[float] = []
    last: Glyph | None = None
    for glyph in shown:
        if last and glyph.text == last.text and glyph.left - last.left < 0.3 * size:
            continue  # printed twice, a little apart, to look bold
        gap = glyph.left - last.right if last else math.inf
        if gap > 1.6 * size:
            cells.append(glyph.text)
            starts.append(glyph.left)
        else:
            latin = bool(last and _LATIN.match(last.text) and _LATIN.match(glyph.text))
            space = gap > (0.2 if latin else 0.8) * size
            cells[-1] += " " + glyph.text if space else glyph.text
        last = glyph
    left, right = shown[0].left, max(g.right for g in shown)
    bottom, top = min(g.bottom for g in shown), max(g.top for g in shown)
    return Line(tuple(cells), left, right, bottom, top, size, page, tuple(starts))
