"""The file in which one night remembers for the next: believed in its own context only."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.memory_file import open_memory_file

TABLES = "CREATE TABLE IF NOT EXISTS word (said TEXT PRIMARY KEY);"


def remembered(path: Path | None, tables: str = TABLES, context: str = "tonight") -> list[str]:
    """Return what is remembered, and remember one more."""
    with closing(open_memory_file(path, tables, context)) as database, database:
        found = [row[0] for row in database.execute("SELECT said FROM word ORDER BY said")]
        database.execute("INSERT INTO word VALUES (?)", (f"{len(found)}",))
    return found


def test_what_was_written_is_there_in_the_same_context_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "memory.sqlite"
    assert remembered(path) == []
    assert remembered(path) == ["0"]
    assert remembered(path, context="another") == []
    assert remembered(path, tables=f"{TABLES}\nCREATE TABLE IF NOT EXISTS more (x);") == []


def test_what_was_not_committed_was_never_said(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with closing(open_memory_file(path, TABLES, "tonight")) as database:
        database.execute("INSERT INTO word VALUES ('half')")
    assert remembered(path) == []


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 99])
def test_a_damaged_file_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "memory.sqlite"
    remembered(path)
    path.write_bytes(content)
    assert remembered(path) == []
    assert remembered(path) == ["0"]


def test_a_file_of_an_earlier_form_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript("CREATE TABLE word (spoken INTEGER); CREATE TABLE context (id);")
    assert remembered(path) == []


def test_where_nothing_can_be_written_the_memory_ends_with_the_night(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (None, tmp_path / "file" / "memory.sqlite", tmp_path):
        assert remembered(path) == []
