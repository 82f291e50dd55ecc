"""What stands on the public side on one day: the site's only input beside ``content/``."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.domain.cleared import ClearedDecision


class Standing(StrEnum):
    """How a decision stands in public. 撤下, 期满 and 暂停 never share a page text."""

    PUBLISHED = "公示中"
    WITHDRAWN = "撤下"
    EXPIRED = "期满"
    SUSPENDED = "暂停公示"


@dataclass(frozen=True, slots=True)
class Notice:
    """说明: the public text in the place of a page that is gone. No party data.

    ``ground`` is the event or rule (撤销…), ``reason`` a sentence, ``basis`` a citation.
    """

    on: date
    ground: str
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """更正说明: that and when a published page was corrected, and in what."""

    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord:
    """One address of the site. ``decision`` is there while published, else ``notice``.

    ``digest`` is the SHA-256 of the record's content: equal digests, equal page.
    """

    key: str
    slug: str
    case_number: str
    standing: Standing
    first_published_on: date
    changed_on: date
    decision: ClearedDecision | None = None
    notice: Notice | None = None
    corrections: tuple[CorrectionNote, ...] = ()
    digest: str = ""

    def __post_init__(self) -> None:
        """Refuse a published record without a decision, or a gone one with it."""
        if (self.standing is Standing.PUBLISHED) == (self.decision is None):
            raise ValueError("a published record has a decision, and only it")
