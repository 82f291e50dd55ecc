"""Blocks of decisions by the day they were made: a year, a month, or a part of a month.

Which decisions share a block follows from the decisions alone and not from the order in which
they came, so that the same decisions make the same index. A new decision touches the block of
its days; a period is divided when it holds too much.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.projection.model import Row

FULL = 512
"""Decisions above which a block is divided, down to a single day."""


@dataclass(frozen=True, slots=True)
class Block:
    """The decisions made from ``first`` up to and with ``last``, the newest first."""

    first: date
    last: date
    rows: tuple[Row, ...]


def blocks(rows: Sequence[Row], *, full: int = FULL) -> Iterator[Block]:
    """Yield the blocks of published rows, the newest first; none is empty."""
    ordered = sorted(rows, key=lambda row: (_day(row), row.key))
    days = [_day(row) for row in ordered]

    def divided(first: date, last: date, low: int, high: int) -> Iterator[Block]:
        if low == high:
            return
        if high - low <= full or first == last:
            yield Block(first, last, tuple(ordered[low:high][::-1]))
            return
        for start, end in _parts(first, last)[::-1]:
            begin, stop = (
                bisect_left(days, start, low, high),
                bisect_left(days, _after(end), low, high),
            )
            yield from divided(start, end, begin, stop)

    for year in range(days[-1].year, days[0].year - 1, -1) if days else ():
        first, last = date(year, 1, 1), date(year, 12, 31)
        yield from divided(first, last, bisect_left(days, first), bisect_left(days, _after(last)))


def _day(row: Row) -> date:
    assert row.decided_on is not None  # noqa: S101 - a published row has one
    return row.decided_on


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _parts(first: date, last: date) -> list[tuple[date, date]]:
    """Return a year as its months, and a part of a month as two halves."""
    if first.month != last.month:
        starts = [date(first.year, month, 1) for month in range(1, 13)]
        return [*zip(starts, [day - timedelta(days=1) for day in starts[1:]] + [last], strict=True)]
    middle = first + (last - first) // 2
    return [(first, middle), (_after(middle), last)]
