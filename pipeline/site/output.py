"""The output folder. Writes what changed, leaves what did not, removes what nothing lists."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.domain.faults import BadSiteError
from pipeline.site.state import Written, load_state, save_state


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
        self._take(path)
        before = self._before.get(path)
        there = self._there.get(path)
        if before and before.inputs == inputs and there == (before.size, before.mtime_ns):
            return
        content = render()
        target = self._folder / path
        if there and there[0] == len(content) and target.read_bytes() == content:
            self._now[path] = Written(inputs, *there)
            return
        self._write(path, content, replace=there is not None)
        status = target.stat()
        self._now[path] = Written(inputs, status.st_size, status.st_mtime_ns)
        self._written.append(path)

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

    def _take(self, path: str) -> None:
        if path in self._taken:
            raise BadSiteError(f"两个页面用了同一地址：{path}。请改其中一个的 Slug")
        if path.startswith("/") or ".." in path.split("/") or "\\" in path:
            raise BadSiteError(f"地址越出了网站文件夹：{path}。请改这一页的 Slug")
        self._taken.add(path)

    def _write(self, path: str, content: bytes, *, replace: bool) -> None:
        target = os.path.join(self._folder, path)  # noqa: PTH118 - the hot loop of the build
        parent = os.path.dirname(target)  # noqa: PTH120
        if parent not in self._folders:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103
            self._folders.add(parent)
        if replace:
            os.unlink(target)  # noqa: PTH108
        with open(target, "xb") as file:  # noqa: PTH123
            file.write(content)


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
