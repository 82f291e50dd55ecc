"""Downloads by year of decision. A year is written again only when a decision of it changed.

The whole is the sum of the years, listed in ``data/index.json``: one archive of all would have to
be written again every night, and would be as large as everything ever published.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path

import msgspec

from pipeline.projection.model import Row
from pipeline.projection.read import Projection
from pipeline.site.data.entry import open_decision
from pipeline.site.data.fields import cells_of, lines_of
from pipeline.site.data.pieces import Piece, Pieces, remembered
from pipeline.site.data.publisher import Publisher
from pipeline.site.data.tables import as_csv, csv_lines, json_line
from pipeline.site.data.workbook import as_xlsx, sheet_rows
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
    source: Projection, years: Sequence[Year], publisher: Publisher, code: str, memory: Path
) -> Iterator[PlannedFile]:
    """Yield the downloads of every year and the list of them.

    ``memory`` is a file in which the lines of each decision are remembered.
    """

    def made(row: Row) -> Piece:
        decision = open_decision(source.record(row.slug), publisher)
        rows = [cells_of(line) for line in lines_of(decision, publisher)]
        return Piece(csv_lines(rows), json_line(decision), sheet_rows(rows))

    published = {row.slug for year in years for row in year.rows}
    with remembered(memory, digest_of([code, publisher]), published, made) as pieces:
        for year in years:
            inputs = digest_of([code, publisher, year.digest])
            reading = _Reading(year, publisher, pieces)
            yield PlannedFile(year.path("csv"), inputs, reading.csv)
            yield PlannedFile(year.path("jsonl"), inputs, reading.jsonl)
            yield PlannedFile(year.path("xlsx"), inputs, reading.xlsx)
            reading.forget()
    listing = msgspec.json.encode([year.files(publisher) for year in years])
    yield PlannedFile(LISTING, digest_of([listing]), partial(bytes, listing))


class _Reading:
    """The pieces of a year, put together once and only when they are needed."""

    def __init__(self, year: Year, publisher: Publisher, pieces: Pieces) -> None:
        self._year = year
        self._publisher = publisher
        self._pieces = pieces

    def csv(self) -> bytes:
        """Return the year as CSV."""
        return as_csv(piece.csv for piece in self._found)

    def jsonl(self) -> bytes:
        """Return the year as JSON Lines."""
        return b"".join(piece.jsonl for piece in self._found)

    def xlsx(self) -> bytes:
        """Return the year as a workbook."""
        title = f"{self._year.number}年作出的行政处罚决定"
        rows = (piece.xlsx for piece in self._found)
        return as_xlsx(rows, title=title, author=self._publisher.name)

    def forget(self) -> None:
        """Let go of the pieces."""
        self.__dict__.pop("_found", None)

    @cached_property
    def _found(self) -> list[Piece]:
        return list(self._pieces.of(self._year.rows))
