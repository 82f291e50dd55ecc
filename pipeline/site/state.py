"""Build state: from which inputs each file of the output was written.

It lies beside the output, never inside it, and may be deleted at any time: then everything is
rendered once more. It is believed only as far as size and time of the file still agree.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from sys import intern

import msgspec

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS written ("
    "path TEXT PRIMARY KEY, inputs TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL"
    ") WITHOUT ROWID"
)


class Written(msgspec.Struct, frozen=True, gc=False):
    """One file as it was left: digest of its inputs, size in bytes, time of change in ns.

    There may be millions of them, hence no dataclass.
    """

    inputs: str
    size: int
    mtime_ns: int


def load_state(path: Path) -> dict[str, Written]:
    """Return what the last complete build wrote; nothing when the file is missing or damaged."""
    if not path.exists():
        return {}
    try:
        with closing(sqlite3.connect(path)) as database:
            rows = database.execute("SELECT path, inputs, size, mtime_ns FROM written")
            return {intern(name): Written(inputs, size, time) for name, inputs, size, time in rows}
    except sqlite3.DatabaseError:
        path.unlink()
        return {}


def save_state(path: Path, changed: Mapping[str, Written], removed: Iterable[str]) -> None:
    """Record a finished build in one transaction."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(_SCHEMA)
        database.executemany("DELETE FROM written WHERE path = ?", ((name,) for name in removed))
        database.executemany(
            "INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?)",
            ((name, w.inputs, w.size, w.mtime_ns) for name, w in changed.items()),
        )
