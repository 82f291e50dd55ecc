"""The values of the lifecycle: what is known of a decision and what should stand of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.domain.event import StatusEvent
from pipeline.domain.public import CorrectionNote, Notice
from pipeline.domain.staff_act import StaffAct
from pipeline.domain.verdict import Effect, Reason, Verdict


class State(StrEnum):
    """Where a decision stands (DESIGN §5). No two of these share a name or a page text."""

    HELD = "待核"
    WITHHELD = "不予公开"
    PUBLISHED = "公示中"
    SUSPENDED = "暂停公示"
    WITHDRAWN = "撤下"
    EXPIRED = "期满"


STANDING = frozenset({State.PUBLISHED, State.SUSPENDED})
"""States from which a decision can still be withdrawn or expire."""

GONE = frozenset({State.WITHDRAWN, State.EXPIRED})
"""States that a rebuild does not leave again (promise 6); only 变更 may be followed by a text."""


class Cause(StrEnum):
    """Why something left the public side. Only ``VERDICT`` counts for the brake of promise 7."""

    STAFF = "工作人员决定"

    CLOCK = "期限"
    EVENT = "决定变动"
    VERDICT = "筛查结果"


class Content(StrEnum):
    """Which cleared text the desired state shows."""

    NEW = "本次导出"
    KEPT = "原公示内容"
    NONE = "无"


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the register knows of a decision before this run.

    ``first_published_on`` is ``None`` until visitors have seen the page. ``text_digest`` is of
    the text that stands or stood last; ``retired`` of texts that a 变更 took out of force.
    ``events`` are all events ever told, ``settled`` the days of the 变更 whose text was published,
    ``acts`` all that staff decided.
    """

    state: State
    first_published_on: date | None = None
    content_digest: str = ""
    text_digest: str = ""
    retired: frozenset[str] = frozenset()
    events: tuple[StatusEvent, ...] = ()
    settled: frozenset[date] = frozenset()
    notice: Notice | None = None
    reasons: tuple[Reason, ...] = ()
    cause: Cause | None = None
    acts: tuple[StaffAct, ...] = ()
    credit_class: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that decides what stands of one decision.

    ``verdict`` is ``None`` when the export could not be read. ``content_digest`` is the SHA-256 of
    the cleared content, ``None`` when there is none; ``text_digest`` that of the decision's own
    words, which a new engine does not change. ``events`` are those of this export.
    ``published_before`` is the first publication on an earlier site, when known.
    ``credit_class`` is the class of discredit (轻微, 一般, 严重), empty when not said.
    ``differing`` names, in Chinese, the parts in which the new text differs from the old.
    """

    case_number: str
    verdict: Verdict | None
    decided_on: date | None = None
    content_digest: str | None = None
    text_digest: str = ""
    events: tuple[StatusEvent, ...] = ()
    published_before: date | None = None
    credit_class: str = ""
    differing: tuple[str, ...] = ()
    past: Past | None = None

    def __post_init__(self) -> None:
        """Refuse a decision that may be published without anything to publish."""
        if self.is_publishable and self.content_digest is None:
            raise ValueError("a publishable decision has cleared content")

    @property
    def is_publishable(self) -> bool:
        """Whether screening and redaction of this export say yes."""
        return self.verdict is not None and self.verdict.effect is Effect.PUBLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class Desired:
    """What should stand of one decision on a day.

    ``note`` is the 更正说明 to add, if the text changed. ``reasons`` say why it is not public;
    ``pending`` why a published page was not brought up to date (更新待核).
    ``cause`` is why it left the public side. ``settled`` are the 变更 whose text is published,
    ``retired`` the digests of texts that must not come back.
    """

    state: State
    content: Content = Content.NONE
    first_published_on: date | None = None
    expires_on: date | None = None
    notice: Notice | None = None
    note: CorrectionNote | None = None
    reasons: tuple[Reason, ...] = ()
    pending: tuple[Reason, ...] = ()
    cause: Cause | None = None
    settled: frozenset[date] = frozenset()
    retired: frozenset[str] = frozenset()


class Urgency(StrEnum):
    """How a deadline stands: open ones first, then those that were met or missed."""

    DUE = "未到期"
    SOON = "即将到期"
    OVERDUE = "已逾期"
    MET = "按期完成"
    LATE = "逾期完成"
