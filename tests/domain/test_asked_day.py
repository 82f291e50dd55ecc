"""A verdict is reached anew on the first day on which it could be another, and not before."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.asked_day import AskedDay

DAY, NEXT, LATER, EARLIER = (
    date(2026, 11, 20),
    date(2026, 11, 21),
    date(2026, 12, 1),
    date(2025, 1, 1),
)
days = st.dates(date(2026, 11, 1), date(2026, 12, 20))


@pytest.mark.parametrize(
    ("ask", "until"),
    [
        (lambda day: day < LATER, LATER),
        (lambda day: LATER > day, LATER),  # noqa: SIM300 - the other way round
        (lambda day: day >= LATER, LATER),
        (lambda day: day == LATER, LATER),
        (lambda day: day != DAY, NEXT),
        (lambda day: day > DAY, NEXT),
        (lambda day: day > EARLIER, date.max),
        (lambda day: EARLIER <= day, date.max),  # noqa: SIM300 - the other way round
        (lambda day: day > day, date.max),  # noqa: PLR0124 - a rule may do so
        (lambda day: max(day, LATER), LATER),
        (lambda day: (day < LATER, day < NEXT), NEXT),
        (lambda day: day - EARLIER, NEXT),
        (lambda day: LATER - day, NEXT),
        (lambda day: day + timedelta(days=1), NEXT),
        (lambda day: day.year, NEXT),
        (lambda day: day.isoformat(), NEXT),
        (lambda day: f"{day}", NEXT),
        (lambda day: day in {EARLIER, LATER}, NEXT),
    ],
)
def test_what_is_asked_says_how_long_the_answer_holds(
    ask: Callable[[date], object], until: date
) -> None:
    day = AskedDay.of(DAY)
    assert ask(day) == ask(DAY)
    assert day.until == until


@given(today=days, others=st.lists(days, max_size=4), ahead=st.integers(0, 40))
def test_before_that_day_every_answer_is_the_same(
    today: date, others: list[date], ahead: int
) -> None:
    asked = AskedDay.of(today)

    def answers(day: date) -> list[bool]:
        return [each for o in others for each in (day < o, o < day, day <= o, o <= day, day == o)]

    said = answers(asked)
    later = today + timedelta(days=ahead)
    if later < asked.until:
        assert answers(later) == said
