"""Two processes where there is little memory, no way to start them, or another run like it."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.faults import ExitCode
from tests.exports import WITNESS
from tests.faults.loading import LATE, Loading
from tests.faults.table import told
from tests.left_behind import differences, everything

pytestmark = pytest.mark.slow


@contextmanager
def _group(megabytes: int) -> Iterator[Path]:
    """Yield a control group of little memory, of either version; only root can make one."""
    limits = {"memory": "memory.limit_in_bytes", "": "memory.max"}
    group, limit = next(
        (made, limit)
        for root, limit in limits.items()
        if (made := _made(Path("/sys/fs/cgroup", root), limit)) or not root
    )
    if group is None:
        pytest.skip("这里不能限制进程组的内存")
    (group / limit).write_text(str(megabytes << 20))
    try:
        yield group
    finally:
        _remove(group)


def _made(root: Path, limit: str) -> Path | None:
    """Return a new group, if there is a memory to limit."""
    group = root / f"gongshi-test-{os.getpid()}"
    try:
        group.mkdir()
    except OSError:
        return None
    if (group / limit).exists():
        return group
    group.rmdir()
    return None


def _remove(group: Path) -> None:
    """Take a group away as soon as the last of it is gone."""
    while group.exists():
        with suppress(OSError):
            group.rmdir()
        time.sleep(0.05)


@told(
    "一个进程占满内存，被系统的内存不足处理程序终止（cgroup 上限）",
    visitors="新站",
    run="照常完成：它手上的一份在新的进程里再做一次",
)
def test_a_worker_that_the_system_ends_for_want_of_memory_costs_nothing_but_time(
    loading: Loading, undisturbed: dict[str, Any]
) -> None:
    with _group(320) as group:
        order = loading.befall("fill", LATE, str(group))
        done = loading.rebuild("--workers", "2")
    assert done.returncode == 0, done.stderr
    assert not order.exists()
    assert WITNESS not in done.stdout + done.stderr
    assert differences(everything(loading.folder), undisturbed) == []


@told(
    "一个进程做到一半再也要不到内存（RLIMIT_AS）",
    visitors="旧站，完整",
    run="停下（退出码 1），一行说明内存不足",
    after="原因排除后下一次运行接着做",
)
def test_a_worker_that_gets_no_more_memory_stops_the_run_with_one_line(
    loading: Loading, undisturbed: dict[str, Any]
) -> None:
    order = loading.befall("starve", LATE)
    stopped = loading.rebuild("--workers", "2")
    assert stopped.returncode == ExitCode.INTERNAL, stopped.stderr
    assert [line for line in stopped.stderr.splitlines() if "内存不足" in line]
    assert not order.exists()
    assert WITNESS not in stopped.stdout + stopped.stderr
    assert not (loading.folder / "site" / "current").exists()
    loading.assert_consistent()
    done = loading.rebuild("--workers", "2")
    assert done.returncode == 0, done.stderr
    assert differences(everything(loading.folder), undisturbed) == []


def _works(command: list[str]) -> bool:
    return not subprocess.run(command, check=False, capture_output=True).returncode


@told(
    "不能启动别的进程：共享内存（/dev/shm）不能写",
    visitors="旧站，完整",
    run="停下（退出码 15），一行说明去掉 --workers 或者让它可写",
    after="原因排除后、或者只用一个进程，下一次运行接着做",
)
def test_where_no_process_can_be_started_the_run_stops_with_one_line(
    loading: Loading, undisturbed: dict[str, Any]
) -> None:
    apart = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o ro none /dev/shm && exec "$@"']
    if shutil.which("unshare") is None or not _works([*apart, "sh", "true"]):
        pytest.skip("这里不能另设 /dev/shm")
    command = [*apart, "sh", *loading.command("--workers", "2")]
    stopped = subprocess.run(command, capture_output=True, text=True, check=False)
    assert stopped.returncode == ExitCode.BAD_SITE, stopped.stderr
    assert [line for line in stopped.stderr.splitlines() if "去掉 --workers" in line]
    assert "Traceback" not in stopped.stderr
    loading.assert_consistent()
    done = loading.rebuild()
    assert done.returncode == 0, done.stderr
    assert differences(everything(loading.folder), undisturbed) == []


@told(
    "两次更新同时运行，各用两个进程（--workers 2）",
    visitors="新站",
    run="后到的一次立即停下（退出码 12），说出另一次的进程和开始时间；先到的完成",
)
def test_of_two_rebuilds_with_workers_one_does_the_work(
    loading: Loading, undisturbed: dict[str, Any]
) -> None:
    command = loading.command("--workers", "2")
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [run.communicate(timeout=300)[1] for run in both]
    codes = [run.returncode for run in both]
    assert sorted(codes) in ([0, 0], [0, ExitCode.LOCKED]), said
    for code, text in zip(codes, said, strict=True):
        assert code == 0 or "另一次运行正在进行" in text
    assert differences(everything(loading.folder), undisturbed) == []
