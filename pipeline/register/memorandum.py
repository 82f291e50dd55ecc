"""备查簿: what became public, what left it and what was asked of it, kept outside the register.

A register that is restored from a backup has forgotten the days since. This file has not: one
line for each decision whose public side changed and each request for correction that went a step
further, in order, each line sealing the one before, and after each batch a mark that says how far
it follows which register. It is only appended to. A batch that was cut off has no mark and is
written again. It holds no text of a decision; of a request it holds what the register does, so
nobody else may read it.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from pipeline.domain.faults import BadRegisterError

FILE_NAME = "memorandum.jsonl"

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in the file: how many bytes come before it, and the SHA-256 of the line before."""

    offset: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far the file follows a register, and what the releases have left behind.

    ``removed`` is the last run whose removals are written, ``seen`` the last one whose pages are;
    ``events`` and ``head`` are number and hash of the newest event then. ``released`` is the place
    after which nothing has been released yet, ``before`` the same for the release before it;
    ``trees`` are the digests of the two trees as the last release left them.
    """

    identity: str = ""
    removed: int = 0
    seen: int = 0
    events: int = 0
    head: str = ""
    released: int = 0
    before: int = 0
    trees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    prev: str
    row: dict[str, Any] | None = None
    request: dict[str, Any] | None = None
    mark: Mark | None = None


_LINE = msgspec.json.Decoder(_Line)


@dataclass(frozen=True, slots=True)
class Memorandum:
    """The file at ``path``; it need not exist yet."""

    path: Path

    def end(self) -> tuple[Place, Mark]:
        """Return the place after the last whole batch, and its mark."""
        if not self.path.exists():
            return Place(), Mark()
        with self.path.open("rb") as stream:
            return _end(stream)

    def append(
        self,
        rows: Iterable[Mapping[str, Any]],
        requests: Iterable[Mapping[str, Any]] = (),
        **changes: Any,  # noqa: ANN401 - fields of Mark
    ) -> None:
        """Write rows, requests and a mark with ``changes``; all is on the disk on return."""
        with self._locked() as stream:
            place, mark = _end(stream)
            stream.seek(place.offset)
            stream.truncate()
            prev = place.hash
            for row in rows:
                prev = _write(stream, _Line(prev=prev, row=dict(row)))
            for request in requests:
                prev = _write(stream, _Line(prev=prev, request=dict(request)))
            _write(stream, _Line(prev=prev, mark=replace(mark, **changes)))
            stream.flush()
            os.fsync(stream.fileno())

    def mark_released(self, trees: tuple[str, ...]) -> None:
        """Note that all that is written has been released, and what the trees hold now."""
        place, mark = self.end()
        self.append((), released=place.offset, before=mark.released, trees=trees)

    def rows(self, since: int = 0) -> Iterator[dict[str, Any]]:
        """Yield the rows of whole batches after a place, oldest first.

        Raises ``BadRegisterError`` when a line was altered.
        """
        return (line.row for line in self._lines(since) if line.row is not None)

    def requests(self, since: int = 0) -> Iterator[dict[str, Any]]:
        """Yield the requests of whole batches after a place, as ``rows`` does."""
        return (line.request for line in self._lines(since) if line.request is not None)

    def holds(self, place: Place) -> bool:
        """Whether the file still has what it had when it ended at ``place``."""
        if place.offset == 0:
            return True
        if self.end()[0].offset < place.offset:
            return False
        with self.path.open("rb") as stream:
            return _last_line_before(stream, place.offset)[1] == place.hash

    def faults(self) -> Iterator[str]:
        """Yield, in Chinese, each line that was altered, removed or moved."""
        prev = ""
        if not self.path.exists():
            return
        with self.path.open("rb") as stream:
            for number, text in enumerate(stream, start=1):
                if not text.endswith(b"\n"):
                    return  # cut off; the next change writes it again
                try:
                    line = _LINE.decode(text)
                except msgspec.MsgspecError:
                    yield f"备查簿第 {number} 行无法读取"
                else:
                    if line.prev != prev:
                        yield f"备查簿第 {number} 行与前一行不衔接"
                prev = hashlib.sha256(text).hexdigest()

    def _lines(self, since: int) -> Iterator[_Line]:
        end = self.end()[0].offset
        if not self.path.exists():
            return
        with self.path.open("rb") as stream:
            stream.seek(since)
            while stream.tell() < end:
                try:
                    yield _LINE.decode(stream.readline())
                except msgspec.MsgspecError:
                    raise BadRegisterError(
                        f"备查簿 {self.path.name} 已损坏。请用 gongshi register verify 查看"
                    ) from None

    @contextmanager
    def _locked(self) -> Iterator[BinaryIO]:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "r+b") as stream:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield stream


def _write(stream: BinaryIO, line: _Line) -> str:
    parts = {"row": line.row, "request": line.request, "mark": line.mark}
    told = {"prev": line.prev} | {name: part for name, part in parts.items() if part is not None}
    text = msgspec.json.encode(told) + b"\n"
    stream.write(text)
    return hashlib.sha256(text).hexdigest()


def _end(stream: BinaryIO) -> tuple[Place, Mark]:
    """Return the place after the last mark of the file, and the mark."""
    end = stream.seek(0, os.SEEK_END)
    while end > 0:
        text, digest = _last_line_before(stream, end)
        if text.endswith(b"\n"):
            try:
                line = _LINE.decode(text)
            except msgspec.MsgspecError:
                line = None
            if line is not None and line.mark is not None:
                return Place(offset=end, hash=digest), line.mark
        end -= len(text)
    return Place(), Mark()


def _last_line_before(stream: BinaryIO, end: int) -> tuple[bytes, str]:
    """Return the line that ends at ``end``, whole or cut off, and its SHA-256."""
    text, start = b"", end
    while start > 0:
        size = min(_CHUNK, start)
        start -= size
        stream.seek(start)
        text = stream.read(size) + text
        found = text.rfind(b"\n", 0, len(text) - 1)
        if found >= 0:
            text = text[found + 1 :]
            break
    return text, hashlib.sha256(text).hexdigest()
