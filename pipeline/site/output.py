"""The output folder. Writes what changed, leaves what did not, removes what nothing lists."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern

from pipeline.domain.faults import BadSiteError
from pipeline.site.state import Written, load_state, save_state
from pipeline.site.writing import File, Stat, Writing, write
from pipeline.workers.model import Workers, mapped

_FEW = 150
"""Groups that are written here as fast as other processes begin."""


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file beside the pages: its path, the digest of all it depends on, how to make it."""

    path: str
    inputs: str
    render: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Changes:
    """What one build did to the output: paths relative to it, sorted."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int


class Output:
    """One build into ``folder``; ``state`` is the file of the build state.

    Every path is taken once; a second claim to it is an error.
    """

    def __init__(self, folder: Path, state: Path) -> None:
        self._folder = folder
        self._state = state
        self._before = load_state(state)
        self._there = _files(folder)
        self._taken: set[str] = set()
        self._now: dict[str, Written] = {}
        self._written: list[str] = []

    def put(self, path: str, inputs: str, render: Callable[[], bytes]) -> None:
        """Make sure that ``path`` holds what ``render`` gives for ``inputs``.

        ``render`` is not called when the file was written from equal inputs and is untouched.
        Raises ``BadSiteError`` when the path was taken before or leaves the folder.
        """
        if not self._is_there(path, inputs):
            there = self._there.get(path)
            self._note(path, inputs, there, write(self._folder, path, render(), there))

    def put_all(
        self,
        groups: Iterable[Sequence[File]],
        render: Callable[[File], bytes],
        workers: Workers,
    ) -> None:
        """Put every file of every group; ``workers`` render and write what is not there yet.

        Raises what ``put`` raises, ``BadSiteError`` when template or disk refuse, and what the
        workers raise.
        """
        waiting: deque[list[tuple[File, Stat | None]]] = deque()

        def missing() -> Iterator[list[tuple[File, Stat | None]]]:
            for group in groups:
                wanted = [
                    (file, self._there.get(file.path))
                    for file in group
                    if not self._is_there(file.path, file.inputs)
                ]
                if wanted:
                    waiting.append(wanted)
                    yield wanted

        writing = Writing(self._folder, render)
        with mapped(workers, writing, missing(), few=_FEW) as done:
            for written in done:
                for (file, there), now in zip(waiting.popleft(), written, strict=True):
                    self._note(file.path, file.inputs, there, now)

    def finish(self) -> Changes:
        """Remove what was not put, record the build and say what it did."""
        stale = sorted(self._there.keys() - self._taken)
        for path in stale:
            (self._folder / path).unlink()
        for folder in sorted({parent for path in stale for parent in Path(path).parents})[::-1]:
            if folder != Path() and not any((self._folder / folder).iterdir()):
                (self._folder / folder).rmdir()
        save_state(self._state, self._now, self._before.keys() - self._taken)
        kept = len(self._taken) - len(self._written)
        return Changes(tuple(sorted(self._written)), tuple(stale), kept)

    def _is_there(self, path: str, inputs: str) -> bool:
        """Take the path; return whether the file was written from equal inputs."""
        self._take(path)
        before = self._before.get(path)
        return (
            before is not None
            and before.inputs == inputs
            and self._there.get(path) == (before.size, before.mtime_ns)
        )

    def _note(self, path: str, inputs: str, there: Stat | None, now: Stat | None) -> None:
        stat = now or there
        assert stat is not None  # noqa: S101 - what is not written anew was there
        self._now[path] = Written(inputs, *stat)
        if now is not None:
            self._written.append(path)

    def _take(self, path: str) -> None:
        if path in self._taken:
            raise BadSiteError(f"两个页面用了同一地址：{path}。请改其中一个的 Slug")
        if path.startswith("/") or ".." in path.split("/") or "\\" in path:
            raise BadSiteError(f"地址越出了网站文件夹：{path}。请改这一页的 Slug")
        self._taken.add(path)


def _files(folder: Path) -> dict[str, Stat]:
    """Return size and time of change of each file below ``folder``."""
    found: dict[str, Stat] = {}
    pending = [(str(folder), "")] if folder.is_dir() else []
    while pending:
        place, prefix = pending.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    status = entry.stat(follow_symlinks=False)
                    found[intern(prefix + entry.name)] = (status.st_size, status.st_mtime_ns)
    return found
