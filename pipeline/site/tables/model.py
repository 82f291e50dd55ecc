"""What a list of the bureau is, as kind and as content. Values only."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from hashlib import sha256


class Cell(Enum):
    """What a column holds, and so how a cell is checked and shown."""

    TEXT = auto()
    DAY = auto()
    UNTIL = auto()
    """The last day on which the row holds; the list is stale after it."""
    CERTIFICATE = auto()
    """The number of an official's certificate, public by law on this list (周村 第十一条)."""
    PHONE = auto()
    """An office's telephone."""


class Layout(Enum):
    """How the rows are shown."""

    TABLE = auto()
    CARDS = auto()
    """One block a row, headed by its first column that is not the group."""
    FLOW = auto()
    """A drawing and an ordered list for each group of steps."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column under its Chinese heading; a ``required`` one is filled in every row."""

    heading: str
    cell: Cell = Cell.TEXT
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKind:
    """A list that a bureau may publish: ``content/tables/<key>.yaml`` gives ``<key>.html``.

    ``group`` is the heading of the column by whose values the rows are shown together,
    ``named_by`` of the one that names a row, the first unless said. A list that ``may_be_empty``
    says so with its date: there may be no delegation and no camera.
    """

    key: str
    title: str
    section: str
    order: int
    summary: str
    columns: tuple[Column, ...]
    layout: Layout = Layout.TABLE
    group: str = ""
    named_by: str = ""
    may_be_empty: bool = False

    @property
    def path(self) -> str:
        """The address of the page."""
        return f"{self.key}.html"

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of all columns."""
        return tuple(column.heading for column in self.columns)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a text for each column of its kind, empty where nothing was said."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list as the bureau last looked at it, on ``reviewed_on``. ``note`` stands above the rows.

    A list without that day is a form that nobody has filled in yet: it is never shown.
    """

    kind: TableKind
    reviewed_on: date
    rows: tuple[Row, ...] = ()
    note: str = ""

    def cells_of(self, *cells: Cell) -> tuple[str, ...]:
        """Return what stands in the columns that hold one of ``cells``."""
        places = [i for i, column in enumerate(self.kind.columns) if column.cell in cells]
        return tuple(row.cells[i] for row in self.rows for i in places if row.cells[i])

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers that the list is for: they are public on its page, and only there."""
        phones = (each for cell in self.cells_of(Cell.PHONE) for each in cell.split("、"))
        return (*self.cells_of(Cell.CERTIFICATE), *phones)

    def cell(self, row: Row, heading: str) -> str:
        """Return what stands in ``row`` under ``heading``."""
        return row.cells[self.kind.headings.index(heading)]

    @property
    def groups(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """The rows by the value of the group column, in the order of first mention."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            name = self.cell(row, self.kind.group) if self.kind.group else ""
            found.setdefault(name, []).append(row)
        return tuple((name, tuple(rows)) for name, rows in found.items())


def anchor_of(kind: str, name: str) -> str:
    """Return the place of a row on its page, by its name.

    >>> anchor_of("items", "擅自占用城市道路")
    'items-1f1d0f41'
    """
    return f"{kind}-{sha256(name.encode()).hexdigest()[:8]}"
