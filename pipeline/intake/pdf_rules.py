"""The ruled tables of a PDF page: drawn lines → cells, merged ones as one."""

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.intake.pdf_glyphs import Pdfium, raw

_NEAR = 3.0
"""Points by which two drawn lines may miss each other and still be one."""

_SHORTEST = 6.0
_MOST_SEGMENTS = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: ``across`` or down, at ``at``, from ``start`` to ``end`` (points)."""

    across: bool
    at: float
    start: float
    end: float

    def touches(self, other: "Rule") -> bool:
        """Say whether two lines meet."""
        if self.across == other.across:
            return (
                abs(self.at - other.at) <= _NEAR
                and self.start <= other.end + _NEAR
                and other.start <= self.end + _NEAR
            )
        return (
            self.start - _NEAR <= other.at <= self.end + _NEAR
            and other.start - _NEAR <= self.at <= other.end + _NEAR
        )


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: ``row`` counts from 0 at the top; coordinates in points."""

    row: int
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies in the cell."""
        return self.left <= x < self.right and self.bottom <= y < self.top


def ruled_tables(page: Pdfium) -> list[list[Box]]:
    """Return the cells of each ruled table of a page, by row and from left to right."""
    tables: list[list[Box]] = []
    for group in _groups(list(_rules(page))):
        boxes = _boxes(group)
        if len(boxes) > 1:
            tables.append(boxes)
    return tables


def _rules(page: Pdfium) -> Iterator[Rule]:
    seen = 0
    for path in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=8):
        count = raw.FPDFPath_CountSegments(path.raw)
        seen += count
        if seen > _MOST_SEGMENTS:
            return  # a drawing, not a table
        yield from _rules_of(path, count)


def _rules_of(path: Pdfium, count: int) -> Iterator[Rule]:
    matrix = path.get_matrix()
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path.raw, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _rule(last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _rule(last, start)


def _rule(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    (x1, y1), (x2, y2) = one, other
    if abs(y1 - y2) < 1 and abs(x1 - x2) > _SHORTEST:
        yield Rule(True, (y1 + y2) / 2, min(x1, x2), max(x1, x2))
    elif abs(x1 - x2) < 1 and abs(y1 - y2) > _SHORTEST:
        yield Rule(False, (x1 + x2) / 2, min(y1, y2), max(y1, y2))


def _groups(rules: list[Rule]) -> Iterator[list[Rule]]:
    """Yield the lines that hang together, each group once."""
    rest = list(dict.fromkeys(rules))[:2_000]
    while rest:
        group, fresh = [], [rest.pop()]
        while fresh:
            rule = fresh.pop()
            group.append(rule)
            met = [other for other in rest if rule.touches(other)]
            rest = [other for other in rest if other not in met]
            fresh.extend(met)
        yield group


def _boxes(rules: list[Rule]) -> list[Box]:
    """Return the cells between the lines of one table; cells without a line between are one."""
    xs = _merged_places(rule.at for rule in rules if not rule.across)
    ys = _merged_places(rule.at for rule in rules if rule.across)[::-1]
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > 4_000:
        return []
    cells = [(row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)]
    owner = {cell: cell for cell in cells}

    def find(cell: tuple[int, int]) -> tuple[int, int]:
        while owner[cell] != cell:
            cell = owner[cell]
        return cell

    for row, column in cells:
        middle_x, middle_y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
        right, below = (row, column + 1), (row + 1, column)
        if right in owner and not _drawn(rules, False, xs[column + 1], middle_y):
            owner[find(right)] = find((row, column))
        if below in owner and not _drawn(rules, True, ys[row + 1], middle_x):
            owner[find(below)] = find((row, column))
    merged: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for cell in cells:
        merged.setdefault(find(cell), []).append(cell)
    boxes = [_box(group, xs, ys) for group in merged.values()]
    return sorted(boxes, key=lambda box: (box.row, box.left))


def _box(cells: list[tuple[int, int]], xs: list[float], ys: list[float]) -> Box:
    rows, columns = [row for row, _ in cells], [column for _, column in cells]
    top, bottom = ys[min(rows)], ys[max(rows) + 1]
    return Box(min(rows), xs[min(columns)], bottom, xs[max(columns) + 1], top)


def _drawn(rules: list[Rule], across: bool, at: float, through: float) -> bool:
    return any(
        rule.across == across
        and abs(rule.at - at) <= _NEAR
        and rule.start - _NEAR <= through <= rule.end + _NEAR
        for rule in rules
    )


def _merged_places(places: Iterable[float]) -> list[float]:
    """Return sorted places, those of one line (its two edges) as one."""
    merged: list[float] = []
    for place in sorted(places):
        if not merged or place - merged[-1] > _NEAR:
            merged.append(place)
    return merged
