"""The file in which one night remembers for the next: SQLite, of one context, never needed.

It may be deleted at any time, and a disk that refuses costs only what would be remembered.
"""

import sqlite3
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

_CONTEXT = (
    "CREATE TABLE IF NOT EXISTS context "
    "(id INTEGER PRIMARY KEY CHECK (id = 1), digest TEXT NOT NULL);"
)


def open_memory_file(path: Path | None, tables: str, context: str) -> sqlite3.Connection:
    """Return what is remembered at ``path`` in this context, or an empty memory.

    ``tables`` is the SQL that makes its tables. A file that is damaged, of another context or of
    other tables is begun anew; where there is none (``None``, or the disk refuses), the memory
    ends when it is closed.
    """
    digest = sha256(f"{tables}\n{context}".encode()).hexdigest()
    if path is not None:
        for _ in range(2):
            with suppress(sqlite3.Error, OSError):
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                if (database := _opened(str(path), tables, digest)) is not None:
                    return database
            with suppress(OSError):
                path.unlink(missing_ok=True)
    anew = _opened(":memory:", tables, digest)
    assert anew is not None  # noqa: S101 - a new one is of no other context
    return anew


def _opened(path: str, tables: str, digest: str) -> sqlite3.Connection | None:
    """Return the memory at ``path``, ``None`` when it is another; raises ``sqlite3.Error``."""
    database = sqlite3.connect(path)
    try:
        database.executescript(_CONTEXT)
        found = database.execute("SELECT digest FROM context").fetchone()
        if found in {None, (digest,)}:
            database.executescript(tables)
            database.execute("INSERT OR REPLACE INTO context VALUES (1, ?)", (digest,))
            return database
    except sqlite3.Error:
        database.close()
        raise
    database.close()
    return None
