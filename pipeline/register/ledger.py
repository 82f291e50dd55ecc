"""Reads and writes of rows, in batches, on one connection. Decides nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from pipeline.domain.annual import Tally
from pipeline.domain.faults import BadRegisterError
from pipeline.lifecycle.model import State
from pipeline.register.chain import START, Sealed, seal
from pipeline.register.entry import Entry, from_columns, read_tally, to_columns
from pipeline.register.seals import account, row_digest
from pipeline.register.tables import LIGHT, decision, event, register, run

BATCH = 400
"""Rows a query; below the limit of variables of every database."""

T = TypeVar("T")


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield the items in lists of at most ``size``."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def entries(connection: sa.Connection, keys: Sequence[str]) -> dict[str, Entry]:
    """Return the entries of at most ``BATCH`` keys, by key."""
    if not keys:
        return {}
    query = sa.select(*LIGHT).where(decision.c.key.in_(keys))
    return {entry.key: entry for entry in map(read, connection.execute(query).mappings())}


def places(connection: sa.Connection, keys: Sequence[str]) -> dict[str, tuple[State, Tally | None]]:
    """Return of at most ``BATCH`` keys where each decision stands and how it is counted."""
    if not keys:
        return {}
    columns = (decision.c.key, decision.c.state, decision.c.tally)
    rows = connection.execute(sa.select(*columns).where(decision.c.key.in_(keys)))
    return {key: _place(key, state, tally) for key, state, tally in rows.all()}


def _place(key: str, state: str, tally: str) -> tuple[State, Tally | None]:
    try:
        return State(state), read_tally(tally)
    except (msgspec.MsgspecError, ValueError):
        raise _damaged(key) from None


def entries_where(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> list[Entry]:
    """Return the entries that meet the conditions, by key."""
    query = sa.select(*LIGHT).where(*conditions).order_by(decision.c.key)
    return [read(row) for row in connection.execute(query).mappings()]


def read(row: sa.RowMapping) -> Entry:
    """Return the entry of a row. Raises ``BadRegisterError`` when the row is damaged."""
    try:
        return from_columns(dict(row))
    except (msgspec.MsgspecError, ValueError, TypeError):
        raise _damaged(row["key"]) from None


def _damaged(key: str) -> BadRegisterError:
    return BadRegisterError(f"台账中 {key} 的记录已损坏。请用备份恢复")


def cleared_text(connection: sa.Connection, key: str) -> bytes | None:
    """Return the cleared text of a decision as JSON, if one stands."""
    query = sa.select(decision.c.cleared).where(decision.c.key == key)
    return connection.execute(query).scalar()


def slugs_of_others(connection: sa.Connection, wanted: Mapping[str, str]) -> dict[str, str]:
    """Return, of the wanted addresses (key → slug), those that another key has: slug → its key."""
    query = sa.select(decision.c.slug, decision.c.key).where(decision.c.slug.in_(wanted.values()))
    return {slug: key for slug, key in connection.execute(query) if wanted.get(key) != slug}


def insert(connection: sa.Connection, rows: Sequence[tuple[Entry, bytes | None]]) -> None:
    """Add new entries with their cleared text."""
    if rows:
        values = [_sealed(entry) | {"cleared": cleared} for entry, cleared in rows]
        connection.execute(sa.insert(decision), values)
        account(connection, (), [value["seal"] for value in values])


def update(connection: sa.Connection, rows: Sequence[Entry]) -> None:
    """Write entries back and leave their text as it is."""
    _replace(connection, LIGHT, [_sealed(entry) for entry in rows])


def update_with_text(connection: sa.Connection, rows: Sequence[tuple[Entry, bytes | None]]) -> None:
    """Write entries back together with their text; ``None`` removes it."""
    values = [_sealed(entry) | {"cleared": cleared} for entry, cleared in rows]
    _replace(connection, tuple(decision.columns), values)


def _replace(
    connection: sa.Connection, columns: Sequence[sa.Column[Any]], values: Sequence[dict[str, Any]]
) -> None:
    for batch in batches(values):
        keys = [value["key"] for value in batch]
        before = sa.select(decision.c.seal).where(decision.c.key.in_(keys))
        account(
            connection,
            connection.execute(before).scalars().all(),
            [value["seal"] for value in batch],
        )
        connection.execute(_update(columns), [_bound(value) for value in batch])


def _sealed(entry: Entry) -> dict[str, Any]:
    row = to_columns(entry)
    return row | {"seal": row_digest(row)}


def _update(columns: Sequence[sa.Column[Any]]) -> sa.Update:
    changes: dict[str, sa.BindParameter[Any]] = {
        c.name: sa.bindparam(f"new_{c.name}") for c in columns if c.name != "key"
    }
    return sa.update(decision).where(decision.c.key == sa.bindparam("new_key")).values(changes)


def _bound(row: Mapping[str, Any]) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in row.items()}


def standing(connection: sa.Connection) -> dict[State, int]:
    """Return how many decisions of the register are in which state; every state is there.

    Raises ``BadRegisterError`` when a row is in none of them.
    """
    query = sa.select(decision.c.state, sa.func.count()).group_by(decision.c.state)
    found = {state: count for state, count in connection.execute(query)}  # noqa: C416 - rows
    if not found.keys() <= set(State):
        raise BadRegisterError("台账中有状态不明的记录。请用备份恢复")
    return {state: found.get(state.value, 0) for state in State}


def waiting(connection: sa.Connection) -> int:
    """Return how many published decisions have an export that waits (更新待核)."""
    query = sa.select(sa.func.count()).where(decision.c.waiting.is_(True))
    return connection.execute(query).scalar_one()


def last_run(connection: sa.Connection) -> int:
    """Return the number of the last run, 0 before the first."""
    return connection.execute(sa.select(sa.func.max(run.c.id))).scalar() or 0


def verified_run(connection: sa.Connection) -> int:
    """Return the number of the last run whose site passed verification, 0 before the first."""
    return int(connection.execute(sa.select(register.c.verified_run)).scalar_one())


def identity(connection: sa.Connection) -> str:
    """Return who this register is."""
    return str(connection.execute(sa.select(register.c.identity)).scalar_one())


class Journal:
    """Appends events to the chain during one run."""

    def __init__(self, connection: sa.Connection, run_id: int, day: date, actor: str) -> None:
        newest = sa.select(event.c.seq, event.c.hash).order_by(event.c.seq.desc()).limit(1)
        found = connection.execute(newest).first()
        self._seq: int = found.seq if found else 0
        self._prev: str = found.hash if found else START
        self._connection = connection
        self._run, self._day, self._actor = run_id, day, actor
        self._waiting: list[dict[str, Any]] = []

    def append(self, key: str, kind: str, detail: Mapping[str, Any]) -> int:
        """Add an event and return its number.

        ``detail`` holds digests, dates, rules and articles, never text.
        """
        text = msgspec.json.encode(detail, order="sorted").decode()
        fields: dict[str, Any] = {
            "seq": self._seq + 1,
            "run": self._run,
            "on_day": self._day,
            "key": key,
            "kind": kind,
            "actor": self._actor,
            "detail": text,
            "prev": self._prev,
        }
        sealed = Sealed(**fields)
        self._seq, self._prev = sealed.seq, seal(sealed)
        self._waiting.append(fields | {"hash": self._prev})
        return self._seq

    def flush(self) -> None:
        """Write the events that wait."""
        if self._waiting:
            self._connection.execute(sa.insert(event), self._waiting)
            self._waiting = []
