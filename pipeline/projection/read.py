"""Read the projection: what the site sees of the private side, and all that it sees."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from sys import intern
from types import TracebackType
from typing import Any, Self

from pipeline.domain.annual import AnnualFigures
from pipeline.domain.faults import BadSiteError
from pipeline.domain.penalty import PenaltyKind
from pipeline.domain.public import PublicRecord, Standing
from pipeline.projection.codec import decode_figures, decode_names, decode_record
from pipeline.projection.model import Mark, Row
from pipeline.projection.schema import VERSION, connect_to_read

_LIGHT = (
    "key, slug, case_number, standing, first_published_on, changed_on, digest, decided_on, "
    "organ, title, parties, codes, violation_kind, penalty_kinds, about_natural_person"
)

_STANDINGS = {standing.value: standing for standing in Standing}


class Projection:
    """An open ``public.sqlite``. Use it in a ``with`` statement."""

    def __init__(self, connection: sqlite3.Connection, mark: Mark) -> None:
        self._connection = connection
        self.mark = mark

    def __enter__(self) -> Self:
        """Return the projection itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._connection.close()

    def __len__(self) -> int:
        """Return the number of addresses."""
        return int(self._connection.execute("SELECT count(*) FROM record").fetchone()[0])

    def rows(self, standing: Standing | None = None) -> Iterator[Row]:
        """Yield the addresses, newest first publication first, then by address."""
        where, values = ("WHERE standing = ?", (standing.value,)) if standing else ("", ())
        query = f"SELECT {_LIGHT} FROM record {where} ORDER BY first_published_on DESC, slug"  # noqa: S608 - fixed text
        for found in self._connection.execute(query, values):
            yield _row(found)

    def counts(self) -> dict[Standing, int]:
        """Return how many addresses stand how; every standing is there."""
        query = "SELECT standing, count(*) FROM record GROUP BY standing"
        found = {Standing(name): count for name, count in self._connection.execute(query)}
        return {standing: found.get(standing, 0) for standing in Standing}

    def annual(self) -> tuple[AnnualFigures, ...]:
        """Return the figures of every year, the newest first."""
        query = "SELECT content FROM annual ORDER BY year DESC"
        return tuple(decode_figures(content) for (content,) in self._connection.execute(query))

    def successors(self) -> dict[str, Row]:
        """Return, by the address of a withdrawn decision, the public one that took its place."""
        query = f"SELECT {_LIGHT} FROM record WHERE slug = ? AND standing = ?"  # noqa: S608 - fixed text
        found: dict[str, Row] = {}
        for slug, by in self._connection.execute(
            "SELECT slug, by_slug FROM successor ORDER BY slug"
        ):
            public = self._connection.execute(query, (by, Standing.PUBLISHED.value)).fetchone()
            if public is not None:
                found[slug] = _row(public)
        return found

    def record(self, slug: str) -> PublicRecord:
        """Return everything that is public at an address.

        Raises ``KeyError`` when there is no such address.
        """
        query = "SELECT content FROM record WHERE slug = ?"
        found = self._connection.execute(query, (slug,)).fetchone()
        if found is None:
            raise KeyError(slug)
        return decode_record(found[0])

    def records(self) -> Iterator[PublicRecord]:
        """Yield every record in the order of ``rows``, one in memory at a time."""
        query = "SELECT content FROM record ORDER BY first_published_on DESC, slug"
        for (content,) in self._connection.execute(query):
            yield decode_record(content)


def open_projection(path: Path) -> Projection:
    """Open the projection read-only.

    Raises ``BadSiteError`` when it is missing, damaged or of another version.
    """
    try:
        connection = connect_to_read(path)
    except sqlite3.Error:
        raise _unusable(path) from None
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        mark = connection.execute("SELECT register, revision FROM mark").fetchone()
    except sqlite3.Error:
        connection.close()
        raise _unusable(path) from None
    if version != VERSION or mark is None:
        connection.close()
        raise _unusable(path)
    return Projection(connection, Mark(*mark))


def _unusable(path: Path) -> BadSiteError:
    return BadSiteError(f"公开数据文件 {path.name} 不存在或不可用。请运行 gongshi rebuild 重新生成")


def _row(found: tuple[Any, ...]) -> Row:
    """Return a row; what many of them say is one text in memory."""
    return Row(
        key=found[0],
        slug=found[1],
        case_number=found[2],
        standing=_STANDINGS[found[3]],
        first_published_on=_day(found[4]),
        changed_on=_day(found[5]),
        digest=found[6],
        decided_on=_day(found[7]) if found[7] else None,
        organ=intern(found[8]),
        title=intern(found[9]),
        parties=decode_names(found[10]),
        codes=decode_names(found[11]),
        violation_kind=intern(found[12]),
        penalty_kinds=_kinds(found[13]),
        about_natural_person=found[14] == 1,
    )


@lru_cache(maxsize=10_000)
def _day(text: str) -> date:
    """Return a day; there are few different ones, and a row has three."""
    return date.fromisoformat(text)


@lru_cache(maxsize=1_000)
def _kinds(text: str) -> tuple[PenaltyKind, ...]:
    return tuple(map(PenaltyKind, decode_names(text)))
