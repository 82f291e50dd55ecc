"""Reconciling the register: counts add up, doing it twice changes nothing, all or nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.event import EventKind
from pipeline.domain.faults import BadExportError, BadRegisterError, BrakeError
from pipeline.domain.public import PublicRecord, Standing
from pipeline.lifecycle.model import State
from pipeline.register import Register, database, ledger, open_register
from pipeline.register.entry import Entry, from_columns
from pipeline.register.model import (
    ChangeKind,
    Digests,
    Examined,
    Nameless,
    Received,
    Reconciliation,
    Unchanged,
)
from pipeline.register.tables import metadata
from tests.register.builders import (
    CLEAR,
    DOUBT,
    FIRST,
    FORBIDDEN,
    MISSING,
    examined,
    happened,
    number,
    policy,
)

NEXT = FIRST + timedelta(days=1)


@pytest.fixture
def register(place: str) -> Iterator[Register]:
    with open_register(place) as opened:
        yield opened


def night(register: Register, *received: Received, today: date = FIRST) -> Reconciliation:
    """Run one night whose site is verified and released."""
    done = register.reconcile(received, policy(), today=today, actor="rebuild")
    register.mark_seen(today=today, actor="rebuild")
    return done


def public(register: Register) -> dict[str, PublicRecord]:
    return {record.key: record for record in register.public_changes(None).records}


def content(register: Register) -> list[tuple[object, ...]]:
    """Return everything the register says, but its runs."""
    return [
        (record.key, record.digest, record.standing, record.changed_on)
        for record in register.public_changes(None).records
    ] + [tuple(register.standing().items())]


def test_every_decision_is_counted_once_where_it_stands(register: Register) -> None:
    done = night(
        register,
        examined(1),
        examined(2, verdict=MISSING),
        examined(3, verdict=DOUBT),
        examined(4, verdict=FORBIDDEN),
        examined(5, events=(happened(EventKind.REVOKED),)),
        examined(6, verdict=None),
        Nameless(),
    )
    assert (done.counts.received, done.counts.published) == (7, 1)
    assert (done.counts.held, done.counts.withheld) == (4, 2)
    assert done.counts.adds_up
    assert done.standing[State.HELD] == 3


def test_the_same_night_twice_changes_nothing(register: Register) -> None:
    export = [examined(1), examined(2, verdict=DOUBT), examined(3, verdict=FORBIDDEN)]
    first = night(register, *export)
    before = content(register)
    second = night(register, *export)
    assert second.changes == ()
    assert second.counts == first.counts
    assert content(register) == before
    third = night(register, *(Unchanged(item.case_number.key) for item in export))
    assert third.changes == ()
    assert third.counts == first.counts


def test_what_needs_no_new_result_is_known_by_its_three_digests(register: Register) -> None:
    item = examined(1)
    night(register, item)
    key = item.case_number.key
    assert register.unchanged(key, item.digests)
    for part in ("source", "policy", "engine"):
        assert not register.unchanged(key, replace(item.digests, **{part: "other"}))
    assert not register.unchanged("某〔2024〕9", item.digests)
    for verdict in (MISSING, None):
        waits = examined(3, verdict=verdict)
        night(register, waits)
        assert not register.unchanged(waits.case_number.key, waits.digests)
    pending = examined(1, verdict=MISSING)
    night(register, pending)
    assert not register.unchanged(pending.case_number.key, pending.digests)
    unknown = examined(2, verdict=FORBIDDEN)
    assert not register.unchanged(unknown.case_number.key, unknown.digests)
    night(register, replace(unknown, digests=Digests("", "policy-5-0.1", "engine")))
    assert not register.unchanged(unknown.case_number.key, Digests("", "policy-5-0.1", "engine"))


def test_an_empty_export_removes_nothing(register: Register) -> None:
    night(register, examined(1), examined(2))
    before = content(register)
    done = night(register, today=NEXT)
    assert done.counts.received == 0
    assert content(register) == before


def test_a_revoked_decision_is_withdrawn_and_its_text_leaves_the_register(
    place: str,
) -> None:
    register = open_register(place)
    night(register, examined(1, words="独一无二的事实"), examined(2))
    done = night(register, examined(1, events=(happened(EventKind.REVOKED),)), today=NEXT)
    assert [change.kind for change in done.changes] == [ChangeKind.WITHDRAWN]
    record = public(register)[number(1).key]
    assert record.standing is Standing.WITHDRAWN
    assert record.notice is not None
    assert record.notice.on == NEXT
    register.__exit__(None, None, None)
    assert "独一无二的事实" not in everything_at(place)


def everything_at(place: str) -> str:
    """Return what can be found of a register: every byte of the file, or every row served."""
    path = Path(place)
    if "://" not in place:
        files = path.parent.glob(f"{path.name}*")
        return "".join(file.read_bytes().decode("utf-8", "replace") for file in files)
    engine = database.connect(place)
    with database.reading(engine) as connection:
        rows = [
            row for table in metadata.sorted_tables for row in connection.execute(table.select())
        ]
    engine.dispose()
    texts = (v.decode() if isinstance(v, bytes) else str(v) for row in rows for v in row)
    return "\n".join(texts)


def test_a_withdrawn_decision_does_not_return_with_an_old_export(register: Register) -> None:
    old = examined(1)
    night(register, old)
    night(register, examined(1, events=(happened(EventKind.REVOKED),)), today=NEXT)
    for later in (old, examined(1, words="另一文本"), examined(1, engine="new")):
        done = night(register, later, today=NEXT + timedelta(days=1))
        assert done.counts.withdrawn == 1
    assert public(register)[number(1).key].decision is None


def test_pages_expire_by_date_without_an_export(register: Register) -> None:
    night(register, examined(1), examined(2))
    day = date(FIRST.year + 5, FIRST.month, FIRST.day)
    early = night(register, today=day - timedelta(days=1))
    assert early.changes == ()
    done = night(register, Unchanged(number(1).key), today=day)
    assert len(done.of(ChangeKind.EXPIRED)) == 2
    assert done.counts.expired == 1
    assert done.standing[State.EXPIRED] == 2


def test_a_new_period_moves_every_expiry(register: Register) -> None:
    night(register, examined(1))
    day = date(FIRST.year + 3, FIRST.month, FIRST.day)
    done = register.reconcile([], policy(years=3), today=day, actor="rebuild")
    assert len(done.of(ChangeKind.EXPIRED)) == 1


def test_a_doubt_suspends_and_its_end_resumes(register: Register) -> None:
    night(register, examined(1))
    suspended = night(register, examined(1, verdict=DOUBT), today=NEXT)
    assert suspended.counts.suspended == 1
    assert public(register)[number(1).key].standing is Standing.SUSPENDED
    back = night(register, examined(1), today=NEXT + timedelta(days=1))
    assert [change.kind for change in back.changes] == [ChangeKind.RESUMED]
    record = public(register)[number(1).key]
    assert record.first_published_on == FIRST
    assert record.decision is not None


def test_a_missing_value_keeps_the_page_and_reports_it(register: Register) -> None:
    night(register, examined(1))
    before = public(register)
    done = night(register, examined(1, verdict=MISSING), today=NEXT)
    assert [change.kind for change in done.changes] == [ChangeKind.PENDING]
    assert done.pending == 1
    assert done.counts.published == 1
    assert public(register) == before
    cured = night(register, examined(1), today=NEXT)
    assert cured.pending == 0


def test_a_new_text_is_corrected_with_a_note_and_a_new_engine_without(register: Register) -> None:
    night(register, examined(1))
    done = night(register, examined(1, words="占道堆放"), today=NEXT)
    assert [change.kind for change in done.changes] == [ChangeKind.CORRECTED]
    (note,) = public(register)[number(1).key].corrections
    assert "违法事实" in note.text
    updated = night(register, examined(1, words="占道堆放", performance="未履行"), today=NEXT)
    assert [change.kind for change in updated.changes] == [ChangeKind.UPDATED]
    assert public(register)[number(1).key].corrections == (note,)


def test_only_digests_that_change_make_no_event(register: Register) -> None:
    night(register, examined(1))
    done = night(register, examined(1, engine="new"), today=NEXT)
    assert done.changes == ()
    assert register.unchanged(number(1).key, examined(1, engine="new").digests)


def test_a_page_that_was_never_released_is_dated_when_it_is(register: Register) -> None:
    register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")
    register.reconcile([Unchanged(number(1).key)], policy(), today=NEXT, actor="rebuild")
    record = public(register)[number(1).key]
    assert (record.first_published_on, record.changed_on) == (NEXT, NEXT)
    register.mark_seen(today=NEXT, actor="rebuild")
    night(register, today=NEXT + timedelta(days=1))
    assert public(register)[number(1).key].first_published_on == NEXT


def test_a_page_that_was_never_released_leaves_without_a_notice(register: Register) -> None:
    register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")
    mark = register.public_changes(None).mark
    night(register, examined(1, verdict=FORBIDDEN), today=NEXT)
    changes = register.public_changes(mark)
    assert changes.removed == (number(1).key,)
    assert list(changes.records) == []


def test_an_earlier_site_gives_the_first_day(register: Register) -> None:
    earlier = date(2022, 1, 3)
    night(register, examined(1, published_before=earlier))
    assert public(register)[number(1).key].first_published_on == earlier
    done = night(register, today=date(2027, 1, 3))
    assert len(done.of(ChangeKind.EXPIRED)) == 1


def test_only_what_changed_is_handed_to_the_public_side(register: Register) -> None:
    night(register, *(examined(n) for n in range(1, 6)))
    mark = register.public_changes(None).mark
    night(register, examined(2, words="新文本"), examined(3), today=NEXT)
    changes = register.public_changes(mark)
    assert [record.key for record in changes.records] == [number(2).key]
    assert not changes.whole
    other = register.public_changes(replace(mark, register="another"))
    assert other.whole
    ahead = register.public_changes(replace(mark, revision=99))
    assert ahead.whole


def test_the_brake_stops_before_anything_is_written(register: Register) -> None:
    night(register, *(examined(n) for n in range(1, 41)))
    before = content(register)
    wrong = [examined(n, verdict=FORBIDDEN) for n in range(1, 7)]
    with pytest.raises(BrakeError, match="6 件（被处罚人是未成年人 6 件）"):
        night(register, *wrong, today=NEXT)
    assert content(register) == before
    fewer = night(register, *wrong[:5], today=NEXT)
    assert len(fewer.of(ChangeKind.WITHDRAWN)) == 5


def test_the_brake_lets_events_and_the_clock_pass(register: Register) -> None:
    night(register, *(examined(n) for n in range(1, 21)))
    revoked = [examined(n, events=(happened(EventKind.REVOKED),)) for n in range(1, 11)]
    done = night(register, *revoked, today=NEXT)
    assert len(done.of(ChangeKind.WITHDRAWN)) == 10
    over = night(register, today=date(2030, 1, 1))
    assert len(over.of(ChangeKind.EXPIRED)) == 10


def test_a_number_that_comes_twice_stops_the_run(register: Register) -> None:
    for again in (examined(1, words="另一文本"), Unchanged(number(1).key)):
        with pytest.raises(BadExportError, match="同一文号出现多次"):
            night(register, examined(1), again)
    far_apart = [*(examined(n) for n in range(1, 500)), examined(1)]
    with pytest.raises(BadExportError):
        night(register, *far_apart)
    assert register.standing()[State.PUBLISHED] == 0


class Colliding(CaseNumber):
    """A 文号 whose address is that of the first."""

    @property
    def slug(self) -> str:
        return number(1).slug


@pytest.mark.parametrize("together", [True, False])
def test_two_decisions_with_one_address_stop_the_run(register: Register, together: bool) -> None:
    two = number(2)
    other = replace(
        examined(2), case_number=Colliding(two.raw, two.code, two.year, two.number), cleared=None
    )
    other = replace(other, verdict=MISSING)
    if not together:
        night(register, examined(1))
    with pytest.raises(BadRegisterError, match="网址相同"):
        night(register, *([examined(1)] if together else []), other)


def test_an_unchanged_decision_that_is_unknown_stops_the_run(register: Register) -> None:
    with pytest.raises(BadRegisterError, match="没有"):
        night(register, Unchanged("某〔2024〕1"))


def test_a_run_that_breaks_off_midway_writes_nothing(register: Register) -> None:
    def broken() -> Iterator[Examined]:
        yield from (examined(n) for n in range(1, 900))
        raise RuntimeError("the export broke off")

    with pytest.raises(RuntimeError):
        register.reconcile(broken(), policy(), today=FIRST, actor="rebuild")
    assert sum(register.standing().values()) == 0


def test_a_text_that_nobody_saw_is_no_measure_for_a_change(register: Register) -> None:
    register.reconcile([examined(words="乙")], policy(), today=FIRST, actor="rebuild")
    changed = examined(words="甲", events=(happened(EventKind.CHANGED),))
    later = FIRST + timedelta(days=60)
    first = register.reconcile([changed], policy(), today=later, actor="rebuild")
    again = register.reconcile([changed], policy(), today=later, actor="rebuild")
    assert again.changes == ()
    assert again.counts == first.counts


def test_staff_see_state_reasons_dates_deadlines_and_events(register: Register) -> None:
    night(register, examined(1, verdict=DOUBT))
    status = register.status(number(1).key, policy(), today=NEXT)
    assert status is not None
    assert status.state is State.HELD
    assert [str(reason.basis) for reason in status.reasons] == ["《某县公示办法》第八条第一项"]
    assert [deadline.clock for deadline in status.deadlines] == ["publish"]
    assert [event.kind for event in status.log] == ["待核"]
    assert status.log[0].summary.startswith("《某县公示办法》")
    assert register.status("某〔2024〕9", policy(), today=NEXT) is None


verdicts = st.sampled_from([CLEAR, MISSING, DOUBT, FORBIDDEN, None])
kinds = st.lists(st.sampled_from(list(EventKind)), max_size=1)
items = st.tuples(st.integers(1, 6), verdicts, kinds, st.sampled_from(["甲", "乙"]), st.booleans())
nights = st.lists(
    st.tuples(st.lists(items, max_size=6, unique_by=lambda item: item[0]), st.integers(0, 900)),
    min_size=1,
    max_size=5,
)


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking on a disk takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(exports=nights)
def test_whatever_comes_the_counts_add_up_and_gone_stays_gone(
    new_place: Callable[[], str],
    exports: list[tuple[list[tuple[int, object, list[EventKind], str, bool]], int]],
) -> None:
    """Random nights, some of them never released: promises 4, 6 and 7 and the chain hold."""
    with open_register(new_place()) as register:
        today = FIRST
        gone: set[str] = set()
        for export, later in exports:
            today += timedelta(days=later)
            received = [
                examined(n, verdict=verdict, words=words, events=tuple(map(happened, told)))
                for n, verdict, told, words, _ in export
            ]
            done = register.reconcile(received, policy(), today=today, actor="rebuild")
            assert done.counts.adds_up
            assert done.counts.received == len(received)
            again = register.reconcile(received, policy(), today=today, actor="rebuild")
            assert again.changes == ()
            assert again.counts == done.counts
            if all(released for *_, released in export):
                register.mark_seen(today=today, actor="rebuild")
            now = public(register)
            assert not any(now[key].decision for key in gone)
            gone |= {
                key
                for key, record in now.items()
                if record.standing in {Standing.WITHDRAWN, Standing.EXPIRED}
                and record.notice is not None
                and record.notice.ground != "变更"
            }
            tally = Counter(record.standing.value for record in now.values())
            standing = register.standing()
            assert all(tally[s.value] == standing[State(s.value)] for s in Standing)
        assert register.verify() == ()


def test_of_decisions_that_did_not_change_no_row_is_read_in_whole(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = [examined(n) for n in range(1, 7)]
    night(register, *export)
    read: list[str] = []

    def noted(row: sa.RowMapping) -> Entry:
        read.append(row["key"])
        return from_columns(dict(row))

    monkeypatch.setattr(ledger, "read", noted)
    changed = examined(2, words="另一文本")
    unchanged = [Unchanged(each.case_number.key) for each in export if each != export[1]]
    done = night(register, changed, *unchanged, today=NEXT)
    assert set(read) == {changed.case_number.key}
    assert (done.counts.received, done.counts.published) == (6, 6)
