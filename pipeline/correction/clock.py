"""When a request must be answered, and how it stands (000 公示 第十二条; 003 第二十一条)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.domain.basis import Basis
from pipeline.domain.correction import Kind, Request, Ruling
from pipeline.lifecycle.model import Urgency
from pipeline.lifecycle.period import add_period
from pipeline.policy.model import Clock, Policy, Unit
from pipeline.policy.workdays import (
    Calendar,
    CalendarState,
    DueDate,
    add_working_days,
    working_days_between,
)

_SOON_WORKING_DAYS = 2
"""Of five working days, the last two."""


class Stage(StrEnum):
    """How far a request has come."""

    OPEN = "办理中"
    DECIDED = "已处理待答复"
    CLOSED = "已办结"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How a request stands on a day. ``late`` is by how many working days it is or was late."""

    stage: Stage
    due: DueDate
    urgency: Urgency
    basis: Basis
    late: int = 0

    def __str__(self) -> str:
        """Return stage and urgency as lists show them."""
        told = f"{self.stage} · {self.urgency}"
        return f"{told} {self.late} 个工作日" if self.late else told


def progress(
    request: Request, policy: Policy, *, today: date, calendar: Calendar | None = None
) -> Progress:
    """Return how ``request`` stands on ``today``.

    The period runs from the receipt to the written answer; where none is owed (the request was
    taken back, or the bureau found the error itself), to the decision.
    """
    clock = policy.clocks["correct"]
    due = due_date(request.asked.received_on, clock, calendar)
    met = _met_on(request)
    late = max(0, working_days_between(due.date, met or today, calendar))
    near = add_working_days(today, _SOON_WORKING_DAYS, calendar).date
    return Progress(
        stage=_stage(request, met),
        due=due,
        urgency=_urgency(due.date, met, today=today, near=near),
        basis=clock.basis,
        late=late,
    )


def due_date(received_on: date, clock: Clock, calendar: Calendar | None = None) -> DueDate:
    """Return the last day of the period; 预计 when the calendar of the year is not announced."""
    if clock.unit is Unit.WORKING_DAY:
        return add_working_days(received_on, clock.length, calendar)
    return DueDate(add_period(received_on, clock), CalendarState.ANNOUNCED)


def owes_reply(request: Request) -> bool:
    """Whether the asker is to be answered in writing (003 第二十一条第一款)."""
    withdrawn = request.ruled is not None and request.ruled.ruling is Ruling.WITHDRAWN
    return request.asked.kind is not Kind.OWN and not withdrawn


def _met_on(request: Request) -> date | None:
    if request.ruled is None:
        return None
    if not owes_reply(request):
        return request.ruled.on
    return request.replied.on if request.replied else None


def _stage(request: Request, met: date | None) -> Stage:
    if met is not None:
        return Stage.CLOSED
    return Stage.DECIDED if request.ruled else Stage.OPEN


def _urgency(due: date, met: date | None, *, today: date, near: date) -> Urgency:
    if met is not None:
        return Urgency.MET if met <= due else Urgency.LATE
    if today > due:
        return Urgency.OVERDUE
    return Urgency.SOON if near >= due else Urgency.DUE
