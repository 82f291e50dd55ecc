"""What is remembered of an export from one night to the next, so as not to read it all again.

Of each piece (a file, or a line of JSON Lines) that had no fault: which decisions it speaks of,
and digests. Of each decision that was examined: the digest of all that the pieces said of it, and
what came of it. No text of a decision is kept. The memory may be deleted at any time; another
program, policy or setting (``context``) believes none of it.
"""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from sys import intern
from types import TracebackType
from typing import Self

import msgspec

from pipeline.domain.annual import Tally
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.faults import Place
from pipeline.domain.finding import Finding
from pipeline.domain.review import Source
from pipeline.intake.model import Draft, DraftFields, Outline
from pipeline.memory_file import open_memory_file

_TABLES = """
CREATE TABLE IF NOT EXISTS piece (digest BLOB PRIMARY KEY, outlines BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS result (key TEXT PRIMARY KEY, found BLOB NOT NULL) WITHOUT ROWID;
"""


class Result(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What came of a decision: ``source`` is the digest that the register knows it by.

    ``digest`` is that of all that was said of it. It holds from ``since`` to the day before
    ``until``: on that day the day alone may bring another verdict. There is one of each decision,
    hence no dataclass.
    """

    number: CaseNumber
    digest: str
    source: str
    since: date
    until: date
    findings: tuple[Finding, ...] = ()
    tally: Tally | None = None

    def holds_on(self, today: date) -> bool:
        """Whether nothing but what was said could have changed it by ``today``."""
        return self.since <= today < self.until


_Number = tuple[str, str, int, int, str]
_Outline = tuple[Source, str, str, _Number | None]
"""Source, record, digest and 文号."""

_Found = tuple[_Number, str, str, date, date, tuple[Finding, ...], Tally | None]
"""A result, field by field."""

_OUTLINES = msgspec.msgpack.Decoder(tuple[_Outline, ...])
_FOUND = msgspec.msgpack.Decoder(_Found)
_ENCODER = msgspec.msgpack.Encoder()
_NOTHING = DraftFields()
_ORDER = tuple(Source)


class Memory:
    """An open memory. Use it in a ``with`` statement: at the end it is written, all or nothing.

    Pieces and results that this run did not ask for or tell are forgotten.
    """

    def __init__(self, path: Path, context: str) -> None:
        self._database = open_memory_file(path, _TABLES, context)
        self._pieces: set[bytes] = set()
        self._keys: set[str] = set()

    def __enter__(self) -> Self:
        """Return the memory itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the memory when the run went well; a disk that refuses costs only the memory."""
        try:
            if error is None:
                with suppress(sqlite3.Error):
                    self._forget("piece", "digest", self._pieces)
                    self._forget("result", "key", self._keys)
                    self._database.commit()
        finally:
            self._database.close()

    def piece(self, digest: bytes, place: Place, at: int = 0) -> tuple[Outline, ...] | None:
        """Return what the piece at ``place`` speaks of, ``None`` when it is to be read."""
        self._pieces.add(digest)
        with suppress(sqlite3.Error, msgspec.MsgspecError):
            query = "SELECT outlines FROM piece WHERE digest = ?"
            found = self._database.execute(query, (digest,)).fetchone()
            if found:
                return tuple([_outline(each, place, at) for each in _OUTLINES.decode(found[0])])
        return None

    def keep_piece(self, digest: bytes, drafts: Sequence[Draft]) -> None:
        """Remember what a piece without a fault speaks of."""
        self._pieces.add(digest)
        row = (digest, _ENCODER.encode(_outlines(drafts)))
        with suppress(sqlite3.Error):
            self._database.execute("INSERT OR REPLACE INTO piece VALUES (?, ?)", row)

    def results(self, digests: Mapping[str, str], today: date) -> dict[str, Result]:
        """Return the results that hold, of decisions (key → digest of what is said of them)."""
        self._keys.update(digests)
        found: dict[str, Result] = {}
        alike: dict[Tally | None, Tally | None] = {}
        with suppress(sqlite3.Error, msgspec.MsgspecError):
            for key, row in self._database.execute("SELECT key, found FROM result"):
                result = _result(row, alike) if key in digests else None
                if result and result.digest == digests[key] and result.holds_on(today):
                    found[key] = result
        return found

    def keep_result(self, result: Result) -> None:
        """Remember what came of a decision."""
        self._keys.add(result.number.key)
        row = (result.number.key, _ENCODER.encode(_found(result)))
        with suppress(sqlite3.Error):
            self._database.execute("INSERT OR REPLACE INTO result VALUES (?, ?)", row)

    def _forget(self, table: str, column: str, seen: Collection[object]) -> None:
        rows = self._database.execute(f"SELECT {column} FROM {table}")  # noqa: S608 - fixed
        gone = [row for row in rows if row[0] not in seen]
        self._database.executemany(f"DELETE FROM {table} WHERE {column} = ?", gone)  # noqa: S608 - fixed


def _outlines(drafts: Sequence[Draft]) -> list[_Outline]:
    """Return the outlines of drafts: one for all that a record says of one decision.

    Where several sources speak in it, the first one: an export before the words of its document.
    """
    found: dict[tuple[str, str, CaseNumber | None], _Outline] = {}
    for draft in sorted(drafts, key=lambda draft: _ORDER.index(draft.source)):
        number, record = draft.case_number, draft.place.record
        said = None if number is None else _said(number)
        found.setdefault((record, draft.digest, number), (draft.source, record, draft.digest, said))
    return list(found.values())


def _said(number: CaseNumber) -> _Number:
    return number.raw, number.code, number.year, number.number, number.branch


def _number(said: _Number) -> CaseNumber:
    raw, code, year, number, branch = said
    return CaseNumber(raw, intern(code), year, number, branch)


def _outline(remembered: _Outline, place: Place, at: int) -> Outline:
    source, record, digest, said = remembered
    return Outline(
        place=place if place.record else Place(place.file, record),
        source=source,
        digest=digest,
        case_number=None if said is None else _number(said),
        fields=_NOTHING,
        at=at,
    )


def _found(result: Result) -> _Found:
    dates = result.since, result.until
    return (
        _said(result.number), result.digest, result.source, *dates, result.findings, result.tally
    )  # fmt: skip


def _result(row: bytes, alike: dict[Tally | None, Tally | None]) -> Result:
    """Return what a row says; of tallies that are ``alike``, one serves all decisions."""
    number, digest, source, since, until, findings, tally = _FOUND.decode(row)
    return Result(
        number=_number(number),
        digest=digest,
        source=source,
        since=since,
        until=until,
        findings=findings,
        tally=alike.setdefault(tally, tally),
    )
