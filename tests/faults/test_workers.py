"""Whatever becomes of those who do the work: the same site to the byte, or the old one."""

import signal
import stat
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.faults import ExitCode
from pipeline.examination.unfinished import EVERY
from tests.exports import WITNESS
from tests.faults.loading import COUNT, LATE, Loading
from tests.faults.table import told
from tests.left_behind import differences, everything
from tests.workers.local_cluster import local_cluster

pytestmark = pytest.mark.slow


@told(
    "首次装入（或者全部重做）到一半被强行结束（SIGKILL）",
    visitors="旧站，完整（首次装入时还没有网站）",
    run="无",
    after="下一次运行接着做：已经隐去的不重做，最多损失最近一百件",
)
def test_a_run_that_is_killed_is_taken_up_where_it_was(
    loading: Loading, undisturbed: dict[str, Any]
) -> None:
    loading.die_at(LATE)
    assert loading.rebuild().returncode == -signal.SIGKILL
    first = loading.asked()
    assert first[-1] == LATE
    assert len(first) > EVERY
    assert not (loading.folder / "site" / "current").exists()
    loading.assert_consistent()
    assert stat.S_IMODE(loading.unfinished.stat().st_mode) == 0o600
    done = loading.rebuild()
    assert done.returncode == 0, done.stderr
    rest = loading.asked()
    assert not set(rest) & set(first[:EVERY])
    assert len(rest) == COUNT - EVERY
    assert not loading.unfinished.exists()
    assert differences(everything(loading.folder), undisturbed) == []


@told(
    "几个进程一起做时，一个被系统终止（内存不足）",
    visitors="新站",
    run="照常完成：它手上的一份在新的进程里再做一次",
)
def test_a_worker_that_is_killed_costs_nothing_but_time(
    loading: Loading, undisturbed: dict[str, Any]
) -> None:
    loading.die_at(LATE)
    done = loading.rebuild("--workers", "2")
    assert done.returncode == 0, done.stderr
    assert not (loading.orders / f"die-at-{LATE}").exists()
    assert WITNESS not in done.stdout + done.stderr
    assert differences(everything(loading.folder), undisturbed) == []


@told(
    "再做一次时进程又被终止",
    visitors="旧站，完整",
    run="停下（退出码 15），一行说明多半是内存不足、减少进程",
    after="原因排除后下一次运行接着做",
)
def test_workers_that_are_killed_again_stop_the_run_with_one_line(
    loading: Loading, undisturbed: dict[str, Any]
) -> None:
    order = loading.die_at(LATE, always=True)
    stopped = loading.rebuild("--workers", "2")
    assert stopped.returncode == ExitCode.BAD_SITE
    assert [line for line in stopped.stderr.splitlines() if "--workers" in line]
    assert "Traceback" not in stopped.stderr
    assert WITNESS not in stopped.stdout + stopped.stderr
    assert not (loading.folder / "site" / "current").exists()
    loading.assert_consistent()
    order.unlink()
    done = loading.rebuild("--workers", "2")
    assert done.returncode == 0, done.stderr
    assert not loading.unfinished.exists()
    assert differences(everything(loading.folder), undisturbed) == []


@told(
    "集群的一个工作进程被强行结束（SIGKILL）",
    visitors="新站",
    run="照常完成：它的工作由别的进程做",
)
def test_a_cluster_of_which_a_worker_is_killed_does_the_same(
    loading: Loading, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    loading.die_at(LATE)
    (tmp_path / "cluster").mkdir()
    with local_cluster(tmp_path / "cluster") as address:
        done = loading.rebuild("--cluster", address)
        told = (tmp_path / "cluster" / "log").read_text("utf-8")
    assert done.returncode == 0, done.stderr
    assert not (loading.orders / f"die-at-{LATE}").exists()
    assert WITNESS not in done.stdout + done.stderr + told
    assert differences(everything(loading.folder), undisturbed) == []
