"""What one whole process costs: wall time, computing time, and memory of it and its workers."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_LOOK = 0.1
"""Seconds between two looks at the memory of the processes."""

_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one whole process took: seconds, seconds of computing, peak memory in MB.

    Memory is that of the process and all that it started, at the moment when it was greatest;
    pages that several of them share are counted for each.
    """

    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        """Return the figures in columns."""
        return f"{self.wall:8.2f} s  {self.cpu:8.2f} s CPU  {self.memory:7.0f} MB"


def run(*command: str | Path, folder: Path | None = None) -> Cost:
    """Run a command to its end in ``folder``; raises ``CalledProcessError`` when it fails."""
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        watch.over.set()
        watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            sys.stderr.write(log.read().decode("utf-8", "replace"))
            raise subprocess.CalledProcessError(process.returncode, command)
    memory = max(usage.ru_maxrss * 1024, watch.greatest)
    return Cost(wall, usage.ru_utime + usage.ru_stime, memory / 2**20)


class _Watch(threading.Thread):
    """Looks at the memory of a process and of all that it started; the kernel knows only one."""

    def __init__(self, pid: int) -> None:
        super().__init__()
        self.over = threading.Event()
        self.greatest = 0
        self._pid = pid

    def run(self) -> None:
        while not self.over.wait(_LOOK):
            self.greatest = max(self.greatest, _resident(self._pid))


def _resident(pid: int) -> int:
    """Return the bytes of a process and its children; 0 of those that have just ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        tasks = Path(f"/proc/{pid}/task").iterdir()
        children = [int(c) for task in tasks for c in (task / "children").read_text().split()]
    except (OSError, IndexError):
        return 0
    return pages * _PAGE + sum(map(_resident, children))
