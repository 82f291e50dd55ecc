"""The files of a built tree, and which of them are decisions."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from sys import intern

from pipeline.domain.faults import BadSiteError

Stamp = tuple[int, int, int]
"""Size, inode and time of the last write in nanoseconds of a file."""

DECISIONS = "decisions/"
_PAGE = ".html"
_FOLDERS = ("search/texts", "api/v1/decisions")
_ALONE = re.compile(rf"(?:{'|'.join(_FOLDERS)})/(.+)\.json")


def files_of(tree: Path) -> dict[str, Stamp]:
    """Return every file below ``tree`` by its path with ``/``, with its stamp.

    Raises ``BadSiteError`` when there is none, or for a link or device: a stranger could follow
    it to where we have not looked.
    """
    found = dict(sorted(_walk(str(tree), "")))
    if not found:
        raise BadSiteError("网站没有生成任何文件，未发布。请重新运行；仍如此的，检查模板文件夹")
    return found


def slug_of(path: str) -> str | None:
    """Return the slug of the decision whose page ``path`` is, if it is one.

    >>> slug_of("decisions/2024/12-0a1b2c3d4e.html"), slug_of("lists/2024/03.html")
    ('2024/12-0a1b2c3d4e', None)
    """
    if path.startswith(DECISIONS) and path.endswith(_PAGE):
        return path[len(DECISIONS) : -len(_PAGE)]
    return None


def owner_of(path: str) -> str | None:
    """Return the slug of the one decision that a file shows: its page, or it as text or data.

    What is gzipped is the same file.

    >>> owner_of("search/texts/2024/12-0a1b2c3d4e.json"), owner_of("search/index.json")
    ('2024/12-0a1b2c3d4e', None)
    """
    path = path.removesuffix(".gz")
    match = _ALONE.fullmatch(path)
    return match[1] if match else slug_of(path)


def page_of(slug: str) -> str:
    """Return the path of a decision's page."""
    return f"{DECISIONS}{slug}{_PAGE}"


def paths_of(slug: str) -> Iterator[str]:
    """Yield every path whose owner a decision is.

    >>> {owner_of(path) for path in paths_of("2024/12-0a1b2c3d4e")}
    {'2024/12-0a1b2c3d4e'}
    """
    for path in (page_of(slug), *(f"{folder}/{slug}.json" for folder in _FOLDERS)):
        yield path
        yield f"{path}.gz"


def _walk(folder: str, prefix: str) -> Iterator[tuple[str, Stamp]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _walk(entry.path, f"{prefix}{entry.name}/")
                elif entry.is_file(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    stamp = (status.st_size, status.st_ino, status.st_mtime_ns)
                    yield intern(f"{prefix}{entry.name}"), stamp
                else:
                    raise BadSiteError("网站文件夹中有链接或者特殊文件，未发布。请删去后重新运行")
    except OSError:
        raise BadSiteError("网站文件夹无法读取，未发布。请检查磁盘和权限") from None
