"""Five working days from receipt to the written answer (000 公示 第十二条, 003 第二十一条)."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.correction.clock import Stage, owes_reply, progress
from pipeline.domain.correction import Kind, Request, Ruling
from pipeline.lifecycle.model import Urgency
from pipeline.policy.load import load_policy
from pipeline.policy.model import Unit
from pipeline.policy.workdays import CalendarState
from tests.correction.cases import RECEIVED, replied, request, ruled

POLICY = load_policy("changshan-2021")
day = date.fromisoformat


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-16", "2026年11月23日"),  # a plain week
        ("2026-11-21", "2026年11月27日"),  # received on a Saturday
        ("2026-09-28", "2026年10月10日"),  # National Day, and a Saturday worked for it
        ("2026-02-12", "2026年2月26日"),  # Spring Festival
        ("2026-12-24", "2026年12月31日"),
        ("2026-12-29", "2027年1月5日（预计）"),  # New Year without an announced calendar
        ("2026-12-31", "2027年1月7日（预计）"),
    ],
)
def test_the_answer_is_due_five_working_days_after_receipt(received: str, due: str) -> None:
    stand = progress(request(received=day(received)), POLICY, today=day(received))
    assert str(stand.due) == due
    assert "第十二条" in stand.basis.article


def test_a_year_that_is_not_announced_is_counted_so_that_the_alarm_comes_early() -> None:
    stand = progress(request(received=day("2026-12-30")), POLICY, today=day("2027-01-07"))
    assert stand.due.state is CalendarState.PROJECTED
    assert stand.urgency is Urgency.OVERDUE
    assert stand.late == 1


@pytest.mark.parametrize(
    ("made", "today", "stage", "urgency", "late"),
    [
        (request(), "2026-11-18", Stage.OPEN, Urgency.DUE, 0),
        (request(), "2026-11-19", Stage.OPEN, Urgency.SOON, 0),
        (request(), "2026-11-23", Stage.OPEN, Urgency.SOON, 0),
        (request(), "2026-11-24", Stage.OPEN, Urgency.OVERDUE, 1),
        (request(), "2026-11-30", Stage.OPEN, Urgency.OVERDUE, 5),
        (ruled(Ruling.REFUSED, day("2026-11-18")), "2026-11-18", Stage.DECIDED, Urgency.DUE, 0),
        (ruled(Ruling.REFUSED, day("2026-11-18")), "2026-11-25", Stage.DECIDED, Urgency.OVERDUE, 2),
        (
            replied(ruled(Ruling.ACCEPTED, day("2026-11-18")), day("2026-11-23")),
            "2026-12-25", Stage.CLOSED, Urgency.MET, 0,
        ),
        (
            replied(ruled(Ruling.ACCEPTED, day("2026-11-18")), day("2026-11-24")),
            "2026-12-25", Stage.CLOSED, Urgency.LATE, 1,
        ),
        (ruled(Ruling.WITHDRAWN, day("2026-11-18")), "2026-12-25", Stage.CLOSED, Urgency.MET, 0),
        (
            ruled(Ruling.ACCEPTED, day("2026-11-26"), request(Kind.OWN)),
            "2026-12-25", Stage.CLOSED, Urgency.LATE, 3,
        ),
    ],
)  # fmt: skip
def test_a_request_is_open_due_soon_overdue_decided_and_answered(
    made: Request, today: str, stage: Stage, urgency: Urgency, late: int
) -> None:
    stand = progress(made, POLICY, today=day(today))
    assert (stand.stage, stand.urgency, stand.late) == (stage, urgency, late)
    assert ("个工作日" in str(stand)) == bool(late)


@pytest.mark.parametrize("kind", Kind)
def test_who_asked_is_answered_in_writing_and_nobody_else(kind: Kind) -> None:
    assert owes_reply(request(kind)) == (kind is not Kind.OWN)
    assert not owes_reply(ruled(Ruling.WITHDRAWN, RECEIVED, request(kind)))


def test_a_policy_may_count_other_days() -> None:
    clock = replace(POLICY.clocks["correct"], length=15, unit=Unit.DAY)
    policy = replace(POLICY, clocks={**POLICY.clocks, "correct": clock})
    stand = progress(request(), policy, today=RECEIVED)
    assert str(stand.due) == "2026年12月1日"
