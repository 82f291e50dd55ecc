"""What staff may do: hold, forbid, release what a person may release, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain.event import EventKind
from pipeline.domain.staff_act import StaffAct, StaffActKind
from pipeline.domain.verdict import Effect, Reason, Verdict
from pipeline.lifecycle.model import Cause, Content, Facts, Past, State
from pipeline.lifecycle.staff import FORBID, HOLD, lifted, may_be_released, staff_reasons
from pipeline.lifecycle.states import desired, remaining
from pipeline.policy.load import load_policy
from tests.register.builders import (
    CLEAR,
    DOUBT,
    FIRST,
    FORBIDDEN,
    MISSING,
    RULE,
    happened,
    policy,
)

TODAY = date(2024, 6, 5)
KEY = "某综执罚决字〔2024〕1"


def act(kind: StaffActKind, *rules: str, looked_at: str = "") -> StaffAct:
    return StaffAct(kind=kind, on=TODAY, basis=RULE, rules=rules, looked_at=looked_at)


HELD_BACK = act(StaffActKind.HOLD)
FORBADE = act(StaffActKind.FORBID)
LET_GO = act(StaffActKind.RELEASE, HOLD)


def past(state: State, *acts: StaffAct, reasons: tuple[Reason, ...] = ()) -> Past:
    shown = state not in {State.HELD, State.WITHHELD}
    return Past(
        state=state,
        first_published_on=FIRST if shown else None,
        text_digest="t1" if shown else "",
        reasons=reasons,
        acts=acts,
    )


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([], []),
        ([HELD_BACK], [HOLD]),
        ([HELD_BACK, LET_GO], []),
        ([HELD_BACK, LET_GO, HELD_BACK], [HOLD]),
        ([HELD_BACK, act(StaffActKind.RELEASE, "redaction-doubt")], [HOLD]),
        ([FORBADE], [FORBID]),
        ([FORBADE, act(StaffActKind.RELEASE, HOLD, FORBID)], [FORBID]),
    ],
)
def test_a_hold_ends_with_its_release_and_a_finding_never(
    acts: list[StaffAct], expected: list[str]
) -> None:
    assert [reason.rule for reason in staff_reasons(acts)] == expected


@pytest.mark.parametrize(
    ("before", "acts", "verdict", "with_export", "without"),
    [
        (State.PUBLISHED, [HELD_BACK], CLEAR, State.SUSPENDED, State.SUSPENDED),
        (State.PUBLISHED, [FORBADE], CLEAR, State.WITHDRAWN, State.WITHDRAWN),
        (State.HELD, [HELD_BACK], CLEAR, State.HELD, State.HELD),
        (State.HELD, [FORBADE], CLEAR, State.WITHHELD, State.WITHHELD),
        (State.SUSPENDED, [FORBADE], CLEAR, State.WITHDRAWN, State.WITHDRAWN),
        (State.SUSPENDED, [HELD_BACK, LET_GO], CLEAR, State.PUBLISHED, State.SUSPENDED),
        (State.HELD, [HELD_BACK, LET_GO], CLEAR, State.PUBLISHED, State.HELD),
        (State.WITHDRAWN, [HELD_BACK, LET_GO], CLEAR, State.WITHDRAWN, State.WITHDRAWN),
        (State.EXPIRED, [LET_GO], CLEAR, State.EXPIRED, State.EXPIRED),
        (State.WITHHELD, [HELD_BACK], FORBIDDEN, State.WITHHELD, State.WITHHELD),
        (State.PUBLISHED, [HELD_BACK], MISSING, State.SUSPENDED, State.SUSPENDED),
        (State.PUBLISHED, [HELD_BACK], FORBIDDEN, State.WITHDRAWN, State.SUSPENDED),
        (State.PUBLISHED, [HELD_BACK], None, State.SUSPENDED, State.SUSPENDED),
    ],
)
def test_what_staff_decide_holds_with_an_export_and_without(
    before: State,
    acts: list[StaffAct],
    verdict: Verdict | None,
    with_export: State,
    without: State,
) -> None:
    known = past(before, *acts, reasons=FORBIDDEN.reasons if before is State.WITHHELD else ())
    facts = Facts(
        case_number=KEY, verdict=verdict, content_digest="c", text_digest="t1", past=known
    )
    assert desired(facts, policy(), today=TODAY).state is with_export
    left = Facts(case_number=KEY, verdict=None, past=known)
    assert remaining(left, policy(), today=TODAY).state is without


def test_an_act_of_staff_is_no_removal_that_the_brake_counts() -> None:
    for acts, cause in (([HELD_BACK], Cause.STAFF), ([FORBADE], Cause.STAFF)):
        facts = Facts(
            case_number=KEY, verdict=CLEAR, content_digest="c", past=past(State.PUBLISHED, *acts)
        )
        assert desired(facts, policy(), today=TODAY).cause is cause
    doubted = Facts(case_number=KEY, verdict=DOUBT, past=past(State.PUBLISHED, HELD_BACK))
    assert desired(doubted, policy(), today=TODAY).cause is Cause.VERDICT


def test_what_no_export_brings_stays_as_it_was() -> None:
    facts = Facts(case_number=KEY, verdict=None, past=past(State.PUBLISHED))
    done = remaining(facts, policy(), today=TODAY)
    assert (done.state, done.content) == (State.PUBLISHED, Content.KEPT)
    with pytest.raises(ValueError, match="from before"):
        remaining(Facts(case_number=KEY, verdict=None), policy(), today=TODAY)


def test_a_credit_repair_without_a_clock_of_the_pack_ends_nothing() -> None:
    known = replace(past(State.PUBLISHED), events=(happened(EventKind.CREDIT_REPAIRED),))
    facts = Facts(case_number=KEY, verdict=None, past=known)
    assert remaining(facts, policy(), today=TODAY).state is State.PUBLISHED


REASONS = (
    Reason("redaction-doubt", Effect.HOLD, "存疑", RULE),
    Reason("legal-review", Effect.HOLD, "缺审核人", RULE, adverse=False),
)


def test_a_release_lifts_its_rules_for_the_export_that_was_looked_at_and_no_other() -> None:
    release = act(StaffActKind.RELEASE, "redaction-doubt", looked_at="d1")
    assert lifted(Verdict(REASONS), [release], "d1").reasons == REASONS[1:]
    assert lifted(Verdict(REASONS), [release], "d2").reasons == REASONS
    assert lifted(Verdict(REASONS), [replace(release, looked_at="")], "").reasons == REASONS
    assert lifted(Verdict(REASONS), [HELD_BACK], "d1").reasons == REASONS


@pytest.mark.parametrize(
    ("rule", "effect", "adverse", "expected"),
    [
        ("redaction-doubt", Effect.HOLD, True, True),
        ("leak-gate", Effect.HOLD, True, True),
        ("staff-hold", Effect.HOLD, True, True),
        ("lifecycle-contradiction", Effect.HOLD, True, True),
        ("legal-review", Effect.HOLD, False, True),
        ("secrecy-review", Effect.HOLD, False, True),
        ("not-served", Effect.HOLD, False, True),
        ("summary-procedure", Effect.HOLD, False, True),
        ("incapacity", Effect.HOLD, True, True),
        ("public-security-record", Effect.HOLD, True, True),
        # A fact against publication is not a missing value.
        ("legal-review", Effect.HOLD, True, False),
        ("summary-procedure", Effect.WITHHOLD, True, False),
        ("public-security-record", Effect.WITHHOLD, True, False),
        # What is still unmasked is never let out by a release: it has to be marked.
        ("redaction-second-look", Effect.HOLD, True, False),
        # Minors, secrets, privacy, the four securities: whether missing, doubtful or certain.
        *(
            (rule, effect, adverse, False)
            for rule in (
                "minor-party",
                "minor-other",
                "party-under-fourteen",
                "state-secret",
                "commercial-secret",
                "privacy",
                "four-securities",
                "unsuitable",
                "provincial-list",
            )
            for effect, adverse in (
                (Effect.HOLD, False),
                (Effect.HOLD, True),
                (Effect.WITHHOLD, True),
            )
        ),
        ("unreadable", Effect.HOLD, False, False),
        ("lifecycle-unreadable", Effect.HOLD, False, False),
        ("lifecycle-annulled", Effect.WITHHOLD, True, False),
        ("staff-finding", Effect.WITHHOLD, True, False),
        ("party-missing", Effect.HOLD, False, False),
        ("nothing-to-show", Effect.HOLD, False, False),
    ],
)
def test_which_reasons_a_person_may_lift(
    rule: str, effect: Effect, adverse: bool, expected: bool
) -> None:
    reason = Reason(rule, effect, "理由", RULE, adverse=adverse)
    assert may_be_released(reason, load_policy("changshan-2021")) is expected
