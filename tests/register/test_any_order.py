"""Whatever comes in whatever order, promises 3 to 7 of the design hold of the register.

Exports, events, acts of staff, requests for correction, days that pass, runs that die while they
write, runs whose site is never released, ways back of the site and registers restored from
backups, drawn at random. ``make soak`` draws more of them.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from pipeline.domain.correction import Asked, Kind, Ruled, Ruling, Way
from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.faults import BadSiteError, BrakeError
from pipeline.domain.public import PublicRecord
from pipeline.domain.staff_act import StaffAct, StaffActKind
from pipeline.domain.text import RawText
from pipeline.domain.verdict import Effect, Verdict
from pipeline.lifecycle.events import CONTRADICTION, facts_digest
from pipeline.lifecycle.model import GONE, Cause, State
from pipeline.lifecycle.staff import lifted, may_be_released
from pipeline.register import KeptRegister, database, reconcile
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
from tests.register.world import World, marked

ALL = tuple(range(1, 7))
RULES = policy(removal_limit=0.5)
KEYS = {n: number(n).key for n in ALL}
Line = tuple[int, Verdict | None, str]
TEXTS = ("甲", "乙", "丙")
LEFT = GONE | {State.SUSPENDED}
HARMLESS = {EventKind.UPHELD, EventKind.CREDIT_REPAIRED}
BRAKE_FROM = 2
KEPT = (
    *("state", "first_published_on", "changed_on", "notice", "text_digest", "content_digest"),
    *("public_digest", "events", "settled", "retired", "corrections", "expires_on", "cause"),
)
"""What a restore brings back of a decision that has been public, whatever the backup knew."""

some = st.sampled_from(ALL)
verdicts = st.sampled_from([CLEAR, CLEAR, CLEAR, MISSING, DOUBT, FORBIDDEN, None])
exports = st.lists(
    st.tuples(some, verdicts, st.sampled_from(TEXTS)),
    max_size=len(ALL),
    unique_by=lambda line: line[0],
)
kinds = st.sampled_from(list(EventKind))
remade = st.sampled_from(["", "", "某综执罚决字〔2024〕第99号", "itself"])


@pytest.fixture(scope="module", autouse=True)
def empty_bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Make one bureau that every example starts from a copy of; no power cut comes.

    The brake counts from three pages on, there are so few.
    """
    AnyOrder.empty = tmp_path_factory.mktemp("empty") / "a"
    World(AnyOrder.empty).close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_PRAGMAS", (*database._PRAGMAS, "PRAGMA synchronous = OFF"))
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr(reconcile, "BRAKE_FROM", BRAKE_FROM)
        yield


class AnyOrder(RuleBasedStateMachine):
    """One bureau, and what the world has told it and seen of it."""

    empty: Path

    def __init__(self) -> None:
        super().__init__()
        self.home = TemporaryDirectory()
        copytree(self.empty, Path(self.home.name) / "a")
        self.world = World(Path(self.home.name) / "a")
        self.today: date = FIRST
        self.told: dict[int, tuple[StatusEvent, ...]] = dict.fromkeys(ALL, ())
        self.forbidden: set[int] = set()
        self.hidden: set[int] = set()
        self.released: frozenset[str] = frozenset()

    @property
    def register(self) -> KeptRegister:
        return self.world.register

    def teardown(self) -> None:
        self.world.close()
        self.home.cleanup()

    @initialize()
    def the_first_night(self) -> None:
        self.a_night([(n, CLEAR, "甲") for n in ALL[:4]], released=True)

    @rule(
        words=st.sampled_from(TEXTS),
        verdict=st.sampled_from([CLEAR, CLEAR, DOUBT, FORBIDDEN]),
        released=st.booleans(),
    )
    def a_full_night(self, words: str, verdict: Verdict, released: bool) -> None:
        self.a_night([(n, verdict, words) for n in ALL], released=released)

    @rule(released=st.booleans())
    def a_night_without_an_export(self, released: bool) -> None:
        self.a_night([], released=released)

    @rule(lines=exports, released=st.booleans())
    def a_night_of_any_export(self, lines: list[Line], released: bool) -> None:
        self.a_night(lines, released=released)

    def a_night(self, lines: list[Line], released: bool) -> None:
        before, seen = self._entries(), self._public()
        export = [self._examined(*line) for line in lines]
        try:
            done = self._reconcile(export)
        except BrakeError:
            assert self._entries() == before
            return
        assert done.counts.adds_up
        assert done.counts.received == len(lines)
        again = self._reconcile(export)
        assert (again.changes, again.counts) == ((), done.counts)
        self._check_the_absent(before, seen, {line[0] for line in lines})
        self._check_the_gone(before)
        self._check_the_brake(before)
        self._check_every_reason()
        if released:
            self.world.release(self.today)
            self.released = self.world.public()
            assert self.released in self.world.shown().values()
            self._check_the_hidden()
        self._check_the_site()
        assert self.register.verify_with(self.world.state / "backups") == ()

    @rule(n=some, happened=st.lists(st.tuples(kinds, remade, st.integers(0, 40)), max_size=3))
    def things_happen_in_law(self, n: int, happened: list[tuple[EventKind, str, int]]) -> None:
        self.told[n] += tuple(self._event(n, *each) for each in happened)

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

    @rule()
    def the_site_goes_back(self) -> None:
        with suppress(BadSiteError):
            self.world.roll_back()
        self._check_the_site()

    @rule()
    def a_backup_is_made(self) -> None:
        self.world.back_up(self.today)

    @rule(ago=st.integers(0, 9))
    def the_register_is_restored(self, ago: int) -> None:
        before, asked = self._entries(), self.register.corrections.all()
        fresh = self.register.unverified()
        backups = self.world.backups()
        self.world.restore(backups[min(ago, len(backups) - 1)], self.today)
        now = self._entries()
        for key, old in before.items():
            seen = old.state in LEFT or (old.is_public and not (old.unseen or old.slug in fresh))
            if seen or old.acts:
                assert now[key].acts == old.acts
            if seen:
                assert [getattr(now[key], name) for name in KEPT] == [
                    getattr(old, name) for name in KEPT
                ]
        after = self.register.corrections.all()
        assert [(each.number, each.asked, each.ruled) for each in after] == [
            (each.number, each.asked, each.ruled) for each in asked
        ]
        assert self.register.verify_with(self.world.state / "backups") == ()

    @rule(n=some)
    def a_request_is_granted(self, n: int) -> None:
        if KEYS[n] not in self._entries():
            return
        asked = Asked(
            kind=Kind.CORRECTION,
            key=KEYS[n],
            case_number=number(n).display,
            received_on=self.today,
            officer="祝文澜",
        )
        request = self.register.corrections.open(
            asked, (), RULE, today=self.today, keep=lambda each: each.slug
        )
        ruled = Ruled(
            ruling=Ruling.ACCEPTED,
            on=self.today,
            actor="祝文澜",
            bases=(RULE,),
            way=Way.HIDE,
            hidden=(RawText("应隐去"),),
        )
        self.register.corrections.rule(request.number, ruled, may=lambda _: None)
        self.world.reopen()
        self.hidden.add(n)

    def _check_the_site(self) -> None:
        """Promises 5 and 6: neither tree shows what the newest release does not."""
        for words in self.world.shown().values():
            assert words <= self.released

    def _check_the_hidden(self) -> None:
        """What a correction hides is on no page of a release, also after a restore."""
        for n in self.hidden:
            assert not self.released & {marked(n, words) for words in TEXTS}

    def _check_the_brake(self, before: dict[str, Entry]) -> None:
        """Promise 7: screening takes down no more than the set share."""
        up = [entry for entry in before.values() if entry.state is State.PUBLISHED]
        now = self._entries()
        down = [each for each in up if now[each.key].cause is Cause.VERDICT]
        assert len(down) <= max(BRAKE_FROM, RULES.removal_limit * len(up))

    def _check_the_absent(
        self, before: dict[str, Entry], seen: dict[str, PublicRecord], brought: set[int]
    ) -> None:
        """Promise 7: what the export left out changes by the clock or by staff only.

        Staff alone grant that something is hidden; where it cannot be, the page rests.
        """
        now, shown = self._entries(), self._public()
        for n in set(ALL) - brought:
            old = before.get(KEYS[n])
            if old is None or old.acted or old.unseen:
                continue
            if now[KEYS[n]].state is State.EXPIRED and old.state is not State.EXPIRED:
                assert old.expires_on is not None
                assert old.expires_on <= self.today
            elif n not in self.hidden or now[KEYS[n]].state is not State.SUSPENDED:
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
            if entry.state is State.SUSPENDED and CONTRADICTION in {r.rule for r in entry.reasons}:
                ended = [e.effective_on for e in entry.events if e.kind not in HARMLESS]
                upheld = [e.effective_on for e in entry.events if e.kind is EventKind.UPHELD]
                assert max(upheld) >= max(ended)
            if entry.state is State.WITHHELD:
                assert any(reason.effect is Effect.WITHHOLD for reason in entry.reasons)
            assert not (entry.key in forbidden and entry.state is State.PUBLISHED)

    def _reconcile(self, export: list[Examined]):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return self.register.reconcile(export, RULES, today=self.today, actor="rebuild")

    def _examined(self, n: int, verdict: Verdict | None, words: str) -> Examined:
        """Return what an examination hands on, with what staff released taken out."""
        item = examined(n, verdict=verdict, words=marked(n, words), events=self.told[n])
        acts = self.register.acts_of([KEYS[n]]).get(KEYS[n], ())
        amendments = [e for e in self.register.corrections.amendments() if e.key == KEYS[n]]
        item = replace(
            item,
            acts_seen=len(acts),
            corrections_seen=tuple(str(each.number) for each in amendments),
        )
        if verdict is None:
            return item
        left = lifted(verdict, acts, item.digests.source)
        text = cleared(n, words="已隐去" if amendments else marked(n, words))
        return replace(item, verdict=left, cleared=text if left.effect is Effect.PUBLISH else None)

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
        self.world.reopen()
        status = self.register.status(KEYS[n], RULES, today=self.today)
        assert status is not None
        assert (status.log[-1].kind, status.log[-1].remark) == (order.kind, order.remark)

    def _entries(self) -> dict[str, Entry]:
        found = {key: self.register.entry(key) for key in KEYS.values()}
        return {key: entry for key, entry in found.items() if entry is not None}

    def _public(self) -> dict[str, PublicRecord]:
        return {record.key: record for record in self.register.public_changes(None).records}


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=int(os.environ.get("GONGSHI_SOAK", "20")),
    stateful_step_count=16,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking on a disk takes minutes
    suppress_health_check=list(HealthCheck),
)
