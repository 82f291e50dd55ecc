"""What verification remembers of files in which it found nothing, so as not to read them again.

The memory holds nothing but what the public site shows: paths, digests, links, and the addresses
and long numbers that stand in a file. It may be deleted at any time: then everything is read. It
is believed only for files that have not been written since, and only for the same program and the
same public values (``context``).
"""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Stamp = tuple[int, int, int]
"""Size, inode and time of the last write in nanoseconds of a file."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS context (id INTEGER PRIMARY KEY CHECK (id = 1), digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS clean (
  path TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  held TEXT NOT NULL,
  links INTEGER NOT NULL,
  targets TEXT NOT NULL,
  words TEXT NOT NULL
) WITHOUT ROWID;
"""
_COLUMNS = "path, size, inode, mtime_ns, sha256, held, links, targets, words"
_APART = "\n"


@dataclass(frozen=True, slots=True)
class Clean:
    """One file as it was when nothing was wrong with it.

    ``held`` is what its decision was held against, ``links`` how many links it has, ``targets``
    the paths that they lead to, ``words`` the addresses and long numbers that stand in it.
    """

    stamp: Stamp
    sha256: str
    held: str
    links: int
    targets: frozenset[str]
    words: frozenset[str]


@dataclass(slots=True)
class Memory:
    """The memory of one tree in the file ``path``; ``None`` remembers nothing and keeps nothing.

    ``program`` is the digest of the program: what another one found is not believed.
    """

    path: Path | None = None
    program: str = ""
    _known: frozenset[str] = field(default=frozenset(), repr=False)

    def paths(self, context: str) -> frozenset[str]:
        """Return the files that are remembered in this context."""
        rows = self._rows("path", context)
        self._known = frozenset(row[0] for row in rows)
        return self._known

    def recall(self, context: str) -> Iterator[tuple[str, Clean]]:
        """Yield what is remembered of each file; nothing of another context."""
        for row in self._rows(_COLUMNS, context):
            yield row[0], _read(row)

    def _rows(self, columns: str, context: str) -> Iterator[Any]:
        if self.path is None or not self.path.exists():
            return
        try:
            with closing(sqlite3.connect(self.path)) as database:
                if database.execute("SELECT digest FROM context").fetchone() == (context,):
                    yield from database.execute(f"SELECT {columns} FROM clean")  # noqa: S608 - fixed
        except sqlite3.DatabaseError:
            self.path.unlink(missing_ok=True)

    def keep(self, context: str, fresh: Mapping[str, Clean], there: Collection[str]) -> None:
        """Remember the files that were read anew; forget those that are not ``there`` any more.

        A disk that refuses costs the memory and nothing else.
        """
        if self.path is None:
            return
        try:
            with closing(sqlite3.connect(self.path)) as database, database:
                database.executescript(_SCHEMA)
                self._keep(database, context, fresh, there)
        except sqlite3.Error:
            self.path.unlink(missing_ok=True)

    def _keep(
        self,
        database: sqlite3.Connection,
        context: str,
        fresh: Mapping[str, Clean],
        there: Collection[str],
    ) -> None:
        if not self._known:
            database.execute("DELETE FROM clean")
        gone = ((path,) for path in self._known if path not in there)
        database.executemany("DELETE FROM clean WHERE path = ?", gone)
        database.executemany(
            f"INSERT OR REPLACE INTO clean ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - fixed
            (_row(path, clean) for path, clean in fresh.items()),
        )
        database.execute("INSERT OR REPLACE INTO context VALUES (1, ?)", (context,))


def _read(row: tuple[str, int, int, int, str, str, int, str, str]) -> Clean:
    return Clean(row[1:4], row[4], row[5], row[6], _set(row[7]), _set(row[8]))


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split(_APART)) if words else frozenset()


def _row(path: str, clean: Clean) -> tuple[str | int, ...]:
    targets, words = _APART.join(sorted(clean.targets)), _APART.join(sorted(clean.words))
    return (path, *clean.stamp, clean.sha256, clean.held, clean.links, targets, words)
