"""What is remembered of an export from one night to the next, so as not to read it all again.

Of each piece (a file, or a line of JSON Lines) that had no fault: which decisions it speaks of,
and digests. Of each decision that was examined: the digest of all that the pieces said of it, and
what came of it. No text of a decision is kept. The memory may be deleted at any time; another
program, policy or setting (``context``) believes none of it.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from pipeline.domain.annual import Tally
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.faults import Place
from pipeline.domain.finding import Finding
from pipeline.domain.review import Source
from pipeline.intake.model import Draft
from pipeline.memory_file import open_memory_file

_TABLES = """
CREATE TABLE IF NOT EXISTS piece (digest TEXT PRIMARY KEY, outlines BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS result (key TEXT PRIMARY KEY, found BLOB NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Outline:
    """A draft without what it says: enough to join it, and to see whether it is the same."""

    source: Source
    record: str
    field: str
    digest: str
    case_number: CaseNumber | None

    @classmethod
    def of(cls, draft: Draft) -> Self:
        """Return the outline of a draft."""
        place = draft.place
        return cls(draft.source, place.record, place.field, draft.digest, draft.case_number)

    def draft(self, file: str, record: str) -> Draft:
        """Return the draft without its fields; ``record`` where the outline has none."""
        place = Place(file, record or self.record, self.field)
        return Draft(
            place=place, source=self.source, digest=self.digest, case_number=self.case_number
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a decision: ``source`` is the digest that the register knows it by.

    ``digest`` is that of all that was said of it. It holds from ``since`` to the day before
    ``until``: on that day the day alone may bring another verdict.
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


_OUTLINES = msgspec.json.Decoder(tuple[Outline, ...])
_RESULT = msgspec.json.Decoder(Result)
_ENCODER = msgspec.json.Encoder()


class Memory:
    """An open memory. Use it in a ``with`` statement: at the end it is written, all or nothing.

    Pieces and results that this run did not ask for or tell are forgotten.
    """

    def __init__(self, path: Path, context: str) -> None:
        self._database = open_memory_file(path, _TABLES, context)
        self._pieces: set[str] = set()
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

    def piece(self, digest: str) -> tuple[Outline, ...] | None:
        """Return what a piece speaks of, ``None`` when it is to be read."""
        self._pieces.add(digest)
        with suppress(sqlite3.Error, msgspec.MsgspecError):
            query = "SELECT outlines FROM piece WHERE digest = ?"
            found = self._database.execute(query, (digest,)).fetchone()
            return _OUTLINES.decode(found[0]) if found else None
        return None

    def keep_piece(self, digest: str, drafts: Iterable[Draft]) -> None:
        """Remember what a piece without a fault speaks of."""
        self._pieces.add(digest)
        row = (digest, _ENCODER.encode([Outline.of(draft) for draft in drafts]))
        with suppress(sqlite3.Error):
            self._database.execute("INSERT OR REPLACE INTO piece VALUES (?, ?)", row)

    def results(self, digests: Mapping[str, str], today: date) -> dict[str, Result]:
        """Return the results that hold, of decisions (key → digest of what is said of them)."""
        self._keys.update(digests)
        query = "SELECT found FROM result WHERE key = ?"
        found: dict[str, Result] = {}
        with suppress(sqlite3.Error, msgspec.MsgspecError):
            for key, digest in digests.items():
                row = self._database.execute(query, (key,)).fetchone()
                result = _RESULT.decode(row[0]) if row else None
                if result and result.digest == digest and result.holds_on(today):
                    found[key] = result
        return found

    def keep_result(self, result: Result) -> None:
        """Remember what came of a decision."""
        self._keys.add(result.number.key)
        row = (result.number.key, _ENCODER.encode(result))
        with suppress(sqlite3.Error):
            self._database.execute("INSERT OR REPLACE INTO result VALUES (?, ?)", row)

    def _forget(self, table: str, column: str, seen: set[str]) -> None:
        rows = self._database.execute(f"SELECT {column} FROM {table}").fetchall()  # noqa: S608 - fixed
        gone = [row for row in rows if row[0] not in seen]
        self._database.executemany(f"DELETE FROM {table} WHERE {column} = ?", gone)  # noqa: S608 - fixed
