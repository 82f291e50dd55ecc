"""Writes files of the output, in whatever process. None is changed in place, or without need."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from jinja2 import TemplateError

from pipeline.site.failure import failure_of

Stat = tuple[int, int]
"""Size in bytes and time of change in ns."""


class Named(Protocol):
    """What is to be at a path, and the digest of all that it depends on."""

    @property
    def path(self) -> str: ...  # noqa: D102 - relative to the output

    @property
    def inputs(self) -> str: ...  # noqa: D102 - said above


File = TypeVar("File", bound=Named)


@dataclass(frozen=True, slots=True)
class Writing(Generic[File]):
    """Renders and writes files that belong together, each with what was there before."""

    folder: Path
    render: Callable[[File], bytes]

    def __call__(self, wanted: Sequence[tuple[File, Stat | None]]) -> list[Stat | None]:
        """Return what ``write`` does for each; raises ``BadSiteError`` for whatever refuses."""
        try:
            return [
                write(self.folder, file.path, self.render(file), there) for file, there in wanted
            ]
        except (TemplateError, OSError) as error:
            raise failure_of(error) from error


def write(folder: Path, path: str, content: bytes, there: Stat | None) -> Stat | None:
    """Put ``content`` at ``path``, where ``there`` is now; ``None`` when it is there already.

    The file may be hard-linked into a release, so it is unlinked and created anew. A process that
    was killed may have done either before: whoever does its work again takes what there is.
    """
    target = f"{folder}/{path}"  # no pathlib: this is the hot loop of the build
    if there is not None and there[0] == len(content) and _holds(target, content):
        return None
    try:
        _create(target, content)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        _create(target, content)
    except FileExistsError:
        os.unlink(target)  # noqa: PTH108
        _create(target, content)
    status = os.stat(target)  # noqa: PTH116 - after the file is closed: no more is to come
    return status.st_size, status.st_mtime_ns


def _holds(target: str, content: bytes) -> bool:
    try:
        return Path(target).read_bytes() == content
    except FileNotFoundError:
        return False


def _create(target: str, content: bytes) -> None:
    with open(target, "xb") as file:  # noqa: PTH123
        file.write(content)
