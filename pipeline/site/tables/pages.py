"""The lists as pages, and the page that leads to all that is told before anybody is punished."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from pipeline.policy.model import Policy
from pipeline.site.addresses import BEFOREHAND, HOME
from pipeline.site.decision_view import day_markup
from pipeline.site.flow import Step, drawn
from pipeline.site.frame import ContentPage, Crumb
from pipeline.site.lists import digest_of
from pipeline.site.plan import PlannedPage
from pipeline.site.tables.cells import day_of
from pipeline.site.tables.model import Cell, Column, Layout, Row, Table, TableKind, anchor_of

_HOME = Crumb("首页", HOME)
_BEFOREHAND = Crumb("事前公示", BEFOREHAND)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as shown: ``name`` heads it, ``cells`` are heading and value.

    ``anchor`` is its place on the page, the same as long as its name is.
    """

    anchor: str
    name: str
    cells: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together; ``drawing`` is there for the steps of a procedure."""

    anchor: str
    name: str
    entries: tuple[Entry, ...]
    drawing: Markup = Markup("")


def content_pages(tables: Iterable[Table]) -> tuple[ContentPage, ...]:
    """Return the lists as they stand in the navigation."""
    kinds = (table.kind for table in tables)
    return tuple(
        ContentPage(kind.order, kind.title, kind.path, kind.section, kind.summary, "")
        for kind in kinds
    )


def table_pages(tables: Sequence[Table], policy: Policy) -> Iterator[PlannedPage]:
    """Yield the page of every list, and the one that leads to them."""
    for table in tables:
        page = policy.pages.get(table.kind.key)
        yield _page(table, str(page.basis) if page else "")
    reviewed = {table.kind.path: table.reviewed_on for table in tables}
    yield PlannedPage(
        BEFOREHAND,
        "beforehand.html",
        digest_of(sorted(reviewed.items())),
        lambda: {"reviewed": reviewed, "crumbs": (_HOME,)},
    )


def _page(table: Table, basis: str) -> PlannedPage:
    def values() -> Mapping[str, object]:
        before = table.kind.section == _BEFOREHAND.title
        return {
            "table": table,
            "kind": table.kind,
            "layout": table.kind.layout.name.lower(),
            "groups": tuple(_groups(table)),
            "headings": _headings(table),
            "named_by": _named_by(table.kind),
            "basis": basis,
            "crumbs": (_HOME, _BEFOREHAND) if before else (_HOME,),
        }

    return PlannedPage(table.kind.path, "table.html", digest_of([table, basis]), values)


def _headings(table: Table) -> tuple[str, ...]:
    """Return the columns of the shown table: not the group, and not what no row says."""
    said = (
        heading
        for place, heading in enumerate(table.kind.headings)
        if any(row.cells[place] for row in table.rows)
    )
    return tuple(heading for heading in said if heading != table.kind.group)


def _groups(table: Table) -> Iterator[Group]:
    known: Counter[str] = Counter()
    for name, rows in table.groups:
        entries = tuple(_entry(table, row, known) for row in rows)
        anchor = anchor_of(f"{table.kind.key}-group", name)
        if table.kind.layout is not Layout.FLOW:
            yield Group(anchor, name, entries)
            continue
        steps = [
            Step(table.cell(row, "步骤"), table.cell(row, "时限"), table.cell(row, "否则"))
            for row in rows
        ]
        drawing = drawn(anchor, f"{name}流程图，共{len(steps)}步", steps)
        yield Group(anchor, name, entries, drawing)


def _entry(table: Table, row: Row, known: Counter[str]) -> Entry:
    kind = table.kind
    name = table.cell(row, _named_by(kind))
    anchor = anchor_of(kind.key, name)
    known[anchor] += 1
    shown = (
        (column.heading, _markup(column, cell))
        for column, cell in zip(kind.columns, row.cells, strict=True)
        if column.heading != kind.group
    )
    again = f"-{known[anchor]}" if known[anchor] > 1 else ""
    return Entry(anchor=anchor + again, name=name, cells=tuple(shown))


def _named_by(kind: TableKind) -> str:
    return kind.named_by or kind.headings[0]


def _markup(column: Column, cell: str) -> Markup:
    if not cell:
        return Markup("")
    match column.cell:
        case Cell.DAY | Cell.UNTIL:
            return day_markup(day_of(cell))
        case Cell.CERTIFICATE:
            return Markup('<span class="code">{}</span>').format(cell)
        case Cell.PHONE:
            numbers = (Markup('<span class="whole">{}</span>').format(n) for n in cell.split("、"))
            return Markup("、").join(numbers)
        case Cell.TEXT:
            lines = cell.splitlines()
            if len(lines) < 2:
                return escape(cell)
            return Markup("").join(Markup('<span class="line">{}</span>').format(x) for x in lines)
