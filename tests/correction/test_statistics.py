"""Counts of requests for a period, for the reports."""

from datetime import date

from pipeline.commands.correction_words import year_line
from pipeline.correction.statistics import statistics
from pipeline.domain.correction import Kind, Ruling
from pipeline.policy.load import load_policy
from tests.correction.cases import replied, request, ruled

POLICY = load_policy("changshan-2021")
day = date.fromisoformat
NOVEMBER = {"since": day("2026-11-01"), "until": day("2026-11-30"), "today": day("2026-11-24")}


def test_every_request_of_the_period_is_counted_once_and_none_of_another() -> None:
    requests = (
        request(n=1),  # overdue on the 24th
        request(n=2, received=day("2026-11-18")),  # due on the 25th
        replied(ruled(Ruling.ACCEPTED, day("2026-11-17"), request(n=3)), day("2026-11-18")),
        replied(ruled(Ruling.PARTLY, day("2026-11-20"), request(n=4)), day("2026-11-24")),
        ruled(Ruling.REFUSED, day("2026-11-20"), request(n=5)),
        ruled(Ruling.WITHDRAWN, day("2026-11-17"), request(n=6)),
        replied(
            ruled(Ruling.EXPLAINED, day("2026-11-17"), request(Kind.EXPLANATION)),
            day("2026-11-17"),
        ),
        request(n=7, received=day("2026-10-30")),
        request(n=8, received=day("2026-12-01")),
    )
    counted = statistics(requests, POLICY, **NOVEMBER)
    assert counted.received == 7
    assert (counted.open, counted.due_soon, counted.overdue, counted.late) == (3, 1, 2, 1)
    assert (counted.accepted, counted.partly, counted.refused) == (1, 1, 1)
    assert (counted.explained, counted.withdrawn) == (1, 1)
    assert counted.waiting_for_page == 2
    assert counted.average_working_days == (2 + 6 + 1 + 1) / 4


def test_a_period_without_requests_has_no_average() -> None:
    counted = statistics((), POLICY, **NOVEMBER)
    assert counted.received == 0
    assert counted.average_working_days is None


def test_the_list_ends_with_what_the_year_came_to() -> None:
    answered = replied(ruled(Ruling.REFUSED, date(2026, 11, 18)), date(2026, 11, 19))
    year = statistics(
        [answered, request(n=2)],
        POLICY,
        since=date(2026, 1, 1),
        until=date(2026, 11, 30),
        today=date(2026, 11, 30),
    )
    assert year_line(year) == (
        "2026年收到 2 件：办结 1 件，平均 3.0 个工作日，其中逾期办结 0 件；"
        "未办结 1 件，其中已逾期 1 件"
    )
