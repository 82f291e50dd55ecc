"""A worksheet as a grid of cells, whatever file it came from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum


class Broken(Enum):
    """A cell whose value cannot be known: an error such as #N/A, or a formula never computed."""

    CELL = "broken"


Cell = str | int | float | bool | date | datetime | time | timedelta | Broken
"""One cell; an empty one is the empty string."""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One worksheet: ``name`` is its tab, or the file's name without suffix for CSV.

    ``label`` is how messages call it, empty for the only one.
    ``rows[0]`` is the first row of the sheet. ``is_ragged`` sheets (CSV) can lose or gain cells.
    ``epoch_1904`` tells that bare day numbers count from 1904.
    """

    name: str = field(repr=False)
    label: str
    rows: Sequence[Sequence[Cell]] = field(repr=False)
    is_ragged: bool = False
    epoch_1904: bool = False
