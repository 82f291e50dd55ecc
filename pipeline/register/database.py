"""Open the database: SQLite by default, any other by URL; migrated to the newest version.

SQLite: WAL, foreign keys, a busy time-out, synchronous FULL, deleted content overwritten, and a
file that nobody else may read.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url

from pipeline.domain.faults import BadRegisterError, LockedError

NEWEST = "0003"
"""The version this program writes; a test compares it with the migrations."""

_BUSY_SECONDS = 30
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)
_WRITES = "gongshi_writes"


def connect(where: str | Path) -> sa.Engine:
    """Return an engine on the register at a path or URL, created and migrated if need be.

    Raises ``BadRegisterError`` when it cannot be opened, is damaged or from a newer version.
    """
    url = make_url(str(where)) if "://" in str(where) else _sqlite_url(Path(where))
    local = url.get_backend_name() == "sqlite"
    with translated():
        if local:
            _prepare_file(Path(url.database or ""))
        arguments = {"timeout": _BUSY_SECONDS} if local else {}
        engine = sa.create_engine(url, connect_args=arguments, hide_parameters=True)
        if local:
            sa.event.listen(engine, "connect", _set_up)
            sa.event.listen(engine, "begin", _begin)
        try:
            _migrate(engine)
        except BaseException:
            engine.dispose()
            raise
    return engine


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection in one transaction that holds the write lock from its start."""
    with (
        translated(),
        engine.connect().execution_options(**{_WRITES: True}) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection that sees one state of the register."""
    with translated(), engine.connect() as connection:
        yield connection


@contextmanager
def translated() -> Iterator[None]:
    """Turn a failure of the database into one line that holds none of its values."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if "locked" in str(error.orig):
            raise LockedError("台账正被另一程序写入，本次未做任何改动。请稍后再试") from None
        kind = type(error.orig).__name__
        raise BadRegisterError(
            f"台账数据库无法使用（{kind}）。请检查路径、权限和磁盘空间；文件损坏时请用备份恢复"
        ) from None


def _sqlite_url(path: Path) -> sa.URL:
    return sa.URL.create("sqlite", database=str(path))


def _prepare_file(path: Path) -> None:
    """Make the file, or take from everyone else the right to read it."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise BadRegisterError(
            f"台账文件 {path.name} 无法打开（{os.strerror(error.errno or 0)}）。请检查路径和权限"
        ) from None


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        if _version(connection) == NEWEST:
            return
    with writing(engine) as connection:
        config = _migrations(connection)
        version = _version(connection)
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if version is not None and version not in known:
            raise BadRegisterError(
                f"台账由更新版本的程序写成（版本 {version}），本程序只到 {NEWEST}。请升级程序"
            )
        command.upgrade(config, "head")


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found is not None else None


def _migrations(connection: sa.Connection) -> Config:
    folder = str(Path(__file__).with_name("migrations"))
    config = Config()
    config.set_main_option("script_location", folder.replace("%", "%%"))
    attributes: dict[str, Any] = config.attributes
    attributes["connection"] = connection
    return config
