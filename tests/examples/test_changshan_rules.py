"""The sample through intake, screening and lifecycle: each decision is where its rule puts it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Decision, Received
from pipeline.intake.join import JoinSettings
from pipeline.intake.read import Intake, read_exports
from pipeline.lifecycle.model import Facts, State
from pipeline.lifecycle.states import desired
from pipeline.policy.load import load_policy
from pipeline.policy.model import Policy
from pipeline.screening.screen import screen, screen_unreadable

FOLDER = Path(__file__).parents[2] / "examples" / "changshan"
EXPECTED: dict[str, Any] = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))
LAST = EXPECTED["nights"][-1]
TODAY = date.fromisoformat(LAST["today"])
STATES = {State.PUBLISHED: "published", State.HELD: "held", State.WITHHELD: "withheld"}


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


@pytest.mark.parametrize("number", EXPECTED["decisions"])
def test_the_last_export_alone_puts_a_decision_where_it_belongs(
    number: str, received: dict[str, Received], policy: Policy
) -> None:
    entry = EXPECTED["decisions"][number]
    record = received[CaseNumber.parse(number).key]
    if isinstance(record, Decision):
        facts = Facts(
            case_number=number,
            verdict=screen(record, policy, today=TODAY),
            decided_on=record.decided_on,
            content_digest=record.digest,
            text_digest=record.digest,
            events=record.events,
        )
    else:
        facts = Facts(case_number=number, verdict=screen_unreadable(record))
    state = desired(facts, policy, today=TODAY).state
    assert STATES[state] == entry.get("alone", entry["state"])


@pytest.mark.parametrize("night", EXPECTED["nights"], ids=lambda night: night["today"])
def test_every_night_can_be_read(night: dict[str, str]) -> None:
    today = date.fromisoformat(night["today"])
    intake = read_exports(FOLDER / night["exports"], JoinSettings(today=today))
    assert intake.received
    if night is not LAST:
        assert all(isinstance(record, Decision) for record in intake.received)
