"""What is due when: the statutory clocks of one decision on a day (DESIGN §5).

Counts from the decision or its change (公示), from the earlier of effect and receipt (撤下,
LAW.md 2.12), and from the first publication (期满). A date past the announced calendar is 预计.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain.basis import Basis
from pipeline.domain.event import EventKind, StatusEvent
from pipeline.lifecycle.model import STANDING, Cause, Past, State, Urgency
from pipeline.lifecycle.period import add_period, expiry
from pipeline.lifecycle.states import is_superseded
from pipeline.policy.model import Clock, Policy, Unit
from pipeline.policy.workdays import CalendarState, DueDate, add_working_days

_SOON_WORKING_DAYS = 3
_SOON_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One period that runs or ran. ``met_on`` is when the duty was done, if it was."""

    clock: str
    title: str
    since: date
    due: DueDate
    urgency: Urgency
    basis: Basis
    met_on: date | None = None


def deadlines(
    past: Past, policy: Policy, *, decided_on: date | None, today: date
) -> tuple[Deadline, ...]:
    """Return the deadlines of a decision as the register knows it, in order of the due date."""
    found = [
        *_to_publish(past, policy, decided_on, today),
        *_to_withdraw(past, policy, today),
        *_to_expire(past, policy, today),
    ]
    return tuple(sorted(found, key=lambda deadline: (deadline.due.date, deadline.clock)))


def _to_publish(
    past: Past, policy: Policy, decided_on: date | None, today: date
) -> Iterable[Deadline]:
    """A decision that waits is due 7 working days after it was made or changed (000 第十条)."""
    changes = [e.effective_on for e in past.events if e.kind is EventKind.CHANGED]
    since = max([*changes, *([decided_on] if decided_on else [])], default=None)
    if since is None or not (past.state is State.HELD or is_superseded(past)):
        return
    yield _deadline(policy.clocks["publish"], since, None, today)


def _to_withdraw(past: Past, policy: Policy, today: date) -> Iterable[Deadline]:
    """A decision no longer in force is due 3 working days after effect or receipt."""
    withdrawn = past.state is State.WITHDRAWN and past.cause is Cause.EVENT
    if not withdrawn and past.state not in STANDING:
        return
    met = past.notice.on if withdrawn and past.notice else None
    starts = [
        min(day for day in (event.effective_on, event.received_on) if day)
        for event in past.events
        if event.kind is not EventKind.CREDIT_REPAIRED and not _is_settled(event, past)
    ]
    if starts:
        yield _deadline(policy.clocks["withdraw"], min(starts), met, today)


def _is_settled(event: StatusEvent, past: Past) -> bool:
    return event.kind is EventKind.CHANGED and event.effective_on in past.settled


def _to_expire(past: Past, policy: Policy, today: date) -> Iterable[Deadline]:
    first = past.first_published_on
    if first is None or past.state not in STANDING | {State.EXPIRED}:
        return
    clock = policy.clocks["expire"]
    due = DueDate(expiry(first, policy), CalendarState.ANNOUNCED)
    met = past.notice.on if past.state is State.EXPIRED and past.notice else None
    soon = today + timedelta(days=_SOON_DAYS) >= due.date
    yield _made(clock, first, due, met=met, today=today, soon=soon)


def _deadline(clock: Clock, since: date, met: date | None, today: date) -> Deadline:
    if clock.unit is Unit.WORKING_DAY:
        due = add_working_days(since, clock.length)
        soon = add_working_days(today, _SOON_WORKING_DAYS).date >= due.date
    else:
        due = DueDate(add_period(since, clock), CalendarState.ANNOUNCED)
        soon = today + timedelta(days=_SOON_DAYS) >= due.date
    return _made(clock, since, due, met=met, today=today, soon=soon)


def _made(  # noqa: PLR0913 - one value, put together once
    clock: Clock, since: date, due: DueDate, *, met: date | None, today: date, soon: bool
) -> Deadline:
    return Deadline(
        clock=clock.key,
        title=clock.title,
        since=since,
        due=due,
        urgency=_urgency(due.date, met=met, today=today, soon=soon),
        basis=clock.basis,
        met_on=met,
    )


def _urgency(due: date, *, met: date | None, today: date, soon: bool) -> Urgency:
    if met is not None:
        return Urgency.MET if met <= due else Urgency.LATE
    if today > due:
        return Urgency.OVERDUE
    return Urgency.SOON if soon else Urgency.DUE
