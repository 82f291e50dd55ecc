"""One page of a PDF: its tables and lines from top to bottom, and secrecy marks.

Text that stands at an angle is a stamp or a watermark; only a secrecy mark of it is kept.
"""

import re
from dataclasses import dataclass, field

from pipeline.intake.pdf_cover import is_painted_over
from pipeline.intake.pdf_glyphs import Glyph, Pdfium, UntrustedPageError, read_glyphs
from pipeline.intake.pdf_lines import Line, joined, lines_of
from pipeline.intake.pdf_rules import Box, ruled_tables

_SECRECY_MARK = re.compile(r"绝密|机密|秘密|内部")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells from top to bottom; ``top`` is where it begins, in points."""

    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    top: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page, from top to bottom; sizes in points."""

    content: tuple[Line | Grid, ...]
    marks: tuple[str, ...]
    height: float

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines outside ruled tables."""
        return tuple(piece for piece in self.content if isinstance(piece, Line))


def read_page(page: Pdfium, number: int) -> Page:
    """Return the content of ``page``, which is the ``number``-th from 0.

    Raises ``UntrustedPageError`` as ``read_glyphs`` does, and for text under a painted bar.
    """
    glyphs = read_glyphs(page)
    if is_painted_over(page, glyphs.upright):
        raise UntrustedPageError(
            "有文字被色块遮盖，但仍留在文件里",
            "请在原文书中删去应隐去的文字后重新导出，不要用色块遮盖",
        )
    slanted = "".join(glyph.text for glyph in glyphs.slanted)
    marks = tuple(dict.fromkeys(_SECRECY_MARK.findall(slanted)))
    free = glyphs.upright
    content: list[Line | Grid] = []
    for boxes in ruled_tables(page):
        inside = [[g for g in free if box.holds(*g.middle)] for box in boxes]
        if sum(any(not g.text.isspace() for g in group) for group in inside) < 2:
            continue  # a frame or an underline, no table
        free = [g for g in free if not any(box.holds(*g.middle) for box in boxes)]
        content.append(_grid(boxes, inside, number))
    content.extend(lines_of(free, number))
    content.sort(key=lambda piece: -piece.top)
    return Page(tuple(content), marks, page.get_size()[1])


def _grid(boxes: list[Box], inside: list[list[Glyph]], number: int) -> Grid:
    rows: dict[int, list[str]] = {}
    for box, glyphs in zip(boxes, inside, strict=True):
        rows.setdefault(box.row, []).append(_cell(box, lines_of(glyphs, number)))
    filled = (tuple(row) for row in rows.values() if any(row))
    return Grid(tuple(filled), max(box.top for box in boxes))


def _cell(box: Box, lines: tuple[Line, ...]) -> str:
    """Return the text of a cell; lines that fill it, wholly or centred, go on in the next."""
    if not lines:
        return ""
    paragraphs: list[list[str]] = [[]]
    for line, following in zip(lines, (*lines[1:], None), strict=True):
        paragraphs[-1].append(line.text)
        room = (box.right - box.left) - (line.right - line.left)
        indented = following is not None and following.left > line.left + 1.2 * line.size
        if following is not None and (room > 2.6 * line.size or indented):
            paragraphs.append([])
    return "\n".join(map(joined, paragraphs))
