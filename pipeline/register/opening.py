"""Open the register, alone or together with the 备查簿 that follows it."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from pipeline.register import seals
from pipeline.register.database import connect, reading, writing
from pipeline.register.kept import KeptRegister
from pipeline.register.memorandum import Memorandum
from pipeline.register.remember import remember
from pipeline.register.store import Register
from pipeline.register.tables import register


def open_register(where: str | Path) -> Register:
    """Open the register at a path (SQLite) or database URL; make or migrate it if need be.

    Raises ``BadRegisterError`` when it is damaged, out of reach or from a newer version.
    """
    engine = connect(where)
    with _closed_on_error(engine):
        _name(engine)
    return Register(engine)


def open_kept(where: str | Path, memorandum: Memorandum) -> KeptRegister:
    """Open the register and write into the 备查簿 what an earlier process could not.

    Raises ``BadRegisterError`` also when the 备查簿 follows another register.
    """
    engine = connect(where)
    with _closed_on_error(engine):
        _name(engine)
        remember(engine, memorandum)
    return KeptRegister(engine, memorandum)


@contextmanager
def _closed_on_error(engine: sa.Engine) -> Iterator[None]:
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def _name(engine: sa.Engine) -> None:
    """Give a new register its identity, once."""
    with reading(engine) as connection:
        if connection.execute(sa.select(register.c.id)).first() is not None:
            return
    with writing(engine) as connection:
        if connection.execute(sa.select(register.c.id)).first() is None:
            row = {"id": 1, "identity": str(uuid.uuid4()), "expiry_rule": "", "verified_run": 0}
            row |= {"sealed_rows": seals.EMPTY}
            connection.execute(sa.insert(register).values(row))
