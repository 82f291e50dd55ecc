"""The database file: its mode, its migrations, its events that can only be appended."""

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from pipeline.domain.event import EventKind
from pipeline.domain.faults import BadRegisterError, ExitCode, LockedError
from pipeline.domain.text import RawText
from pipeline.register import database, open_register
from tests.register.builders import FIRST, examined, happened, policy

MARKED = "绝密姓名甲乙丙"


def filled(path: Path, decisions: int = 3) -> Path:
    with open_register(path) as register:
        register.reconcile(
            [examined(n) for n in range(1, decisions + 1)], policy(), today=FIRST, actor="rebuild"
        )
    return path


def change(path: Path, *statements: str) -> None:
    """Do to the file what no command of ours does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "private" / "register.sqlite"
    with open_register(path) as register:
        register.standing()
        modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {0o600}
    path.chmod(0o644)
    with open_register(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_url_opens_the_same_register(tmp_path: Path) -> None:
    path = filled(tmp_path / "register.sqlite")
    with open_register(f"sqlite:///{path}") as register:
        assert sum(register.standing().values()) == 3


def test_the_newest_migration_is_the_version_we_write() -> None:
    folder = Path(database.__file__).with_name("migrations")
    assert ScriptDirectory(str(folder)).get_heads() == [database.NEWEST]


def test_the_safe_settings_are_on(tmp_path: Path) -> None:
    engine = database.connect(tmp_path / "register.sqlite")
    asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
    with engine.connect() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    engine.dispose()
    assert found == ["wal", 2, 1, 30_000, 1]


def test_a_register_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path / "register.sqlite")
    change(path, "UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(BadRegisterError, match="0999") as refusal:
        open_register(path)
    assert refusal.value.exit_code is ExitCode.BAD_REGISTER


@pytest.mark.parametrize("content", [b"not a database" * 100, b"SQLite format 3\x00" + b"x" * 5000])
def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "register.sqlite"
    path.write_bytes(content)
    with pytest.raises(BadRegisterError, match="备份") as refusal:
        open_register(path)
    assert "\n" not in str(refusal.value)


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRegisterError, match="权限"):
        open_register(tmp_path)


@pytest.mark.parametrize(
    "statement", ["UPDATE event SET actor = '他人'", "DELETE FROM event WHERE seq = 2"]
)
def test_events_can_be_neither_altered_nor_deleted(tmp_path: Path, statement: str) -> None:
    path = filled(tmp_path / "register.sqlite")
    with pytest.raises(sqlite3.IntegrityError, match="只能追加"):
        change(path, statement)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE event SET actor = '他人' WHERE seq = 2", "事件 2 的内容已被改动"),
        ("DELETE FROM event WHERE seq = 2", "事件 2 至 2 缺失"),
        ("UPDATE event SET on_day = '2020-01-01' WHERE seq = 3", "事件 3 的内容已被改动"),
        ("UPDATE event SET seq = 9 WHERE seq = 3", "事件 3 至 8 缺失"),
    ],
)
def test_tampering_behind_the_triggers_shows(tmp_path: Path, statement: str, said: str) -> None:
    path = filled(tmp_path / "register.sqlite")
    with open_register(path) as register:
        assert register.verify() == ()
    change(path, "DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete", statement)
    with open_register(path) as register:
        assert said in register.verify()


def test_a_damaged_row_is_named_and_not_shown(tmp_path: Path) -> None:
    path = filled(tmp_path / "register.sqlite")
    change(path, "UPDATE decision SET cleared = CAST('绝密姓名甲乙丙' AS BLOB)")
    with open_register(path) as register, pytest.raises(BadRegisterError) as error:
        list(register.public_changes(None).records)
    assert "某综执罚决字〔2024〕1" in str(error.value)
    assert MARKED not in str(error.value)


@pytest.mark.parametrize("column", ["state", "notice", "events"])
def test_a_damaged_entry_is_refused_without_its_words(tmp_path: Path, column: str) -> None:
    path = filled(tmp_path / "register.sqlite")
    change(path, f"UPDATE decision SET {column} = '{MARKED}'")  # noqa: S608 - a fixed name
    with open_register(path) as register, pytest.raises(BadRegisterError) as error:
        register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")
    assert "备份" in str(error.value)
    assert MARKED not in str(error.value)


def test_a_register_that_another_program_writes_is_reported_as_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.05)
    path = filled(tmp_path / "register.sqlite")
    with (
        open_register(path) as register,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedError, match="稍后再试"):
            register.reconcile([examined(9)], policy(), today=FIRST, actor="rebuild")
        assert sum(register.standing().values()) == 3
        other.execute("ROLLBACK")
        register.reconcile([examined(9)], policy(), today=FIRST, actor="rebuild")


def test_no_raw_text_of_an_event_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    told = happened(EventKind.REVOKED)
    raw = replace(told, ground=RawText(MARKED))
    with open_register(path) as register:
        for item in (examined(1, events=(told,)), replace(examined(2), events=(raw,))):
            register.reconcile([item], policy(), today=FIRST, actor="rebuild")
    assert all(MARKED.encode() not in file.read_bytes() for file in tmp_path.iterdir())


CRASH = """
import os, sys
from pathlib import Path
from pipeline.register import open_register
from tests.register.builders import FIRST, examined, policy

def dies():
    for n in range(1, 1000):
        if n == 950:
            os._exit(137)
        yield examined(n, words="新")

with open_register(Path(sys.argv[1])) as register:
    register.reconcile(dies(), policy(), today=FIRST, actor="rebuild")
"""


def test_a_run_killed_midway_leaves_the_register_as_it_was(tmp_path: Path) -> None:
    path = filled(tmp_path / "register.sqlite")
    done = subprocess.run([sys.executable, "-c", CRASH, str(path)], check=False, timeout=60)
    assert done.returncode == 137
    with open_register(path) as register:
        assert sum(register.standing().values()) == 3
        assert register.verify() == ()
        register.reconcile([examined(5)], policy(), today=FIRST, actor="rebuild")
        assert sum(register.standing().values()) == 4
