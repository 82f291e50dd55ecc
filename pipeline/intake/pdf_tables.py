"""Find tables without ruled lines: neighbouring lines whose cells begin at the same places."""

from collections.abc import Iterator

from pipeline.intake.pdf_lines import Line
from pipeline.intake.pdf_page import Grid

_TOLERANCE = 6.0
"""Points by which the beginnings of two cells of one column may differ."""


def grids(content: tuple[Line | Grid, ...]) -> Iterator[Line | Grid]:
    """Yield tables as grids and every other line as it is, in order."""
    index = 0
    while index < len(content):
        end = _end_of_table(content, index)
        if end - index > 1:
            rows = [piece for piece in content[index:end] if isinstance(piece, Line)]
            yield Grid(_rows(rows), rows[0].top)
            index = end
        else:
            yield content[index]
            index += 1


def _end_of_table(content: tuple[Line | Grid, ...], start: int) -> int:
    first = content[start]
    end = start + 1
    if isinstance(first, Grid) or len(first.cells) < 2:
        return end
    while end < len(content) and _belongs(content[end], first):
        end += 1
    return end


def _belongs(piece: Line | Grid, first: Line) -> bool:
    return isinstance(piece, Line) and (
        _same_columns(piece, first) or _is_continuation(piece, first)
    )


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


def _rows(lines: list[Line]) -> tuple[tuple[str, ...], ...]:
    first = lines[0]
    rows: list[list[str]] = []
    for line in lines:
        if _same_columns(line, first):
            rows.append(list(line.cells))
            continue
        for cell, start in zip(line.cells, line.starts, strict=True):
            rows[-1][_column(start, first)] += cell
    return tuple(tuple(row) for row in rows)
