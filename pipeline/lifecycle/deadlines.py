"""What is due when: the statutory clocks of one decision on a day (DESIGN §5).

Counts from the decision or its change (公示), from the earlier of effect and receipt (撤下,
LAW.md 2.12), and from the first publication (期满). A date past the announced calendar is 预计.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain.basis import Basis
from pipeline.domain.event import EventKind, StatusEvent
from pipeline.lifecycle.events import ANNULLING
from pipeline.lifecycle.model import STANDING, Cause, Past, State, Urgency
from pipeline.lifecycle.period import add_period, end_of
from pipeline.lifecycle.states import is_superseded
from pipeline.policy.model import Clock, Policy, Unit
from pipeline.policy.workdays import Calendar, CalendarState, DueDate, add_working_days

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


@dataclass(frozen=True, slots=True)
class _Day:
    """The day on which deadlines are looked at, and the calendar they are counted in."""

    today: date
    calendar: Calendar | None


def deadlines(
    past: Past,
    policy: Policy,
    *,
    decided_on: date | None,
    today: date,
    calendar: Calendar | None = None,
) -> tuple[Deadline, ...]:
    """Return the deadlines of a decision as the register knows it, in order of the due date.

    ``calendar`` is the bureau's own; without one the bundled years count.
    """
    day = _Day(today, calendar)
    found = [
        *_to_publish(past, policy, decided_on, day),
        *_to_withdraw(past, policy, day),
        *_to_expire(past, policy, decided_on, today),
    ]
    return tuple(sorted(found, key=lambda deadline: (deadline.due.date, deadline.clock)))


def _to_publish(
    past: Past, policy: Policy, decided_on: date | None, day: _Day
) -> Iterable[Deadline]:
    """Yield the 7 working days of a decision, from its making or change (第十条).

    They run while it waits; of one that was shown they tell whether it was in time.
    """
    changes = [e.effective_on for e in past.events if e.kind is EventKind.CHANGED]
    since = max([*changes, *([decided_on] if decided_on else [])], default=None)
    if since is None:
        return
    if past.state is State.HELD or is_superseded(past):
        yield _deadline(policy.clocks["publish"], since, None, day)
    elif not changes and past.first_published_on is not None:
        yield _deadline(policy.clocks["publish"], since, past.first_published_on, day)


def _to_withdraw(past: Past, policy: Policy, day: _Day) -> Iterable[Deadline]:
    """Yield the 3 working days from the effect or receipt of what ended a decision."""
    withdrawn = past.state is State.WITHDRAWN and past.cause is Cause.EVENT
    if not withdrawn and past.state not in STANDING:
        return
    met = past.notice.on if withdrawn and past.notice else None
    starts = [
        min(told for told in (event.effective_on, event.received_on) if told)
        for event in past.events
        if event.kind in ANNULLING | {EventKind.CHANGED} and not _is_settled(event, past)
    ]
    if starts:
        yield _deadline(policy.clocks["withdraw"], min(starts), met, day)


def _is_settled(event: StatusEvent, past: Past) -> bool:
    return event.effective_on in past.settled


def _to_expire(
    past: Past, policy: Policy, decided_on: date | None, today: date
) -> Iterable[Deadline]:
    """Yield the end of the disclosure, by the clock that comes first."""
    first = past.first_published_on
    if first is None or past.state not in STANDING | {State.EXPIRED}:
        return
    end = end_of(
        first,
        policy,
        decided_on=decided_on,
        credit_class=past.credit_class,
        events=past.events,
    )
    due = DueDate(end.on, CalendarState.ANNOUNCED)
    met = past.notice.on if past.state is State.EXPIRED and past.notice else None
    near = today + timedelta(days=_SOON_DAYS)
    yield _made(end.clock, end.since, due, _urgency(due.date, met=met, today=today, near=near), met)


def _deadline(clock: Clock, since: date, met: date | None, day: _Day) -> Deadline:
    if clock.unit is Unit.WORKING_DAY:
        due = add_working_days(since, clock.length, day.calendar)
        near = add_working_days(day.today, _SOON_WORKING_DAYS, day.calendar).date
    else:
        due = DueDate(add_period(since, clock), CalendarState.ANNOUNCED)
        near = day.today + timedelta(days=_SOON_DAYS)
    urgency = _urgency(due.date, met=met, today=day.today, near=near)
    return _made(clock, since, due, urgency, met)


def _made(
    clock: Clock, since: date, due: DueDate, urgency: Urgency, met_on: date | None
) -> Deadline:
    return Deadline(
        clock=clock.key,
        title=clock.title,
        since=since,
        due=due,
        urgency=urgency,
        basis=clock.basis,
        met_on=met_on,
    )


def _urgency(due: date, *, met: date | None, today: date, near: date) -> Urgency:
    if met is not None:
        return Urgency.MET if met <= due else Urgency.LATE
    if today > due:
        return Urgency.OVERDUE
    return Urgency.SOON if near >= due else Urgency.DUE
