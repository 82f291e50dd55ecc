"""The register of a period for the supervising authority. Reads everything once; writes nothing."""

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa

from pipeline.lifecycle.attention import Act
from pipeline.lifecycle.deadlines import deadlines
from pipeline.lifecycle.history import Deed, History
from pipeline.lifecycle.model import State
from pipeline.policy.model import Policy
from pipeline.register import ledger
from pipeline.register.chain import START
from pipeline.register.log import logged
from pipeline.register.tables import decision, event, run


def history(
    connection: sa.Connection,
    policy: Policy,
    *,
    since: date,
    until: date,
) -> History:
    """Return what was done from ``since`` to ``until``, both included."""
    newest = sa.select(event.c.hash).order_by(event.c.seq.desc()).limit(1)
    within = run.c.on_day.between(since, until)
    counted = sa.select(sa.func.count(), sa.func.count(run.c.on_day.distinct())).where(within)
    runs, days = connection.execute(counted).one()
    return History(
        since=since,
        until=until,
        acts=tuple(_acts(connection, since, until)),
        deeds=tuple(sorted(_deeds(connection, policy, since, until), key=_order)),
        runs=runs,
        run_days=days,
        head=connection.execute(newest).scalar() or START,
    )


def _order(deed: Deed) -> tuple[date, str, str]:
    return (deed.done_on, deed.clock, deed.case_number)


def _acts(connection: sa.Connection, since: date, until: date) -> Iterator[Act]:
    query = (
        sa.select(event, decision.c.case_number)
        .outerjoin(decision, decision.c.key == event.c.key)
        .where(event.c.on_day.between(since, until))
        .order_by(event.c.seq)
        .execution_options(yield_per=ledger.BATCH)
    )
    for row in connection.execute(query).mappings():
        told = logged(row)
        yield Act(
            seq=told.seq,
            on=told.on,
            case_number=row["case_number"] or "",
            kind=told.kind,
            actor=told.actor,
            summary=told.summary,
        )


def _deeds(connection: sa.Connection, policy: Policy, since: date, until: date) -> Iterator[Deed]:
    """Yield each publication, withdrawal and expiry of the period beside the day it was due."""
    gone = decision.c.state.in_([State.WITHDRAWN.value, State.EXPIRED.value])
    touched = sa.or_(
        decision.c.first_published_on.between(since, until),
        sa.and_(gone, decision.c.changed_on.between(since, until)),
    )
    for entry in ledger.entries_where(connection, touched):
        for due in deadlines(entry.past(), policy, decided_on=entry.decided_on, today=until):
            if due.met_on is not None and since <= due.met_on <= until:
                yield Deed(
                    clock=due.clock,
                    title=due.title,
                    basis=str(due.basis),
                    case_number=entry.case_number,
                    since=due.since,
                    due=due.due.date,
                    done_on=due.met_on,
                )
