"""What is in a tree of files: path, size and SHA-256 of each, and a note to see changes cheaply."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from sys import intern

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


def survey(tree: Path, noted: Manifest) -> dict[str, File]:
    """Return what is in ``tree`` now; a file that is as ``noted`` is not read again.

    Raises ``BadSiteError`` for anything that is not a plain file or folder.
    """
    return {
        name: _as_noted(noted.get(name), found) or _read(tree / name, found)
        for name, found in _walk(tree)
    }


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


def _walk(tree: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield each file by its path, which is one in memory for all trees, with what it is."""
    pending = [""]
    while pending:
        below = pending.pop()
        with os.scandir(f"{tree}/{below}") as entries:
            for entry in entries:
                name = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{name}/")
                elif entry.is_file(follow_symlinks=False):
                    yield intern(name), entry.stat(follow_symlinks=False)
                else:
                    raise BadSiteError(f"网站目录中有链接或特殊文件：{name}。请删除后重新运行")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    running = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            running.update(chunk)
    return running.hexdigest()
