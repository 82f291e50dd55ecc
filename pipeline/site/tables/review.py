"""Which lists must be looked at again. Pure: the day is an argument."""

from collections.abc import Iterable
from datetime import date

from pipeline.domain.upkeep import StalePage
from pipeline.lifecycle.period import add_months
from pipeline.policy.model import Policy
from pipeline.site.tables.cells import day_of
from pipeline.site.tables.model import Cell, Table


def stale_pages(tables: Iterable[Table], policy: Policy, *, today: date) -> tuple[StalePage, ...]:
    """Return the lists that are stale on ``today``, the longest overdue first.

    A list is stale when it was last looked at more than ``policy.review_months`` ago, when one of
    its rows has ended (a delegation, a certificate), or when its day of review is yet to come.
    """
    found = []
    for table in tables:
        ends = map(day_of, table.cells_of(Cell.UNTIL))
        due_on = min([add_months(table.reviewed_on, policy.review_months), *ends])
        early = table.reviewed_on > today
        if early or due_on < today:
            kind = table.kind
            day = min(due_on, today) if early else due_on
            found.append(StalePage(day, kind.title, kind.path, table.reviewed_on))
    return tuple(sorted(found))
