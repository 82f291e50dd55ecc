"""What the projection hands to the site: light rows for lists, and what has changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec

from pipeline.domain.annual import AnnualFigures
from pipeline.domain.penalty import PenaltyKind
from pipeline.domain.public import PublicRecord, Standing


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a projection has followed which register: its identity and its revision."""

    register: str
    revision: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What brings a projection up to ``mark``.

    ``records`` replace those of the same key; ``removed`` are keys without an address any more.
    ``whole`` says that ``records`` are everything and what the file holds is to be forgotten.
    ``annual`` are the figures of every year, ``successors`` the addresses of withdrawn decisions,
    each with that of the one in its place; both replace those that the file holds.
    """

    mark: Mark
    records: Iterable[PublicRecord]
    removed: tuple[str, ...] = ()
    whole: bool = False
    annual: tuple[AnnualFigures, ...] = ()
    successors: tuple[tuple[str, str], ...] = ()


class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One address in a list, without the text of its decision.

    The fields from ``organ`` on are empty where the page is gone. ``digest`` is the record's.
    ``codes`` are the 统一社会信用代码 of ``parties``, one for each, empty where there is none.
    A night reads every row, and there may be millions of them, hence no dataclass.
    """

    key: str
    slug: str
    case_number: str
    standing: Standing
    first_published_on: date
    changed_on: date
    digest: str
    decided_on: date | None = None
    organ: str = ""
    title: str = ""
    parties: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    violation_kind: str = ""
    penalty_kinds: tuple[PenaltyKind, ...] = ()
    about_natural_person: bool = False
