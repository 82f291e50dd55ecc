"""A year of a bureau, one run each working day, across a New Year whose calendar is not out yet.

Every kind of thing happens to some decision; everything is drawn from a seed.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.public import Standing
from pipeline.domain.staff_act import StaffAct, StaffActKind
from pipeline.domain.verdict import Effect, Reason, Verdict
from pipeline.lifecycle.events import facts_digest
from pipeline.lifecycle.model import GONE, State, Urgency
from pipeline.lifecycle.staff import lifted, may_be_released
from pipeline.policy.model import Policy
from pipeline.policy.workdays import CalendarState, bundled_calendar
from pipeline.register import Register
from pipeline.register.model import Examined, Received, Unchanged
from pipeline.register.staff import Order
from tests.register.builders import (
    CLEAR,
    DOUBT,
    FORBIDDEN,
    RULE,
    cleared,
    examined,
    number,
    policy,
)

START, END = date(2026, 7, 1), date(2027, 6, 30)
UNSURE = Verdict((Reason("redaction-doubt", Effect.HOLD, "有处不能确定", RULE),))
FATES = (
    *("plain",) * 10,
    "forbidden",
    "doubted",
    "cured",
    "released",
    "revoked",
    "revoked by staff",
    "changed at once",
    "changed later",
    "remade as itself",
    "corrected",
    "held for a while",
    "forbidden by staff",
    "repaired",
    "disputed",
    "moved here",
    "minor class",
    "dropped from the export",
)
"""What becomes of a decision; most of them are simply published."""


def rules() -> Policy:
    """Return the small policy with the periods of 信用修复."""
    base = policy(removal_limit=1.0)
    year = base.clocks["expire"]
    more = {
        "credit_minor": replace(year, key="credit_minor", length=1),
        "credit_repair": replace(year, key="credit_repair", length=1),
    }
    return replace(base, clocks={**base.clocks, **more}, digest="year")


@dataclass
class Tally:
    """What the year came to."""

    nights: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    standing: Counter[str] = field(default_factory=Counter)
    projected: int = 0
    late: int = 0
    unreleased: int = 0


@dataclass
class Case:
    """One decision: when it arrives, what becomes of it, and what has been told so far."""

    n: int
    arrives: date
    fate: str
    turns: date
    words: str = "甲"
    events: tuple[StatusEvent, ...] = ()
    cured: bool = False
    exported: bool = True


def live(register: Register, decisions: int, *, seed: int = 1) -> Tally:
    """Run the year; assert every night what must hold, and return the tally."""
    draw, policy_, tally = Random(seed), rules(), Tally()  # noqa: S311 - a test
    days = [d for d in _days() if bundled_calendar().may_be_workday(d)]
    cases = [_case(n, draw, days) for n in range(1, decisions + 1)]
    gone: dict[str, str] = {}
    for today in days:
        for case in cases:
            if case.turns == today and case.arrives < today:
                _turn(case, today)
        for case in (case for case in cases if case.arrives < today):
            _act(register, case, today, policy_)
        received = list(_export(register, [c for c in cases if c.arrives <= today], policy_))
        done = register.reconcile(received, policy_, today=today, actor="rebuild")
        assert done.counts.adds_up
        assert done.counts.received == len(received)
        tally.nights += 1
        tally.changes.update(change.kind.value for change in done.changes)
        if draw.random() < 0.03:
            tally.unreleased += 1
            continue
        register.mark_seen(today=today, actor="rebuild")
        _look(register, [change.key for change in done.changes], gone, today, policy_, tally)
    tally.standing.update({state.value: n for state, n in register.standing().items()})
    return tally


def _days() -> Iterator[date]:
    return (START + timedelta(days=i) for i in range((END - START).days + 1))


def _case(n: int, draw: Random, days: list[date]) -> Case:
    arrives = draw.choice(days[: len(days) * 3 // 4])
    later = [day for day in days if day > arrives]
    return Case(n, arrives, FATES[n % len(FATES)], draw.choice(later[2:60]))


_TOLD: dict[str, tuple[tuple[EventKind, int], ...]] = {
    "revoked": ((EventKind.REVOKED, 0),),
    "changed at once": ((EventKind.CHANGED, 0),),
    "changed later": ((EventKind.CHANGED, 0),),
    "remade as itself": ((EventKind.ORDERED_REMADE, 0),),
    "repaired": ((EventKind.CREDIT_REPAIRED, 400),),
    "disputed": ((EventKind.CONFIRMED_ILLEGAL, 1), (EventKind.UPHELD, 0)),
}
"""What the export tells when the turn comes: events, and how many days ago they were."""


def _turn(case: Case, today: date) -> None:
    """Let happen what becomes of the decision, on the side of the export."""
    own = number(case.n).key if case.fate == "remade as itself" else ""
    case.events += tuple(
        StatusEvent(kind=kind, effective_on=today - timedelta(days=ago), remade_as=own)
        for kind, ago in _TOLD.get(case.fate, ())
    )
    case.cured = case.fate == "cured"
    case.exported = case.fate != "dropped from the export"
    if case.fate in {"changed at once", "corrected"}:
        case.words = "乙"


def _act(register: Register, case: Case, today: date, policy_: Policy) -> None:
    """Let staff do what they do on the day, and five days later."""
    after = case.turns + timedelta(days=5)
    following = after <= today < after + timedelta(days=1)
    if case.fate in {"changed later", "remade as itself"} and following:
        case.words = "乙"
    if case.turns == today and case.fate == "revoked by staff":
        event = StatusEvent(kind=EventKind.REVOKED, effective_on=today, received_on=today)
        _give(register, case, today, policy_, events=(event,))
    if case.turns == today and case.fate in {"held for a while", "forbidden by staff"}:
        held = case.fate == "held for a while"
        kind = StaffActKind.HOLD if held else StaffActKind.FORBID
        _give(register, case, today, policy_, staff=StaffAct(kind=kind, on=today, basis=RULE))
    if following and case.fate in {"released", "held for a while", "disputed"}:
        _release(register, case, today, policy_)


def _release(register: Register, case: Case, today: date, policy_: Policy) -> None:
    entry = register.entry(number(case.n).key)
    if entry is None or entry.state in GONE:
        return
    lifts = [r.rule for r in entry.reasons + entry.pending if may_be_released(r, policy_)]
    act = StaffAct(
        kind=StaffActKind.RELEASE,
        on=today,
        basis=RULE,
        rules=tuple(lifts),
        looked_at=entry.source_digest,
        facts=facts_digest(entry.events),
    )
    _give(register, case, today, policy_, staff=act)


def _give(
    register: Register,
    case: Case,
    today: date,
    policy_: Policy,
    *,
    events: tuple[StatusEvent, ...] = (),
    staff: StaffAct | None = None,
) -> None:
    order = Order(
        number=number(case.n),
        kind="处理",
        actor="祝文澜",
        ground="核实",
        basis=RULE,
        events=events,
        staff=staff,
    )
    register.carry_out(order, register.foresee(order, policy_, today=today), today=today)


def _export(register: Register, cases: list[Case], policy_: Policy) -> Iterator[Received]:
    """Yield tonight's export as an examination hands it on: the unchanged without a result."""
    items = [_examined(case) for case in cases if case.exported]
    acts = register.acts_of(item.case_number.key for item in items)
    sources = {item.case_number.key: item.digests.source for item in items}
    standing = register.unchanged_among(sources, policy_.digest, "engine")
    for item in items:
        key = item.case_number.key
        if key in standing:
            yield Unchanged(key)
            continue
        known = acts.get(key, ())
        left = lifted(item.verdict or CLEAR, known, item.digests.source)
        text = item.cleared or cleared(1)
        words = replace(text, key=key, slug=item.case_number.slug, case_number=key)
        publishable = left.effect is Effect.PUBLISH
        yield replace(
            item, verdict=left, cleared=words if publishable else None, acts_seen=len(known)
        )


def _examined(case: Case) -> Examined:
    verdict = {
        "forbidden": FORBIDDEN,
        "doubted": DOUBT,
        "released": UNSURE,
        "cured": CLEAR if case.cured else DOUBT,
    }.get(case.fate, CLEAR)
    moved = date(2022, 1, 10) if case.fate == "moved here" else None
    item = examined(
        case.n,
        verdict=verdict,
        words=case.words,
        events=case.events,
        policy_digest="year",
        published_before=moved,
    )
    remade = case.fate == "remade as itself" and case.words == "乙"
    decided_on = case.turns + timedelta(days=5) if remade else case.arrives - timedelta(days=3)
    minor = "轻微" if case.fate == "minor class" else ""
    return replace(item, decided_on=decided_on, credit_class=minor)


def _look(
    register: Register,
    changed: list[str],
    gone: dict[str, str],
    today: date,
    policy_: Policy,
    tally: Tally,
) -> None:
    """Look at what changed as an inspector would: gone stays gone, deadlines are met or told."""
    for record in register.public_changes(None).records if today.day % 10 == 0 else ():
        if record.key in gone:
            returned = record.standing is Standing.PUBLISHED
            assert not returned or gone[record.key] in {"变更", "责令重作"}
        if record.notice and record.standing in {Standing.WITHDRAWN, Standing.EXPIRED}:
            gone[record.key] = record.notice.ground
    for key in changed:
        status = register.status(key, policy_, today=today)
        assert status is not None
        for due in status.deadlines:
            tally.projected += due.due.state is not CalendarState.ANNOUNCED
            tally.late += due.clock == "withdraw" and due.urgency is Urgency.LATE
        if status.state in {State.HELD, State.SUSPENDED, State.WITHHELD, State.WITHDRAWN}:
            assert status.reasons
            assert all(str(reason.basis).startswith("《") for reason in status.reasons)
