"""The values of the night's report. They hold 文号, reasons and articles, never protected text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pipeline.lifecycle.attention import Act, RuleTotal
from pipeline.lifecycle.model import State, Urgency
from pipeline.policy.workdays import DueDate


class Kind(StrEnum):
    """What waits for a person (事项); the order is that of the report."""

    WITHDRAW = "应撤下"
    CORRECTION = "更正申请"
    HELD = "待核"
    SUSPENDED = "暂停公示"
    PENDING = "更新待核"
    CASE_FILE = "案卷检查"
    FAULT = "导出有误"
    PAGE = "栏目"
    CALENDAR = "工作日历"
    EXPIRE = "将期满"


AUTOMATIC = frozenset({Kind.EXPIRE})
"""What the program does by itself when the day comes; staff only need to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One reason for which something waits: what is wrong, its article, what to do."""

    title: str
    basis: str
    remedy: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing that waits. ``subject`` is a 文号, a page or a place in an export.

    ``clock`` is the title of the period of ``due``.
    """

    kind: Kind
    subject: str
    points: tuple[Point, ...]
    clock: str = ""
    due: DueDate | None = None
    urgency: Urgency | None = None

    @property
    def is_overdue(self) -> bool:
        """Whether its period is over."""
        return self.urgency is Urgency.OVERDUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One thing that case files lack and no day presses, in how many, and the first of them.

    Old files lack the same thing by the thousand: the list of all is ``gongshi casefile check``.
    """

    point: Point
    count: int
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTally:
    """How the matters under one period stand: open, ending soon, over."""

    title: str
    length: str
    basis: str
    due: int = 0
    soon: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTally:
    """Requests for correction (更正申请) received from ``since`` to ``until``, both included.

    Each stands in one of ``in_time``, ``late`` (answered by the last day or after it), ``open`` and
    ``overdue`` (not answered yet); the others count how those that are decided were decided.
    """

    since: date
    until: date
    in_time: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0
    accepted: int = 0
    partly: int = 0
    refused: int = 0
    explained: int = 0
    withdrawn: int = 0

    @property
    def received(self) -> int:
        """How many were received: each is answered or waits."""
        return self.in_time + self.late + self.open + self.overdue


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTime:
    """One step of the run: how much it worked through and for how long, in seconds."""

    title: str
    amount: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What the release changed for visitors. ``digest`` is that of all files of the site."""

    files: int
    added: int
    changed: int
    removed: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """Why the run ended without a release: the exit code, what it said, and what to do."""

    code: int
    lines: tuple[str, ...]
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """When and under which rules the run ran.

    ``last_success_at`` is this run's end if it ended well, else that of the last that did.
    """

    started_at: datetime
    seconds: float
    steps: tuple[StepTime, ...]
    policy: str
    policy_digest: str
    version: str
    last_success_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NightReport:
    """Everything that the report of one run shows.

    ``placed`` says where the ``received`` records of the export are; both are empty for a run
    that stopped. ``standing`` counts the whole register. ``acts`` are what happened since the
    run before today's, at most the newest of them; ``act_totals`` counts the decisions
    that each kind met.
    Raises ``ValueError`` when the counts do not add up (promise 4).
    """

    agency: str
    today: date
    run: RunFacts
    stopped: Stopped | None = None
    received: int = 0
    placed: Mapping[State, int] = field(default_factory=dict)
    doubted: int = 0
    standing: Mapping[State, int] = field(default_factory=dict)
    matters: tuple[Matter, ...] = ()
    lacks: tuple[Lack, ...] = ()
    clocks: tuple[ClockTally, ...] = ()
    requests: RequestTally | None = None
    withheld: tuple[RuleTotal, ...] = ()
    acts: tuple[Act, ...] = ()
    act_totals: Mapping[str, int] = field(default_factory=dict)
    site: SiteFacts | None = None

    def __post_init__(self) -> None:
        """Refuse a report that loses a decision."""
        if self.received != sum(self.placed.values()):
            raise ValueError("the records received are not the records placed")

    @property
    def to_do(self) -> tuple[Matter, ...]:
        """What a person must do, the most urgent first."""
        return tuple(each for each in self.matters if each.kind not in AUTOMATIC)

    def count(self, urgency: Urgency) -> int:
        """Return how many things to do stand so."""
        return sum(matter.urgency is urgency for matter in self.to_do)

    def of(self, kind: Kind) -> tuple[Matter, ...]:
        """Return the matters of one kind, the most urgent first."""
        return tuple(matter for matter in self.matters if matter.kind is kind)
