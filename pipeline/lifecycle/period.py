"""When the time of a page is over: the earliest of all limits that apply to it.

Counts calendar periods; working days are the policy's.
"""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain.event import EventKind, StatusEvent
from pipeline.policy.model import Clock, Policy, Unit
from pipeline.policy.workdays import add_working_days

CREDIT_CLOCKS = {"轻微": "credit_minor", "一般": "credit_general", "严重": "credit_serious"}
"""失信信息的类别 → the longest period of disclosure, from the decision (信用修复管理办法)."""

REPAIR_CLOCK = "credit_repair"
"""The period from an accepted 信用修复 to the end of disclosure, where a pack sets one."""


@dataclass(frozen=True, slots=True)
class End:
    """The first day on which a page is gone, the clock that ends it and the day it started."""

    on: date
    clock: Clock
    since: date


def end_of(
    first_published_on: date,
    policy: Policy,
    *,
    decided_on: date | None = None,
    credit_class: str = "",
    events: Iterable[StatusEvent] = (),
) -> End:
    """Return when and by which clock a page ends: the earliest day, the more general clock first.

    Five years from the first publication (000 公示 第十一条); where the policy has the clocks, also
    the period of its class of discredit from the decision, and its credit repair (LAW.md 2.10).
    """
    starts = _starts(first_published_on, decided_on, credit_class, events)
    ends = [
        End(_after(start, policy.clocks[key]), policy.clocks[key], start)
        for key, start in starts
        if key in policy.clocks
    ]
    return min(ends, key=lambda end: end.on)


def expiry_rule(policy: Policy) -> str:
    """Return a word for all clocks by which pages end: another word, other days."""
    keys = ("expire", *CREDIT_CLOCKS.values(), REPAIR_CLOCK)
    clocks = (policy.clocks[key] for key in keys if key in policy.clocks)
    return " ".join(f"{clock.key}:{clock.length}{clock.unit.value}" for clock in clocks)


def add_period(start: date, clock: Clock) -> date:
    """Return ``start`` plus the calendar period of ``clock``.

    The day is the anniversary of ``start``. Where there is none (29 February) it is the last day
    of the month (民法典 第二百零二条), the earlier of the two possible days.
    Raises ``ValueError`` for a clock of working days, which needs the calendar of the year.
    """
    match clock.unit:
        case Unit.YEAR:
            return add_months(start, 12 * clock.length)
        case Unit.MONTH:
            return add_months(start, clock.length)
        case Unit.DAY:
            return start + timedelta(days=clock.length)
        case Unit.WORKING_DAY | Unit.HOUR:
            raise ValueError(f"时限 {clock.key} 不能以工作日或者小时计")


def _starts(
    first: date, decided_on: date | None, credit_class: str, events: Iterable[StatusEvent]
) -> Iterator[tuple[str, date]]:
    yield "expire", first
    if decided_on is not None and credit_class in CREDIT_CLOCKS:
        yield CREDIT_CLOCKS[credit_class], decided_on
    for event in events:
        if event.kind is EventKind.CREDIT_REPAIRED:
            yield REPAIR_CLOCK, event.effective_on


def _after(start: date, clock: Clock) -> date:
    if clock.unit is Unit.WORKING_DAY:
        return add_working_days(start, clock.length).date
    return add_period(start, clock)


def add_months(start: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of that month.

    >>> add_months(date(2026, 8, 31), 6).isoformat()
    '2027-02-28'
    """
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
