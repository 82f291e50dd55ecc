"""Printed lines → paragraphs, headings and tables, by indentation, fullness and spacing."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.domain.document import Block, heading, paragraph, table
from pipeline.domain.text import RawText
from pipeline.intake.pdf_lines import Line, joined
from pipeline.intake.pdf_page import Grid
from pipeline.intake.pdf_tables import grids

_SENTENCE_END = re.compile(r"[。！？；：][”’）」]?$")
_TITLE_CHARACTERS = 40
_NO_TITLE = re.compile(r"[。；：，、！？〔〕\d]")
_TOKEN = re.compile(r"[0-9A-Za-z.,\-/]+|.")


@dataclass(frozen=True, slots=True)
class _Measure:
    """The column of text: its edges, the usual height of a line and the step to the next."""

    left: float
    right: float
    size: float
    leading: float
    indents: bool

    def is_indented(self, line: Line) -> bool:
        return line.left > self.left + 1.2 * self.size

    def is_full(self, line: Line, following: Line) -> bool:
        """Say whether ``line`` ran to the margin, so that its sentence may go on."""
        token = _TOKEN.match(following.text)
        needed = len(token[0]) * 0.6 * self.size if token else 0.0
        return line.right >= self.right - max(2.6 * self.size, needed)

    def is_centred(self, line: Line) -> bool:
        before, after = line.left - self.left, self.right - line.right
        return before > 2 * self.size and abs(before - after) < 2 * self.size

    def joins(self, line: Line, following: Line) -> bool:
        """Say whether ``following`` goes on with the paragraph that ``line`` is in."""
        if self.is_indented(following) or not self.is_full(line, following):
            return False
        if abs(line.size - following.size) > 0.15 * self.size:
            return False
        step = line.bottom - following.bottom
        if line.page == following.page and step > 1.6 * self.leading:
            return False
        return self.indents or not _SENTENCE_END.search(line.text)


def blocks_of(content: tuple[Line | Grid, ...]) -> tuple[Block[RawText], ...]:
    """Return lines and tables of a document as blocks; wrapped lines become one paragraph."""
    lines = tuple(piece for piece in content if isinstance(piece, Line))
    found: list[Block[RawText]] = []
    measure = _measure(lines) if lines else None
    open_lines: list[Line] = []
    for piece in grids(content):
        if isinstance(piece, Grid):
            found.extend(_close(open_lines, measure))
            open_lines = []
            found.append(table(tuple(tuple(map(RawText, row)) for row in piece.rows)))
            continue
        if measure and open_lines and not measure.joins(open_lines[-1], piece):
            found.extend(_close(open_lines, measure))
            open_lines = []
        open_lines.append(piece)
    return (*found, *_close(open_lines, measure))


def _close(lines: list[Line], measure: _Measure | None) -> Iterator[Block[RawText]]:
    if not lines or measure is None:
        return
    text = RawText(joined(line.text for line in lines))
    if _is_title(lines, text, measure):
        yield heading(text, 1)
    else:
        yield paragraph(text)


def _is_title(lines: list[Line], text: str, measure: _Measure) -> bool:
    return (
        len(lines) == 1
        and measure.is_centred(lines[0])
        and lines[0].size > 1.2 * measure.size
        and len(text) <= _TITLE_CHARACTERS
        and not _NO_TITLE.search(text)
    )


def _measure(lines: tuple[Line, ...]) -> _Measure:
    size = median(line.size for line in lines)
    steps = [
        above.bottom - below.bottom
        for above, below in pairwise(lines)
        if above.page == below.page and above.bottom > below.bottom
    ]
    left = min(_often(line.left for line in lines))
    right = max(_often(line.right for line in lines))
    indents = sum(left + 1.2 * size < line.left < left + 3.5 * size for line in lines)
    leading = median(steps) if steps else 1.5 * size
    return _Measure(left, right, size, leading, indents >= 2)


def _often(edges: Iterable[float]) -> list[float]:
    """Return the edges that occur more than once (to 4 points), or all of them."""
    counted = Counter(round(edge / 4) * 4.0 for edge in edges)
    return [edge for edge, times in counted.items() if times > 1] or list(counted)
