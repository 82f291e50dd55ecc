"""The values that the readers of the formats hand to the joiner."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Organ, Outcome, Procedure
from pipeline.domain.document import Block
from pipeline.domain.event import StatusEvent
from pipeline.domain.faults import Fault, Place
from pipeline.domain.party import OtherPerson, Party
from pipeline.domain.penalty import Penalty
from pipeline.domain.process_record import ProcessRecord
from pipeline.domain.review import LegalReview, SecrecyReview, Source
from pipeline.domain.text import RawText


@dataclass(frozen=True, slots=True)
class FileContent:
    """One file of an export, read once: ``name`` is its path below the export folder."""

    name: str
    content: bytes = field(repr=False)
    digest: str = ""


class UnreadableFileError(Exception):
    """A file could not be read in its format. Carries faults; the other files go on."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


class DraftFields(TypedDict, total=False):
    """The fields of ``Decision`` that one source said; what it did not say is absent."""

    organ: Organ
    decided_on: date
    title: RawText
    parties: tuple[Party, ...]
    persons: tuple[OtherPerson, ...]
    procedure: Procedure
    outcome: Outcome
    violation_kind: RawText
    facts: RawText
    legal_basis: RawText
    penalties: tuple[Penalty, ...]
    penalty_text: RawText
    act_date: date
    filed_on: date
    notified_on: date
    served_on: date
    service_method: str
    valid_until: date
    published_before: date
    performance: str
    remark: RawText
    events: tuple[StatusEvent, ...]
    legal_review: LegalReview
    secrecy_review: SecrecyReview
    social_impact: bool
    credit_class: str
    unsuitable: bool
    protected: tuple[RawText, ...]
    process_records: tuple[ProcessRecord, ...]
    document: tuple[Block[RawText], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one record of one source says about one decision.

    ``case_number`` is ``None`` when the record names none; such a draft cannot be joined.
    ``faults`` are the record's own; a faulty record never becomes a published decision.
    """

    place: Place
    source: Source
    digest: str
    case_number: CaseNumber | None = None
    fields: DraftFields = field(default_factory=DraftFields, repr=False)
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline(Draft):
    """A draft without what it says: enough to join it, and to see whether it is the same.

    It stands for all drafts of its record that have its digest. ``at`` is the byte at which its
    line begins, in a file of lines.
    """

    at: int = 0

    def is_of(self, draft: Draft) -> bool:
        """Whether a draft, read in full, is one that this outline stands for."""
        mine = (self.digest, self.case_number, self.faults)
        return mine == (draft.digest, draft.case_number, draft.faults)


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A 决定书 as blocks, before anybody has looked for its 文号."""

    place: Place
    digest: str
    blocks: tuple[Block[RawText], ...] = field(repr=False)


DocumentReader = Callable[[FileContent], DocumentFile]
"""Reads one document format; raises ``UnreadableFileError``."""

DraftReader = Callable[[FileContent], tuple[Draft, ...]]
"""Reads one structured format; raises ``UnreadableFileError`` when nothing of it can be used."""
