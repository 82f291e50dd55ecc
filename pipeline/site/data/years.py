"""Downloads by year of decision. A year is written again only when a decision of it changed.

The whole is the sum of the years, listed in ``data/index.json``: one archive of all would have to
be written again every night, and would be as large as everything ever published.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from itertools import groupby

import msgspec

from pipeline.projection.model import Row
from pipeline.projection.read import Projection
from pipeline.site.data.entry import OpenDecision, open_decision
from pipeline.site.data.fields import Cells, cells_of, lines_of
from pipeline.site.data.publisher import Publisher
from pipeline.site.data.tables import as_csv, as_json_lines
from pipeline.site.data.workbook import as_xlsx
from pipeline.site.lists import digest_of
from pipeline.site.output import PlannedFile

LISTING = "data/index.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFiles:
    """The files of a year: ``version`` is another whenever a decision of it has changed."""

    year: int
    count: int
    changed_on: date
    version: str
    csv: str
    jsonl: str
    xlsx: str


@dataclass(frozen=True, slots=True)
class Year:
    """The published decisions of a year, the oldest first; ``digest`` is that of all of them."""

    number: int
    rows: tuple[Row, ...]
    digest: str

    def path(self, ending: str) -> str:
        """Return the address of the year's file of one form."""
        return f"data/{self.number}.{ending}"

    def files(self, publisher: Publisher) -> YearFiles:
        """Return where the files of the year are."""
        return YearFiles(
            year=self.number,
            count=len(self.rows),
            changed_on=max(row.changed_on for row in self.rows),
            version=self.digest[:16],
            csv=publisher.address(self.path("csv")),
            jsonl=publisher.address(self.path("jsonl")),
            xlsx=publisher.address(self.path("xlsx")),
        )


def years_of_data(rows: Sequence[Row]) -> tuple[Year, ...]:
    """Return the years in which decisions were made that are published, the newest first."""
    ordered = sorted(rows, key=lambda row: (str(row.decided_on), row.key))
    years = []
    for number, found in groupby(ordered, key=lambda row: str(row.decided_on)[:4]):
        own = tuple(found)
        years.append(Year(int(number), own, digest_of(row.digest for row in own)))
    return tuple(years[::-1])


def year_files(
    source: Projection, years: Sequence[Year], publisher: Publisher, code: str
) -> Iterator[PlannedFile]:
    """Yield the downloads of every year and the list of them."""
    for year in years:
        reading = _Reading(source, year, publisher)
        inputs = digest_of([code, publisher, year.digest])
        yield PlannedFile(year.path("csv"), inputs, reading.csv)
        yield PlannedFile(year.path("jsonl"), inputs, reading.jsonl)
        yield PlannedFile(year.path("xlsx"), inputs, reading.xlsx)
        reading.forget()
    listing = msgspec.json.encode([year.files(publisher) for year in years])
    yield PlannedFile(LISTING, digest_of([listing]), partial(bytes, listing))


class _Reading:
    """The decisions of a year, read from the projection once and only when they are needed."""

    def __init__(self, source: Projection, year: Year, publisher: Publisher) -> None:
        self._source = source
        self._year = year
        self._publisher = publisher

    def csv(self) -> bytes:
        """Return the year as CSV."""
        return as_csv(self._rows)

    def jsonl(self) -> bytes:
        """Return the year as JSON Lines."""
        return as_json_lines(self._decisions)

    def xlsx(self) -> bytes:
        """Return the year as a workbook."""
        title = f"{self._year.number}年作出的行政处罚决定"
        return as_xlsx(self._rows, title=title, author=self._publisher.name)

    def forget(self) -> None:
        """Let go of the decisions."""
        for name in ("_rows", "_decisions"):
            self.__dict__.pop(name, None)

    @cached_property
    def _decisions(self) -> list[OpenDecision]:
        records = (self._source.record(row.slug) for row in self._year.rows)
        return [open_decision(record, self._publisher) for record in records]

    @cached_property
    def _rows(self) -> list[Cells]:
        lines = (line for each in self._decisions for line in lines_of(each, self._publisher))
        return [cells_of(line) for line in lines]
