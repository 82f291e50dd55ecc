"""What the files of a year say of each decision: worked out once, remembered for other nights.

The memory lies beside the output and may be deleted at any time. It holds nothing but what is
public; what leaves the site is overwritten with zeros in it the same night (``secure_delete``).
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from pipeline.memory_file import open_memory_file
from pipeline.projection.model import Row

_TABLES = """
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS piece (
  slug TEXT PRIMARY KEY, digest TEXT NOT NULL, csv BLOB NOT NULL, jsonl BLOB NOT NULL,
  xlsx BLOB NOT NULL
);
"""


class Piece(NamedTuple):
    """What stands in each of the files of a year for one decision."""

    csv: bytes
    jsonl: bytes
    xlsx: bytes


class Pieces:
    """The pieces of decisions: remembered, or made by ``make`` when a decision is another."""

    def __init__(self, database: sqlite3.Connection, make: Callable[[Row], Piece]) -> None:
        self._database = database
        self._make = make

    def of(self, rows: Iterable[Row]) -> Iterator[Piece]:
        """Yield the piece of each row, in their order."""
        for row in rows:
            yield self._known(row) or self._made(row)

    def _known(self, row: Row) -> Piece | None:
        query = "SELECT csv, jsonl, xlsx FROM piece WHERE slug = ? AND digest = ?"
        with suppress(sqlite3.Error):
            found = self._database.execute(query, (row.slug, row.digest)).fetchone()
            return Piece(*found) if found else None
        return None

    def _made(self, row: Row) -> Piece:
        piece = self._make(row)
        with suppress(sqlite3.Error):
            query = "INSERT OR REPLACE INTO piece VALUES (?, ?, ?, ?, ?)"
            self._database.execute(query, (row.slug, row.digest, *piece))
        return piece


@contextmanager
def remembered(
    path: Path, context: str, published: Collection[str], make: Callable[[Row], Piece]
) -> Iterator[Pieces]:
    """Give the pieces that are remembered in ``path``, and what is made besides.

    Another ``context`` believes none of them. At the end nothing stays of a decision whose address
    is not ``published``. A disk that refuses costs only the memory.
    """
    with closing(open_memory_file(path, _TABLES, context)) as database:
        yield Pieces(database, make)
        with suppress(sqlite3.Error):
            known = database.execute("SELECT slug FROM piece").fetchall()
            gone = [row for row in known if row[0] not in published]
            database.executemany("DELETE FROM piece WHERE slug = ?", gone)
            database.commit()
