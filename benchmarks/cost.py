"""What one whole process costs: wall time, computing time, memory, and its stages.

Processes that it starts count as part of it.
"""

import contextlib
import ctypes
import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_LOOK = 0.05
"""Seconds between two looks at the memory of the processes."""

_LIBC = ctypes.CDLL(None)
_ADOPT = 36
"""PR_SET_CHILD_SUBREAPER: who has lost the parent is ours, and so is what it has computed."""

_TICK = os.sysconf("SC_CLK_TCK")
_STAGE = re.compile(r"([\u4e00-\u9fff]+)(?: [\d,/]+(?:，.*)?)?")
"""How the program tells that a stage goes on or is done: its title, and how much is done."""

REST = "其余"
"""The stage that no line of the program ends: what comes after the last."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one whole process took: seconds, seconds of computing, peak memory in MB.

    Memory is that of the process and all that it started, at the moment when it was greatest;
    pages that several of them share are counted for each. ``stages`` are seconds of computing,
    by the title with which the program told that the stage was done.
    """

    wall: float
    cpu: float
    memory: float
    stages: Mapping[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the figures in columns."""
        return f"{self.wall:8.2f} s  {self.cpu:8.2f} s CPU  {self.memory:7.0f} MB"


def run(*command: str | Path, folder: Path | None = None) -> Cost:
    """Run a command to its end in ``folder``; raises ``CalledProcessError`` when it fails."""
    _LIBC.prctl(_ADOPT, 1)
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder, process_group=0
    )
    watch = _Watch(process.pid)
    watch.start()
    try:
        said, stages = _heard(process)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    finally:
        watch.over.set()
        watch.join()
        left = _left(process)
        _LIBC.prctl(_ADOPT, 0)
    if process.returncode:
        sys.stderr.write("\n".join(said) + "\n")
        raise subprocess.CalledProcessError(process.returncode, command)
    cpu = sum(each.ru_utime + each.ru_stime for each in (usage, *left))
    return Cost(wall, cpu, watch.memory / 1024, stages | {REST: cpu - sum(stages.values())})


def _left(process: "subprocess.Popen[bytes]") -> list[resource.struct_rusage]:
    """Return what those used that a process started and did not wait for.

    They come to us as their parent ends. When it has not, we were interrupted: all of them end.
    """
    used = []
    with contextlib.suppress(ChildProcessError, ProcessLookupError):
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
        while True:
            used.append(os.wait4(-process.pid, 0)[2])
    return used


def _heard(process: subprocess.Popen[bytes]) -> tuple[list[str], dict[str, float]]:
    """Return what a process says until it ends, and what each of its stages has computed."""
    said: list[str] = []
    stages: dict[str, float] = {}
    with process.stdout as lines:  # type: ignore[union-attr] - it is a pipe
        for line in lines:
            said.append(line.decode("utf-8", "replace").rstrip())
            if told := _STAGE.fullmatch(said[-1]):
                since = sum(map(_computed, _family(process.pid))) - sum(stages.values())
                stages[told[1]] = stages.get(told[1], 0.0) + since
    return said, stages


class _Watch(threading.Thread):
    """Looks at the memory of a process and what it started, in kB.

    What the kernel tells at the end would be of one process, and never less than our own.
    """

    def __init__(self, pid: int) -> None:
        super().__init__()
        self.over = threading.Event()
        self.memory = 0
        self._pid = pid

    def run(self) -> None:
        while not self.over.wait(_LOOK):
            now, most = zip(*map(_resident, _family(self._pid)), strict=True)
            self.memory = max(self.memory, sum(now), *most)


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all that it started and that still run."""
    yield pid
    try:
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return
    for child in children:
        yield from _family(child)


def _resident(pid: int) -> tuple[int, int]:
    """Return the kB a process has and the most it had since it began; 0 of one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0, 0
    told = {name: rest.split() for name, _, rest in (line.partition(":") for line in lines)}
    return int(told.get("VmRSS", "0")[0]), int(told.get("VmHWM", "0")[0])


def _computed(pid: int) -> float:
    """Return the seconds a process has computed, with those of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICK
