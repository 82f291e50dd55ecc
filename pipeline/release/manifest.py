"""What is in a tree of files: path, size and SHA-256 of each, and a note to see changes cheaply."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from typing import Self

import msgspec

from pipeline.domain.faults import BadSiteError

_CHUNK = 1 << 20


class File(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One file. ``stamp`` is its inode and the time of its last write in nanoseconds.

    A file whose size and stamp are as noted has not been written since it was hashed: the trees
    hold links to every inode that is noted, so none is used again for another file. There may be
    millions of them, hence no dataclass.
    """

    size: int
    sha256: str
    stamp: tuple[int, int]


Manifest = Mapping[str, File]
"""Files by path relative to the tree, with ``/``."""

_FORM = msgspec.json.Decoder(dict[str, File])


@dataclass(frozen=True, slots=True)
class Beside:
    """The files of another tree on the disk ``device``, looked at a moment ago.

    A file that is a link to one of them, by the same path, needs no look of its own: it is that.
    """

    device: int = -1
    files: Manifest = field(default_factory=dict)

    @classmethod
    def of(cls, tree: Path, files: Manifest) -> Self:
        """Return the ``files`` of ``tree``, which has just been surveyed."""
        return cls(tree.stat().st_dev, files)

    def twin(self, name: str, entry: os.DirEntry[str], device: int) -> File | None:
        """Return the file that ``entry``, on the disk ``device``, is a link to."""
        file = self.files.get(name) if device == self.device else None
        return file if file is not None and file.stamp[0] == entry.inode() else None


ALONE = Beside()


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in a file; empty when there is none or it cannot be read."""
    try:
        return _FORM.decode(path.read_bytes())
    except (OSError, msgspec.MsgspecError):
        return {}


def encode_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as JSON, sorted by path."""
    return msgspec.json.encode(dict(sorted(manifest.items())))


def tree_digest(manifest: Manifest) -> str:
    """Return the SHA-256 of what a tree holds: equal digests, equal files."""
    held = sorted((path, file.sha256) for path, file in manifest.items())
    return hashlib.sha256(msgspec.json.encode(held)).hexdigest()


def survey(tree: Path, noted: Callable[[], Manifest], beside: Beside = ALONE) -> dict[str, File]:
    """Return what is in ``tree`` now; a file that is as ``noted`` is not read again.

    What was noted is asked for when there is a file that no link joins to one ``beside``. Raises
    ``BadSiteError`` for anything that is not a plain file or folder.
    """
    files: dict[str, File] = {}
    others: dict[str, os.stat_result] = {}
    for name, entry, device in _walk(tree):
        if twin := beside.twin(name, entry, device):
            files[name] = twin
        else:
            others[name] = entry.stat(follow_symlinks=False)
    known = noted() if others else {}
    for name, found in others.items():
        files[name] = _as_noted(known.get(name), found) or _read(tree / name, found)
    return files


def file_at(path: str, noted: File) -> File:
    """Return the file at ``path``; one that is as ``noted`` is not read again."""
    found = os.stat(path)  # noqa: PTH116 - there may be very many
    return _as_noted(noted, found) or _read(Path(path), found)


def _as_noted(noted: File | None, found: os.stat_result) -> File | None:
    if noted is None or noted.size != found.st_size or noted.stamp != _stamp(found):
        return None
    return noted


def _read(path: Path, found: os.stat_result) -> File:
    return File(found.st_size, digest(path), _stamp(found))


def _stamp(found: os.stat_result) -> tuple[int, int]:
    return found.st_ino, found.st_mtime_ns


def _walk(tree: Path) -> Iterator[tuple[str, os.DirEntry[str], int]]:
    """Yield each file by its path, which is one in memory for all trees, and its disk."""
    pending = [""]
    while pending:
        below = pending.pop()
        device = os.stat(f"{tree}/{below}").st_dev  # noqa: PTH116 - there may be very many
        with os.scandir(f"{tree}/{below}") as entries:
            for entry in entries:
                name = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{name}/")
                elif entry.is_file(follow_symlinks=False):
                    yield intern(name), entry, device
                else:
                    raise BadSiteError(f"网站目录中有链接或特殊文件：{name}。请删除后重新运行")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    running = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            running.update(chunk)
    return running.hexdigest()
