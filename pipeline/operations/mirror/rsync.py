"""One call of rsync: what differs, bring a tree, bring or remove some files, read a link."""

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

_BASE = (
    "rsync",
    "--recursive",
    "--links",
    "--times",
    "--omit-dir-times",
    "--perms",
    "--chmod=D755,F644",
    "--modify-window=-1",  # times to the nanosecond: with the size they vouch for a file
    "--timeout=120",
    "--8-bit-output",
    "--out-format=%i %n",
)
_SHELL = "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=30"
_WHY = {
    5: "对方的 rsync 服务不接受",
    10: "连不上",
    11: "对方的磁盘写不进去",
    12: "连接中断",
    23: "有的文件没有写成，检查对方的权限和磁盘",
    30: "对方没有回应",
    35: "连不上",
    127: "对方没有安装 rsync",
    255: "SSH 连不上或者没有登录权限",
}
_COLUMN = 12
"""Where the name begins in a line of rsync: eleven characters say what happens, one is blank."""


class MirrorError(Exception):
    """A mirror could not be reached or written; the message is one clause in Chinese."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a mirror's folder lacks, has otherwise, and has too much: files by path."""

    added: frozenset[str]
    changed: frozenset[str]
    removed: frozenset[str]

    @property
    def is_empty(self) -> bool:
        """Whether the mirror holds the same files."""
        return not (self.added or self.changed or self.removed)


def bring(tree: Path, place: str, beside: str) -> Difference:
    """Make the folder at ``place`` hold what ``tree`` holds; what it must not have goes first.

    What the folder ``beside`` it holds already is linked there and not sent.
    """
    return _read(_run("--delete-before", f"--link-dest=../{beside}", f"{tree}/", f"{place}/"))


def compare(tree: Path, place: str, *, every_byte: bool = False) -> Difference:
    """Return how the folder at ``place`` differs from ``tree``; change nothing."""
    how = ("--checksum",) if every_byte else ()
    return _read(_run("--dry-run", "--delete", *how, f"{tree}/", f"{place}/"))


def replace(tree: Path, place: str, names: Iterable[str]) -> None:
    """Bring the named files of ``tree``, each replaced in one step."""
    _some(tree, place, names, "--ignore-times")


def remove(place: str, names: Iterable[str]) -> None:
    """Remove the named files at ``place``."""
    gone = tuple(names)
    with TemporaryDirectory() as work:
        for name in gone:  # rsync asks for the folders of what is missing
            (Path(work) / name).parent.mkdir(parents=True, exist_ok=True)
        _some(Path(work), place, gone, "--delete-missing-args")


def bring_file(path: Path, place: str) -> None:
    """Bring one file to the address ``place``."""
    _run("--ignore-times", str(path), place)


def make_folders(place: str, names: Iterable[str]) -> None:
    """Make ``place`` and the named folders in it."""
    with TemporaryDirectory() as work:
        for name in names:
            (Path(work) / name).mkdir(parents=True)
        _run(f"{work}/", f"{place}/")


def read_link(place: str, name: str) -> str | None:
    """Return where the link ``name`` at ``place`` leads, ``None`` when there is none."""
    with TemporaryDirectory() as work:
        _run(*_only(name), f"{place}/", f"{work}/")
        link = Path(work) / name
        if link.is_symlink():
            return os.readlink(link)  # noqa: PTH115 - the text of the link, not a path
        if link.exists():
            raise MirrorError(f"{name} 不是链接，请移走它")
        return None


def set_link(place: str, name: str, target: str) -> None:
    """Let the link ``name`` at ``place`` lead to ``target``; rsync replaces it in one step."""
    with TemporaryDirectory() as work:
        (Path(work) / name).symlink_to(target)
        _run(*_only(name), f"{work}/", f"{place}/")


def _only(name: str) -> tuple[str, str]:
    return f"--include=/{name}", "--exclude=*"


def _some(tree: Path, place: str, names: Iterable[str], how: str) -> None:
    listed = "".join(f"{name}\0" for name in sorted(names))
    if listed:
        _run("--files-from=-", "--from0", how, f"{tree}/", f"{place}/", told=listed)


def _run(*words: str, told: str = "") -> str:
    shell = {"RSYNC_RSH": _SHELL, **os.environ}
    try:
        done = subprocess.run(
            [*_BASE, *words], input=told, capture_output=True, text=True, check=False, env=shell
        )
    except FileNotFoundError:
        raise MirrorError("本机没有安装 rsync") from None
    if done.returncode:
        why = _WHY.get(done.returncode, "没有完成")
        raise MirrorError(f"{why}（rsync 退出码 {done.returncode}）")
    return done.stdout


def _read(output: str) -> Difference:
    r"""Return what the lines of rsync say of files; folders and times of folders do not count.

    >>> sorted(_read(">f+++++++++ a.html\n.d..t...... lists/\n*deleting   b.html\n").removed)
    ['b.html']
    """
    added: set[str] = set()
    changed: set[str] = set()
    removed: set[str] = set()
    for line in output.splitlines():
        what, name = line[: _COLUMN - 1].strip(), line[_COLUMN:]
        if what == "*deleting":
            removed.add(name)
        elif what[:2] in {"<f", ">f", "cf"}:
            (added if "+" in what else changed).add(name)
    return Difference(frozenset(added), frozenset(changed), frozenset(removed))
