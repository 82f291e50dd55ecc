"""处罚决定: one administrative penalty decision as exported. Raw; stays on the private side."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.document import Block
from pipeline.domain.event import StatusEvent
from pipeline.domain.faults import Fault, Place
from pipeline.domain.party import OtherPerson, Party
from pipeline.domain.penalty import Penalty
from pipeline.domain.process_record import ProcessRecord
from pipeline.domain.review import LegalReview, SecrecyReview, Source
from pipeline.domain.text import RawText


class Procedure(StrEnum):
    """The procedure under which the decision was made (行政处罚法 第五章)."""

    ORDINARY = "普通程序"
    SUMMARY = "简易程序"


class Outcome(StrEnum):
    """What was decided (行政处罚法 第五十七条); only a penalty is disclosed as one."""

    PENALTY = "予以处罚"
    NO_PENALTY = "不予处罚"
    NOT_ESTABLISHED = "违法事实不能成立"
    TRANSFERRED = "移送司法机关"


@dataclass(frozen=True, slots=True)
class Organ:
    """处罚机关: the authority that decided; ``code`` is its 统一社会信用代码 or empty."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision. A field that the export did not say is ``None`` or empty, never guessed.

    ``act_date`` is the day of the violation (its last day when it lasted). ``social_impact`` is
    the recorded finding of 行政处罚法 第四十八条. ``unsuitable`` is a reviewer's or a provincial
    organ's finding that the case is not to be published (000 公示 第八条第四项).
    ``published_before`` is the day of its first publication on an earlier site.
    ``protected`` are passages that a reviewer marked to be hidden (000 公示 第九条第三项).
    ``sources`` says for each field not taken from the main export where it came from;
    ``digest`` is the SHA-256 of everything the decision was parsed from.
    """

    case_number: CaseNumber
    organ: Organ
    decided_on: date
    title: RawText = field(default=RawText(""), repr=False)
    parties: tuple[Party, ...] = ()
    persons: tuple[OtherPerson, ...] = ()
    procedure: Procedure | None = None
    outcome: Outcome = Outcome.PENALTY
    violation_kind: RawText = field(default=RawText(""), repr=False)
    facts: RawText = field(default=RawText(""), repr=False)
    legal_basis: RawText = field(default=RawText(""), repr=False)
    penalties: tuple[Penalty, ...] = ()
    penalty_text: RawText = field(default=RawText(""), repr=False)
    act_date: date | None = None
    filed_on: date | None = None
    notified_on: date | None = None
    served_on: date | None = None
    service_method: str = ""
    valid_until: date | None = None
    published_before: date | None = None
    performance: str = ""
    remark: RawText = field(default=RawText(""), repr=False)
    events: tuple[StatusEvent, ...] = ()
    legal_review: LegalReview = LegalReview()
    secrecy_review: SecrecyReview = SecrecyReview()
    social_impact: bool | None = None
    credit_class: str = ""
    unsuitable: bool = False
    protected: tuple[RawText, ...] = field(default=(), repr=False)
    process_records: tuple[ProcessRecord, ...] = ()
    document: tuple[Block[RawText], ...] = field(default=(), repr=False)
    place: Place = Place("")
    sources: tuple[tuple[str, Source], ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record of an export that could not be read as a decision. It counts as held.

    ``case_number`` is known when that much could be read. ``faults`` is never empty.
    """

    place: Place
    faults: tuple[Fault, ...]
    case_number: CaseNumber | None = None
    digest: str = ""


Received = Decision | Unreadable
"""What intake hands on for each record of an export."""
