"""What is due when, and how late it is."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain.event import EventKind
from pipeline.domain.public import Notice
from pipeline.lifecycle.deadlines import Deadline, deadlines
from pipeline.lifecycle.model import Cause, Past, State, Urgency
from pipeline.policy.model import Unit
from pipeline.policy.workdays import CalendarState
from tests.register.builders import happened, policy

HELD = Past(state=State.HELD)
PUBLISHED = Past(state=State.PUBLISHED, first_published_on=date(2024, 2, 29))


def due(past: Past, today: date, decided_on: date | None = None) -> list[Deadline]:
    return list(deadlines(past, policy(), decided_on=decided_on, today=today))


@pytest.mark.parametrize(
    ("decided_on", "due_on"),
    [
        (date(2026, 2, 13), date(2026, 3, 2)),
        (date(2026, 4, 30), date(2026, 5, 13)),
        (date(2026, 9, 30), date(2026, 10, 15)),
        (date(2021, 9, 30), date(2021, 10, 15)),
    ],
)
def test_a_waiting_decision_is_due_seven_working_days_after_it_was_made(
    decided_on: date, due_on: date
) -> None:
    (deadline,) = due(HELD, decided_on, decided_on)
    assert (deadline.clock, deadline.since, deadline.due.date) == ("publish", decided_on, due_on)
    assert deadline.basis.article == "第十条"


@pytest.mark.parametrize(
    ("today", "urgency"),
    [
        (date(2026, 3, 2), Urgency.DUE),
        (date(2026, 3, 5), Urgency.DUE),
        (date(2026, 3, 6), Urgency.SOON),
        (date(2026, 3, 11), Urgency.SOON),
        (date(2026, 3, 12), Urgency.OVERDUE),
    ],
)
def test_a_deadline_is_soon_from_three_working_days_before(today: date, urgency: Urgency) -> None:
    (deadline,) = due(HELD, today, date(2026, 3, 2))
    assert deadline.due.date == date(2026, 3, 11)
    assert deadline.urgency is urgency


def test_a_change_starts_the_period_anew() -> None:
    past = replace(HELD, events=(happened(EventKind.CHANGED, date(2026, 3, 9)),))
    (deadline,) = due(past, date(2026, 3, 9), date(2026, 1, 5))
    assert deadline.since == date(2026, 3, 9)


def test_past_the_announced_calendar_a_date_is_expected_and_the_earliest() -> None:
    (deadline,) = due(HELD, date(2039, 12, 1), date(2039, 12, 26))
    assert deadline.due.state is not CalendarState.ANNOUNCED


def test_withdrawal_counts_from_the_earlier_of_effect_and_receipt() -> None:
    revoked = replace(happened(EventKind.REVOKED, date(2026, 3, 4)), received_on=date(2026, 3, 2))
    (deadline, _) = due(replace(PUBLISHED, events=(revoked,)), date(2026, 3, 6))
    assert (deadline.clock, deadline.due.date) == ("withdraw", date(2026, 3, 5))
    assert deadline.urgency is Urgency.OVERDUE


@pytest.mark.parametrize(
    ("done_on", "urgency"), [(date(2026, 3, 9), Urgency.MET), (date(2026, 3, 10), Urgency.LATE)]
)
def test_a_withdrawal_tells_whether_it_was_in_time(done_on: date, urgency: Urgency) -> None:
    past = Past(
        state=State.WITHDRAWN,
        first_published_on=date(2025, 1, 2),
        events=(happened(EventKind.REVOKED, date(2026, 3, 4)),),
        notice=Notice(done_on, "撤销", "已撤销。", ""),
        cause=Cause.EVENT,
    )
    (deadline,) = due(past, date(2026, 4, 1))
    assert (deadline.met_on, deadline.urgency) == (done_on, urgency)


def test_a_settled_change_asks_for_no_withdrawal() -> None:
    day = date(2026, 3, 4)
    past = replace(PUBLISHED, events=(happened(EventKind.CHANGED, day),), settled=frozenset({day}))
    assert [deadline.clock for deadline in due(past, day)] == ["expire"]


def test_a_page_of_a_leap_day_is_due_to_leave_on_the_last_of_february() -> None:
    (deadline,) = due(PUBLISHED, date(2029, 1, 29))
    assert (deadline.due.date, deadline.urgency) == (date(2029, 2, 28), Urgency.SOON)
    assert deadline.basis.article == "第十一条"


def test_nothing_is_due_of_a_decision_that_is_withheld() -> None:
    assert due(Past(state=State.WITHHELD), date(2026, 3, 4), date(2026, 1, 5)) == []


def test_a_pack_may_count_in_calendar_days() -> None:
    clock = replace(policy().clocks["publish"], length=20, unit=Unit.DAY)
    other = replace(policy(), clocks={**policy().clocks, "publish": clock})
    (deadline,) = deadlines(HELD, other, decided_on=date(2026, 3, 2), today=date(2026, 3, 23))
    assert (deadline.due.date, deadline.urgency) == (date(2026, 3, 22), Urgency.OVERDUE)


@pytest.mark.parametrize(
    ("shown_on", "urgency"),
    [(date(2026, 3, 11), Urgency.MET), (date(2026, 3, 12), Urgency.LATE)],
)
def test_a_decision_that_was_shown_tells_whether_it_was_in_time(
    shown_on: date, urgency: Urgency
) -> None:
    past = Past(state=State.PUBLISHED, first_published_on=shown_on)
    found = {each.clock: each for each in due(past, date(2026, 4, 1), date(2026, 3, 2))}
    assert (found["publish"].met_on, found["publish"].urgency) == (shown_on, urgency)
    assert found["expire"].urgency is Urgency.DUE


@pytest.mark.parametrize("kind", [EventKind.UPHELD, EventKind.CREDIT_REPAIRED])
def test_what_leaves_a_decision_in_force_asks_for_no_withdrawal(kind: EventKind) -> None:
    past = replace(PUBLISHED, events=(happened(kind, date(2026, 3, 4)),))
    assert [deadline.clock for deadline in due(past, date(2026, 3, 5))] == ["expire"]


def test_a_page_is_due_to_leave_by_the_clock_that_comes_first() -> None:
    base = policy()
    minor = replace(base.clocks["expire"], key="credit_minor", length=3, unit=Unit.MONTH)
    other = replace(base, clocks={**base.clocks, "credit_minor": minor})
    past = replace(PUBLISHED, credit_class="轻微")
    (_, last) = deadlines(past, other, decided_on=date(2024, 2, 20), today=date(2024, 5, 1))
    assert (last.clock, last.since, last.due.date) == (
        "credit_minor",
        date(2024, 2, 20),
        date(2024, 5, 20),
    )
