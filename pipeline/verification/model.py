"""What a built site is held against, and what a verified one is."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, Self

from pipeline.domain.public import Standing
from pipeline.projection.model import Row
from pipeline.verification.tree import Stamp

Told = Callable[[int, int], None]
"""Hears how many files are done, and of how many."""


class Expected(Protocol):
    """One address that the site must have; ``Row`` and ``PublicRecord`` are such."""

    @property
    def slug(self) -> str:
        """The address below ``decisions/``."""
        ...

    @property
    def case_number(self) -> str:
        """The 文号 as shown."""
        ...

    @property
    def standing(self) -> Standing:
        """How the decision stands."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What the private side knows of this run. Never written, logged or shown.

    ``hidden`` are by slug the protected values of a decision: they may stand nowhere that shows
    it. ``banished`` may stand nowhere at all: what a withdrawn decision showed. ``shown`` are by
    slug the names that are public with a decision (organ, parties); a hidden value inside one of
    them is no leak. ``public_values`` are numbers and addresses that are public everywhere: the
    agency's telephones, the treasury's account. ``listed`` are by path the numbers that the list
    published there is for (certificates of officers): public on that page and on no other.
    ``base_url`` is the site's own address, if set.
    """

    records: Collection[Expected] = field(repr=False)
    hidden: Mapping[str, Collection[str]] = field(default_factory=dict, repr=False)
    banished: Collection[str] = field(default=(), repr=False)
    shown: Mapping[str, Iterable[str]] = field(default_factory=dict, repr=False)
    public_values: Collection[str] = field(default=(), repr=False)
    listed: Mapping[str, Collection[str]] = field(default_factory=dict, repr=False)
    base_url: str = ""

    @classmethod
    def of_rows(
        cls,
        rows: Iterable[Row],
        *,
        hidden: Mapping[str, Collection[str]],
        banished: Collection[str] = (),
        public_values: Collection[str] = (),
        listed: Mapping[str, Collection[str]] = MappingProxyType({}),
        base_url: str = "",
    ) -> Self:
        """Return the expectation for the rows of the projection; organ and parties are shown."""
        records = tuple(rows)
        return cls(
            records=records,
            hidden=hidden,
            banished=banished,
            shown={row.slug: (row.organ, *row.parties) for row in records if row.organ},
            public_values=public_values,
            listed=listed,
            base_url=base_url,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedSite:
    """A tree in which nothing was found that must not be public. Only ``verify`` makes one.

    ``digests`` are the SHA-256 of all files, by path with ``/``, ``stamps`` what each was when it
    was looked at. ``pages`` counts the pages of decisions, ``links`` the links followed.
    """

    tree: Path
    digests: Mapping[str, str]
    stamps: Mapping[str, Stamp]
    files: int
    pages: int
    links: int
