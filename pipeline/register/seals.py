"""封存: after each change, one row that says what every table holds.

The chain of events tells what happened; a seal tells what stands. Each decision carries the
digest of its own row, their sum stands in the register's row, and the seal covers that row, the
newest event and every small table. So whatever is altered, removed or added past the program
shows; what it costs follows the change, not the size of the register.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from pipeline.register.chain import START
from pipeline.register.tables import decision, event, metadata, register, remark, seal

EMPTY = "0" * 64
"""The sum of no rows."""

_APART = frozenset({decision.name, event.name, seal.name, remark.name})
"""Tables that are not digested as a whole: by row, by chain, or against their event."""

_MODULUS = 1 << 256


def row_digest(row: Mapping[str, Any] | sa.RowMapping) -> str:
    """Return the SHA-256 of a row but its seal and its text (which has a digest of its own).

    Empty values play no part: a column that a later version adds empty changes nothing.
    """
    told = {
        name: _plain(value)
        for name, value in row.items()
        if name not in {"seal", "cleared"} and value not in (None, "", False, 0, "[]", "null")
    }
    return hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()


def account(connection: sa.Connection, gone: Iterable[str], fresh: Iterable[str]) -> None:
    """Take the seals of rows that were replaced out of the sum, and the new ones in."""
    total = int(connection.execute(sa.select(register.c.sealed_rows)).scalar_one(), 16)
    total += sum(int(each, 16) for each in fresh) - sum(int(each, 16) for each in gone)
    connection.execute(sa.update(register).values(sealed_rows=f"{total % _MODULUS:064x}"))


def total_of(digests: Iterable[str]) -> str:
    """Return the sum of seals, in whatever order."""
    return f"{sum(int(each, 16) for each in digests) % _MODULUS:064x}"


def close(connection: sa.Connection) -> None:
    """Append a seal when anything has changed since the last one. Ends every transaction."""
    state = _state(connection)
    last = connection.execute(sa.select(seal).order_by(seal.c.id.desc()).limit(1)).mappings()
    before = last.first()
    if before is not None and before["state"] == state:
        return
    row = {
        "id": before["id"] + 1 if before else 1,
        "state": state,
        "prev": before["hash"] if before else START,
    }
    connection.execute(sa.insert(seal).values(row | {"hash": _hash(row)}))


def faults(connection: sa.Connection) -> Iterator[str]:
    """Yield, in Chinese, what does not stand as it was sealed; nothing when all is whole."""
    newest: sa.RowMapping | None = None
    for row in connection.execute(sa.select(seal).order_by(seal.c.id)).mappings():
        prev = newest["hash"] if newest else START
        if row["id"] != (newest["id"] if newest else 0) + 1 or row["prev"] != prev:
            yield f"封存 {row['id']} 与前一次不衔接"
        if _hash(row) != row["hash"]:
            yield f"封存 {row['id']} 的内容已被改动"
        newest = row
    yield from _decision_faults(connection)
    if newest is None:
        yield "封存记录缺失"
        return
    yield from _differences(newest["state"], _state(connection))


def _decision_faults(connection: sa.Connection) -> Iterator[str]:
    """Yield each decision whose row or text is not what was sealed, and whether one is missing."""
    query = sa.select(decision).order_by(decision.c.key).execution_options(yield_per=400)
    total = 0
    for row in connection.execute(query).mappings():
        total += int(row["seal"], 16) if _is_digest(row["seal"]) else 0
        if row_digest(row) != row["seal"]:
            yield f"决定 {row['key']} 的记录已被改动"
        text = hashlib.sha256(row["cleared"]).hexdigest() if row["cleared"] is not None else ""
        if text != row["content_digest"]:
            yield f"决定 {row['key']} 的公示内容已被改动"
    stated = connection.execute(sa.select(register.c.sealed_rows)).scalar() or ""
    if f"{total % _MODULUS:064x}" != stated:
        yield "决定表有记录缺失、多出或被替换"
        yield from (f"决定 {key} 有事件而没有记录" for key in _lost(connection))


def _lost(connection: sa.Connection) -> Iterator[str]:
    known = sa.select(decision.c.key)
    query = sa.select(event.c.key).distinct().where(event.c.key != "", event.c.key.not_in(known))
    yield from connection.execute(query.order_by(event.c.key)).scalars()


def _differences(sealed: str, found: str) -> Iterator[str]:
    try:
        was: dict[str, str] = msgspec.json.decode(sealed, type=dict[str, str])
    except msgspec.MsgspecError:
        was = {}
    now: dict[str, str] = msgspec.json.decode(found, type=dict[str, str])
    for name in sorted(was.keys() | now.keys()):
        if was.get(name) != now.get(name):
            yield (
                "最后的事件缺失或未经程序添加"
                if name == event.name
                else f"表 {name} 与最后一次封存不符"
            )


def _state(connection: sa.Connection) -> str:
    """Return, as JSON, the digest of each table as it stands."""
    newest = sa.select(event.c.seq, event.c.hash).order_by(event.c.seq.desc()).limit(1)
    head = connection.execute(newest).first()
    found = {event.name: f"{head.seq} {head.hash}" if head else ""}
    for table in metadata.sorted_tables:
        if table.name not in _APART:
            found[table.name] = _digest_of(connection, table)
    return msgspec.json.encode(found, order="sorted").decode()


def _digest_of(connection: sa.Connection, table: sa.Table) -> str:
    running = hashlib.sha256()
    for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings():
        running.update(row_digest(row).encode())
    return running.hexdigest()


def _hash(row: Mapping[str, Any] | sa.RowMapping) -> str:
    told = [row["id"], row["state"], row["prev"]]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


def _is_digest(text: str) -> bool:
    return len(text) == len(EMPTY) and all(each in "0123456789abcdef" for each in text)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return int(value) if isinstance(value, bool) else value
