"""Where something stands in a decision, in words that staff can follow in their own document."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.domain.decision import Decision
from pipeline.domain.document import BlockKind
from pipeline.redaction.flatten import FIELDS, Flat, Segment

_FIELDS = dict(FIELDS)


def place_title(place: str, decision: Decision) -> str:
    """Return the Chinese name of a ``Segment.place``: 违法事实, 文书第4段, 当事人2名称."""
    first, *rest = place.split("/")
    if first == "party":
        number = str(int(rest[0]) + 1) if len(decision.parties) > 1 else ""
        return f"当事人{number}" + ("名称" if rest[1] == "name" else "负责人")
    if first == "document":
        block, row, cell = map(int, rest)
        title = f"文书第{block + 1}段"
        if decision.document[block].kind is BlockKind.TABLE:
            return f"{title}表格第{row + 1}行第{cell + 1}格"
        return f"{title}第{row + 1}项" if decision.document[block].kind is BlockKind.LIST else title
    return _FIELDS[first]


@dataclass(frozen=True, slots=True)
class Places:
    """The way from characters of the flat text to words. Holds no text."""

    segments: Sequence[Segment]
    titles: Sequence[str]

    @classmethod
    def of(cls, flat: Flat, decision: Decision) -> "Places":
        """Return the places of a flattened decision."""
        titles = [place_title(segment.place, decision) for segment in flat.segments]
        return cls(flat.segments, titles)

    def where(self, start: int, end: int) -> str:
        """Return where ``start``–``end`` stands; characters count from 1 within their part."""
        first, last = self._part(start), self._part(end - 1)
        low = self._nth(first, start)
        high = self._nth(last, end - 1)
        if first != last:
            return f"{self.titles[first]}第{low}字至{self.titles[last]}第{high}字"
        span = f"第{low}字" if low == high else f"第{low}至{high}字"
        return f"{self.titles[first]}{span}"

    def _part(self, at: int) -> int:
        """Return the part that holds character ``at``, or the one before which it stands."""
        index = max(bisect_right(self.segments, at, key=lambda each: each.start) - 1, 0)
        behind = at >= self.segments[index].end
        return min(index + behind, len(self.segments) - 1)

    def _nth(self, part: int, at: int) -> int:
        segment = self.segments[part]
        return max(min(at, segment.end - 1) - segment.start, 0) + 1
