"""Write into the 备查簿 what the register has changed of the public side, and read it back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from pipeline.domain.faults import BadRegisterError
from pipeline.lifecycle.model import State
from pipeline.register import corrections, ledger
from pipeline.register.database import reading
from pipeline.register.entry import Entry, from_columns, to_columns
from pipeline.register.memorandum import Mark, Memorandum
from pipeline.register.tables import decision, event

_FORGOTTEN = frozenset({"source_digest", "policy_digest", "engine_digest", "waiting"})
"""What a restored decision is to be examined anew for."""

_ALWAYS = frozenset({"key", "slug", "case_number", "state"})


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a register stands."""

    identity: str
    run: int
    events: int
    hash: str


def remember(engine: sa.Engine, memorandum: Memorandum, *, seen: bool = False) -> None:
    """Bring the 备查簿 up to the register.

    What left the public side, what staff decided and what became of requests for correction is
    written at once; pages that were published only once they are verified (``seen``): before
    that nobody may have seen them.
    Raises ``BadRegisterError`` for another register, or an older state of it, in the place of the
    one that the file follows: an old export would bring back what was withdrawn since.
    """
    with reading(engine) as connection:
        head = _head(connection)
        mark = memorandum.end()[1]
        _refuse_another(connection, head, mark, memorandum.path.name)
        if not seen and (mark.identity, mark.events, mark.removed) == (
            head.identity,
            head.events,
            head.run,
        ):
            return
        conditions = (
            [decision.c.revision > mark.seen]
            if seen
            else [
                sa.and_(decision.c.revision > mark.removed, decision.c.state != State.PUBLISHED),
                decision.c.acted.is_(True),
            ]
        )
        memorandum.append(
            _rows(connection, sa.or_(*conditions)),
            corrections.rows_since(connection, mark.events),
            identity=head.identity,
            removed=head.run,
            seen=head.run if seen else mark.seen,
            events=head.events,
            head=head.hash,
        )


def _refuse_another(connection: sa.Connection, head: _Head, mark: Mark, name: str) -> None:
    if mark.identity not in {"", head.identity}:
        why = "不是那一份"
    else:
        then = sa.select(event.c.hash).where(event.c.seq == mark.events)
        if not mark.events or connection.execute(then).scalar() == mark.head:
            return
        why = "比它旧，或被改动过"
    raise BadRegisterError(
        f"备查簿 {name} 记有台账做过的公示和撤下，现在的台账{why}，未做任何改动。"
        "请用备份恢复：gongshi register restore；确要从头开始，先移走备查簿"
    )


def mark_of(engine: sa.Engine) -> dict[str, Any]:
    """Return the fields of a mark that follows a register to its newest event.

    What changed in a run whose site was never verified is still to be written.
    """
    with reading(engine) as connection:
        head = _head(connection)
        verified = ledger.verified_run(connection)
    return {
        "identity": head.identity,
        "removed": verified,
        "seen": verified,
        "events": head.events,
        "head": head.hash,
    }


def to_row(entry: Entry) -> dict[str, Any]:
    """Return what the 备查簿 keeps of an entry: its columns but for the empty ones."""
    empty = to_columns(_bare(entry.key, entry.slug, entry.case_number))
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in to_columns(entry).items()
        if name in _ALWAYS or (name not in _FORGOTTEN and value != empty[name])
    }


def from_row(row: Mapping[str, Any]) -> Entry:
    """Return the entry of a row of the 备查簿, without what it is to be examined anew for."""
    columns = to_columns(_bare(row["key"], row["slug"], row["case_number"])) | dict(row)
    for column in decision.columns:
        if isinstance(column.type, sa.Date) and columns[column.name] is not None:
            columns[column.name] = date.fromisoformat(columns[column.name])
    return from_columns(columns)


def _bare(key: str, slug: str, case_number: str) -> Entry:
    return Entry(key=key, slug=slug, case_number=case_number, state=State.HELD)


def _rows(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    for entry in ledger.entries_where(connection, condition):
        yield to_row(entry)


def _head(connection: sa.Connection) -> _Head:
    newest = sa.select(event.c.seq, event.c.hash).order_by(event.c.seq.desc()).limit(1)
    last = connection.execute(newest).first()
    return _Head(
        ledger.identity(connection),
        ledger.last_run(connection),
        last.seq if last else 0,
        last.hash if last else "",
    )
