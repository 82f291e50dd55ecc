"""Put a restored register in the place of the one in use, which is kept aside."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from pipeline.domain.faults import BadRegisterError
from pipeline.durable import sync
from pipeline.register.backup import back_up
from pipeline.register.copying import copy_all
from pipeline.register.database import connect, reading, writing
from pipeline.register.memorandum import Memorandum
from pipeline.register.remember import mark_of


def put_in_place(
    fresh: Path, where: str | Path, memorandum: Memorandum, *, aside: Path, today: date
) -> None:
    """Let the register at ``fresh`` be the one at ``where`` (a path or URL).

    The register that was there goes to the folder ``aside``, damaged or not. Raises
    ``BadRegisterError`` when the disk or the server refuses; the old register then stands.
    """
    try:
        aside.mkdir(mode=0o700, parents=True, exist_ok=True)
        url = make_url(str(where)) if "://" in str(where) else None
        if url is None or url.get_backend_name() == "sqlite":
            path = Path(where) if url is None else Path(url.database or "")
            _replace_file(fresh, path, aside, today)
        else:
            _replace_rows(fresh, str(where), memorandum, aside, today)
    except OSError as error:
        raise BadRegisterError(
            f"恢复未完成（{error.strerror}），原台账未改动。请检查磁盘空间和权限"
        ) from None
    _with(where, lambda engine: memorandum.append((), **mark_of(engine)))


def _replace_file(fresh: Path, path: Path, aside: Path, today: date) -> None:
    """Exchange the files; what SQLite keeps beside the old one goes with it."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(fresh)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    if path.exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        kept = _free_name(aside, f"register-{today.isoformat()}")
        os.link(path, kept)
        kept.chmod(0o600)
        for suffix in ("-wal", "-shm"):
            beside = path.with_name(path.name + suffix)
            if beside.exists():
                beside.replace(kept.with_name(kept.name + suffix))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh.chmod(0o600)
    sync(fresh)
    fresh.replace(path)
    sync(path.parent)


def _replace_rows(
    fresh: Path, where: str, memorandum: Memorandum, aside: Path, today: date
) -> None:
    """Exchange the rows in one transaction of the server."""

    def exchange(target: sa.Engine) -> None:
        back_up(target, aside, memorandum, today=today)

        def copy(source: sa.Engine) -> None:
            with writing(target) as into, reading(source) as rows:
                copy_all(rows, into)

        _with(fresh, copy)

    _with(where, exchange)


def _with(where: str | Path, work: Callable[[sa.Engine], None]) -> None:
    engine = connect(where)
    try:
        work(engine)
    finally:
        engine.dispose()


def _free_name(folder: Path, stem: str) -> Path:
    taken = {path.name for path in folder.iterdir()}
    return next(
        folder / name for n in range(1, 1 << 20) if (name := f"{stem}-{n}.sqlite") not in taken
    )
