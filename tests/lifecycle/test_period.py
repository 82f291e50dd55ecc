"""Calendar periods."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain.basis import Basis
from pipeline.domain.event import EventKind
from pipeline.lifecycle.period import add_period, end_of, expiry_rule
from pipeline.policy.model import Clock, Policy, Unit
from tests.register.builders import happened, policy

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


FIRST_SHOWN = date(2026, 4, 10)
MADE = date(2026, 4, 1)


def with_credit(**lengths: tuple[int, Unit]) -> Policy:
    base = policy()
    clocks = {
        key: Clock(
            key=key, title=key, length=n, unit=unit, basis=Basis("某办法", "第八条"), pack="own"
        )
        for key, (n, unit) in lengths.items()
    }
    return replace(base, clocks={**base.clocks, **clocks})


CREDIT = with_credit(
    credit_minor=(3, Unit.MONTH),
    credit_general=(1, Unit.YEAR),
    credit_serious=(3, Unit.YEAR),
    credit_repair=(1, Unit.DAY),
)


@pytest.mark.parametrize(
    ("credit_class", "repaired_on", "rules", "ends_on", "clock"),
    [
        ("", None, CREDIT, date(2031, 4, 10), "expire"),
        ("轻微", None, CREDIT, date(2026, 7, 1), "credit_minor"),
        ("一般", None, CREDIT, date(2027, 4, 1), "credit_general"),
        ("严重", None, CREDIT, date(2029, 4, 1), "credit_serious"),
        ("不明", None, CREDIT, date(2031, 4, 10), "expire"),
        ("严重", date(2027, 5, 31), CREDIT, date(2027, 6, 1), "credit_repair"),
        ("一般", date(2028, 5, 31), CREDIT, date(2027, 4, 1), "credit_general"),
        ("", date(2032, 1, 1), CREDIT, date(2031, 4, 10), "expire"),
        ("轻微", date(2026, 5, 1), policy(), date(2031, 4, 10), "expire"),
        (
            "",
            date(2026, 9, 30),
            with_credit(credit_repair=(3, Unit.WORKING_DAY)),
            date(2026, 10, 10),
            "credit_repair",
        ),
    ],
)
def test_a_page_ends_by_the_earliest_of_its_limits(
    credit_class: str, repaired_on: date | None, rules: Policy, ends_on: date, clock: str
) -> None:
    events = (happened(EventKind.CREDIT_REPAIRED, repaired_on),) if repaired_on else ()
    end = end_of(FIRST_SHOWN, rules, decided_on=MADE, credit_class=credit_class, events=events)
    assert (end.on, end.clock.key) == (ends_on, clock)


def test_another_period_is_another_rule_of_expiry() -> None:
    words = {expiry_rule(rules) for rules in (policy(), policy(years=3), CREDIT)}
    assert len(words) == 3
