"""Working days (工作日): counting them, and how far the count can be trusted.

The day after the start is day 1. Years announced by the State Council come from
``calendar/<year>.json``; a bureau adds the file of a new year to a folder of its own. For a year
not announced yet the count gives the earliest date that is possible, marked 预计.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from pipeline.domain.faults import BadSettingsError, Fault, Place
from pipeline.policy.festivals import projected_holidays

_BUNDLED = Path(__file__).with_name("calendar")
_DAY = dt.timedelta(1)
_REMEDY = "参照自带的年历文件改正，或删去该文件"


class CalendarState(StrEnum):
    """How sure a date is; later in the list is less sure."""

    ANNOUNCED = "已公布"
    PROJECTED = "预计"
    UNKNOWN = "未知"


@dataclass(frozen=True, slots=True)
class DueDate:
    """The day a period ends; while not ``ANNOUNCED`` the earliest day it can end.

    >>> str(DueDate(dt.date(2027, 1, 4), CalendarState.PROJECTED))
    '2027年1月4日（预计）'
    """

    date: dt.date
    state: CalendarState

    def __str__(self) -> str:
        """Return the date as pages and reports show it."""
        day = f"{self.date.year}年{self.date.month}月{self.date.day}日"
        return day if self.state is CalendarState.ANNOUNCED else f"{day}（{self.state.value}）"


@dataclass(frozen=True, slots=True)
class Year:
    """One announced year: the weekdays off and the weekend days worked."""

    holidays: frozenset[dt.date]
    workdays: frozenset[dt.date]

    def is_workday(self, day: dt.date) -> bool:
        """Say whether ``day`` of this year is a working day."""
        return day in self.workdays or (day.weekday() < 5 and day not in self.holidays)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The announced years."""

    years: Mapping[int, Year]

    def is_workday(self, day: dt.date) -> bool:
        """Say whether ``day`` is a working day; statutory holidays are projected."""
        if year := self.years.get(day.year):
            return year.is_workday(day)
        return day.weekday() < 5 and day not in (projected_holidays(day.year) or ())

    def may_be_workday(self, day: dt.date) -> bool:
        """Say whether ``day`` is a working day, in a year not announced on any plain weekday."""
        if year := self.years.get(day.year):
            return year.is_workday(day)
        return day.weekday() < 5

    def state(self, first: dt.date, last: dt.date) -> CalendarState:
        """Return how sure the working days from ``first`` to ``last`` are."""
        missing = [y for y in range(first.year, last.year + 1) if y not in self.years]
        if not missing:
            return CalendarState.ANNOUNCED
        known = all(projected_holidays(year) is not None for year in missing)
        return CalendarState.PROJECTED if known else CalendarState.UNKNOWN


def add_working_days(start: dt.date, n: int, calendar: Calendar | None = None) -> DueDate:
    """Return the ``n``-th working day after ``start``; ``start`` itself for 0.

    Never fails for want of a calendar: the date is then the earliest of weekends only and
    projected holidays, and its state says so. Stops at the last day that a date can hold.
    """
    if n < 0:
        raise ValueError("a period has no negative length")
    calendar = calendar or bundled_calendar()
    end = min(_nth(start, n, calendar.may_be_workday), _nth(start, n, calendar.is_workday))
    counted_from = min(start + _DAY, end) if end > start else start
    return DueDate(end, calendar.state(counted_from, end))


def working_days_between(start: dt.date, end: dt.date, calendar: Calendar | None = None) -> int:
    """Return how many working days after ``start`` have come by ``end``; negative backwards.

    Years not announced count every weekday, so that lateness is seen early rather than late.
    """
    calendar = calendar or bundled_calendar()
    if end < start:
        return -working_days_between(end, start, calendar)
    days = (start + dt.timedelta(i) for i in range(1, (end - start).days + 1))
    return sum(map(calendar.may_be_workday, days))


def next_calendar_missing(today: dt.date, calendar: Calendar | None = None) -> int | None:
    """Return the year whose file is missing and should be there by now, else ``None``.

    The notice for a year comes in November of the year before: asked for from 15 November on.
    """
    years = (calendar or bundled_calendar()).years
    if today.year not in years:
        return today.year
    due = (today.month, today.day) >= (11, 15)
    return today.year + 1 if due and today.year + 1 not in years else None


def load_calendar(folders: Sequence[Path] = ()) -> Calendar:
    """Return the announced years of ours and of ``folders``, where the later wins.

    Raises ``BadSettingsError`` with the faults of all files.
    """
    years: dict[int, Year] = {}
    faults: list[Fault] = []
    for folder in (_BUNDLED, *folders):
        for path in sorted(folder.glob("[12][0-9][0-9][0-9].json")):
            try:
                years[int(path.stem)] = _read_year(path)
            except (OSError, ValueError, TypeError, KeyError, AttributeError):
                faults.append(Fault(Place(path.name), "年历文件不合格式", _REMEDY))
    if faults:
        raise BadSettingsError(faults)
    return Calendar(years)


@cache
def bundled_calendar() -> Calendar:
    """Return the years that come with the program."""
    return load_calendar()


def _read_year(path: Path) -> Year:
    content = json.loads(path.read_bytes())
    number = int(path.stem)
    holidays, workdays = (
        frozenset(map(dt.date.fromisoformat, content[name])) for name in ("holidays", "workdays")
    )
    wrong_kind = any(day.weekday() > 4 for day in holidays) or any(
        day.weekday() < 5 for day in workdays
    )
    if content["year"] != number or wrong_kind or not holidays:
        raise ValueError("not a calendar of that year")
    if any(day.year != number for day in holidays | workdays):
        raise ValueError("a day of another year")
    return Year(holidays, workdays)


def _nth(start: dt.date, n: int, is_workday: Callable[[dt.date], bool]) -> dt.date:
    day = start
    while n > 0 and day < dt.date.max:
        day += _DAY
        n -= is_workday(day)
    return day
