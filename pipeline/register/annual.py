"""The figures of every year from the rows and events of the register. Reads; writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import chain

import sqlalchemy as sa

from pipeline.domain.annual import AnnualFigures, Counted, figures_of
from pipeline.register import ledger
from pipeline.register.corrections import RULED
from pipeline.register.entry import read_tally
from pipeline.register.model import ChangeKind
from pipeline.register.tables import decision, event, run

YEARS = 6
"""So many closed years get their page even when nothing was decided in them (nil returns)."""

_ACTS = (
    (ChangeKind.PUBLISHED.value, "首次公示"),
    (ChangeKind.CORRECTED.value, "更正"),
    (RULED, "处理更正申请"),
    (ChangeKind.WITHDRAWN.value, "撤下"),
    (ChangeKind.EXPIRED.value, "期满"),
)
"""What the events of the register are called on the page."""


def annual_figures(connection: sa.Connection) -> tuple[AnnualFigures, ...]:
    """Return the figures of every year, oldest first, as of the last run; none before the first.

    Counted are all decisions that impose a penalty and could be read, whatever became of them.
    """
    today = connection.execute(sa.select(sa.func.max(run.c.on_day))).scalar()
    years: dict[int, list[Counted]] = defaultdict(list)
    for each in _counted(connection):
        years[each.decided_on.year].append(each)
    if today is None or not years:
        return ()
    acts, changed = _acts(connection), _changed(connection)
    quiet = range(max(min(years), today.year - YEARS), today.year)
    return tuple(
        figures_of(
            year,
            years.get(year, ()),
            tuple((word, acts[kind, year]) for kind, word in _ACTS),
            counted_on=changed.get(year, date(year, 12, 31)),
            today=today,
        )
        for year in sorted(years.keys() | set(quiet))
    )


def _counted(connection: sa.Connection) -> Iterator[Counted]:
    query = sa.select(decision.c.decided_on, decision.c.state, decision.c.tally).where(
        decision.c.decided_on.is_not(None), decision.c.tally != "null"
    )
    rows = connection.execute(query.execution_options(yield_per=ledger.BATCH))
    for decided_on, state, text in chain.from_iterable(rows.partitions()):
        tally = read_tally(text)
        if tally is not None:
            yield Counted(decided_on=decided_on, standing=state, tally=tally)


def _acts(connection: sa.Connection) -> Counter[tuple[str, int]]:
    """Return how often each act was done in each year."""
    kinds = [kind for kind, _ in _ACTS]
    query = (
        sa.select(event.c.kind, event.c.on_day, sa.func.count())
        .where(event.c.kind.in_(kinds))
        .group_by(event.c.kind, event.c.on_day)
    )
    found: Counter[tuple[str, int]] = Counter()
    for kind, day, count in connection.execute(query):
        found[kind, day.year] += count
    return found


def _changed(connection: sa.Connection) -> dict[int, date]:
    """Return the last day on which anything befell a decision of each year, or was done in it."""
    query = (
        sa.select(decision.c.decided_on, sa.func.max(event.c.on_day))
        .join(event, event.c.key == decision.c.key)
        .where(decision.c.decided_on.is_not(None))
        .group_by(decision.c.decided_on)
    )
    found: dict[int, date] = {}
    for decided_on, day in connection.execute(query):
        found[decided_on.year] = max(day, found.get(decided_on.year, day))
    return found
