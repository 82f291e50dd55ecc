"""What of the register waits for a person, found by its indexes.

The cost follows the number of open things and of newly told events, not of decisions ever
published.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
import sqlalchemy as sa

from pipeline.domain.event import EventKind
from pipeline.domain.verdict import Effect, Reason
from pipeline.lifecycle.attention import Act, Attention, OpenDecision, RuleTotal
from pipeline.lifecycle.deadlines import deadlines
from pipeline.lifecycle.model import STANDING, State
from pipeline.policy.model import Policy
from pipeline.register import ledger
from pipeline.register.entry import Entry
from pipeline.register.log import logged
from pipeline.register.tables import decision, event, run

ACTS = 1000
"""The most events that are told one by one; the rest is only counted."""

_HORIZON = timedelta(days=30)
_REASONS = msgspec.json.Decoder(tuple[Reason, ...])


def attention(
    connection: sa.Connection,
    policy: Policy,
    *,
    today: date,
    actor: str,
) -> Attention:
    """Return what waits on ``today`` and what happened since the last day of ``actor``'s runs."""
    acts, totals = _acts(connection, today, actor)
    return Attention(
        standing=ledger.standing(connection),
        open=tuple(_open(entry, policy, today) for entry in _waiting(connection, today)),
        withheld=tuple(_withheld(connection)),
        acts=acts,
        act_totals=totals,
    )


def _waiting(connection: sa.Connection, today: date) -> Iterator[Entry]:
    """Yield each decision that may need a person, once; every condition has its index."""
    superseded = decision.c.notice.contains(f'"ground":"{EventKind.CHANGED.value}"')
    standing = [state.value for state in STANDING]
    conditions = (
        decision.c.state.in_([State.HELD.value, State.SUSPENDED.value]),
        decision.c.waiting.is_(True),
        sa.and_(decision.c.expires_on <= today + _HORIZON, decision.c.state.in_(standing)),
        sa.and_(decision.c.state == State.WITHDRAWN.value, superseded),
    )
    seen: set[str] = set()
    for condition in conditions:
        for entry in ledger.entries_where(connection, condition):
            if entry.key not in seen:
                seen.add(entry.key)
                yield entry


def _open(entry: Entry, policy: Policy, today: date) -> OpenDecision:
    due = deadlines(entry.past(), policy, decided_on=entry.decided_on, today=today)
    return OpenDecision(
        key=entry.key,
        case_number=entry.case_number,
        state=entry.state,
        reasons=entry.reasons,
        pending=entry.pending,
        deadlines=due,
    )


def _withheld(connection: sa.Connection) -> Iterator[RuleTotal]:
    """Yield how many decisions each rule withholds, the most first."""
    query = (
        sa.select(decision.c.reasons, sa.func.count())
        .where(decision.c.state == State.WITHHELD.value)
        .group_by(decision.c.reasons)
    )
    totals: Counter[Reason] = Counter()
    for reasons, count in connection.execute(query):
        for reason in _REASONS.decode(reasons):
            if reason.effect is Effect.WITHHOLD:
                totals[reason] += count
    for reason, count in sorted(totals.items(), key=lambda pair: (-pair[1], pair[0])):
        yield RuleTotal(rule=reason.rule, title=reason.title, basis=str(reason.basis), count=count)


def _acts(
    connection: sa.Connection, today: date, actor: str
) -> tuple[tuple[Act, ...], Counter[str]]:
    """Return the events since the last run of an earlier day, and how many decisions each kind met.

    What staff ordered and the run then did is two events of one kind, but one decision.
    """
    earlier = sa.select(sa.func.max(run.c.on_day)).where(run.c.on_day < today)
    since = connection.execute(earlier).scalar()
    query = (
        sa.select(event, decision.c.case_number)
        .outerjoin(decision, decision.c.key == event.c.key)
        .order_by(event.c.seq.desc())
        .execution_options(yield_per=ledger.BATCH)
    )
    acts: list[Act] = []
    totals: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    with connection.execute(query) as rows:
        for row in rows.mappings():
            if since and (row["on_day"] < since or _is_run(row, actor, today)):
                break
            met = (row["kind"], row["key"])
            totals[row["kind"]] += met not in seen or not row["key"]
            seen.add(met)
            if len(acts) < ACTS:
                acts.append(_act(row))
    return tuple(reversed(acts)), totals


def _is_run(row: sa.RowMapping, actor: str, today: date) -> bool:
    return bool(row["actor"] == actor and row["on_day"] < today)


def _act(row: sa.RowMapping) -> Act:
    told = logged(row)
    return Act(
        seq=told.seq,
        on=told.on,
        case_number=row["case_number"] or "",
        kind=told.kind,
        actor=told.actor,
        summary=told.summary,
    )
