"""Calendar periods."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.lifecycle.period import add_period
from pipeline.policy.model import Unit
from tests.register.builders import policy

CLOCK = policy().clocks["expire"]


@pytest.mark.parametrize(
    ("start", "length", "unit", "end"),
    [
        (date(2024, 2, 29), 5, Unit.YEAR, date(2029, 2, 28)),
        (date(2024, 2, 29), 4, Unit.YEAR, date(2028, 2, 29)),
        (date(2023, 3, 1), 5, Unit.YEAR, date(2028, 3, 1)),
        (date(2024, 8, 31), 6, Unit.MONTH, date(2025, 2, 28)),
        (date(2024, 11, 30), 3, Unit.MONTH, date(2025, 2, 28)),
        (date(2024, 12, 31), 90, Unit.DAY, date(2025, 3, 31)),
    ],
)
def test_a_period_ends_on_the_same_day_or_the_last_of_the_month(
    start: date, length: int, unit: Unit, end: date
) -> None:
    assert add_period(start, replace(CLOCK, length=length, unit=unit)) == end


def test_working_days_are_not_counted_here() -> None:
    with pytest.raises(ValueError, match="工作日"):
        add_period(date(2024, 1, 1), replace(CLOCK, unit=Unit.WORKING_DAY))
