"""Find text that was painted over. A coloured bar hides nothing: the text is still in the file."""

import ctypes
from dataclasses import dataclass

from pipeline.intake.pdf_glyphs import Glyph, Pdfium, address_of, raw

_SMALLEST = 4.0
"""Points: thinner shapes are lines of a table or underlines."""

_OPAQUE = 128


@dataclass(frozen=True, slots=True)
class _Patch:
    """A filled shape; ``order`` is its place in the order of painting."""

    order: int
    left: float
    bottom: float
    right: float
    top: float

    def covers(self, glyph: Glyph) -> bool:
        x, y = glyph.middle
        return self.left < x < self.right and self.bottom < y < self.top


def is_painted_over(page: Pdfium, glyphs: list[Glyph]) -> bool:
    """Say whether an opaque shape was painted over any of ``glyphs`` after it was written."""
    patches: list[_Patch] = []
    orders: dict[int, int] = {}
    kinds = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_TEXT)
    for order, item in enumerate(page.get_objects(filter=kinds, max_depth=8)):
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            orders[address_of(item.raw)] = order
        elif _is_opaque(item):
            left, bottom, right, top = item.get_bounds()
            if min(right - left, top - bottom) > _SMALLEST:
                patches.append(_Patch(order, left, bottom, right, top))
    return any(
        patch.order > orders.get(glyph.source, patch.order) and patch.covers(glyph)
        for patch in patches
        for glyph in glyphs
        if not glyph.text.isspace()
    )


def _is_opaque(path: Pdfium) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path.raw, mode, stroke) or mode.value == raw.FPDF_FILLMODE_NONE:
        return False
    colour = [ctypes.c_uint() for _ in range(4)]
    return bool(raw.FPDFPageObj_GetFillColor(path.raw, *colour)) and colour[3].value >= _OPAQUE
