"""Lists of decisions by year and month, cut so that a new decision touches few pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import pairwise
from typing import Protocol, TypeVar

import msgspec

from pipeline.domain.faults import BadSiteError
from pipeline.projection.model import Row
from pipeline.site.addresses import Month, decision_path, month_path
from pipeline.site.people import NATURAL_PERSON, without_people

PART = 100
"""Rows that are never cut; a full page has about as many."""

FEWEST, MOST = 64, 160
"""Rows on a full page, at least and at most. The newest page has fewer than both together."""

_ENDS = 8
"""Of 256 rows so many may end a page."""


class Keyed(Protocol):
    """What is listed: it has a key of its own that never changes."""

    @property
    def key(self) -> str: ...  # noqa: D102 - said above


T = TypeVar("T", bound=Keyed)

_ENCODER = msgspec.msgpack.Encoder()

_SAYS_NOTHING = frozenset({"行政处罚决定书", "处罚决定书", "行政处罚决定", "当场行政处罚决定书"})


class Listed(msgspec.Struct, frozen=True, gc=False):
    """One published decision in a list.

    A natural person's name stands on the decision's own page, which is not to be indexed, and in
    no list: ``parties`` then says only what kind of party it is, and there is no title. A title
    that is but the name of the form, with or without the agency's, is left out too.
    ``organisations`` are the parties by code and name, none where a natural person is among them.
    ``digest`` is that of all the rest. Like ``Row``, no dataclass: there may be millions of them.
    """

    key: str
    case_number: str
    path: str
    decided_on: date
    published_on: date
    organ: str
    title: str
    parties: tuple[str, ...]
    violation: str
    penalties: tuple[str, ...]
    organisations: tuple[tuple[str, str], ...] = ()
    slug: str = ""
    digest: str = ""


def listed(row: Row) -> Listed:
    """Return the entry of a published row."""
    if row.decided_on is None:
        raise BadSiteError(f"公开库中 {row.case_number} 没有决定日期。请重新运行 gongshi rebuild")
    personal = row.about_natural_person
    people = {name: "当事人" for name in row.parties if personal and len(name) > 1}
    entry = Listed(
        key=row.key,
        case_number=row.case_number,
        path=decision_path(row.slug),
        decided_on=row.decided_on,
        published_on=row.first_published_on,
        organ=row.organ,
        title="" if personal or _says_nothing(row) else row.title,
        parties=(NATURAL_PERSON,) if personal else row.parties,
        violation=without_people(row.violation_kind, people),
        penalties=tuple(kind.value for kind in row.penalty_kinds),
        organisations=() if personal else tuple(zip(row.codes, row.parties, strict=False)),
        slug=row.slug,
    )
    return msgspec.structs.replace(entry, digest=sha256(_ENCODER.encode(entry)).hexdigest())


def _says_nothing(row: Row) -> bool:
    return row.title.strip().removeprefix(row.organ).strip() in _SAYS_NOTHING


@dataclass(frozen=True, slots=True)
class MonthPage:
    """One page of a month, newest decision first. ``part`` is ``None`` on the newest page."""

    month: Month
    part: int | None
    rows: tuple[Listed, ...]

    @property
    def path(self) -> str:
        """The address of the page."""
        return month_path(self.month, self.part)


def oldest_first(rows: Iterable[Listed]) -> tuple[Listed, ...]:
    """Return the entries in the order in which lists are cut."""
    return tuple(sorted(rows, key=lambda row: (row.decided_on, row.key)))


def by_month(rows: Iterable[Listed]) -> dict[Month, tuple[Listed, ...]]:
    """Return the entries of each month of decision, oldest first within it."""
    months: dict[Month, list[Listed]] = {}
    for row in rows:
        months.setdefault(Month(row.decided_on.year, row.decided_on.month), []).append(row)
    return {month: oldest_first(found) for month, found in sorted(months.items())}


def parts_of(rows: Sequence[T]) -> tuple[tuple[int | None, tuple[T, ...]], ...]:
    """Cut ``rows``, which come oldest first, into pages: each with its part, the newest first.

    Full parts are counted from the oldest, so that they stay as they are when something newer
    comes. After which rows they end, these rows themselves say: when one leaves, its own page
    changes and not every newer one. The newest page has no number.
    """
    cuts = [0]
    while (end := _end_of(rows, cuts[-1])) is not None:
        cuts.append(end)
    parts = [
        (number, tuple(rows[start:end][::-1]))
        for number, (start, end) in enumerate(pairwise(cuts), start=1)
    ]
    return (None, tuple(rows[cuts[-1] :][::-1])), *parts[::-1]


def _end_of(rows: Sequence[T], start: int) -> int | None:
    """Return where the full page that begins at ``start`` ends, ``None`` when it is the newest."""
    last = min(start + MOST, len(rows) - FEWEST)
    for end in range(start + FEWEST, last + 1):
        if end == start + MOST or _ends_page(rows[end - 1]):
            return end
    return None


def _ends_page(row: Keyed) -> bool:
    return sha256(row.key.encode()).digest()[0] < _ENDS


def pages_of(month: Month, rows: Sequence[Listed]) -> tuple[MonthPage, ...]:
    """Return the pages of a month, the newest first; ``rows`` come oldest first."""
    return tuple(MonthPage(month, part, found) for part, found in parts_of(rows))


def years_of(
    months: Mapping[Month, Sequence[Listed]],
) -> dict[int, tuple[tuple[Month, int], ...]]:
    """Return for each year from the first to the last its months and their counts.

    Months without a decision between the first and the last month are there with 0, so that
    a page can say that there was none.
    """
    if not months:
        return {}
    first, last = min(months), max(months)
    years: dict[int, list[tuple[Month, int]]] = {}
    for year in range(first.year, last.year + 1):
        for number in range(1, 13):
            month = Month(year, number)
            if first <= month <= last:
                years.setdefault(year, []).append((month, len(months.get(month, ()))))
    return {year: tuple(found) for year, found in years.items()}


def digest_of(parts: Iterable[object]) -> str:
    """Return one digest of the printed form of ``parts``."""
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
