"""What the rebuild hands to the register and gets back. Holds digests and cleared text only."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from pipeline.domain.annual import Tally
from pipeline.domain.basis import Basis
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.cleared import ClearedDecision
from pipeline.domain.event import StatusEvent
from pipeline.domain.public import CorrectionNote, Notice
from pipeline.domain.verdict import Reason, Verdict
from pipeline.lifecycle.deadlines import Deadline
from pipeline.lifecycle.model import State


@dataclass(frozen=True, slots=True)
class Digests:
    """What a result depends on: equal digests, equal result. Each is a SHA-256."""

    source: str
    policy: str
    engine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A decision of the export after screening and redaction.

    ``verdict`` is ``None`` when the record could not be read. ``cleared`` is there when the
    verdict says publish. ``text_digest`` is that of the decision's own words
    (``pipeline.register.text_digest``). ``published_before`` is its first publication on an
    earlier site, when the export tells it. ``acts_seen`` is the number of acts of staff that were
    known when it was examined, ``corrections_seen`` the numbers of the accepted corrections.
    """

    case_number: CaseNumber
    digests: Digests
    verdict: Verdict | None
    cleared: ClearedDecision | None = field(default=None, repr=False)
    text_digest: str = ""
    decided_on: date | None = None
    events: tuple[StatusEvent, ...] = ()
    published_before: date | None = None
    credit_class: str = ""
    acts_seen: int = 0
    corrections_seen: tuple[str, ...] = ()
    tally: Tally | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What a person said when the brake had stopped a run: exactly so many pages may leave."""

    count: int
    actor: str
    basis: Basis
    remark: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A decision of the export for which ``Register.unchanged`` said yes.

    ``tally`` is what it adds to its year's figures; it may differ although nothing else does.
    """

    key: str
    tally: Tally | None = None


@dataclass(frozen=True, slots=True)
class Nameless:
    """An unreadable record whose 文号 is not known. It counts as held and is not stored."""


Received = Examined | Unchanged | Nameless
"""What the rebuild hands on for each record of the export; none is left out."""


class ChangeKind(StrEnum):
    """What a run did to one decision."""

    PUBLISHED = "新公示"
    RESUMED = "恢复公示"
    CORRECTED = "更正"
    UPDATED = "更新"
    SUSPENDED = "暂停公示"
    WITHDRAWN = "撤下"
    EXPIRED = "期满"
    HELD = "待核"
    WITHHELD = "不予公开"
    PENDING = "更新待核"
    REDATED = "首次公示日顺延"


@dataclass(frozen=True, slots=True)
class Change:
    """One decision that a run changed."""

    key: str
    case_number: str
    slug: str
    kind: ChangeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Where the records of an export are after a run (promise 4).

    ``held`` are records that wait for a person and are not public, ``suspended`` those of them
    whose page was public before.
    """

    received: int
    published: int
    withheld: int
    held: int
    suspended: int
    withdrawn: int
    expired: int

    @property
    def adds_up(self) -> bool:
        """Whether every record received is somewhere, and once."""
        placed = self.published + self.withheld + self.held
        return self.received == placed + self.suspended + self.withdrawn + self.expired


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """What a run did. ``standing`` counts the whole register, also what the export left out.

    ``pending`` is the number of published decisions whose new export waits (更新待核).
    """

    run: int
    counts: Counts
    changes: tuple[Change, ...]
    standing: Mapping[State, int]
    pending: int

    def then(self, later: "Reconciliation") -> "Reconciliation":
        """Return the account of two runs of one night: where all stands now, and every change."""
        again = {change.key for change in later.changes}
        earlier = tuple(change for change in self.changes if change.key not in again)
        return replace(later, changes=earlier + later.changes)

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent:
    """One row of the event list as staff see it; ``summary`` is Chinese.

    ``remark`` is what the person noted in private; for the eyes of staff only.
    """

    seq: int
    on: date
    kind: str
    actor: str
    summary: str
    remark: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Everything that staff may see about one decision. Holds no text of it."""

    key: str
    slug: str
    case_number: str
    state: State
    decided_on: date | None
    first_published_on: date | None
    changed_on: date | None
    expires_on: date | None
    reasons: tuple[Reason, ...]
    pending: tuple[Reason, ...]
    notice: Notice | None
    corrections: tuple[CorrectionNote, ...]
    known_events: tuple[StatusEvent, ...]
    deadlines: tuple[Deadline, ...]
    log: tuple[LoggedEvent, ...]
