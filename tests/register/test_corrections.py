"""Accepted corrections in a run of the register: when they take effect, and what waits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain.basis import Basis
from pipeline.domain.correction import Asked, Kind, RequestNumber, Ruled, Ruling, Way
from pipeline.domain.text import RawText
from pipeline.lifecycle.model import State
from pipeline.register import Register, open_register
from pipeline.register.model import ChangeKind, Examined, Unchanged
from tests.register.builders import CLEAR, DOUBT, FIRST, MISSING, examined, number, policy

NEXT = date(2024, 5, 13)
BASIS = Basis("某县公示办法", "第十二条")
FIRST_REQUEST = RequestNumber("更正", 2024, 1)


@pytest.fixture
def register(place: str) -> Iterator[Register]:
    with open_register(place) as opened:
        opened.reconcile([examined(1), examined(2)], policy(), today=FIRST, actor="rebuild")
        opened.mark_seen(today=FIRST, actor="rebuild")
        yield opened


def accepted(register: Register, way: Way, *, note: str = "", hidden: tuple[str, ...] = ()) -> None:
    """Open and accept a request about the first decision."""
    asked = Asked(
        kind=Kind.CORRECTION, key=number(1).key, case_number=number(1).display,
        received_on=FIRST, officer="毕春和", asker=RawText("申请人甲"),
    )  # fmt: skip
    request = register.corrections.open(asked, (), BASIS, today=FIRST, keep=lambda _: "folder")
    ruled = Ruled(
        ruling=Ruling.ACCEPTED, on=FIRST, actor="申屠远", bases=(BASIS,), way=way, note=note,
        hidden=tuple(map(RawText, hidden)),
    )  # fmt: skip
    register.corrections.rule(request.number, ruled, may=lambda _: None)


def known(item: Examined) -> Examined:
    """Return what a run that knew of the first request says of a decision."""
    return replace(item, corrections_seen=(str(FIRST_REQUEST),))


def state_of(register: Register) -> tuple[State, list[str]]:
    status = register.status(number(1).key, policy(), today=NEXT)
    assert status is not None
    return status.state, [note.text for note in status.corrections]


def applied_on(register: Register) -> date | None:
    found = register.corrections.find(FIRST_REQUEST)
    assert found is not None
    return found.applied_on


@pytest.mark.parametrize(
    ("way", "brought", "notes"),
    [
        (Way.NOTE, known(examined(1)), ["改正了。（更正〔2024〕1号）。"]),
        (Way.HIDE, known(examined(1)), ["改正了。（更正〔2024〕1号）。"]),
        (Way.EXPORT, known(examined(1, words="流动经营")), ["改正了。（更正〔2024〕1号）。"]),
        (Way.EXPORT, known(examined(1)), []),  # the same text again
        (Way.EXPORT, known(examined(1, performance="未履行")), []),  # only its status changed
        (Way.NOTE, examined(1), []),  # decided while the run was under way
        (Way.NOTE, known(examined(1, verdict=MISSING)), []),  # the page was kept as it was
        (Way.NOTE, known(examined(1, verdict=DOUBT)), []),  # suspended
    ],
)
def test_a_correction_takes_effect_with_the_page_it_was_examined_for(
    register: Register, way: Way, brought: Examined, notes: list[str]
) -> None:
    accepted(register, way, note="改正了", hidden=("占道",) if way is Way.HIDE else ())
    done = register.reconcile([brought, examined(2)], policy(), today=NEXT, actor="rebuild")
    notes = [note.replace("。（", "（") for note in notes]
    assert state_of(register)[1] == notes
    assert bool(done.of(ChangeKind.CORRECTED)) == bool(notes)
    assert applied_on(register) is None  # the site has not passed verification
    register.mark_seen(today=NEXT, actor="rebuild")
    assert applied_on(register) == (NEXT if notes else None)
    assert done.counts.adds_up
    assert register.verify() == ()


def test_the_note_of_a_new_text_is_taken_over_by_the_request(register: Register) -> None:
    accepted(register, Way.EXPORT)
    new = known(examined(1, words="流动经营"))
    register.reconcile([new], policy(), today=NEXT, actor="rebuild")
    [note] = state_of(register)[1]
    assert note.startswith("公示内容有误，现予更正")
    assert note.endswith("（更正〔2024〕1号）。")


@pytest.mark.parametrize(
    "brought",
    [(), (Unchanged(number(1).key),), (examined(1),), (known(examined(1, verdict=MISSING)),)],
    ids=["left out", "not examined", "not known of", "kept as it was"],
)
def test_what_could_not_be_hidden_suspends_the_page_and_counts_add_up(
    register: Register, brought: tuple[Examined | Unchanged, ...]
) -> None:
    accepted(register, Way.HIDE, hidden=("占道",))
    done = register.reconcile([*brought, examined(2)], policy(), today=NEXT, actor="rebuild")
    assert state_of(register) == (State.SUSPENDED, [])
    assert [change.key for change in done.of(ChangeKind.SUSPENDED)] == [number(1).key]
    assert done.counts.suspended == len(brought)
    later = register.reconcile([known(examined(1))], policy(), today=NEXT, actor="rebuild")
    assert state_of(register)[0] is State.PUBLISHED
    assert later.of(ChangeKind.RESUMED)
    assert register.verify() == ()


def test_a_decision_whose_correction_waits_is_examined_anew(register: Register) -> None:
    item = examined(1, verdict=CLEAR)
    assert register.unchanged(number(1).key, item.digests)
    accepted(register, Way.NOTE, note="改正了")
    assert not register.unchanged(number(1).key, item.digests)
    register.reconcile([known(item)], policy(), today=NEXT, actor="rebuild")
    register.mark_seen(today=NEXT, actor="rebuild")
    assert register.unchanged(number(1).key, item.digests)


def test_values_stay_hidden_after_the_page_was_corrected(register: Register) -> None:
    accepted(register, Way.HIDE, hidden=("占道",))
    register.reconcile([known(examined(1))], policy(), today=NEXT, actor="rebuild")
    [amendment] = register.corrections.amendments()
    assert amendment.hidden == ("占道",)
    assert "占道" not in repr(amendment)
