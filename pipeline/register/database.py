"""Open the database: SQLite by default, PostgreSQL by URL; migrated to the newest version.

SQLite: WAL, foreign keys, a busy time-out, synchronous FULL, deleted content overwritten, and a
file that nobody else may read. PostgreSQL: one advisory lock for all who write, and reading
transactions that see one state. Every change ends with a seal (``pipeline.register.seals``).
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
from pipeline.register import seals

NEWEST = "0005"
"""The version this program writes; a test compares it with the migrations."""

_BUSY_SECONDS = 30
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)
_WRITES = "gongshi_writes"
_POSTGRES = "postgresql"
_ADVISORY = 7_013_501
"""The number of the lock that programs writing to a register on PostgreSQL wait for."""

_LOCKED = frozenset({"55P03", "40P01", "40001"})
"""SQLSTATE of PostgreSQL: a lock was not to be had, a deadlock, two writers at once."""


def connect(where: str | Path) -> sa.Engine:
    """Return an engine on the register at a path or URL, created and migrated if need be.

    Raises ``BadRegisterError`` when it cannot be opened, is damaged or from a newer version.
    """
    with translated():
        engine = _engine(where)
        try:
            _migrate(engine)
        except BaseException:
            engine.dispose()
            raise
    return engine


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection in one transaction that holds the write lock from its start.

    What was written is sealed at its end.
    """
    with (
        translated(),
        engine.connect().execution_options(**{_WRITES: True}) as connection,
        connection.begin(),
    ):
        yield connection
        seals.close(connection)


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
        if "locked" in str(error.orig) or getattr(error.orig, "sqlstate", None) in _LOCKED:
            raise LockedError("台账正被另一程序写入，本次未做任何改动。请稍后再试") from None
        kind = type(error.orig).__name__
        raise BadRegisterError(
            f"台账数据库无法使用（{kind}）。请检查路径、权限和磁盘空间；文件损坏时请用备份恢复"
        ) from None


def _engine(where: str | Path) -> sa.Engine:
    if "://" not in str(where):
        return _sqlite(sa.URL.create("sqlite", database=str(where)))
    try:
        url = make_url(str(where))
        if url.get_backend_name() == "sqlite":
            return _sqlite(url)
        if url.drivername == _POSTGRES:
            url = url.set(drivername="postgresql+psycopg")
        arguments = {"connect_timeout": 10} if url.get_backend_name() == _POSTGRES else {}
        engine = sa.create_engine(url, connect_args=arguments, hide_parameters=True)
    except sa.exc.ArgumentError:
        raise BadRegisterError(
            "设置里的 register 不是数据库地址。写成 postgresql://用户@主机/库名"
        ) from None
    except ModuleNotFoundError as missing:
        raise BadRegisterError(
            f"缺少连接数据库所需的 Python 库 {missing.name}。"
            "PostgreSQL 请运行 pip install 'gongshi[postgres]'"
        ) from None
    if engine.dialect.name == _POSTGRES:
        sa.event.listen(engine, "begin", _begin_on_server)
    return engine


def _sqlite(url: sa.URL) -> sa.Engine:
    _prepare_file(Path(url.database or ""))
    engine = sa.create_engine(url, connect_args={"timeout": _BUSY_SECONDS}, hide_parameters=True)
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "begin", _begin)
    return engine


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


def _begin_on_server(connection: sa.Connection) -> None:
    """Wait for the write lock before the first look at the tables; readers see one state."""
    if not connection.get_execution_options().get(_WRITES):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_BUSY_SECONDS * 1000:.0f}ms'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY})")


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
