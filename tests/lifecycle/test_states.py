"""What should stand of a decision: a table of facts, then the laws that hold for all facts."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.verdict import Verdict
from pipeline.lifecycle.model import GONE, Cause, Content, Desired, Facts, Past, State
from pipeline.lifecycle.states import desired
from tests.register.builders import (
    CLEAR,
    DECIDED,
    DOUBT,
    FIRST,
    FORBIDDEN,
    MISSING,
    happened,
    policy,
)

TODAY = date(2024, 6, 5)
KEY = "某综执罚决字〔2024〕1"
ANNULLING = [
    EventKind.REVOKED,
    EventKind.CONFIRMED_ILLEGAL,
    EventKind.CONFIRMED_VOID,
    EventKind.ORDERED_REMADE,
]
PUBLISHED = Past(
    state=State.PUBLISHED, first_published_on=FIRST, content_digest="c1", text_digest="t1"
)


def facts(
    verdict: Verdict | None = CLEAR,
    past: Past | None = None,
    *events: StatusEvent,
    text: str = "t1",
    decided_on: date = DECIDED,
) -> Facts:
    return Facts(
        case_number=KEY,
        verdict=verdict,
        decided_on=decided_on,
        content_digest=f"c-{text}",
        text_digest=text,
        events=events,
        past=past,
    )


def stand(given_facts: Facts, today: date = TODAY) -> Desired:
    return desired(given_facts, policy(), today=today)


def after(done: Desired, *, text: str = "t1", events: tuple[StatusEvent, ...] = ()) -> Past:
    """Return what the register would know after ``done``."""
    return Past(
        state=done.state,
        first_published_on=done.first_published_on,
        text_digest=text,
        retired=done.retired,
        events=events,
        settled=done.settled,
        notice=done.notice,
        reasons=done.reasons,
        cause=done.cause,
    )


@pytest.mark.parametrize(
    ("verdict", "before", "expected"),
    [
        (CLEAR, None, State.PUBLISHED),
        (MISSING, None, State.HELD),
        (DOUBT, None, State.HELD),
        (FORBIDDEN, None, State.WITHHELD),
        (None, None, State.HELD),
        (CLEAR, State.HELD, State.PUBLISHED),
        (CLEAR, State.WITHHELD, State.PUBLISHED),
        (FORBIDDEN, State.HELD, State.WITHHELD),
        (None, State.WITHHELD, State.HELD),
        (CLEAR, State.PUBLISHED, State.PUBLISHED),
        (MISSING, State.PUBLISHED, State.PUBLISHED),
        (None, State.PUBLISHED, State.PUBLISHED),
        (DOUBT, State.PUBLISHED, State.SUSPENDED),
        (FORBIDDEN, State.PUBLISHED, State.WITHDRAWN),
        (CLEAR, State.SUSPENDED, State.PUBLISHED),
        (MISSING, State.SUSPENDED, State.SUSPENDED),
        (None, State.SUSPENDED, State.SUSPENDED),
        (FORBIDDEN, State.SUSPENDED, State.WITHDRAWN),
        (CLEAR, State.WITHDRAWN, State.WITHDRAWN),
        (CLEAR, State.EXPIRED, State.EXPIRED),
        (FORBIDDEN, State.EXPIRED, State.EXPIRED),
    ],
)
def test_screening_and_the_past_say_where_a_decision_stands(
    verdict: Verdict | None, before: State | None, expected: State
) -> None:
    was_public = before not in {None, State.HELD, State.WITHHELD}
    past = Past(state=before, first_published_on=FIRST if was_public else None) if before else None
    assert stand(facts(verdict, past)).state is expected


def test_a_first_publication_starts_the_clock_today() -> None:
    done = stand(facts())
    assert (done.first_published_on, done.expires_on) == (TODAY, date(2029, 6, 5))
    assert done.content is Content.NEW


def test_a_missing_value_keeps_the_page_as_it_was_and_says_so() -> None:
    done = stand(facts(MISSING, PUBLISHED))
    assert done.content is Content.KEPT
    assert done.pending == MISSING.reasons
    assert done.first_published_on == FIRST


def test_an_unreadable_export_keeps_the_page_as_it_was_and_says_so() -> None:
    done = stand(facts(None, PUBLISHED))
    assert done.content is Content.KEPT
    assert [reason.rule for reason in done.pending] == ["lifecycle-unreadable"]


def test_a_suspended_page_keeps_its_first_day_when_it_comes_back() -> None:
    suspended = stand(facts(DOUBT, PUBLISHED))
    assert suspended.notice is not None
    assert suspended.notice.ground == "核查"
    back = stand(facts(CLEAR, after(suspended)), TODAY + timedelta(days=9))
    assert back.state is State.PUBLISHED
    assert back.first_published_on == FIRST


def test_a_notice_cites_the_article_but_not_the_item_that_tells_of_a_person() -> None:
    notice = stand(facts(FORBIDDEN, PUBLISHED)).notice
    assert notice is not None
    assert notice.basis == "《某县公示办法》第八条"
    assert "未成年" not in notice.reason + notice.ground


@pytest.mark.parametrize("kind", ANNULLING)
def test_a_published_decision_no_longer_in_force_is_withdrawn_with_a_reason(
    kind: EventKind,
) -> None:
    done = stand(facts(CLEAR, PUBLISHED, happened(kind)))
    assert done.state is State.WITHDRAWN
    assert done.cause is Cause.EVENT
    assert done.notice is not None
    assert done.notice.ground == kind.value
    assert done.notice.basis == "《中华人民共和国行政处罚法》第四十八条"
    assert done.content is Content.NONE


@pytest.mark.parametrize("kind", ANNULLING)
def test_a_decision_annulled_before_publication_is_never_shown(kind: EventKind) -> None:
    done = stand(facts(CLEAR, None, happened(kind)))
    assert done.state is State.WITHHELD
    assert done.notice is None


def test_an_event_told_once_is_remembered_when_a_later_export_omits_it() -> None:
    held = Past(state=State.WITHHELD, events=(happened(EventKind.REVOKED),))
    assert stand(facts(CLEAR, held)).state is State.WITHHELD


def test_an_event_in_an_unreadable_or_held_export_still_withdraws() -> None:
    for verdict in (None, MISSING, DOUBT):
        done = stand(facts(verdict, PUBLISHED, happened(EventKind.REVOKED)))
        assert done.cause is Cause.EVENT


CHANGED = happened(EventKind.CHANGED)


def test_a_changed_decision_whose_changed_text_has_come_is_shown_as_changed() -> None:
    done = stand(facts(CLEAR, PUBLISHED, CHANGED, text="t2"))
    assert done.state is State.PUBLISHED
    assert done.note is not None
    assert "变更" in done.note.text
    assert done.retired == {"t1"}
    assert done.settled == {CHANGED.effective_on}
    again = stand(facts(CLEAR, after(done, text="t2", events=(CHANGED,)), CHANGED, text="t2"))
    assert again.state is State.PUBLISHED
    assert again.note is None


def test_a_changed_decision_is_withdrawn_until_its_changed_text_comes() -> None:
    done = stand(facts(CLEAR, PUBLISHED, CHANGED))
    assert done.state is State.WITHDRAWN
    assert done.notice is not None
    assert done.notice.ground == "变更"
    waiting = after(done, events=(CHANGED,))
    old_again = stand(facts(CLEAR, waiting))
    assert old_again.state is State.WITHDRAWN
    assert old_again.notice == done.notice
    new = stand(facts(CLEAR, waiting, CHANGED, text="t2"))
    assert new.state is State.PUBLISHED
    assert new.first_published_on == FIRST


def test_the_text_before_a_change_does_not_come_back_with_an_old_export() -> None:
    changed = stand(facts(CLEAR, PUBLISHED, CHANGED, text="t2"))
    done = stand(facts(CLEAR, after(changed, text="t2", events=(CHANGED,)), text="t1"))
    assert done.state is State.PUBLISHED
    assert done.content is Content.KEPT
    assert [reason.rule for reason in done.pending] == ["lifecycle-outdated-text"]


def test_an_export_without_the_change_brings_no_changed_text() -> None:
    waiting = after(stand(facts(CLEAR, PUBLISHED, CHANGED)), events=(CHANGED,))
    assert stand(facts(CLEAR, waiting, text="t0")).state is State.WITHDRAWN


def test_a_decision_changed_into_another_is_withdrawn_for_good() -> None:
    remade = happened(EventKind.CHANGED, remade_as="某综执罚决字〔2024〕第9号")
    done = stand(facts(CLEAR, PUBLISHED, remade, text="t2"))
    assert done.state is State.WITHDRAWN
    itself = happened(EventKind.CHANGED, remade_as="某综执罚决字〔2024〕第1号")
    assert stand(facts(CLEAR, PUBLISHED, itself, text="t2")).state is State.PUBLISHED


def test_a_changed_decision_seen_for_the_first_time_must_be_dated_by_the_change() -> None:
    assert stand(facts(CLEAR, None, CHANGED)).state is State.HELD
    dated = facts(CLEAR, None, CHANGED, decided_on=CHANGED.effective_on)
    assert stand(dated).state is State.PUBLISHED


def test_a_withdrawn_changed_decision_that_is_then_revoked_says_so() -> None:
    waiting = after(stand(facts(CLEAR, PUBLISHED, CHANGED)), events=(CHANGED,))
    done = stand(facts(CLEAR, waiting, CHANGED, happened(EventKind.REVOKED), text="t2"))
    assert done.state is State.WITHDRAWN
    assert done.notice is not None
    assert done.notice.ground == "撤销"


def test_a_new_text_without_a_change_is_a_correction_that_names_the_parts() -> None:
    new = Facts(
        case_number=KEY,
        verdict=CLEAR,
        content_digest="c2",
        text_digest="t2",
        differing=("违法事实", "处罚内容"),
        past=PUBLISHED,
    )
    note = stand(new).note
    assert note is not None
    assert note.text == "公示内容有误，现予更正：违法事实、处罚内容。"


def test_a_better_mask_is_no_correction() -> None:
    better = Facts(
        case_number=KEY, verdict=CLEAR, content_digest="c2", text_digest="t1", past=PUBLISHED
    )
    assert stand(better).note is None


@pytest.mark.parametrize(
    ("first", "last_day_shown"),
    [
        (date(2021, 3, 1), date(2026, 2, 28)),
        (date(2024, 2, 29), date(2029, 2, 27)),
        (date(2023, 2, 28), date(2028, 2, 27)),
        (date(2019, 12, 31), date(2024, 12, 30)),
    ],
)
def test_a_page_is_gone_from_the_fifth_anniversary_on(first: date, last_day_shown: date) -> None:
    past = Past(state=State.PUBLISHED, first_published_on=first, text_digest="t1")
    assert stand(facts(CLEAR, past), last_day_shown).state is State.PUBLISHED
    over = stand(facts(CLEAR, past), last_day_shown + timedelta(days=1))
    assert over.state is State.EXPIRED
    assert over.cause is Cause.CLOCK


def test_the_clock_counts_from_an_earlier_site() -> None:
    moved = Facts(
        case_number=KEY,
        verdict=CLEAR,
        content_digest="c1",
        published_before=date(2020, 1, 2),
    )
    assert stand(moved).first_published_on == date(2020, 1, 2)
    assert stand(moved, date(2025, 1, 2)).state is State.EXPIRED


def test_a_suspended_page_expires_too() -> None:
    past = Past(state=State.SUSPENDED, first_published_on=FIRST)
    assert stand(facts(DOUBT, past), date(2029, 5, 10)).state is State.EXPIRED


def test_withdrawn_expired_and_suspended_share_no_text() -> None:
    notices = [
        stand(facts(CLEAR, PUBLISHED, happened(EventKind.REVOKED))).notice,
        stand(facts(FORBIDDEN, PUBLISHED)).notice,
        stand(facts(DOUBT, PUBLISHED)).notice,
        stand(facts(CLEAR, PUBLISHED), date(2030, 1, 1)).notice,
    ]
    assert len({notice.reason for notice in notices if notice}) == len(notices)


def test_a_publishable_decision_without_content_is_refused() -> None:
    with pytest.raises(ValueError, match="content"):
        Facts(case_number=KEY, verdict=CLEAR)


days = st.dates(date(2024, 1, 1), date(2031, 12, 31))
events = st.lists(
    st.builds(happened, st.sampled_from(list(EventKind)), days), max_size=3, unique=True
).map(tuple)
exports = st.tuples(
    st.sampled_from([CLEAR, MISSING, DOUBT, FORBIDDEN, None]),
    events,
    st.sampled_from(["t1", "t2", "t3"]),
    days,
)


@settings(deadline=None)
@given(st.lists(exports, min_size=1, max_size=8))
def test_gone_stays_gone_and_nothing_forgets_its_first_day(
    nights: list[tuple[Verdict | None, tuple[StatusEvent, ...], str, date]],
) -> None:
    """Whatever exports follow: no return from 撤下 or 期满 but by a changed text."""
    past: Past | None = None
    told: tuple[StatusEvent, ...] = ()
    for verdict, new, text, today in nights:
        told = tuple({*told, *new})
        done = stand(facts(verdict, past, *new, text=text), today)
        if past is not None and past.state in GONE and done.state is State.PUBLISHED:
            assert past.notice is not None
            assert past.notice.ground == "变更"
            assert text not in past.retired
        if past is not None and past.state is State.EXPIRED:
            assert done.state is State.EXPIRED
        if past is not None and past.first_published_on and past.state is not State.WITHHELD:
            assert done.first_published_on == past.first_published_on
        if any(event.kind in ANNULLING for event in told):
            upheld = any(event.kind is EventKind.UPHELD for event in told)
            assert done.state is not State.PUBLISHED
            assert upheld or done.state is not State.SUSPENDED
        if done.state is State.PUBLISHED:
            assert done.expires_on is not None
            assert today < done.expires_on or done.content is Content.KEPT
        kept = past.text_digest if past and done.content is not Content.NEW else text
        past = after(done, text=kept, events=told)


@settings(deadline=None)
@given(exports, st.sampled_from(list(State)))
def test_asked_twice_on_one_day_the_answer_is_the_same(
    night: tuple[Verdict | None, tuple[StatusEvent, ...], str, date], before: State
) -> None:
    verdict, new, text, today = night
    shown = before not in {State.HELD, State.WITHHELD}
    past = Past(state=before, first_published_on=FIRST if shown else None, text_digest="t1")
    once = stand(facts(verdict, past, *new, text=text), today)
    kept = text if once.content is Content.NEW else past.text_digest
    known = after(once, text=kept, events=new)
    twice = stand(facts(verdict, known, *new, text=text), today)
    assert (twice.state, twice.notice, twice.first_published_on, twice.expires_on) == (
        once.state,
        once.notice,
        once.first_published_on,
        once.expires_on,
    )


@settings(deadline=None)
@given(days)
def test_expiry_is_five_years_on_and_never_later_than_the_anniversary(first: date) -> None:
    end = stand(
        Facts(case_number=KEY, verdict=CLEAR, content_digest="c", published_before=first), first
    ).expires_on
    assert end is not None
    assert end.year == first.year + 5
    assert (end.month, end.day) in {(first.month, first.day), (2, 28)}
