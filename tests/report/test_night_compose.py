"""What a run left behind becomes a list of what to do, the most urgent first."""

from datetime import date, timedelta

import pytest

from pipeline.domain.faults import ExitCode, Fault, Place
from pipeline.domain.upkeep import AnnualDue, StalePage
from pipeline.lifecycle.model import State, Urgency
from pipeline.report.night.compose import compose
from pipeline.report.night.headline import headline
from pipeline.report.night.model import Kind, NightReport
from pipeline.report.night.stops import stopped
from tests.report.night_builders import (
    POLICY,
    TODAY,
    UNREADABLE,
    attention,
    deadline,
    finding,
    held,
    number,
    outcome,
)


def test_what_is_overdue_comes_first_then_what_ends_soon() -> None:
    report = compose(outcome())
    assert [(each.subject, each.urgency) for each in report.matters[:3]] == [
        (number(1), Urgency.OVERDUE),
        (number(2), Urgency.SOON),
        (number(9), Urgency.DUE),
    ]
    assert {each.subject for each in report.matters[3:]} == {
        number(3),
        "处罚.xlsx · 第3行 · 决定日期",
    }


def test_what_holds_a_decision_stands_with_its_day_article_and_remedy() -> None:
    first = compose(outcome()).matters[0]
    assert first.kind is Kind.HELD
    assert first.due
    assert first.due.date == TODAY - timedelta(days=4)
    assert first.clock == POLICY.clocks["publish"].title
    assert [(p.title, p.basis, p.remedy) for p in first.points] == [
        ("法制审核未完成", "《某县公示办法》第八条第一项", "补充审核结论")
    ]


def test_a_report_that_loses_a_decision_is_refused() -> None:
    with pytest.raises(ValueError, match="received"):
        compose(outcome(received=9))


def test_a_record_that_cannot_be_read_tells_where() -> None:
    fault = Fault(Place("处罚.xlsx", "第7行", "文号"), "没有填写", "填写文号")
    unread = held(4, UNREADABLE)
    report = compose(outcome(attention=attention(unread), unreadable={unread.key: (fault,)}))
    points = report.of(Kind.HELD)[0].points
    assert [(p.title, p.remedy) for p in points] == [
        ("处罚.xlsx · 第7行 · 文号：没有填写", "填写文号")
    ]


def test_a_gate_of_the_case_file_stands_only_with_the_decision_that_it_holds() -> None:
    gate = finding(is_gate=True, due_on=TODAY)
    report = compose(outcome(findings={number(1): (gate, finding(is_gate=True))}))
    assert report.of(Kind.CASE_FILE) == ()
    assert report.lacks == ()


def test_what_a_case_file_lacks_without_a_day_is_told_but_not_tonights_work() -> None:
    many = {number(n): (finding(),) for n in range(1, 301)}
    report = compose(outcome(findings=many))
    assert report.of(Kind.CASE_FILE) == ()
    assert [(lack.point.title, lack.count) for lack in report.lacks] == [
        ("送达：没有受送达人签章", 300)
    ]
    assert report.lacks[0].numbers == tuple(number(n) for n in range(1, 201))


def test_a_page_that_expires_in_a_month_is_told_but_needs_nobody() -> None:
    standing = held(5, due=deadline("expire", 20, Urgency.SOON))
    report = compose(outcome(attention=attention(standing)))
    assert [each.subject for each in report.of(Kind.EXPIRE)] == [number(5)]
    assert all(each.kind is not Kind.EXPIRE for each in report.to_do)


def test_every_period_is_counted_also_when_nothing_runs_under_it() -> None:
    report = compose(outcome())
    counts = {clock.title: (clock.overdue, clock.soon, clock.due) for clock in report.clocks}
    clocks = POLICY.clocks
    assert counts[clocks["publish"].title] == (1, 1, 0)
    for key in ("withdraw", "correct", "expire"):
        assert counts[clocks[key].title] == (0, 0, 0)
    assert counts["案卷检查发现的期限"] == (0, 0, 1)
    assert all(clock.basis for clock in report.clocks if clock.length)


def test_a_list_not_looked_at_and_figures_not_published_are_told_with_their_day() -> None:
    page = StalePage(TODAY - timedelta(days=1), "行政执法主体清单", "subjects.html", TODAY)
    due = AnnualDue(TODAY + timedelta(days=1), 2025, done=False)
    found = compose(outcome(stale=(page,), annual=due)).of(Kind.PAGE)
    assert [(each.subject, each.urgency) for each in found] == [
        ("行政执法主体清单", Urgency.OVERDUE),
        ("2025年度执法数据", Urgency.SOON),
    ]
    assert all(point.basis and point.remedy for each in found for point in each.points)


def test_published_figures_are_no_matter() -> None:
    done = AnnualDue(TODAY, 2025, done=True)
    assert compose(outcome(annual=done)).of(Kind.PAGE) == ()


@pytest.mark.parametrize(
    ("today", "alarmed"), [(date(2026, 11, 14), False), (date(2026, 11, 15), True)]
)
def test_from_mid_november_the_missing_calendar_of_the_next_year_is_told(
    today: date, *, alarmed: bool
) -> None:
    found = compose(outcome(today=today)).of(Kind.CALENDAR)
    assert [each.subject for each in found] == (["2027年"] if alarmed else [])


def test_the_first_sentence_tells_what_happened_and_what_to_do() -> None:
    assert headline(compose(outcome())) == (
        "更新完成，公示中 5 件；上次以来新公示 1 件。"
        "要办 5 件，其中 1 件已逾期、1 件三个工作日内到期。"
    )


def test_a_quiet_night_says_so() -> None:
    quiet = outcome(attention=None, faults=(), findings={})
    assert headline(compose(quiet)).endswith("上次以来没有变动。今天没有要办的事。")


@pytest.mark.parametrize("code", list(ExitCode))
def test_a_run_that_stopped_says_first_what_to_do(code: ExitCode) -> None:
    report = compose(outcome(stopped=stopped(code, ("一行原因",)), received=0, placed={}))
    told = headline(report)
    assert told.startswith("更新没有完成，访客看到的网站没有改变。先办：")
    assert report.stopped
    assert report.stopped.remedy in told


def test_counts_of_the_register_are_those_that_the_report_shows() -> None:
    report: NightReport = compose(outcome())
    assert report.standing[State.PUBLISHED] == 5
    assert report.withheld[0].count == 2
