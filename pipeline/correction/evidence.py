"""Evidence (证明材料): copies with size and SHA-256, in a folder that nobody else may read.

Copied to one side first and put in its place together with the register's row.
"""

import hashlib
import os
import re
import secrets
import shutil
import stat
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.correction.words import CorrectionError
from pipeline.domain.correction import Evidence, Request, RequestNumber
from pipeline.durable import sync

MOST_FILES = 50
LARGEST = 50 * 1024 * 1024
"""Bytes of one file."""
ALL_TOGETHER = 200 * 1024 * 1024

_STRANGE = re.compile(r"[^\w.\-（）()〔〕]+")
_LONGEST_NAME = 120
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """Copies to one side: what they are, and how they are put in their place."""

    files: tuple[Evidence, ...]
    place: Callable[[RequestNumber], str]


@contextmanager
def kept(folder: Path, sources: Sequence[Path]) -> Iterator[Kept]:
    """Yield copies of the files; what was not put in its place is gone at the end.

    ``folder`` is ``state/corrections``. Raises ``CorrectionError`` for what is no plain file,
    cannot be read, or is too large.
    """
    if len(sources) > MOST_FILES:
        raise CorrectionError(f"证明材料超过 {MOST_FILES} 个文件。请合并后再存入")
    for new in (folder.parent, folder):
        new.mkdir(mode=0o700, exist_ok=True)
    aside = folder / f".{secrets.token_hex(8)}"
    aside.mkdir(mode=0o700)

    def place(number: RequestNumber) -> str:
        name = _free(folder, number.slug)
        aside.rename(folder / name)
        sync(folder)
        return name

    try:
        yield Kept(tuple(_copied(sources, aside)), place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def altered(folder: Path, request: Request) -> tuple[str, ...]:
    """Return the names of papers that are missing or not what they were: evidence, answers."""
    told = [(each.name, each.sha256) for each in request.asked.evidence]
    told += request.replied.files if request.replied else ()
    home = folder / request.asked.folder
    return tuple(name for name, sha256 in told if not _is_whole(home / name, sha256))


def safe_name(name: str, place: int) -> str:
    r"""Return a name for the ``place``-th file, without folders, blanks and signs that steer.

    >>> safe_name("../../照片 1.jpg", 2), safe_name("\x1b[31m.exe", 1)
    ('02-照片_1.jpg', '01-31m.exe')
    """
    last = unicodedata.normalize("NFKC", name).replace("\\", "/").rpartition("/")[2]
    plain = _STRANGE.sub("_", last).strip("._- ") or "材料"
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= 8:
        plain = f"{_short(stem, _LONGEST_NAME)}.{ending}"
    return f"{place:02}-{_short(plain, _LONGEST_NAME + 9)}"


def _short(text: str, longest: int) -> str:
    """Return the beginning of ``text`` that has at most ``longest`` bytes."""
    return text.encode()[:longest].decode(errors="ignore")


def _copied(sources: Sequence[Path], aside: Path) -> Iterator[Evidence]:
    left = ALL_TOGETHER
    for place, source in enumerate(sources, start=1):
        evidence = _copy(source, aside / safe_name(source.name, place), place, left)
        left -= evidence.size
        yield evidence


def _copy(source: Path, target: Path, place: int, left: int) -> Evidence:
    digest, size = hashlib.sha256(), 0
    try:
        with _opened(source, place) as incoming, target.open("xb") as outgoing:
            os.fchmod(outgoing.fileno(), 0o600)
            while block := os.read(incoming, _BLOCK):
                size += len(block)
                if size > min(LARGEST, left):
                    raise CorrectionError(
                        f"第 {place} 个证明材料太大：单个不超过 {LARGEST >> 20} MB，"
                        f"合计不超过 {ALL_TOGETHER >> 20} MB。请压缩后再存入"
                    )
                digest.update(block)
                outgoing.write(block)
            outgoing.flush()
            os.fsync(outgoing.fileno())
    except OSError as error:
        raise CorrectionError(
            f"第 {place} 个证明材料不能存入（{os.strerror(error.errno or 0)}）。请核对路径和权限"
        ) from None
    return Evidence(target.name, size, digest.hexdigest())


@contextmanager
def _opened(source: Path, place: int) -> Iterator[int]:
    """Yield a descriptor of a plain file; a pipe or a device would hang or never end."""
    descriptor = os.open(source, os.O_RDONLY | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise CorrectionError(f"第 {place} 个证明材料不是文件。请指明单个文件")
        yield descriptor
    finally:
        os.close(descriptor)


def _free(folder: Path, name: str) -> str:
    """Return a name that nothing has: a run that was cut off may have left a folder behind."""
    taken = {entry.name for entry in folder.iterdir()}
    tries = (name, *(f"{name}-{again}" for again in range(2, len(taken) + 3)))
    return next(each for each in tries if each not in taken)


def _is_whole(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False
