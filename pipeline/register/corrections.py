"""更正申请 in the register: one row a request, every step an event of the chain.

Who asks and what is said stays in the row. The event holds number, day, ruling and articles.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from pipeline.domain.basis import Basis
from pipeline.domain.cleared import ClearedDecision
from pipeline.domain.correction import (
    Amendment,
    Asked,
    Evidence,
    Replied,
    Request,
    RequestNumber,
    Ruled,
)
from pipeline.domain.faults import BadRegisterError
from pipeline.projection.codec import decode_cleared
from pipeline.register import acts, ledger
from pipeline.register.database import reading, writing
from pipeline.register.tables import correction, decision, event, register

_OPENED, RULED, _REPLIED = "更正申请登记", "更正申请处理", "更正申请答复"
APPLIED = "更正生效"
_STEPS = (_OPENED, RULED, _REPLIED, APPLIED)
_NUMBER = ("word", "year", "running")
_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    "asked": msgspec.json.Decoder(Asked),
    "ruled": msgspec.json.Decoder(Ruled),
    "replied": msgspec.json.Decoder(Replied),
}
_ENCODER = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True, slots=True)
class Corrections:
    """The requests of one open register."""

    _engine: sa.Engine

    def case_number(self, key: str) -> str | None:
        """Return how the 文号 of a decision is written, ``None`` when it was never received."""
        query = sa.select(decision.c.case_number).where(decision.c.key == key)
        with reading(self._engine) as connection:
            return connection.execute(query).scalar()

    def public_text(self, key: str) -> ClearedDecision | None:
        """Return what the page of a decision says now, ``None`` when it says nothing."""
        with reading(self._engine) as connection:
            cleared = ledger.cleared_text(connection, key)
        return decode_cleared(cleared) if cleared is not None else None

    def open(
        self,
        asked: Asked,
        evidence: tuple[Evidence, ...],
        basis: Basis,
        *,
        today: date,
        keep: Callable[[RequestNumber], str],
    ) -> Request:
        """Give a request its number and keep it; all of it or nothing.

        ``keep`` is called with the number, puts the evidence in its place and returns the name of
        its folder.
        """
        with writing(self._engine) as connection:
            number = _next_number(connection, asked.kind.word, asked.received_on.year)
            stored = replace(asked, evidence=evidence, folder=keep(number))
            request = Request(number=number, asked=stored)
            connection.execute(sa.insert(correction).values(_row(request)))
            told = {"received_on": asked.received_on, "evidence": len(evidence)}
            _tell(connection, request, _OPENED, (asked.officer, basis, today), told)
        return request

    def find(self, number: RequestNumber) -> Request | None:
        """Return a request, ``None`` when there is none of that number.

        A page counts as corrected once a site with it has passed verification.
        """
        with reading(self._engine) as connection:
            row = connection.execute(_AS_SEEN.where(_is(number))).mappings().first()
        return _seen(row) if row else None

    def all(self) -> tuple[Request, ...]:
        """Return every request by day of receipt."""
        query = _AS_SEEN.order_by(correction.c.received_on, correction.c.id)
        with reading(self._engine) as connection:
            return tuple(map(_seen, connection.execute(query).mappings()))

    def rule(
        self, number: RequestNumber, ruled: Ruled, *, may: Callable[[Request], None]
    ) -> Request:
        """Keep the ruling. ``may`` raises when the request, as it is by now, takes none."""
        with writing(self._engine) as connection:
            request = _found(connection, number)
            may(request)
            ruled_request = replace(request, ruled=ruled, applied_on=None)
            _write(connection, ruled_request)
            told = {
                "to": ruled.ruling.value,
                "way": ruled.way.value if ruled.way else "",
                "bases": [str(basis) for basis in ruled.bases],
            }
            _tell(connection, ruled_request, RULED, (ruled.actor, ruled.bases[0], ruled.on), told)
        return ruled_request

    def reply(
        self,
        number: RequestNumber,
        replied: Replied,
        basis: Basis,
        *,
        may: Callable[[Request], None],
    ) -> Request:
        """Keep the written answer. ``may`` raises when the request, as it is by now, takes none."""
        with writing(self._engine) as connection:
            request = _found(connection, number)
            may(request)
            answered = replace(request, replied=replied)
            _write(connection, answered)
            told = {"files": len(replied.files)}
            _tell(connection, answered, _REPLIED, (replied.actor, basis, replied.on), told)
        return answered

    def amendments(self) -> tuple[Amendment, ...]:
        """Return what accepted corrections do to pages; a rebuild asks once, at its start."""
        query = sa.select(correction).where(correction.c.way != "").order_by(correction.c.id)
        with reading(self._engine) as connection:
            return tuple(_amendment(_read(row)) for row in connection.execute(query).mappings())


def waiting_keys() -> sa.Select[tuple[str]]:
    """Return the query for decisions whose page lacks an accepted correction."""
    return sa.select(correction.c.key).where(
        correction.c.way != "", correction.c.applied_on.is_(None)
    )


def unapplied(connection: sa.Connection) -> tuple[Amendment, ...]:
    """Return the accepted corrections that are still to reach their pages, oldest first."""
    query = sa.select(correction).where(correction.c.way != "", correction.c.applied_on.is_(None))
    rows = connection.execute(query.order_by(correction.c.id)).mappings()
    return tuple(_amendment(_read(row)) for row in rows)


def rows_since(connection: sa.Connection, seq: int) -> Iterator[dict[str, Any]]:
    """Yield, for the 备查簿, the requests that went a step further after event ``seq``."""
    stepped = sa.select(event.c.key).where(event.c.seq > seq, event.c.kind.in_(_STEPS))
    query = sa.select(correction).where(correction.c.key.in_(stepped)).order_by(correction.c.id)
    for row in connection.execute(query).mappings():
        yield {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in row.items()
            if name != "id"
        }


def bring_back(connection: sa.Connection, told: Iterable[Mapping[str, Any]]) -> int:
    """Put rows of the 备查簿, oldest first, in the place of what is known; return how many.

    A correction whose note is not on the page of the register is still to reach it.
    """
    newest = {tuple(row[name] for name in _NUMBER): dict(row) for row in told}
    for row in newest.values():
        number = RequestNumber(row["word"], row["year"], row["running"])
        entry = ledger.entries(connection, [row["key"]]).get(row["key"])
        shown = entry is None or any(str(number) in note.text for note in entry.corrections)
        row["received_on"] = date.fromisoformat(row["received_on"])
        applied = date.fromisoformat(row["applied_on"]) if row["applied_on"] else None
        row["applied_on"] = applied if shown else None
        connection.execute(sa.delete(correction).where(_is(number)))
        connection.execute(sa.insert(correction).values(row))
    return len(newest)


def mark_applied(connection: sa.Connection, number: RequestNumber, today: date) -> None:
    """Note that the page shows the correction from now on."""
    connection.execute(sa.update(correction).where(_is(number)).values(applied_on=today))


def _amendment(request: Request) -> Amendment:
    ruled = request.ruled
    if ruled is None or ruled.way is None:
        raise BadRegisterError(f"台账中 {request.number} 的记录已损坏。请用备份恢复")
    return Amendment(
        number=request.number,
        key=request.asked.key,
        way=ruled.way,
        note=ruled.note,
        hidden=ruled.hidden,
    )


def _next_number(connection: sa.Connection, word: str, year: int) -> RequestNumber:
    newest = sa.select(sa.func.max(correction.c.running)).where(
        correction.c.word == word, correction.c.year == year
    )
    return RequestNumber(word, year, (connection.execute(newest).scalar() or 0) + 1)


def _is(number: RequestNumber) -> sa.ColumnElement[bool]:
    return sa.and_(
        correction.c.word == number.word,
        correction.c.year == number.year,
        correction.c.running == number.running,
    )


def _found(connection: sa.Connection, number: RequestNumber) -> Request:
    row = connection.execute(sa.select(correction).where(_is(number))).mappings().first()
    if row is None:
        raise BadRegisterError(f"台账里没有 {number}。请用 gongshi correction list 查看编号")
    return _read(row)


_AS_SEEN = sa.select(
    correction,
    (decision.c.revision > sa.select(register.c.verified_run).scalar_subquery()).label(
        "unverified"
    ),
).outerjoin(decision, decision.c.key == correction.c.key)
"""Requests, and whether their page changed in a run whose site has not passed verification."""


def _seen(row: sa.RowMapping) -> Request:
    request = _read(row)
    return replace(request, applied_on=None) if row["unverified"] else request


def _write(connection: sa.Connection, request: Request) -> None:
    connection.execute(sa.update(correction).where(_is(request.number)).values(_row(request)))


def _row(request: Request) -> dict[str, Any]:
    way = request.ruled.way if request.ruled else None
    parts = {name: getattr(request, name) for name in _DECODERS}
    return {
        "word": request.number.word,
        "year": request.number.year,
        "running": request.number.running,
        "key": request.asked.key,
        "received_on": request.asked.received_on,
        "way": way.value if way else "",
        "applied_on": request.applied_on,
        **{name: _ENCODER.encode(part).decode() if part else "" for name, part in parts.items()},
    }


def _read(row: sa.RowMapping) -> Request:
    number = RequestNumber(row["word"], row["year"], row["running"])
    try:
        parts: dict[str, Any] = {
            name: decoder.decode(row[name]) for name, decoder in _DECODERS.items() if row[name]
        }
        return Request(number=number, applied_on=row["applied_on"], **parts)
    except (msgspec.MsgspecError, ValueError, TypeError):
        raise BadRegisterError(f"台账中 {number} 的记录已损坏。请用备份恢复") from None


def _tell(
    connection: sa.Connection,
    request: Request,
    kind: str,
    by: tuple[str, Basis, date],
    told: dict[str, Any],
) -> None:
    """Append the event of a step: who, under which article, on which day."""
    actor, basis, today = by
    act = acts.Act(
        key=request.asked.key,
        kind=kind,
        actor=actor,
        ground=f"{request.asked.kind} {request.number}",
        basis=basis,
        told={**told, "number": str(request.number)},
    )
    acts.record(connection, act, today=today)
