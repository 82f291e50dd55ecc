"""What a run had redacted when it was stopped, so that the next one does only the rest.

Redaction is a pure function, and by far the dearest step of a first load: its results are kept by
the digest of all that went into them. They hold what must be hidden, like the exports themselves:
they lie in a folder of the agency's own account alone, and are deleted when the run has ended
well. A night with little to do writes nothing. The file may be deleted at any time.
"""

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from pipeline.domain.decision import Decision
from pipeline.program import program_digest
from pipeline.redaction.redact import Redaction

EVERY = 100
"""Redactions that are written at once: about a second of work is lost with a run."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS context (id INTEGER PRIMARY KEY CHECK (id = 1), digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS redaction (digest BLOB PRIMARY KEY, made BLOB NOT NULL) WITHOUT ROWID;
"""
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_DECODER = msgspec.msgpack.Decoder(Redaction)


@dataclass(frozen=True, slots=True)
class Work:
    """What redactions rest on besides the decision: digests, and the numbers that stay public."""

    policy: str
    engine: str
    public_values: Collection[str]

    @property
    def digest(self) -> str:
        """The digest of all this and of the program."""
        parts = (program_digest(), self.policy, self.engine, sorted(self.public_values))
        return hashlib.sha256(repr(parts).encode()).hexdigest()


class Unfinished:
    """The redactions of runs that did not end well. Use it in a ``with`` statement.

    At the end of a run that went well they are deleted; those for other work are never believed.
    """

    def __init__(self, path: Path, work: Work) -> None:
        self._path = path
        self._digest = work.digest
        self._fresh: list[tuple[bytes, bytes]] = []
        self._database = self._opened() if path.exists() else None

    def __enter__(self) -> Self:
        """Return the redactions themselves."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Delete everything when the run went well; else keep what was redacted."""
        if error is None:
            self._close()
            self._delete()
        elif self._database is not None:
            self._write()
            self._close()

    def find(self, decision: Decision) -> Redaction | None:
        """Return the redaction of this very decision, if an earlier run came so far."""
        if self._database is None:
            return None
        with suppress(sqlite3.Error, zlib.error, msgspec.MsgspecError):
            query = "SELECT made FROM redaction WHERE digest = ?"
            found = self._database.execute(query, (_digest(decision),)).fetchone()
            return _DECODER.decode(zlib.decompress(found[0])) if found else None
        return None

    def keep(self, decision: Decision, redaction: Redaction) -> None:
        """Keep a redaction; a disk that refuses costs only the work of a run that is stopped."""
        made = zlib.compress(_ENCODER.encode(redaction), level=1)
        self._fresh.append((_digest(decision), made))
        if len(self._fresh) >= EVERY:
            self._write()

    def _write(self) -> None:
        if self._database is None:
            self._database = self._opened()
        if self._database is not None:
            with suppress(sqlite3.Error), self._database as database:
                database.executemany("INSERT OR REPLACE INTO redaction VALUES (?, ?)", self._fresh)
        self._fresh.clear()

    def _opened(self) -> sqlite3.Connection | None:
        """Return the database, empty when it is another work's or damaged."""
        for _ in range(2):
            try:
                os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600))
                database = sqlite3.connect(self._path)
            except (OSError, sqlite3.Error):
                return None
            with suppress(sqlite3.Error), database:
                database.executescript(_SCHEMA)
                row = database.execute("SELECT digest FROM context").fetchone()
                if row is None:
                    database.execute("INSERT INTO context VALUES (1, ?)", (self._digest,))
                if row in {None, (self._digest,)}:
                    return database
            database.close()
            self._delete()
        return None

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()

    def _delete(self) -> None:
        for path in (self._path, self._path.with_name(f"{self._path.name}-journal")):
            with suppress(OSError):
                path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Made:
    """A redaction on its way from another process: encoded as it is kept, which is faster."""

    redaction: Redaction

    def __reduce__(self) -> tuple[Callable[[bytes], "Made"], tuple[bytes]]:
        """Go as bytes and arrive as a redaction."""
        return _made, (_ENCODER.encode(self.redaction),)


def _made(words: bytes) -> Made:
    return Made(_DECODER.decode(words))


def _digest(decision: Decision) -> bytes:
    """Return the digest of everything that is known of a decision."""
    return hashlib.sha256(_ENCODER.encode(decision)).digest()
