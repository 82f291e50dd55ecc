"""Characters → printed lines, by where they stand; and lines → text again."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.intake.pdf_glyphs import Glyph

_LATIN = re.compile(r"[0-9A-Za-z]")
_WORD_BEFORE = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]+[,.;]?$")
_WORD_AFTER = re.compile(r"[A-Za-z]+(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its cells from left to right (parted by wide gaps) and the box around."""

    cells: tuple[str, ...] = field(repr=False)
    left: float
    right: float
    bottom: float
    size: float
    page: int
    starts: tuple[float, ...] = ()

    @property
    def top(self) -> float:
        """The upper edge of the line."""
        return self.bottom + self.size

    @property
    def text(self) -> str:
        """The line as text, wide gaps as one space."""
        return " ".join(self.cells)


def lines_of(glyphs: Iterable[Glyph], page: int) -> tuple[Line, ...]:
    """Return the printed lines of some characters from top to bottom."""
    shown = [glyph for glyph in glyphs if not glyph.text.isspace()]
    return tuple(_line(row, page) for row in _rows(shown))


def joined(lines: Iterable[str]) -> str:
    """Join wrapped lines: whole Latin words with one space, all else (also codes) without."""
    text = ""
    for line in lines:
        words = _WORD_BEFORE.search(text) and _WORD_AFTER.match(line)
        text += " " + line if words else line
    return text


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: (-g.bottom, g.left)):
        if row and row[0].bottom - glyph.bottom > 0.5 * max(row[0].size, glyph.size):
            yield sorted(row, key=lambda g: g.left)
            row = []
        row.append(glyph)
    if row:
        yield sorted(row, key=lambda g: g.left)


def _line(glyphs: list[Glyph], page: int) -> Line:
    size = Counter(round(g.size, 1) for g in glyphs).most_common(1)[0][0] or 1.0
    cells: list[str] = []
    starts: list[float] = []
    last: Glyph | None = None
    for glyph in glyphs:
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
    right, bottom = max(g.right for g in glyphs), min(g.bottom for g in glyphs)
    return Line(tuple(cells), glyphs[0].left, right, bottom, size, page, tuple(starts))
