"""Working days: LAW.md §4 vectors, agreement with chinese_calendar, and life without a calendar."""

import datetime as dt
import json
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.faults import BadSettingsError
from pipeline.policy.calendar.make import main as write_years
from pipeline.policy.calendar.make import years
from pipeline.policy.festivals import projected_holidays
from pipeline.policy.workdays import (
    CalendarState,
    DueDate,
    add_working_days,
    bundled_calendar,
    load_calendar,
    next_calendar_missing,
    working_days_between,
)

day = dt.date.fromisoformat
announced_days = st.dates(dt.date(2004, 1, 1), dt.date(2026, 10, 1))
any_days = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-02-13", 7, "2026-03-02"),
        ("2026-02-14", 3, "2026-02-26"),
        ("2026-04-30", 7, "2026-05-13"),
        ("2026-09-30", 7, "2026-10-15"),
        ("2026-09-19", 3, "2026-09-22"),
        ("2026-12-22", 7, "2026-12-31"),
        ("2021-09-30", 7, "2021-10-15"),
        ("2026-09-19", 0, "2026-09-19"),
    ],
)
def test_the_day_after_the_start_is_day_one(start: str, n: int, end: str) -> None:
    assert add_working_days(day(start), n) == DueDate(day(end), CalendarState.ANNOUNCED)


def test_past_the_announced_years_the_date_is_the_earliest_possible_and_marked() -> None:
    due = add_working_days(day("2026-12-23"), 7)
    assert due == DueDate(day("2027-01-01"), CalendarState.PROJECTED)
    assert str(due) == "2027年1月1日（预计）"


def test_past_the_table_of_festivals_the_date_is_unknown_but_there() -> None:
    assert add_working_days(day("2070-01-01"), 5).state is CalendarState.UNKNOWN
    assert add_working_days(day("1999-05-03"), 5) == DueDate(
        day("1999-05-10"), CalendarState.UNKNOWN
    )
    assert add_working_days(dt.date.max, 5) == DueDate(dt.date.max, CalendarState.UNKNOWN)


def test_a_negative_period_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_working_days(day("2026-01-01"), -1)


@given(announced_days)
def test_every_announced_day_agrees_with_chinese_calendar(some_day: dt.date) -> None:
    assert bundled_calendar().is_workday(some_day) == chinese_calendar.is_workday(some_day)


@given(any_days, st.integers(1, 40))
def test_the_end_of_a_period_is_never_a_day_off_and_counts_back(start: dt.date, n: int) -> None:
    due = add_working_days(start, n)
    assert bundled_calendar().may_be_workday(due.date)
    assert working_days_between(start, due.date) == n
    assert working_days_between(due.date, start) == -n


@given(any_days, st.integers(1, 30))
def test_a_longer_period_never_ends_earlier(start: dt.date, n: int) -> None:
    assert add_working_days(start, n).date < add_working_days(start, n + 1).date


def test_the_files_are_those_the_script_makes() -> None:
    folder = Path(load_calendar.__code__.co_filename).with_name("calendar")
    assert {path.stem: path.read_text("utf-8") for path in folder.glob("*.json")} == {
        str(year): text for year, text in years().items()
    }


def test_the_script_writes_a_file_a_year(tmp_path: Path) -> None:
    write_years(tmp_path)
    assert len(list(tmp_path.glob("*.json"))) == len(years())


@pytest.mark.parametrize(
    ("today", "missing"),
    [("2025-12-31", None), ("2026-11-14", None), ("2026-11-15", 2027), ("2027-01-01", 2027)],
)
def test_the_missing_calendar_of_next_year_is_asked_for_from_15_november(
    today: str, missing: int | None
) -> None:
    assert next_calendar_missing(day(today)) == missing


def _write_year(folder: Path, **changed: object) -> None:
    content = {"year": 2027, "holidays": ["2027-01-01"], "workdays": ["2027-01-03"]} | changed
    (folder / "2027.json").write_text(json.dumps(content), "utf-8")


def test_a_bureau_adds_a_new_year_without_a_release(tmp_path: Path) -> None:
    _write_year(tmp_path)
    calendar = load_calendar([tmp_path])
    due = add_working_days(day("2026-12-23"), 7, calendar)
    assert due == DueDate(day("2027-01-03"), CalendarState.ANNOUNCED)
    assert next_calendar_missing(day("2026-12-01"), calendar) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"year": 2028},
        {"holidays": []},
        {"holidays": ["2027-01-02"]},
        {"workdays": ["2027-01-04"]},
        {"holidays": ["2028-01-03"]},
        {"holidays": ["2027-02-30"]},
        {"holidays": 5},
        {"workdays": None},
    ],
)
def test_a_faulty_year_is_named_and_refused(tmp_path: Path, changed: dict[str, object]) -> None:
    _write_year(tmp_path, **changed)
    with pytest.raises(BadSettingsError, match=r"2027\.json"):
        load_calendar([tmp_path])


def test_the_projected_holidays_of_2027_follow_the_decree() -> None:
    off = projected_holidays(2027)
    assert off is not None
    expected = "01-01 02-05 02-08 02-09 02-10 04-05 05-03 05-04 06-09 09-15 10-01 10-04 10-05"
    assert sorted(d.strftime("%m-%d") for d in off) == expected.split()
    assert projected_holidays(2060) is None
