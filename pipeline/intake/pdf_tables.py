"""Find printed tables: neighbouring lines whose cells begin at the same places."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.intake.pdf_page import Line

_TOLERANCE = 6.0
"""Points by which the beginnings of two cells of one column may differ."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells from top to bottom."""

    rows: tuple[tuple[str, ...], ...] = field(repr=False)


def grids(lines: tuple[Line, ...]) -> Iterator[Line | Grid]:
    """Yield tables as grids and every other line as it is, in order."""
    index = 0
    while index < len(lines):
        end = _end_of_table(lines, index)
        if end - index > 1:
            yield Grid(_rows(lines[index:end]))
            index = end
        else:
            yield lines[index]
            index += 1


def _end_of_table(lines: tuple[Line, ...], start: int) -> int:
    first = lines[start]
    end = start + 1
    if len(first.cells) < 2:
        return end
    while end < len(lines) and _belongs(lines[end], first):
        end += 1
    return end


def _belongs(line: Line, first: Line) -> bool:
    return _same_columns(line, first) or _is_continuation(line, first)


def _same_columns(line: Line, first: Line) -> bool:
    return len(line.cells) == len(first.cells) and all(
        abs(a - b) < _TOLERANCE for a, b in zip(line.starts, first.starts, strict=True)
    )


def _is_continuation(line: Line, first: Line) -> bool:
    """Say whether ``line`` only goes on with cells right of the first column."""
    return all(_column(start, first) > 0 for start in line.starts)


def _column(start: float, first: Line) -> int:
    matches = (i for i, at in enumerate(first.starts) if abs(at - start) < _TOLERANCE)
    return next(matches, -1)


def _rows(lines: tuple[Line, ...]) -> tuple[tuple[str, ...], ...]:
    first = lines[0]
    rows: list[list[str]] = []
    for line in lines:
        if _same_columns(line, first):
            rows.append(list(line.cells))
            continue
        for cell, start in zip(line.cells, line.starts, strict=True):
            rows[-1][_column(start, first)] += cell
    return tuple(tuple(row) for row in rows)
