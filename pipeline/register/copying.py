"""Copy all rows of one register into another, whichever databases they are."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from pipeline.register import ledger
from pipeline.register.tables import metadata


def copy_all(source: sa.Connection, target: sa.Connection) -> None:
    """Make ``target`` hold what ``source`` holds; both are of the newest version.

    The caller holds both transactions. What was in the target is gone.
    """
    tables = metadata.sorted_tables
    with _unlocked(target):
        for table in reversed(tables):
            target.execute(sa.delete(table))
        for table in tables:
            query = sa.select(table).order_by(*table.primary_key)
            rows = source.execute(query.execution_options(yield_per=ledger.BATCH)).mappings()
            for batch in ledger.batches(rows):
                target.execute(sa.insert(table), [dict(row) for row in batch])


@contextmanager
def _unlocked(connection: sa.Connection) -> Iterator[None]:
    """Lift the triggers of the append-only tables within the caller's transaction."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = list(connection.exec_driver_sql(query))
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield
        for _, statement in triggers:
            connection.exec_driver_sql(statement)
        return
    guarded = ("event", "seal")
    for table in guarded:
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in guarded:
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
