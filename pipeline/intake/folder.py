"""Walk an export folder safely. Follows no link, leaves the folder never, reads each file once."""

import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, FileIO
from pathlib import Path
from typing import NamedTuple, Self

from pipeline.domain.faults import BadExportError, Fault, Place
from pipeline.intake.model import FileContent, UnreadableFileError

DEFAULT_LIMIT = 200 * 1024 * 1024
"""Bytes of one file above which it is refused."""

MAX_DEPTH = 32
"""Folders within folders, beyond which nothing is looked for."""

_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Listing:
    """What an export folder holds: sorted names below it, ``/`` between folders, and refusals.

    ``refused`` names files that are there but must not be opened, each with its fault.
    """

    names: tuple[str, ...]
    refused: tuple[tuple[str, Fault], ...]


def list_folder(folder: Path) -> Listing:
    """Return the names in ``folder`` and below, hidden and temporary files left out.

    Raises ``BadExportError`` when the folder itself cannot be read.
    """
    if not folder.is_dir():
        raise BadExportError(
            [_fault(folder.name, "找不到导出文件夹", "请核对命令中的路径，它应是一个文件夹")]
        )
    names: list[str] = []
    refused: list[tuple[str, Fault]] = []
    for name, fault in _walk(folder, ""):
        if fault is None:
            names.append(name)
        else:
            refused.append((name, fault))
    return Listing(tuple(sorted(names)), tuple(sorted(refused)))


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, Fault | None]]:
    try:
        entries = sorted(os.scandir(folder / prefix), key=lambda entry: entry.name)
    except OSError:
        fault = _fault(prefix or folder.name, "文件夹没有读取权限", "请授予运行账号读取权限后重试")
        if not prefix:
            raise BadExportError([fault]) from None
        yield prefix, fault
        return
    for entry in entries:
        if is_ignored(entry.name):
            continue
        name = f"{prefix}/{entry.name}" if prefix else entry.name
        if fault_found := _refusal(entry, name):
            yield fault_found.place.file, fault_found
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(folder, name)
        else:
            yield name, None


def is_ignored(name: str) -> bool:
    """Say whether a file of this name is a hidden or temporary file of an office program.

    >>> is_ignored("~$决定书.docx"), is_ignored("Thumbs.db"), is_ignored("决定书.docx")
    (True, True, False)
    """
    return name.startswith((".", "~$")) or name.casefold() in _IGNORED_NAMES


def _refusal(entry: os.DirEntry[str], name: str) -> Fault | None:
    if not name.isprintable():
        shown = "".join(char if char.isprintable() else "?" for char in name)
        return _fault(shown, "文件名含有不可显示的字符", "请改用普通汉字、字母和数字命名")
    if entry.is_symlink():
        return _fault(name, "这是链接，不是文件，可能指向导出文件夹之外", "请把文件本身复制进来")
    if name.count("/") >= MAX_DEPTH:
        return _fault(name, f"文件夹套了超过 {MAX_DEPTH} 层", "请把文件移到较浅的文件夹")
    if entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False):
        return None
    return _fault(name, "不是普通文件", "请移走管道、设备等特殊文件")


def read_file(folder: Path, name: str, *, limit: int = DEFAULT_LIMIT) -> FileContent:
    """Return the bytes and the SHA-256 (hex) of the file ``name`` below ``folder``.

    Raises ``UnreadableFileError`` when it is larger than ``limit`` bytes, may not be read,
    leaves the folder, or changes while it is read.
    """
    buffer = BytesIO()
    _read_through(folder, name, limit, buffer.write)
    content = buffer.getvalue()  # the buffer itself: no second copy of a large file
    return FileContent(name, content, hashlib.sha256(content).hexdigest())


def measure_file(folder: Path, name: str) -> tuple[int, str]:
    """Return the size in bytes and the SHA-256 (hex) of a file of any size, in little memory.

    Raises ``UnreadableFileError`` like ``read_file``, but not for size.
    """
    digest = hashlib.sha256()
    size = _read_through(folder, name, sys.maxsize, digest.update)
    return size, digest.hexdigest()


def _read_through(folder: Path, name: str, limit: int, take: Callable[[bytes], object]) -> int:
    with opened(folder, name, limit=limit) as (stream, state):
        size = 0
        while size <= limit and (part := stream.read(_CHUNK)):
            take(part)
            size += len(part)
        if size != state.size:
            raise UnreadableFileError(changing(name))
    return size


class State(NamedTuple):
    """What tells a file, as it is, from any other and from itself once it was written to."""

    device: int
    node: int
    size: int
    changed: int

    @classmethod
    def of(cls, status: os.stat_result) -> Self:
        """Return the state of a file of this status."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


@contextmanager
def opened(
    folder: Path, name: str, *, limit: int = DEFAULT_LIMIT
) -> Iterator[tuple[FileIO, State]]:
    """Open the file ``name`` below ``folder``; do nothing in the block but read it.

    Raises ``UnreadableFileError`` when it is larger than ``limit`` bytes, may not be read,
    leaves the folder, or has another state when the block ends.
    """
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UnreadableFileError(
            _fault(name, "路径指向导出文件夹之外", "请把文件本身复制进导出文件夹")
        )
    try:
        with FileIO(path, "rb", opener=_open_plainly) as stream:
            before = os.fstat(stream.fileno())
            _check_kind_and_size(before, name, limit)
            yield stream, State.of(before)
            after = os.fstat(stream.fileno())
        named = path.lstat()
    except OSError:
        raise UnreadableFileError(
            _fault(name, "文件不存在或没有读取权限", "请授予运行账号读取权限后重试")
        ) from None
    if len({State.of(before), State.of(after), State.of(named)}) > 1:
        raise UnreadableFileError(changing(name))


def _open_plainly(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _check_kind_and_size(status: os.stat_result, name: str, limit: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFileError(_fault(name, "不是普通文件", "请移走管道、设备等特殊文件"))
    if status.st_size > limit:
        size = f"{status.st_size / 1048576:,.0f} MB，超过上限 {limit / 1048576:,.0f} MB"
        raise UnreadableFileError(
            _fault(name, f"文件过大（{size}）", "请拆分文件，JSON 可改为 JSON Lines 分多个文件导出")
        )


def changing(name: str) -> Fault:
    """Return the fault of a file that is not the same from its first byte to its last."""
    return _fault(name, "读取时文件正在被修改", "请等导出写完后重新运行，或先写到别处再移入")


def _fault(name: str, problem: str, remedy: str) -> Fault:
    return Fault(Place(name), problem, remedy)
