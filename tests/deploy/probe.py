"""What a process of the service can do, told as JSON in the file named: run inside and outside.

Each attempt is something that the account alone may do, and the service need not.
"""

import ctypes
import json
import os
import socket
import stat
import sys
from collections.abc import Callable
from pathlib import Path

OWN = Path("/srv/gongshi")


def _write(path: Path) -> None:
    path.write_text("x", "utf-8")
    path.unlink()


def _call(name: str, *words: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*words) < 0:
        raise OSError(ctypes.get_errno(), name)


def _run_for_others() -> None:
    path = OWN / "for-others"
    path.touch()
    try:
        path.chmod(0o4755)
    finally:
        path.unlink()


def _readable_by_others() -> None:
    path = OWN / "mode"
    path.touch()
    mode = path.stat().st_mode
    path.unlink()
    if not mode & stat.S_IROTH:
        raise PermissionError


def _gain_rights() -> None:
    if "NoNewPrivs:\t1" in Path("/proc/self/status").read_text("ascii"):
        raise PermissionError


def _connect() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        socket.create_connection(listening.getsockname()).close()


ATTEMPTS: dict[str, Callable[[], object]] = {
    "write its own folder": lambda: _write(OWN / "written"),
    "speak to a server": _connect,
    "write where anybody may": lambda: _write(Path("/srv/anybody/written")),
    "read another's home": Path("/home/clerk/notes").read_bytes,
    "read another's temporary file": Path("/var/tmp/notes").read_bytes,  # noqa: S108
    "see the processes of others": Path("/proc/1/cmdline").read_bytes,
    "read the figures of the kernel": Path("/proc/meminfo").read_bytes,
    "speak to the kernel": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
    "open a namespace": lambda: _call("unshare", 0x10000000),
    "choose its processors": lambda: os.sched_setaffinity(0, os.sched_getaffinity(0)),
    "change its rank": lambda: os.setpriority(os.PRIO_PROCESS, 0, 15),
    "become another kind of machine": lambda: _call("personality", 8),
    "make a file that runs as its owner": _run_for_others,
    "leave its files to all": _readable_by_others,
    "gain rights by running a program": _gain_rights,
}


def tell(path: Path) -> None:
    """Try all and write what could be done."""
    told = {}
    for name, attempt in ATTEMPTS.items():
        try:
            attempt()
        except OSError:
            told[name] = False
        else:
            told[name] = True
    path.write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    tell(Path(sys.argv[1]))
