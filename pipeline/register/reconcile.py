"""Bring the register to what should stand today, in one transaction, or not at all."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import msgspec
import sqlalchemy as sa

from pipeline.domain.faults import BadExportError, BadRegisterError, BrakeError, Fault, Place
from pipeline.lifecycle.model import STANDING, State
from pipeline.lifecycle.period import end_of, expiry_rule
from pipeline.policy.model import Policy
from pipeline.register import acts, ledger
from pipeline.register.amend import Amender
from pipeline.register.entry import Entry
from pipeline.register.judge import Judged, detail, judge, left_out, needs_old_text, redate
from pipeline.register.model import (
    Allowance,
    Change,
    Counts,
    Examined,
    Nameless,
    Received,
    Reconciliation,
    Unchanged,
)
from pipeline.register.tables import decision, register, run

BRAKE_FROM = 5
"""So many pages may always be taken down by screening; the share counts above it."""


@dataclass
class _Night:
    """What one run has done so far."""

    policy: Policy
    today: date
    run: int
    journal: ledger.Journal
    amender: Amender
    seen: set[str] = field(default_factory=set)
    placed: Counter[State] = field(default_factory=Counter)
    received: int = 0
    removals: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)


def reconcile(
    connection: sa.Connection,
    received: Iterable[Received],
    policy: Policy,
    *,
    today: date,
    actor: str,
    allowed: Allowance | None = None,
) -> Reconciliation:
    """Write what changed and return it. The caller holds the transaction and ends it.

    ``allowed`` is a person's word that so many pages may be taken down by screening.
    Raises ``BrakeError`` when screening would take down too much (promise 7), ``BadExportError``
    for a 文号 that comes twice, ``BadRegisterError`` for two decisions with one address.
    """
    number = ledger.last_run(connection) + 1
    journal = ledger.Journal(connection, number, today, actor)
    night = _Night(policy, today, number, journal, Amender(connection, journal, today))
    public_before = ledger.standing(connection)[State.PUBLISHED]
    _follow_expiry_rule(connection, policy)
    for batch in ledger.batches(received):
        _take(connection, batch, night)
    _redate_unseen(connection, night)
    _judge_left_out(connection, night)
    _move(connection, night.amender.suspensions(policy), night)
    braked = _is_too_much(night, public_before)
    if braked and (allowed is None or allowed.count != night.removals.total()):
        raise _brake(night, public_before)
    counts = _counts(night)
    connection.execute(
        sa.insert(run).values(
            id=number,
            on_day=today,
            actor=actor,
            counts=msgspec.json.encode(counts).decode(),
        )
    )
    if braked and allowed is not None:
        acts.record(connection, _permission(allowed), today=today)
    return Reconciliation(
        run=number,
        counts=counts,
        changes=tuple(night.changes),
        standing=ledger.standing(connection),
        pending=ledger.waiting(connection),
    )


def _take(connection: sa.Connection, batch: list[Received], night: _Night) -> None:
    night.received += len(batch)
    keys = [_key(item) for item in batch if not isinstance(item, Nameless)]
    _refuse_repeated(keys, night.seen)
    night.seen.update(keys)
    night.placed[State.HELD] += sum(isinstance(item, Nameless) for item in batch)
    examined = [item for item in batch if isinstance(item, Examined)]
    known = ledger.entries(connection, [item.case_number.key for item in examined])
    _refuse_shared_address(connection, examined)
    _write(connection, list(_judged(connection, examined, known, night)), night, placed=True)
    _count(connection, [item for item in batch if isinstance(item, Unchanged)], night)


def _count(connection: sa.Connection, unchanged: list[Unchanged], night: _Night) -> None:
    """Count what did not change where it stands.

    Rows are written that count otherwise since the bureau's list of areas has changed.
    """
    found = ledger.places(connection, [item.key for item in unchanged])
    anew: dict[str, Unchanged] = {}
    for item in unchanged:
        if item.key not in found:
            raise BadRegisterError(f"台账中没有 {item.key}，却被当作未变动的决定。请重新运行")
        state, tally = found[item.key]
        night.placed[state] += 1
        if item.tally is not None and item.tally != tally:
            anew[item.key] = item
    rows = ledger.entries(connection, list(anew)).values()
    ledger.update(connection, [replace(entry, tally=anew[entry.key].tally) for entry in rows])


def _judged(
    connection: sa.Connection, batch: list[Examined], known: dict[str, Entry], night: _Night
) -> Iterator[Judged]:
    for item in batch:
        old = known.get(item.case_number.key)
        wanted = old is not None and needs_old_text(item, old)
        text = ledger.cleared_text(connection, item.case_number.key) if wanted else None
        judged = judge(item, old, text, night.policy, night.today)
        yield night.amender.amend(judged, item.corrections_seen)


def _key(item: Examined | Unchanged) -> str:
    return item.key if isinstance(item, Unchanged) else item.case_number.key


def _refuse_repeated(keys: list[str], seen: set[str]) -> None:
    repeated = {key for key, times in Counter(keys).items() if times > 1} | seen.intersection(keys)
    if repeated:
        remedy = "请在导出中只保留一条"
        raise BadExportError(
            Fault(Place("导出", key, "文号"), "同一文号出现多次", remedy) for key in repeated
        )


def _refuse_shared_address(connection: sa.Connection, batch: list[Examined]) -> None:
    owners: dict[str, str] = {}
    wanted = {item.case_number.key: item.case_number.slug for item in batch}
    shared = ledger.slugs_of_others(connection, wanted)
    for key, slug in wanted.items():
        other = shared.get(slug) or owners.setdefault(slug, key)
        if other != key:
            raise BadRegisterError(
                f"{other} 与 {key} 的网址相同（{slug}），不能同时公示。请把这两个文号报给开发者"
            )


def _write(connection: sa.Connection, judged: list[Judged], night: _Night, *, placed: bool) -> None:
    """Write the rows that differ, tell each change, and count where the decisions are."""
    inserts: list[tuple[Entry, bytes | None]] = []
    moved: list[tuple[Entry, bytes | None]] = []
    updates: list[Entry] = []
    for item in judged:
        if placed:
            night.placed[item.new.state] += 1
        if item.is_removal:
            night.removals[item.new.reasons[0].title] += 1
        new = _revised(item, night.run)
        if item.old is None:
            inserts.append((new, item.cleared))
        elif item.text_moves:
            moved.append((new, item.cleared))
        elif new != item.old:
            updates.append(new)
        if item.kind is not None:
            night.journal.append(new.key, item.kind.value, detail(item))
            night.changes.append(Change(new.key, new.case_number, new.slug, item.kind))
    ledger.insert(connection, inserts)
    ledger.update_with_text(connection, moved)
    ledger.update(connection, updates)
    night.journal.flush()


def _revised(item: Judged, number: int) -> Entry:
    """Return the entry, of this run when its public side or facts of what was public changed."""
    old, new = item.old, item.new
    if new.public_digest != (old.public_digest if old else ""):
        return replace(new, revision=number)
    is_told = old is not None and new.first_published_on and new.facts != old.facts
    return replace(new, revision=number) if is_told else new


def _follow_expiry_rule(connection: sa.Connection, policy: Policy) -> None:
    """Compute all days of expiry anew when the policy's periods are others than the last time."""
    rule = expiry_rule(policy)
    if connection.execute(sa.select(register.c.expiry_rule)).scalar_one() == rule:
        return
    states = [state.value for state in STANDING]
    standing = ledger.entries_where(connection, decision.c.state.in_(states))
    dated = (
        replace(entry, expires_on=_end(entry, entry.first_published_on, policy))
        for entry in standing
        if entry.first_published_on is not None
    )
    for batch in ledger.batches(dated):
        ledger.update(connection, batch)
    connection.execute(sa.update(register).values(expiry_rule=rule))


def _end(entry: Entry, first: date, policy: Policy) -> date:
    return end_of(
        first,
        policy,
        decided_on=entry.decided_on,
        credit_class=entry.credit_class,
        events=entry.events,
    ).on


def _redate_unseen(connection: sa.Connection, night: _Night) -> None:
    """Date pages that no visitor has seen, since an earlier run failed, as published today."""
    conditions = (decision.c.unseen.is_(True), decision.c.published_on != night.today)
    for batch in ledger.batches(ledger.entries_where(connection, *conditions)):
        judged = []
        for entry in batch:
            first = entry.first_published_on
            seen = first is not None and first != entry.published_on
            start = first if seen and first is not None else night.today
            judged.append(redate(entry, _end(entry, start, night.policy), night.today))
        _write(connection, judged, night, placed=False)


def _judge_left_out(connection: sa.Connection, night: _Night) -> None:
    """Do what is due by the date index or asked for by staff, also of what no export brought."""
    standing = decision.c.state.in_([state.value for state in STANDING])
    over = sa.and_(decision.c.expires_on <= night.today, standing)
    for condition in (over, decision.c.acted.is_(True)):
        for batch in ledger.batches(ledger.entries_where(connection, condition)):
            judged = [j for entry in batch if (j := left_out(entry, night.policy, night.today))]
            _move(connection, judged, night)


def _move(connection: sa.Connection, judged: list[Judged], night: _Night) -> None:
    """Write rows that were counted before, if the export brought them, and count them anew."""
    for item in judged:
        if item.old is not None and item.new.key in night.seen:
            night.placed[item.old.state] -= 1
            night.placed[item.new.state] += 1
    _write(connection, judged, night, placed=False)


def _is_too_much(night: _Night, public_before: int) -> bool:
    removals = night.removals.total()
    return removals > BRAKE_FROM and removals > night.policy.removal_limit * public_before


def _brake(night: _Night, public_before: int) -> BrakeError:
    removals = night.removals.total()
    why = "、".join(f"{title} {count} 件" for title, count in night.removals.most_common(3))
    return BrakeError(
        f"本次将因筛查结果撤下或暂停 {removals} 件（{why}），公示中共 {public_before} 件，"
        f"超过上限 {night.policy.removal_limit:.0%}，未做任何改动。请核对导出和规则；"
        f"确认应当撤下的，运行 gongshi rebuild --allow-removals {removals}"
    )


def _permission(allowed: Allowance) -> acts.Act:
    return acts.Act(
        key="",
        kind="准许撤下",
        actor=allowed.actor,
        ground=f"准许因筛查结果撤下或暂停 {allowed.count} 件",
        basis=allowed.basis,
        remark=allowed.remark,
    )


def _counts(night: _Night) -> Counts:
    counts = Counts(
        received=night.received,
        published=night.placed[State.PUBLISHED],
        withheld=night.placed[State.WITHHELD],
        held=night.placed[State.HELD],
        suspended=night.placed[State.SUSPENDED],
        withdrawn=night.placed[State.WITHDRAWN],
        expired=night.placed[State.EXPIRED],
    )
    if not counts.adds_up:
        raise BadRegisterError("导出的决定与处理结果的件数不符，未做任何改动。请报给开发者")
    return counts
