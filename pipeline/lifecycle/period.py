"""When the time of a page is over. Counts calendar periods; working days are the policy's."""

import calendar
from datetime import date, timedelta

from pipeline.policy.model import Clock, Policy, Unit


def expiry(first_published_on: date, policy: Policy) -> date:
    """Return the day from which the page is gone (000 公示 第十一条: 公开满5年).

    The day is the anniversary of the first publication. Where there is none (29 February) it is
    the last day of the month (民法典 第二百零二条), the earlier of the two possible days.
    """
    return add_period(first_published_on, policy.clocks["expire"])


def add_period(start: date, clock: Clock) -> date:
    """Return ``start`` plus the calendar period of ``clock``.

    Raises ``ValueError`` for a clock of working days, which needs the calendar of the year.
    """
    match clock.unit:
        case Unit.YEAR:
            return _add_months(start, 12 * clock.length)
        case Unit.MONTH:
            return _add_months(start, clock.length)
        case Unit.DAY:
            return start + timedelta(days=clock.length)
        case Unit.WORKING_DAY:
            raise ValueError(f"时限 {clock.key} 不能以工作日计")


def _add_months(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
