"""What the projection publishes, read once and put in the orders in which the site shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.domain.public import Standing
from pipeline.projection.model import Row
from pipeline.site.categories import Category, all_categories
from pipeline.site.lists import Listed, listed, oldest_first
from pipeline.site.organisations import organisations_of


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All addresses, and of the published ones the entries of lists, the oldest first.

    ``categories`` are by the key of their dimension; ``as_of`` is the day of the last change.
    """

    rows: tuple[Row, ...]
    entries: tuple[Listed, ...]
    categories: Mapping[str, tuple[Category, ...]]
    organisations: tuple[Category, ...]
    as_of: date | None

    @property
    def published(self) -> tuple[Row, ...]:
        """The rows of published decisions."""
        return tuple(row for row in self.rows if row.standing is Standing.PUBLISHED)

    @property
    def withdrawn(self) -> tuple[Row, ...]:
        """The rows of decisions that were withdrawn."""
        return tuple(row for row in self.rows if row.standing is Standing.WITHDRAWN)


def catalogue_of(rows: Iterable[Row]) -> Catalogue:
    """Return the catalogue of all rows of the projection."""
    rows = tuple(rows)
    entries = oldest_first(listed(row) for row in rows if row.standing is Standing.PUBLISHED)
    return Catalogue(
        rows,
        entries,
        all_categories(entries),
        organisations_of(entries),
        max((row.changed_on for row in rows), default=None),
    )
