"""Facts that contradict one another hold a decision; the stricter and later fact wins."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.staff_act import StaffAct, StaffActKind
from pipeline.domain.verdict import Verdict
from pipeline.lifecycle.events import CONTRADICTION, facts_digest
from pipeline.lifecycle.model import Cause, Desired, Facts, Past, State
from pipeline.lifecycle.states import desired
from tests.register.builders import CLEAR, DECIDED, FIRST, RULE, happened, policy

KEY = "某综执罚决字〔2024〕1"
ITSELF = "某综执罚决字〔2024〕第1号"
OTHER = "某综执罚决字〔2024〕第9号"
TODAY = date(2024, 7, 1)
EARLY, LATE = date(2024, 6, 3), date(2024, 6, 10)
REVOKED, CHANGED, UPHELD = EventKind.REVOKED, EventKind.CHANGED, EventKind.UPHELD
PUBLISHED = Past(
    state=State.PUBLISHED, first_published_on=FIRST, content_digest="c1", text_digest="t1"
)


def stand(
    *told: StatusEvent,
    past: Past | None = PUBLISHED,
    text: str = "t1",
    decided_on: date = DECIDED,
    verdict: Verdict = CLEAR,
    today: date = TODAY,
) -> Desired:
    facts = Facts(
        case_number=KEY,
        verdict=verdict,
        decided_on=decided_on,
        content_digest=f"c-{text}",
        text_digest=text,
        events=told,
        past=past,
    )
    return desired(facts, policy(), today=today)


def after(done: Desired, *told: StatusEvent, acts: tuple[StaffAct, ...] = ()) -> Past:
    return Past(
        state=done.state,
        first_published_on=done.first_published_on,
        text_digest="t1",
        retired=done.retired,
        events=told,
        settled=done.settled,
        notice=done.notice,
        reasons=done.reasons,
        cause=done.cause,
        acts=acts,
    )


def rules(done: Desired) -> list[str]:
    return [reason.rule for reason in done.reasons]


def settled(*known: StatusEvent) -> StaffAct:
    """Return a person's release of exactly these facts."""
    return StaffAct(
        kind=StaffActKind.RELEASE,
        on=TODAY,
        basis=RULE,
        rules=(CONTRADICTION,),
        facts=facts_digest(known),
    )


@pytest.mark.parametrize(
    ("told", "text", "expected", "why"),
    [
        # The later fact wins where it is also the stricter one.
        ([happened(UPHELD, EARLY), happened(REVOKED, LATE)], "t1", State.WITHDRAWN, ""),
        # A later 维持 against an earlier annulment: nobody knows, so the page rests.
        ([happened(REVOKED, EARLY), happened(UPHELD, LATE)], "t1", State.SUSPENDED, "先有撤销"),
        ([happened(REVOKED, EARLY), happened(UPHELD, EARLY)], "t1", State.SUSPENDED, "先有撤销"),
        ([happened(CHANGED, EARLY), happened(UPHELD, LATE)], "t2", State.SUSPENDED, "先有变更"),
        ([happened(UPHELD, LATE)], "t1", State.PUBLISHED, ""),
        # Both say that it ended, on different days: it is gone, and staff are told.
        ([happened(REVOKED, EARLY), happened(REVOKED, LATE)], "t1", State.WITHDRAWN, "撤销日期"),
        # Withdrawn and remade as itself: the old words may not stand.
        ([happened(REVOKED, EARLY, remade_as=ITSELF)], "t1", State.WITHDRAWN, "以原文号重新作出"),
        ([happened(REVOKED, EARLY, remade_as=OTHER)], "t2", State.WITHDRAWN, ""),
    ],
)
def test_what_contradictory_facts_do_to_a_published_page(
    told: list[StatusEvent], text: str, expected: State, why: str
) -> None:
    done = stand(*told, text=text)
    assert done.state is expected
    assert why in "".join(reason.title for reason in done.reasons)
    assert bool(why) is any(reason.effect.value == "待核" for reason in done.reasons)


@pytest.mark.parametrize("kind", sorted(set(EventKind) - {UPHELD, EventKind.CREDIT_REPAIRED}))
def test_a_decision_never_shown_waits_while_it_is_disputed(kind: EventKind) -> None:
    done = stand(happened(kind, EARLY), happened(UPHELD, LATE), past=None)
    assert (done.state, rules(done)) == (State.HELD, [CONTRADICTION])
    assert done.notice is None


def test_a_page_that_rests_for_a_contradiction_says_nothing_of_it_and_is_no_removal() -> None:
    done = stand(happened(REVOKED, EARLY), happened(UPHELD, LATE))
    assert done.cause is Cause.EVENT
    assert done.notice is not None
    assert (done.notice.ground, "撤销" in done.notice.reason) == ("核查", False)
    assert done.expires_on is not None


def test_a_page_that_waits_for_its_changed_text_tells_of_a_dispute_once() -> None:
    changed, upheld = happened(CHANGED, EARLY), happened(UPHELD, LATE)
    waiting = after(stand(changed), changed)
    told = stand(upheld, past=waiting)
    assert rules(told) == ["lifecycle-changed-text", CONTRADICTION]
    again = stand(upheld, past=after(told, changed, upheld))
    assert (again.state, again.reasons) == (State.WITHDRAWN, told.reasons)


def test_a_person_settles_exactly_the_facts_that_were_known() -> None:
    told = (happened(REVOKED, EARLY), happened(UPHELD, LATE))
    rests = after(stand(*told), *told, acts=(settled(*told),))
    assert stand(past=rests).state is State.PUBLISHED
    again = happened(EventKind.CONFIRMED_VOID, LATE + timedelta(days=3))
    assert stand(again, past=rests).state is State.WITHDRAWN
    other = replace(rests, acts=(settled(told[0]),))
    assert stand(past=other).state is State.SUSPENDED


def test_a_settled_dispute_does_not_bring_back_what_is_gone() -> None:
    told = (happened(REVOKED, EARLY), happened(UPHELD, LATE))
    gone = after(stand(happened(REVOKED, EARLY)), *told, acts=(settled(*told),))
    assert stand(past=gone).state is State.WITHDRAWN


def test_two_exports_that_disagree_on_the_day_of_a_change_wait_for_a_person() -> None:
    first, second = happened(CHANGED, EARLY), happened(CHANGED, LATE)
    waiting = after(stand(first), first)
    done = stand(second, past=waiting, text="t2")
    assert done.state is State.WITHDRAWN
    assert "变更日期不一致" in done.reasons[1].title
    looked_at = after(done, first, second, acts=(settled(first, second),))
    back = stand(second, past=looked_at, text="t2")
    assert back.state is State.PUBLISHED
    assert back.first_published_on == FIRST
    assert back.settled == {EARLY, LATE}


@pytest.mark.parametrize(
    ("text", "decided_on", "told", "expected"),
    [
        ("t2", LATE, [happened(REVOKED, EARLY, remade_as=ITSELF)], State.PUBLISHED),
        ("t1", LATE, [happened(REVOKED, EARLY, remade_as=ITSELF)], State.WITHDRAWN),
        ("t2", DECIDED, [happened(REVOKED, EARLY, remade_as=ITSELF)], State.WITHDRAWN),
        ("t2", LATE, [happened(REVOKED, EARLY)], State.WITHDRAWN),
        ("t2", LATE, [happened(REVOKED, EARLY, remade_as=OTHER)], State.WITHDRAWN),
        ("t2", LATE, [], State.WITHDRAWN),
    ],
)
def test_a_withdrawn_decision_returns_only_as_one_remade_under_its_own_number(
    text: str, decided_on: date, told: list[StatusEvent], expected: State
) -> None:
    gone = after(stand(happened(REVOKED, EARLY)), happened(REVOKED, EARLY))
    done = stand(*told, past=gone, text=text, decided_on=decided_on)
    assert done.state is expected
    if expected is State.PUBLISHED:
        assert "t1" in done.retired
        assert done.note is not None
        assert done.note.text == "原行政处罚决定已被依法撤销，现公示重新作出的决定。"
        old = stand(past=replace(after(done, *told), text_digest="t2"), text="t1")
        assert [reason.rule for reason in old.pending] == ["lifecycle-outdated-text"]


def test_one_remade_and_revoked_once_more_is_gone() -> None:
    remade = happened(REVOKED, EARLY, remade_as=ITSELF)
    gone = after(stand(happened(REVOKED, EARLY)), happened(REVOKED, EARLY))
    back = after(stand(remade, past=gone, text="t2", decided_on=LATE), remade)
    again = stand(remade, happened(EventKind.CONFIRMED_ILLEGAL, TODAY), past=back, text="t2")
    assert again.state is State.WITHDRAWN
    assert again.notice is not None
    assert again.notice.ground == "确认违法"


def test_an_expired_page_does_not_return_as_a_remade_decision() -> None:
    gone = Past(state=State.EXPIRED, first_published_on=FIRST, cause=Cause.CLOCK, text_digest="t1")
    remade = happened(REVOKED, EARLY, remade_as=ITSELF)
    assert stand(remade, past=gone, text="t2", decided_on=LATE).state is State.EXPIRED
