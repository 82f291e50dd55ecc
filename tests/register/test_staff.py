"""Orders of staff in the register: foreseen, written as events, taken up by the next run."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.faults import BrakeError, LockedError
from pipeline.domain.public import PublicRecord, Standing
from pipeline.domain.staff_act import StaffAct, StaffActKind
from pipeline.domain.verdict import Effect, Reason, Verdict
from pipeline.lifecycle.model import State
from pipeline.register import Register, open_register
from pipeline.register.model import Allowance, ChangeKind, Received, Reconciliation, Unchanged
from pipeline.register.staff import Order
from tests.register.builders import (
    FIRST,
    FORBIDDEN,
    RULE,
    examined,
    happened,
    number,
    policy,
)

NEXT = FIRST + timedelta(days=1)
KEY = number(1).key
ORDER = Order(number=number(1), kind="撤下", actor="祝文澜", ground="撤销", basis=RULE)
REVOKE = replace(ORDER, events=(happened(EventKind.REVOKED),), remark="法院判决已生效")
HOLD = replace(
    ORDER,
    kind="暂缓公开",
    ground="工作人员核实",
    staff=StaffAct(kind=StaffActKind.HOLD, on=FIRST, basis=RULE),
)
FORBID = replace(
    ORDER, ground="不予公开", staff=StaffAct(kind=StaffActKind.FORBID, on=FIRST, basis=RULE)
)
GATE = Verdict((Reason("leak-gate", Effect.HOLD, "核验发现疑点", RULE),))


def release(*rules: str, looked_at: str = "") -> Order:
    act = StaffAct(kind=StaffActKind.RELEASE, on=NEXT, basis=RULE, rules=rules, looked_at=looked_at)
    return replace(ORDER, kind="放行", ground="经核实可以公开", staff=act)


@pytest.fixture
def register(place: str) -> Iterator[Register]:
    with open_register(place) as opened:
        yield opened


def night(register: Register, *received: Received, today: date = FIRST) -> Reconciliation:
    done = register.reconcile(received, policy(), today=today, actor="rebuild")
    register.mark_seen(today=today, actor="rebuild")
    return done


def given(register: Register, order: Order, today: date = NEXT) -> State:
    """Carry out an order; return the state that was foreseen."""
    foreseen = register.foresee(order, policy(), today=today)
    register.carry_out(order, foreseen, today=today)
    return foreseen.after.state


def record(register: Register) -> PublicRecord:
    return {each.key: each for each in register.public_changes(None).records}[KEY]


def state(register: Register) -> State:
    entry = register.entry(KEY)
    assert entry is not None
    return entry.state


@pytest.mark.parametrize(
    ("order", "expected"),
    [(REVOKE, State.WITHDRAWN), (HOLD, State.SUSPENDED), (FORBID, State.WITHDRAWN)],
)
@pytest.mark.parametrize("brings", ["again", "unchanged", "nothing"])
def test_an_order_is_taken_up_by_the_next_run_whatever_its_export_brings(
    register: Register, order: Order, expected: State, brings: str
) -> None:
    night(register, examined(1), examined(2))
    before = record(register)
    assert given(register, order) is expected
    assert record(register) == before
    assert register.unchanged_among({KEY: examined(1).digests.source}, "p", "e") == frozenset()
    received: list[Received] = {
        "again": [examined(1)],
        "unchanged": [Unchanged(KEY)],
        "nothing": [],
    }[brings]
    done = night(register, *received, today=NEXT)
    assert state(register) is expected
    assert done.counts.adds_up
    assert record(register).decision is None
    again = night(register, *received, today=NEXT)
    assert again.changes == ()
    assert register.verify() == ()


@pytest.mark.parametrize("order", [REVOKE, FORBID])
def test_what_staff_took_down_does_not_return_with_an_old_export(
    register: Register, order: Order
) -> None:
    night(register, examined(1))
    given(register, order)
    night(register, today=NEXT)
    for later in (examined(1), examined(1, words="另一文本"), examined(1, engine="new")):
        night(register, later, today=NEXT + timedelta(days=1))
        assert record(register).standing is Standing.WITHDRAWN


def test_an_order_holds_before_the_decision_ever_arrives(register: Register) -> None:
    assert given(register, HOLD, today=FIRST) is State.HELD
    done = night(register, examined(1), today=FIRST)
    assert (done.counts.held, done.counts.published) == (1, 0)
    assert given(register, release("staff-hold")) is State.PUBLISHED
    assert night(register, examined(1, performance="未履行"), today=NEXT).counts.published == 1


def test_one_revoked_by_staff_before_publication_is_never_shown(register: Register) -> None:
    assert given(register, REVOKE, today=FIRST) is State.WITHHELD
    assert night(register, examined(1)).counts.withheld == 1
    assert list(register.public_changes(None).records) == []


def test_a_page_that_nobody_saw_is_held_without_a_notice(register: Register) -> None:
    register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")
    mark = register.public_changes(None).mark
    assert given(register, HOLD) is State.HELD
    night(register, today=NEXT)
    assert register.public_changes(mark).removed == (KEY,)


def test_the_event_tells_who_why_and_under_which_article_but_not_the_remark(
    register: Register,
) -> None:
    night(register, examined(1))
    given(register, REVOKE)
    status = register.status(KEY, policy(), today=NEXT)
    assert status is not None
    last = status.log[-1]
    assert (last.kind, last.actor, last.remark) == ("撤下", "祝文澜", "法院判决已生效")
    assert last.summary == f"撤销 · {RULE}"


def test_an_order_foreseen_before_somebody_else_acted_is_not_carried_out(
    register: Register,
) -> None:
    night(register, examined(1))
    mine = register.foresee(REVOKE, policy(), today=NEXT)
    given(register, HOLD)
    with pytest.raises(LockedError, match="刚刚有了变化"):
        register.carry_out(REVOKE, mine, today=NEXT)
    assert night(register, today=NEXT).counts.received == 0
    assert state(register) is State.SUSPENDED


def test_a_release_waits_for_an_export_and_is_not_forgotten(register: Register) -> None:
    night(register, examined(1))
    given(register, HOLD)
    night(register, examined(1), today=NEXT)
    assert given(register, release("staff-hold")) is State.PUBLISHED
    night(register, Unchanged(KEY), today=NEXT)
    assert state(register) is State.SUSPENDED
    source = {KEY: examined(1).digests.source}
    assert register.unchanged_among(source, "policy-5-0.1", "engine") == frozenset()
    night(register, replace(examined(1), acts_seen=2), today=NEXT)
    assert state(register) is State.PUBLISHED
    assert register.unchanged_among(source, "policy-5-0.1", "engine") == {KEY}


def test_a_release_that_came_while_decisions_were_examined_is_not_lost(
    register: Register,
) -> None:
    night(register, examined(1))
    given(register, HOLD)
    given(register, release("staff-hold"))
    night(register, replace(examined(1), acts_seen=1), today=NEXT)
    assert not register.unchanged(KEY, examined(1).digests)
    night(register, replace(examined(1), acts_seen=2), today=NEXT)
    assert register.unchanged(KEY, examined(1).digests)


def test_a_release_of_the_gate_serves_once(register: Register) -> None:
    held = examined(1, verdict=GATE)
    night(register, held)
    given(register, release("leak-gate", looked_at=held.digests.source))
    assert register.acts_of([KEY])[KEY][-1].rules == ("leak-gate",)
    night(register, replace(held, acts_seen=1), today=NEXT)
    assert register.acts_of([KEY])[KEY][-1].rules == ()
    assert register.acts_of(["某〔2024〕9"]) == {}


def test_gone_pages_take_no_notice_of_later_orders(register: Register) -> None:
    night(register, examined(1))
    given(register, REVOKE)
    night(register, today=NEXT)
    before = record(register)
    for order in (HOLD, FORBID, release("staff-hold")):
        given(register, order)
        night(register, examined(1), today=NEXT)
    assert record(register) == before


def test_a_person_may_let_exactly_so_many_pages_go_as_the_brake_named(register: Register) -> None:
    night(register, *(examined(n) for n in range(1, 41)))
    wrong = [examined(n, verdict=FORBIDDEN) for n in range(1, 8)]

    def run(count: int) -> Reconciliation:
        allowed = Allowance(count=count, actor="毕春和", basis=RULE, remark="已逐件核对")
        return register.reconcile(wrong, policy(), today=NEXT, actor="rebuild", allowed=allowed)

    for other in (6, 8):
        with pytest.raises(BrakeError, match="--allow-removals 7"):
            run(other)
    assert register.standing()[State.WITHDRAWN] == 0
    assert len(run(7).of(ChangeKind.WITHDRAWN)) == 7
    assert register.verify() == ()
    told = register.attention(policy(), today=NEXT, actor="rebuild").acts
    assert [(act.kind, act.actor) for act in told if act.kind == "准许撤下"] == [
        ("准许撤下", "毕春和")
    ]


def test_credit_repair_ends_a_page_early_where_the_pack_says_so(register: Register) -> None:
    base = policy()
    clock = replace(base.clocks["expire"], key="credit_repair", length=1)
    rules = replace(base, clocks={**base.clocks, "credit_repair": clock}, digest="credit")
    night(register, examined(1))
    repaired = StatusEvent(kind=EventKind.CREDIT_REPAIRED, effective_on=FIRST)
    order = replace(ORDER, ground="信用修复", events=(repaired,))
    foreseen = register.foresee(order, rules, today=NEXT)
    register.carry_out(order, foreseen, today=NEXT)
    register.reconcile([], rules, today=NEXT, actor="rebuild")
    entry = register.entry(KEY)
    assert entry is not None
    assert (entry.state, entry.expires_on) == (State.PUBLISHED, date(FIRST.year + 1, 5, 10))
    register.reconcile([], rules, today=date(FIRST.year + 1, 5, 10), actor="rebuild")
    assert state(register) is State.EXPIRED
