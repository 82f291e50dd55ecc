"""One run at a time. The lock dies with its process, so a crashed run blocks nobody."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pipeline.domain.faults import LockedError


@contextmanager
def run_lock(path: Path) -> Iterator[None]:
    """Hold the lock file for the length of a run.

    Raises ``LockedError`` naming the process and its start when another run holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _acquire(descriptor)
        try:
            yield
        finally:
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _acquire(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LockedError(
            f"另一次运行正在进行（{_holder(descriptor)}），本次未做任何改动。请等它结束后再试"
        ) from None
    os.ftruncate(descriptor, 0)
    start = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
    os.pwrite(descriptor, f"进程 {os.getpid()}，开始于 {start}".encode(), 0)


def _holder(descriptor: int) -> str:
    text = os.pread(descriptor, 200, 0).decode(errors="replace")
    return text or "进程未知"
