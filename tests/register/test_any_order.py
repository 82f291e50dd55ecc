"""Whatever comes in whatever order, promises 3 to 7 of the design hold of the register.

Exports, events, acts of staff, days that pass, runs that die while they write and runs whose site
is never released, drawn at random.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.public import PublicRecord
from pipeline.domain.staff_act import StaffAct, StaffActKind
from pipeline.domain.verdict import Effect, Verdict
from pipeline.lifecycle.events import facts_digest
from pipeline.lifecycle.model import GONE, State
from pipeline.lifecycle.staff import lifted, may_be_released
from pipeline.register import Register, database, open_register
from pipeline.register.entry import Entry
from pipeline.register.model import Examined
from pipeline.register.staff import Order
from tests.register.builders import (
    CLEAR,
    DOUBT,
    FIRST,
    FORBIDDEN,
    MISSING,
    RULE,
    cleared,
    examined,
    number,
    policy,
)

ALL = tuple(range(1, 7))
RULES = policy(removal_limit=1.0)
KEYS = {n: number(n).key for n in ALL}
Line = tuple[int, Verdict | None, str]

some = st.sampled_from(ALL)
verdicts = st.sampled_from([CLEAR, CLEAR, CLEAR, MISSING, DOUBT, FORBIDDEN, None])
exports = st.lists(
    st.tuples(some, verdicts, st.sampled_from(["甲", "乙", "丙"])),
    max_size=len(ALL),
    unique_by=lambda line: line[0],
)
kinds = st.sampled_from(list(EventKind))
remade = st.sampled_from(["", "", "某综执罚决字〔2024〕第99号", "itself"])


@pytest.fixture(scope="module", autouse=True)
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Make one empty register that every example starts from a copy of; no power cut comes."""
    path = tmp_path_factory.mktemp("empty") / "register.sqlite"
    with open_register(path):
        pass
    AnyOrder.empty = path
    unsynced = (*database._PRAGMAS, "PRAGMA synchronous = OFF")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_PRAGMAS", unsynced)
        yield


class AnyOrder(RuleBasedStateMachine):
    """One register, and what the world has told it and seen of it."""

    empty: Path

    def __init__(self) -> None:
        super().__init__()
        self.home = TemporaryDirectory()
        path = Path(self.home.name) / "register.sqlite"
        copyfile(self.empty, path)
        self.register: Register = open_register(path)
        self.today: date = FIRST
        self.told: dict[int, tuple[StatusEvent, ...]] = dict.fromkeys(ALL, ())
        self.forbidden: set[int] = set()
        self.texts: dict[str, str] = {}

    def teardown(self) -> None:
        self.register.__exit__(None, None, None)
        self.home.cleanup()

    @initialize()
    def the_first_night(self) -> None:
        self.a_night([(n, CLEAR, "甲") for n in ALL[:4]], released=True)

    @rule(words=st.sampled_from(["甲", "乙", "丙"]), released=st.booleans())
    def a_full_night(self, words: str, released: bool) -> None:
        self.a_night([(n, CLEAR, words) for n in ALL], released=released)

    @rule(released=st.booleans())
    def a_night_without_an_export(self, released: bool) -> None:
        self.a_night([], released=released)

    @rule(lines=exports, released=st.booleans())
    def a_night_of_any_export(self, lines: list[Line], released: bool) -> None:
        self.a_night(lines, released=released)

    def a_night(self, lines: list[Line], released: bool) -> None:
        before, seen = self._entries(), self._public()
        export = [self._examined(*line) for line in lines]
        done = self._reconcile(export)
        assert done.counts.adds_up
        assert done.counts.received == len(lines)
        again = self._reconcile(export)
        assert (again.changes, again.counts) == ((), done.counts)
        self._check_the_absent(before, seen, {line[0] for line in lines})
        self._check_the_gone(before)
        self._check_every_reason()
        if released:
            self.register.mark_seen(today=self.today, actor="rebuild")
        assert self.register.verify() == ()

    @rule(n=some, kind=kinds, as_number=remade, ago=st.integers(0, 40))
    def something_happens_in_law(self, n: int, kind: EventKind, as_number: str, ago: int) -> None:
        self.told[n] += (self._event(n, kind, as_number, ago),)

    @rule(n=some, kind=kinds, as_number=remade, ago=st.integers(0, 40))
    def staff_tell_a_fact(self, n: int, kind: EventKind, as_number: str, ago: int) -> None:
        self._give(n, events=(self._event(n, kind, as_number, ago),))

    @rule(n=some, kind=st.sampled_from([StaffActKind.HOLD, StaffActKind.FORBID]))
    def staff_hold_or_forbid(self, n: int, kind: StaffActKind) -> None:
        if kind is StaffActKind.FORBID:
            self.forbidden.add(n)
        self._give(n, staff=StaffAct(kind=kind, on=self.today, basis=RULE))

    @rule(n=some)
    def staff_release(self, n: int) -> None:
        entry = self.register.entry(KEYS[n])
        if entry is None or entry.state in GONE:
            return
        lifts = (r.rule for r in entry.reasons + entry.pending if may_be_released(r, RULES))
        act = StaffAct(
            kind=StaffActKind.RELEASE,
            on=self.today,
            basis=RULE,
            rules=tuple(lifts),
            looked_at=entry.source_digest,
            facts=facts_digest(entry.events),
        )
        self._give(n, staff=act)

    @rule(days=st.sampled_from([1, 30, 400, 1500]))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(lines=exports)
    def a_run_dies_while_it_writes(self, lines: list[Line]) -> None:
        before = self._entries()

        def dying() -> Iterator[Examined]:
            yield from (self._examined(*line) for line in lines)
            raise RuntimeError("the power went out")

        with suppress(RuntimeError):
            self.register.reconcile(dying(), RULES, today=self.today, actor="rebuild")
        assert self._entries() == before

    def _check_the_absent(
        self, before: dict[str, Entry], seen: dict[str, PublicRecord], brought: set[int]
    ) -> None:
        """Promise 7: what the export left out changes by the clock or by staff only."""
        now, shown = self._entries(), self._public()
        for n in set(ALL) - brought:
            old = before.get(KEYS[n])
            if old is None or old.acted or old.unseen:
                continue
            if now[KEYS[n]].state is State.EXPIRED and old.state is not State.EXPIRED:
                assert old.expires_on is not None
                assert old.expires_on <= self.today
            else:
                assert shown.get(KEYS[n]) == seen.get(KEYS[n])

    def _check_the_gone(self, before: dict[str, Entry]) -> None:
        """Promise 6: nothing returns but as another text that came of a 变更 or was remade."""
        for key, now in self._entries().items():
            old = before.get(key)
            if old is not None and old.state in GONE and now.state not in GONE:
                assert old.state is State.WITHDRAWN
                assert now.settled != old.settled
                assert now.text_digest not in {old.text_digest, *old.retired}
            if old is not None and old.first_published_on and not old.unseen:
                assert now.first_published_on == old.first_published_on

    def _check_every_reason(self) -> None:
        """Promise 3: what is kept back or gone names its article; what staff forbid is not up."""
        forbidden = {KEYS[n] for n in self.forbidden}
        for entry in self._entries().values():
            if entry.state in {State.WITHDRAWN, State.EXPIRED, State.SUSPENDED}:
                assert entry.notice is not None
                assert entry.notice.basis.startswith("《")
                assert "公司" not in str(entry.notice)
            if entry.state is State.WITHHELD:
                assert any(reason.effect is Effect.WITHHOLD for reason in entry.reasons)
            assert not (entry.key in forbidden and entry.state is State.PUBLISHED)

    def _reconcile(self, export: list[Examined]):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return self.register.reconcile(export, RULES, today=self.today, actor="rebuild")

    def _examined(self, n: int, verdict: Verdict | None, words: str) -> Examined:
        """Return what an examination hands on, with what staff released taken out."""
        item = examined(n, verdict=verdict, words=words, events=self.told[n])
        acts = self.register.acts_of([KEYS[n]]).get(KEYS[n], ())
        if verdict is None:
            return replace(item, acts_seen=len(acts))
        left = lifted(verdict, acts, item.digests.source)
        text = cleared(n, words=words) if left.effect is Effect.PUBLISH else None
        return replace(item, verdict=left, cleared=text, acts_seen=len(acts))

    def _event(self, n: int, kind: EventKind, as_number: str, ago: int) -> StatusEvent:
        return StatusEvent(
            kind=kind,
            effective_on=self.today - timedelta(days=ago),
            remade_as=KEYS[n] if as_number == "itself" else as_number,
        )

    def _give(
        self, n: int, *, events: tuple[StatusEvent, ...] = (), staff: StaffAct | None = None
    ) -> None:
        order = Order(
            number=number(n),
            kind="处理",
            actor="祝文澜",
            ground="核实",
            basis=RULE,
            events=events,
            staff=staff,
            remark="内部",
        )
        foreseen = self.register.foresee(order, RULES, today=self.today)
        self.register.carry_out(order, foreseen, today=self.today)

    def _entries(self) -> dict[str, Entry]:
        found = {key: self.register.entry(key) for key in KEYS.values()}
        return {key: entry for key, entry in found.items() if entry is not None}

    def _public(self) -> dict[str, PublicRecord]:
        return {record.key: record for record in self.register.public_changes(None).records}


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=15,
    stateful_step_count=16,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking on a disk takes minutes
    suppress_health_check=list(HealthCheck),
)
