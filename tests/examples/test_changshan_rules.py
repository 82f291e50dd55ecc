"""The sample through intake, screening and lifecycle: each decision is where its rule puts it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.casefile.check import check, gate_reasons
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Decision, Received
from pipeline.domain.verdict import Verdict
from pipeline.intake.join import JoinSettings
from pipeline.intake.read import Intake, read_exports
from pipeline.lifecycle.model import Content, Desired, Facts, Past, State
from pipeline.lifecycle.states import desired
from pipeline.policy.load import load_policy
from pipeline.policy.model import Policy
from pipeline.screening.screen import screen, screen_unreadable

FOLDER = Path(__file__).parents[2] / "examples" / "changshan"
EXPECTED: dict[str, Any] = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))
LAST = EXPECTED["nights"][-1]
TODAY = date.fromisoformat(LAST["today"])
DECISIONS = EXPECTED["decisions"]
STATES = {
    State.PUBLISHED: "published",
    State.HELD: "held",
    State.WITHHELD: "withheld",
    State.WITHDRAWN: "withdrawn",
    State.EXPIRED: "expired",
    State.SUSPENDED: "suspended",
}


@pytest.fixture(scope="module")
def intake() -> Intake:
    return read_exports(FOLDER / LAST["exports"], JoinSettings(today=TODAY))


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("changshan-sample", folders=(FOLDER / "policies",))


@pytest.fixture(scope="module")
def received(intake: Intake) -> dict[str, Received]:
    return {r.case_number.key: r for r in intake.received if r.case_number is not None}


def test_every_record_has_a_number_and_no_file_is_left_over(intake: Intake) -> None:
    assert len(intake.received) == len(EXPECTED["decisions"])
    assert intake.faults == ()


def _facts(number: str, record: Received, policy: Policy, today: date, past: Past | None) -> Facts:
    if not isinstance(record, Decision):
        return Facts(case_number=number, verdict=screen_unreadable(record), past=past)
    return Facts(
        case_number=number,
        verdict=_verdict(record, policy, today),
        decided_on=record.decided_on,
        content_digest=record.digest,
        text_digest=record.digest,
        events=record.events,
        past=past,
    )


def _verdict(record: Decision, policy: Policy, today: date) -> Verdict:
    gates = gate_reasons(check(record, policy, today=today))
    return Verdict(screen(record, policy, today=today).reasons + gates)


@pytest.mark.parametrize("number", EXPECTED["decisions"])
def test_the_last_export_alone_puts_a_decision_where_it_belongs(
    number: str, received: dict[str, Received], policy: Policy
) -> None:
    entry = EXPECTED["decisions"][number]
    record = received[CaseNumber.parse(number).key]
    state = desired(_facts(number, record, policy, TODAY, None), policy, today=TODAY).state
    assert STATES[state] == entry.get("alone", entry["state"])


@pytest.mark.parametrize("number", [n for n, entry in DECISIONS.items() if "lacks" in entry])
def test_a_case_file_lacks_what_was_left_out_of_it_and_nothing_else(
    number: str, received: dict[str, Received], policy: Policy
) -> None:
    record = received[CaseNumber.parse(number).key]
    assert isinstance(record, Decision)
    found = check(record, policy, today=TODAY)
    assert sorted({each.rule for each in found}) == DECISIONS[number]["lacks"]


def test_a_good_part_of_the_case_files_came_along() -> None:
    lacks = [entry["lacks"] for entry in DECISIONS.values() if "lacks" in entry]
    assert len(lacks) > 25
    assert len({rule for rules in lacks for rule in rules}) >= 8


def _remembered(wish: Desired, facts: Facts, past: Past | None) -> Past:
    shown = wish.content is Content.NEW
    return Past(
        state=wish.state,
        first_published_on=wish.first_published_on,
        text_digest=facts.text_digest if shown else past.text_digest if past else "",
        retired=wish.retired,
        events=(*(past.events if past else ()), *facts.events),
        settled=wish.settled,
        notice=wish.notice,
        reasons=wish.reasons,
        cause=wish.cause,
    )


def test_after_all_nights_every_decision_is_where_its_life_has_led_it(policy: Policy) -> None:
    known: dict[str, Past] = {}
    for night in EXPECTED["nights"]:
        today = date.fromisoformat(night["today"])
        exported = read_exports(FOLDER / night["exports"], JoinSettings(today=today)).received
        records = {r.case_number.key: r for r in exported if r.case_number}
        for key in known.keys() | records.keys():
            past = known.get(key)
            facts = (
                _facts(key, records[key], policy, today, past)
                if key in records
                else Facts(case_number=key, verdict=None, past=past)
            )
            known[key] = _remembered(desired(facts, policy, today=today), facts, past)
    states = {number: STATES[known[CaseNumber.parse(number).key].state] for number in DECISIONS}
    assert states == {number: entry["state"] for number, entry in DECISIONS.items()}


@pytest.mark.parametrize("night", EXPECTED["nights"], ids=lambda night: night["today"])
def test_every_night_can_be_read(night: dict[str, str]) -> None:
    today = date.fromisoformat(night["today"])
    intake = read_exports(FOLDER / night["exports"], JoinSettings(today=today))
    assert intake.received
    if night is not LAST:
        assert all(isinstance(record, Decision) for record in intake.received)
