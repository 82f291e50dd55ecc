"""The visible characters of a PDF page and where they stand.

Refuses text that cannot be trusted: scans, invisible recognised text, broken encodings.
"""

import ctypes
import math
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pypdfium2

Pdfium: TypeAlias = Any
"""Anything of the library, which is published without types."""

pdfium: Pdfium = pypdfium2
raw: Pdfium = pypdfium2.raw
"""Its C functions."""

MAX_CHARACTERS = 100_000
_PRIVATE_USE = range(0xE000, 0xF900)
_FIRST_WIDE = 0x2E80
_BLANK = frozenset({0x20, 0x3000, 0xA0})


class UntrustedPageError(Exception):
    """The text of a page cannot be trusted; carries the problem and the remedy in Chinese."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One visible character: its advance box in points, standing on its baseline ``bottom``.

    ``source`` is the address of the text object that it belongs to.
    """

    text: str = field(repr=False)
    left: float
    right: float
    bottom: float
    size: float
    source: int = 0

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the character."""
        return (self.left + self.right) / 2, self.bottom + 0.35 * self.size


@dataclass(slots=True)
class Glyphs:
    """The characters of a page, upright and at an angle; hidden ones are only counted."""

    upright: list[Glyph] = field(default_factory=list)
    slanted: list[Glyph] = field(default_factory=list)
    hidden: int = 0


def read_glyphs(page: Pdfium) -> Glyphs:
    """Return the characters of ``page`` in the order of its content.

    Raises ``UntrustedPageError`` for a scan, for hidden text under an image, for characters
    without meaning, for text that is not horizontal and for far too much text.
    """
    textpage = page.get_textpage()
    try:
        found = _collected(textpage.raw, page.get_cropbox())
    finally:
        textpage.close()
    _check(found, _image_share(page))
    return found


def _check(found: Glyphs, image_share: float) -> None:
    upright = found.upright
    if found.hidden > len(upright):
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
    if len(found.slanted) > len(upright):
        raise UntrustedPageError("文字不是横排，读不出顺序", "请把页面转正后重新导出")


def _collected(text: Pdfium, shown: tuple[float, float, float, float]) -> Glyphs:
    count = raw.FPDFText_CountChars(text)
    if count > MAX_CHARACTERS:
        raise UntrustedPageError("一页的文字过多，已拒绝读取", "请核对文件来源后重新导出")
    found = Glyphs()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        if code < 0x20 or code == 0xAD or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        if _is_invisible(text, index):
            found.hidden += code not in _BLANK
            continue
        glyph = _glyph(text, index, code)
        x, y = glyph.middle
        if not (shown[0] <= x <= shown[2] and shown[1] <= y <= shown[3]):
            continue  # beside the paper
        angle = math.degrees(raw.FPDFText_GetCharAngle(text, index)) % 360
        (found.upright if min(angle, 360 - angle) < 3 else found.slanted).append(glyph)
    return found


def _glyph(text: Pdfium, index: int, code: int) -> Glyph:
    """Return a character by its origin; boxes of embedded fonts only cover the ink."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    raw.FPDFText_GetLooseCharBox(text, index, box)
    raw.FPDFText_GetMatrix(text, index, matrix)
    points = raw.FPDFText_GetFontSize(text, index)
    height = abs(points) * math.hypot(matrix.c, matrix.d) or box.top - box.bottom or 1.0
    right: float = box.right
    if code >= _FIRST_WIDE:
        right = max(right, x.value + 0.98 * abs(points) * math.hypot(matrix.a, matrix.b))
    source = address_of(raw.FPDFText_GetTextObject(text, index))
    return Glyph(_character(code), min(x.value, box.left), right, y.value, height, source)


def address_of(pointer: Pdfium) -> int:
    """Return the address of an object of the library, by which it is known again."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


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
