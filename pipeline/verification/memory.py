"""What verification remembers of files in which it found nothing, so as not to read them again.

The memory holds nothing but what the public site shows: paths, digests, links, and the addresses
and long numbers that stand in a file or in one of its records. It may be deleted at any time: then
everything is read. It is believed only for files that have not been written since, and only for
the same program and the same public values (``context``).
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from typing import Any

import msgspec

from pipeline.memory_file import open_memory_file
from pipeline.verification.due import Held
from pipeline.verification.tree import Stamp

UNREAD: Stamp = (-1, -1, -1)
"""The stamp of a file in which something was wrong: it is read again, whatever its own is."""

_TABLES = """
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
CREATE TABLE IF NOT EXISTS records (path TEXT PRIMARY KEY, known BLOB NOT NULL);
"""
_COLUMNS = "path, size, inode, mtime_ns, sha256, held, links, targets, words"
_NOTE = f"INSERT OR REPLACE INTO clean ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - fixed
_NOTE_RECORDS = "INSERT OR REPLACE INTO records VALUES (?, ?)"
_FORGET = ("DELETE FROM clean WHERE path = ?", "DELETE FROM records WHERE path = ?")
_APART = "\n"
_AT_ONCE = 1_000


class Clean(msgspec.Struct, frozen=True, gc=False):
    """One file as it was when nothing was wrong with it.

    ``held`` is what its decision was held against, ``links`` how many links it has, ``targets``
    the paths that they lead to, ``words`` the addresses and long numbers that stand in it; these
    two in lines. There may be millions of them, hence no dataclass.
    """

    stamp: Stamp
    sha256: str
    held: str
    links: int
    targets: str
    words: str


@dataclass(slots=True)
class Memory:
    """The memory of one tree in the file ``path``; with ``None`` it ends when it is closed.

    ``program`` is the digest of the program: what another one found is not believed. ``held`` is
    known when this run has looked at the tree before.
    """

    path: Path | None = None
    program: str = ""
    held: Held | None = field(default=None, repr=False)

    @contextmanager
    def opened(self, context: str) -> Iterator["Remembered"]:
        """Open what is remembered in this context; nothing of another one."""
        remembered = Remembered(open_memory_file(self.path, _TABLES, context))
        try:
            yield remembered
        finally:
            if not remembered.close() and self.path is not None:
                self.path.unlink(missing_ok=True)


@dataclass(slots=True)
class Remembered:
    """An open memory. A disk that refuses costs the memory and nothing else."""

    _database: sqlite3.Connection
    _pending: dict[str, tuple[Clean, bytes]] = field(default_factory=dict)
    _told: frozenset[str] | None = None
    """The files of whose records something is known."""
    _is_lost: bool = False

    def gone(self, there: Collection[str]) -> frozenset[str]:
        """Return and forget the files that are not ``there`` any more."""
        paths = (path for (path,) in self._asked("SELECT path FROM clean"))
        gone = frozenset(path for path in paths if path not in there)
        for sql in _FORGET:
            self._do(sql, [(path,) for path in gone])
        return gone

    def recall(self) -> Iterator[tuple[str, Clean]]:
        """Yield what is remembered of each file."""
        for row in self._asked(f"SELECT {_COLUMNS} FROM clean"):  # noqa: S608 - fixed
            yield intern(row[0]), Clean(row[1:4], *row[4:])

    def known(self, path: str) -> bytes:
        """Return what is known of the records of a file."""
        if self._told is None:
            self._told = frozenset(row[0] for row in self._asked("SELECT path FROM records"))
        asked = self._asked("SELECT known FROM records WHERE path = ?", path)
        return next((bytes(row[0]) for row in asked), b"") if path in self._told else b""

    def note(self, path: str, clean: Clean, known: bytes) -> None:
        """Remember a file that was read, and its records."""
        self._pending[path] = clean, known
        if len(self._pending) >= _AT_ONCE:
            self._write()

    def settle(self, doubtful: Iterable[str] = ()) -> None:
        """Keep what was noted; let the doubtful be read again."""
        self._write()
        unread = [(*UNREAD, path) for path in doubtful]
        self._do("UPDATE clean SET size = ?, inode = ?, mtime_ns = ? WHERE path = ?", unread)
        with self._losing():
            self._database.commit()

    def close(self) -> bool:
        """Drop what was not settled; return whether the memory may be believed next time."""
        self._database.close()
        return not self._is_lost

    def _write(self) -> None:
        noted, self._pending = self._pending, {}
        self._do(_NOTE, [_row(path, clean) for path, (clean, _) in noted.items()])
        self._do(_FORGET[1], [(path,) for path, (_, known) in noted.items() if not known])
        self._do(_NOTE_RECORDS, [(path, known) for path, (_, known) in noted.items() if known])

    def _asked(self, sql: str, *values: str) -> Iterator[Any]:
        with self._losing():
            yield from self._database.execute(sql, values)

    def _do(self, sql: str, rows: Collection[tuple[object, ...]]) -> None:
        if not self._is_lost:
            with self._losing():
                self._database.executemany(sql, rows)

    @contextmanager
    def _losing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error:
            self._is_lost = True


def lines_of(words: Iterable[str]) -> str:
    """Return words as they are remembered."""
    return _APART.join(sorted(words))


def words_in(lines: str) -> list[str]:
    """Return words that are remembered."""
    return lines.split(_APART) if lines else []


def _row(path: str, clean: Clean) -> tuple[str | int, ...]:
    return (path, *clean.stamp, clean.sha256, clean.held, clean.links, clean.targets, clean.words)
