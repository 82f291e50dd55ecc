"""What the register says waits for a person, and what happened since the last night."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.domain.event import EventKind
from pipeline.lifecycle.model import State
from pipeline.register import Register, open_register
from pipeline.register.acts import Act
from tests.register.builders import DOUBT, FORBIDDEN, RULE, examined, happened, policy

ACTOR = "gongshi rebuild"
DAY = date(2024, 5, 20)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return open_register(tmp_path / "register.sqlite")


def _night(register: Register, *received: object, on: date = DAY) -> None:
    register.reconcile(received, policy(), today=on, actor=ACTOR)  # type: ignore[arg-type]
    register.mark_seen(today=on, actor=ACTOR)


def test_what_stands_quietly_is_not_open(register: Register) -> None:
    with register:
        _night(register, examined(1), examined(2, verdict=FORBIDDEN))
        found = register.attention(policy(), today=DAY, actor=ACTOR)
    assert found.open == ()
    assert found.standing[State.PUBLISHED] == 1
    assert [(total.rule, total.count) for total in found.withheld] == [("minor", 1)]


def test_what_is_held_is_open_with_its_day(register: Register) -> None:
    with register:
        _night(register, examined(1, verdict=DOUBT))
        found = register.attention(policy(), today=DAY, actor=ACTOR).open
    assert [each.state for each in found] == [State.HELD]
    assert [due.clock for due in found[0].deadlines] == ["publish"]
    assert found[0].reasons == DOUBT.reasons


def test_a_page_is_open_in_its_last_thirty_days(register: Register) -> None:
    with register:
        _night(register, examined(1))
        first = register.attention(policy(), today=date(2029, 4, 19), actor=ACTOR).open
        later = register.attention(policy(), today=date(2029, 4, 20), actor=ACTOR).open
    assert first == ()
    running = [due for each in later for due in each.deadlines if due.met_on is None]
    assert [due.clock for due in running] == ["expire"]


def test_a_page_that_waits_for_its_changed_text_is_open(register: Register) -> None:
    with register:
        _night(register, examined(1))
        changed = happened(EventKind.CHANGED, DAY)
        _night(register, examined(1, events=(changed,)), on=DAY + timedelta(1))
        found = register.attention(policy(), today=DAY + timedelta(1), actor=ACTOR).open
    assert [each.state for each in found] == [State.WITHDRAWN]
    assert "publish" in {due.clock for due in found[0].deadlines}


def test_only_what_happened_since_the_last_night_is_told(register: Register) -> None:
    with register:
        _night(register, examined(1))
        first = register.attention(policy(), today=DAY, actor=ACTOR)
        tomorrow = DAY + timedelta(1)
        _night(register, examined(1), examined(2), on=tomorrow)
        second = register.attention(policy(), today=tomorrow, actor=ACTOR)
    assert [act.case_number for act in first.acts if act.kind == "新公示"] == [
        examined(1).case_number.display
    ]
    assert [act.case_number for act in second.acts if act.kind == "新公示"] == [
        examined(2).case_number.display
    ]
    assert second.act_totals == {"新公示": 1, "发布": 1}


def test_an_order_and_its_execution_are_one_decision(register: Register) -> None:
    act = Act(
        key=examined(1).case_number.key, kind="撤下", actor="经办人", ground="撤销", basis=RULE
    )
    with register:
        _night(register, examined(1))
        tomorrow = DAY + timedelta(1)
        register.record(act, today=tomorrow)
        revoked = happened(EventKind.REVOKED, DAY)
        _night(register, examined(1, events=(revoked,)), on=tomorrow)
        found = register.attention(policy(), today=tomorrow, actor=ACTOR)
    assert [(each.kind, each.actor) for each in found.acts] == [
        ("撤下", "经办人"),
        ("撤下", ACTOR),
    ]
    assert found.act_totals == {"撤下": 1}


def test_a_long_list_of_acts_is_cut_but_counted(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.register.attention.ACTS", 2)
    with register:
        _night(register, *(examined(n) for n in range(1, 6)))
        found = register.attention(policy(), today=DAY, actor=ACTOR)
    assert len(found.acts) == 2
    assert found.act_totals == {"新公示": 5, "发布": 1}
    assert replace(found, acts=()).act_totals == found.act_totals


def test_what_was_done_in_a_period_stands_beside_the_day_it_was_due(register: Register) -> None:
    revoked = happened(EventKind.REVOKED, DAY)
    later = DAY + timedelta(10)
    with register:
        _night(register, examined(1), examined(2))
        _night(register, examined(1, events=(revoked,)), examined(2), on=later)
        whole = register.history(policy(), since=DAY, until=later)
        after = register.history(policy(), since=later, until=later)
    told = {(deed.clock, deed.case_number, deed.done_on, deed.is_late) for deed in whole.deeds}
    one, two = (examined(n).case_number.display for n in (1, 2))
    assert told >= {("publish", two, DAY, True), ("withdraw", one, later, True)}
    assert {deed.clock for deed in after.deeds} == {"withdraw"}
    assert (whole.runs, whole.run_days, after.runs) == (2, 2, 1)
    assert [act.kind for act in after.acts] == ["撤下"]
    assert whole.head == after.head != ""
