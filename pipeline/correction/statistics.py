"""Counts of requests for a period, for reports. Holds nobody's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.correction.clock import Stage, owes_reply, progress
from pipeline.domain.correction import Request, Ruling
from pipeline.lifecycle.model import Urgency
from pipeline.policy.model import Policy
from pipeline.policy.workdays import Calendar, working_days_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Requests received from ``since`` to ``until``, both included, as they stand.

    ``open`` wait for a decision or for the letter; of those, ``due_soon`` and ``overdue``. ``late``
    were answered after the last day. ``average_working_days`` is from receipt to answer over those
    answered, ``None`` when there is none.
    """

    since: date
    until: date
    received: int
    open: int
    due_soon: int
    overdue: int
    late: int
    accepted: int
    partly: int
    refused: int
    explained: int
    withdrawn: int
    waiting_for_page: int
    average_working_days: float | None


def statistics(
    requests: Iterable[Request],
    policy: Policy,
    *,
    since: date,
    until: date,
    today: date,
    calendar: Calendar | None = None,
) -> Statistics:
    """Return the counts of the requests received in the period."""
    counted = [each for each in requests if since <= each.asked.received_on <= until]
    stand = [progress(each, policy, today=today, calendar=calendar) for each in counted]
    rulings = [each.ruled.ruling for each in counted if each.ruled]
    took = [days for each in counted if (days := _took(each, calendar)) is not None]
    urgencies = [each.urgency for each in stand]
    return Statistics(
        since=since,
        until=until,
        received=len(counted),
        open=sum(each.stage is not Stage.CLOSED for each in stand),
        due_soon=urgencies.count(Urgency.SOON),
        overdue=urgencies.count(Urgency.OVERDUE),
        late=urgencies.count(Urgency.LATE),
        accepted=rulings.count(Ruling.ACCEPTED),
        partly=rulings.count(Ruling.PARTLY),
        refused=rulings.count(Ruling.REFUSED),
        explained=rulings.count(Ruling.EXPLAINED),
        withdrawn=rulings.count(Ruling.WITHDRAWN),
        waiting_for_page=sum(
            each.ruled is not None and each.ruled.way is not None and each.applied_on is None
            for each in counted
        ),
        average_working_days=sum(took) / len(took) if took else None,
    )


def _took(request: Request, calendar: Calendar | None) -> int | None:
    """Return the working days from receipt to answer, ``None`` while there is none."""
    if request.ruled is None or (owes_reply(request) and request.replied is None):
        return None
    end = request.replied.on if request.replied else request.ruled.on
    return working_days_between(request.asked.received_on, end, calendar)
