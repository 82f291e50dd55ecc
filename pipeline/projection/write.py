"""Write the projection. Only the private side calls this; the site opens the file read-only.

One transaction: stopped anywhere, the file holds the old state or the new. What is replaced or
removed is overwritten with zeros wherever it stood (``secure_delete``), and the journal that held
it is deleted with the commit: no file has it any more (promise 6).
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline.domain.cleared import plain
from pipeline.domain.public import PublicRecord
from pipeline.durable import sync
from pipeline.projection.codec import encode_figures, encode_names, encode_record
from pipeline.projection.model import Changes, Mark
from pipeline.projection.schema import TABLES, VERSION, connect

_COLUMNS = (
    "key, slug, case_number, standing, first_published_on, changed_on, digest, decided_on, "
    "organ, title, parties, codes, violation_kind, penalty_kinds, about_natural_person, content"
)
_INSERT = f"INSERT INTO record ({_COLUMNS}) VALUES ({', '.join('?' * 16)})"  # noqa: S608 - fixed text


def read_mark(path: Path) -> Mark | None:
    """Return how far the file has come; ``None`` when there is none, or it must be made anew.

    A write that was cut off is undone first.
    """
    if not path.exists():
        return None
    try:
        with closing(connect(path)) as connection:
            if connection.execute("PRAGMA user_version").fetchone() != (VERSION,):
                return None
            found = connection.execute("SELECT register, revision FROM mark").fetchone()
    except sqlite3.DatabaseError:
        return None
    return Mark(*found) if found else None


def write_projection(path: Path, changes: Changes) -> int:
    """Bring the file up to ``changes.mark``; return the number of records written or removed.

    A file that is damaged or of another version is replaced when the changes are whole.
    Raises ``sqlite3.Error`` or ``OSError`` when the disk refuses; the old state then stands.
    """
    if changes.whole and read_mark(path) is None:
        return _write_anew(path, changes)
    with closing(connect(path)) as connection:
        return _apply(connection, changes)


def _write_anew(path: Path, changes: Changes) -> int:
    fresh = path.with_name(f"{path.name}.new")
    for leftover in (fresh, fresh.with_name(f"{fresh.name}-journal")):
        leftover.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_CREAT | os.O_WRONLY, 0o600))
    with closing(connect(fresh)) as connection:
        connection.executescript(f"BEGIN;{TABLES}PRAGMA user_version = {VERSION};COMMIT;")
        written = _apply(connection, changes)
    for old in (path, path.with_name(f"{path.name}-journal")):
        old.unlink(missing_ok=True)
    fresh.replace(path)
    sync(path.parent)
    return written


def _apply(connection: sqlite3.Connection, changes: Changes) -> int:
    connection.execute("BEGIN IMMEDIATE")
    try:
        written = _change(connection, changes)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return written


def _change(connection: sqlite3.Connection, changes: Changes) -> int:
    if changes.whole:
        connection.execute("DELETE FROM record")
    written = sum(_forget(connection, key) for key in changes.removed)
    for record in changes.records:
        _forget(connection, record.key)
        connection.execute(_INSERT, _row(record))
        written += 1
    connection.execute("DELETE FROM annual")
    figures = ((each.year, encode_figures(each)) for each in changes.annual)
    connection.executemany("INSERT INTO annual VALUES (?, ?)", figures)
    connection.execute("DELETE FROM successor")
    connection.executemany("INSERT INTO successor VALUES (?, ?)", changes.successors)
    connection.execute(
        "INSERT INTO mark VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE "
        "SET register = excluded.register, revision = excluded.revision",
        (changes.mark.register, changes.mark.revision),
    )
    return written


def _forget(connection: sqlite3.Connection, key: str) -> int:
    return connection.execute("DELETE FROM record WHERE key = ?", (key,)).rowcount


def _row(record: PublicRecord) -> tuple[str | int | bytes | None, ...]:
    decision = record.decision
    return (
        record.key,
        record.slug,
        record.case_number,
        record.standing.value,
        record.first_published_on.isoformat(),
        record.changed_on.isoformat(),
        record.digest,
        decision.decided_on.isoformat() if decision else None,
        decision.organ if decision else "",
        plain(decision.title) if decision else "",
        encode_names(plain(party.name) for party in decision.parties) if decision else "[]",
        encode_names(party.code for party in decision.parties) if decision else "[]",
        plain(decision.violation_kind) if decision else "",
        encode_names(_kinds(record)),
        int(decision is not None and decision.about_natural_person),
        encode_record(record),
    )


def _kinds(record: PublicRecord) -> tuple[str, ...]:
    if record.decision is None:
        return ()
    return tuple(dict.fromkeys(penalty.kind.value for penalty in record.decision.penalties))
