"""ClearedDecision: what may cross the airlock. Only ``pipeline.redaction`` makes one."""

import re
from dataclasses import dataclass
from datetime import date

from pipeline.domain.document import Block
from pipeline.domain.party import PartyKind
from pipeline.domain.penalty import Penalty
from pipeline.domain.protected import Category

FIXED_MASK = "＊＊＊＊"
"""Shown in place of anything but a name: neither length nor any digit remains."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of cleared text: plain where ``mask`` is ``None``, else the placeholder of it.

    ``basis`` is the citation of the article under which it is hidden.
    """

    text: str
    mask: Category | None = None
    basis: str = ""


_UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\U000e0000-\U000e007f]"
)
"""Controls, marks that turn the direction of writing, and what has no width."""


def seen(text: str) -> str:
    r"""Return ``text`` without characters that nobody sees: they could only mislead.

    >>> seen("罚款\u202e00\u202c元\x07")
    '罚款00元'
    """
    return _UNSEEN.sub("", text)


ClearedText = tuple[Run, ...]
"""Text whose protected parts have been replaced."""


def plain(text: ClearedText) -> str:
    """Return the text as a reader sees it."""
    return "".join(run.text for run in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedParty:
    """A punished party as published; ``code`` only for organisations."""

    kind: PartyKind
    name: ClearedText
    code: str = ""
    representative: ClearedText = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedDecision:
    """A decision with nothing left in it that must be hidden.

    ``key``, ``slug`` and ``case_number`` are those of ``CaseNumber`` (identity, address, display).
    ``masked`` lists each kind hidden in it with its citation, for the legend of the page.
    """

    key: str
    slug: str
    case_number: str
    organ: str
    organ_code: str
    decided_on: date
    title: ClearedText
    parties: tuple[ClearedParty, ...]
    violation_kind: ClearedText
    facts: ClearedText
    legal_basis: ClearedText
    penalties: tuple[Penalty, ...]
    penalty_text: ClearedText
    performance: ClearedText
    remark: ClearedText
    document: tuple[Block[ClearedText], ...]
    masked: tuple[tuple[Category, str], ...]
    valid_until: date | None = None

    @property
    def about_natural_person(self) -> bool:
        """Whether any punished party is a human being: such pages are not to be indexed."""
        return any(party.kind is PartyKind.NATURAL_PERSON for party in self.parties)
