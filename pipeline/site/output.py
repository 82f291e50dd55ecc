"""The output folder. Writes what changed, leaves what did not, removes what nothing lists."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from pipeline.domain.faults import BadSiteError
from pipeline.site.state import Written, load_state, save_state
from pipeline.workers.model import Workers, mapped

_FEW = 500
"""Files that are rendered here as fast as other processes begin."""


class Named(Protocol):
    """What is to be at a path, and the digest of all that it depends on."""

    @property
    def path(self) -> str: ...  # noqa: D102 - relative to the output

    @property
    def inputs(self) -> str: ...  # noqa: D102 - said above


File = TypeVar("File", bound=Named)


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

    A file is never changed in place: it may be hard-linked into a release, so it is unlinked and
    created anew. Every path is taken once; a second claim to it is an error.
    """

    def __init__(self, folder: Path, state: Path) -> None:
        self._folder = folder
        self._state = state
        self._before = load_state(state)
        self._there = _files(folder)
        self._taken: set[str] = set()
        self._now: dict[str, Written] = {}
        self._written: list[str] = []
        self._folders: set[str] = set()

    def put(self, path: str, inputs: str, render: Callable[[], bytes]) -> None:
        """Make sure that ``path`` holds what ``render`` gives for ``inputs``.

        ``render`` is not called when the file was written from equal inputs and is untouched.
        Raises ``BadSiteError`` when the path was taken before or leaves the folder.
        """
        if not self._is_there(path, inputs):
            self._keep(path, inputs, render())

    def put_all(
        self, files: Iterable[File], render: Callable[[File], bytes], workers: Workers
    ) -> None:
        """Put every file; ``workers`` render those that are not there yet.

        Raises what ``put`` and they raise.
        """
        waiting: deque[File] = deque()

        def missing() -> Iterator[File]:
            for file in files:
                if not self._is_there(file.path, file.inputs):
                    waiting.append(file)
                    yield file

        with mapped(workers, render, missing(), few=_FEW) as contents:
            for content in contents:
                file = waiting.popleft()
                self._keep(file.path, file.inputs, content)

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

    def _keep(self, path: str, inputs: str, content: bytes) -> None:
        there = self._there.get(path)
        if there and there[0] == len(content) and (self._folder / path).read_bytes() == content:
            self._now[path] = Written(inputs, *there)
            return
        self._now[path] = self._write(path, inputs, content, replace=there is not None)
        self._written.append(path)

    def _take(self, path: str) -> None:
        if path in self._taken:
            raise BadSiteError(f"两个页面用了同一地址：{path}。请改其中一个的 Slug")
        if path.startswith("/") or ".." in path.split("/") or "\\" in path:
            raise BadSiteError(f"地址越出了网站文件夹：{path}。请改这一页的 Slug")
        self._taken.add(path)

    def _write(self, path: str, inputs: str, content: bytes, *, replace: bool) -> Written:
        target = f"{self._folder}/{path}"  # no pathlib: this is the hot loop of the build
        parent = os.path.dirname(target)  # noqa: PTH120
        if parent not in self._folders:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103
            self._folders.add(parent)
        if replace:
            os.unlink(target)  # noqa: PTH108
        with open(target, "xb") as file:  # noqa: PTH123
            file.write(content)
        status = os.stat(target)  # noqa: PTH116 - after the file is closed: no more is to come
        return Written(inputs, status.st_size, status.st_mtime_ns)


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change of each file below ``folder``."""
    found: dict[str, tuple[int, int]] = {}
    pending = [(str(folder), "")] if folder.is_dir() else []
    while pending:
        place, prefix = pending.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    status = entry.stat(follow_symlinks=False)
                    found[prefix + entry.name] = (status.st_size, status.st_mtime_ns)
    return found
