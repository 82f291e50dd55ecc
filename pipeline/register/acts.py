"""What staff did, as events of the chain; what they remark in private is kept apart.

The event holds actor, ground and article, and of the remark only a salted digest: a remark that
is altered shows, and one that must be erased can be, without breaking the chain.
"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from pipeline.domain.basis import Basis
from pipeline.register import ledger
from pipeline.register.tables import event, remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act of a member of staff.

    ``key`` is the decision's (empty when the act is about no single one), ``kind`` the Chinese
    name of the act, ``ground`` a fixed word or phrase that may be shown to anyone, ``told`` what
    else the event states (days, digests, numbers; never text of a person). ``remark`` is private.
    """

    key: str
    kind: str
    actor: str
    ground: str
    basis: Basis
    told: Mapping[str, Any] = field(default_factory=dict)
    remark: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Refuse an act without a person, a kind or a ground."""
        if not all(part.strip() for part in (self.kind, self.actor, self.ground)):
            raise ValueError("an act has a kind, an actor and a ground")


def record(connection: sa.Connection, act: Act, *, today: date) -> int:
    """Append ``act`` to the chain; return the number of its event.

    The caller holds the transaction (``pipeline.register.database.writing``) and ends it.
    """
    told = {**act.told, "ground": act.ground, "basis": str(act.basis)}
    salt = secrets.token_hex(16) if act.remark else ""
    if act.remark:
        told["remark"] = _digest(salt, act.remark)
    journal = ledger.Journal(connection, ledger.last_run(connection), today, act.actor)
    seq = journal.append(act.key, act.kind, told)
    journal.flush()
    if act.remark:
        row = {"seq": seq, "salt": salt, "words": act.remark}
        connection.execute(sa.insert(remark).values(row))
    return seq


def remarks(connection: sa.Connection, events: Sequence[int]) -> dict[int, str]:
    """Return the private remarks of the events (by number) that have one."""
    query = sa.select(remark.c.seq, remark.c.words).where(remark.c.seq.in_(events))
    return {row.seq: row.words for row in connection.execute(query)}


def faults(connection: sa.Connection) -> Iterator[str]:
    """Yield, in Chinese, each remark that is not the one its event was told of."""
    query = (
        sa.select(remark.c.seq, remark.c.salt, remark.c.words, event.c.detail)
        .outerjoin(event, event.c.seq == remark.c.seq)
        .order_by(remark.c.seq)
    )
    for row in connection.execute(query):
        told = msgspec.json.decode(row.detail) if row.detail else {}
        if told.get("remark") != _digest(row.salt, row.words):
            yield f"事件 {row.seq} 的备注已被改动"


def _digest(salt: str, words: str) -> str:
    return hashlib.sha256(f"{salt}{words}".encode()).hexdigest()
