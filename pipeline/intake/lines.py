"""A file of JSON Lines: all of its lines once, then again those that are asked for.

No more of it is in memory than a line, unless it is in another encoding than UTF-8.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BufferedReader, BytesIO, FileIO, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, Self

from pipeline.intake.folder import State, changing, opened
from pipeline.intake.json_export import as_utf8, json_lines, plain_line
from pipeline.intake.model import FileContent, UnreadableFileError

_CHUNK = 1024 * 1024


class ChangedError(Exception):
    """A file is not as it is said to be, or not as it was when it was read first."""


@dataclass(slots=True)
class LineFile:
    """The file ``name`` below ``folder``, of at most ``limit`` bytes.

    ``digest`` is its SHA-256 (hex), if it is said to have one. Its lines are ``streamed`` as they
    stand in it, for they are UTF-8; those of another encoding are not. Reading raises
    ``UnreadableFileError`` like ``opened`` and ``as_utf8``, and ``ChangedError``.
    """

    folder: Path
    name: str
    limit: int
    digest: str | None = None
    streamed: bool = True
    state: State | None = None

    def recoded(self) -> Self:
        """Return the same file, of which not everything is UTF-8."""
        return replace(self, streamed=False)

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Yield each line without its break, after the byte at which it begins."""
        with opened(self.folder, self.name, limit=self.limit) as (file, state):
            watched = _Watched(file, state.size, hashed=self.digest is not None)
            yield from json_lines(self._stream(watched))
            if watched.size != state.size:
                raise UnreadableFileError(changing(self.name))
            if self.digest not in {None, watched.digest.hexdigest()}:
                raise ChangedError
        self.state = state

    def again(self, places: Iterable[int]) -> Iterator[bytes]:
        """Yield the lines that begin at these bytes, when all were read before."""
        with opened(self.folder, self.name, limit=self.limit) as (file, state):
            if state != self.state:
                raise ChangedError
            stream = self._stream(file)
            for at in places:
                stream.seek(at)
                yield plain_line(stream.readline(), at)

    def _stream(self, file: RawIOBase) -> BinaryIO:
        if self.streamed:
            return BufferedReader(file, _CHUNK)
        return BytesIO(as_utf8(FileContent(self.name, file.readall())))


class _Watched(RawIOBase):
    """A file while it is read for the first time: its size and, if ``hashed``, its digest."""

    def __init__(self, file: FileIO, expected: int, *, hashed: bool) -> None:
        self._file = file
        self._expected = expected
        self._hashed = hashed
        self.digest = hashlib.sha256()
        self.size = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - bytes in any form
        """Read on, but never much more than there was at first: somebody may be writing to it."""
        count = self._file.readinto(buffer) if self.size <= self._expected else 0
        self.size += count
        if self._hashed:
            self.digest.update(memoryview(buffer)[:count])
        return count
