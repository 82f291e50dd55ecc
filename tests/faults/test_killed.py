"""A run that is killed, at any change of the disk and at any instant; two runs at once."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from pipeline.domain.faults import ExitCode
from tests.conftest import ROOT
from tests.faults.night import KILLED, SOAK, TONIGHT, Night, one_clear_line, shown
from tests.faults.table import told

STEPS = 4
INSTANTS = 300 if SOAK else 3


def _kill(night: Night, folder: Path, story: str, **order: float) -> int:
    agency = night.copy(folder)
    ended = night.program.rebuild(agency, **order)
    assert ended.code in {KILLED, 0}, f"{story}: {ended.err}"
    night.assert_whole(agency, story)
    night.assert_heals(agency, story)
    shutil.rmtree(agency)
    return ended.code


@told(
    "在对磁盘的每一次改动（写文件、改名、删除、每条 SQL）之前被强行结束（SIGKILL）",
    visitors="旧站或新站，完整",
    run="无",
)
def test_killed_before_a_change_of_the_disk_the_site_is_whole_and_heals(
    night: Night, tmp_path: Path
) -> None:
    every = range(night.steps)
    chosen = every if SOAK else every[night.steps // (2 * STEPS) :: night.steps // STEPS]
    codes = [_kill(night, tmp_path / str(n), f"step {n}", kill_at=n) for n in chosen]
    assert set(codes[:-1]) == {KILLED}


@told("在任意时刻被强行结束（SIGKILL，随机 300 个时刻）", visitors="旧站或新站，完整", run="无")
def test_killed_at_any_instant_the_site_is_whole_and_heals(night: Night, tmp_path: Path) -> None:
    chance = random.Random(20261120)  # noqa: S311 - the same instants again
    for number in range(INSTANTS):
        instant = chance.uniform(0, night.seconds)
        story = f"after {instant:.4f} s"
        assert _kill(night, tmp_path / str(number), story, kill_after=instant) in {KILLED, 0}


@told(
    "用两个进程运行（--workers 2）时在任意时刻被强行结束（SIGKILL，随机 60 个时刻）",
    visitors="旧站或新站，完整",
    run="无",
)
def test_killed_with_workers_at_any_instant_the_site_is_whole_and_heals(
    night: Night, tmp_path: Path
) -> None:
    chance = random.Random(20261121)  # noqa: S311 - the same instants again
    words = ("rebuild", "--today", TONIGHT, "--workers", "2")
    whole = night.program.run(night.copy(tmp_path / "whole"), *words, spread=True)
    assert whole.code == 0, whole.err
    assert shown(tmp_path / "whole") == night.new
    for number in range(60 if SOAK else 2):
        agency = night.copy(tmp_path / str(number))
        instant = chance.uniform(0, whole.seconds)
        ended = night.program.run(agency, *words, spread=True, kill_after=instant)
        assert ended.code in {KILLED, 0}, ended.err
        night.assert_whole(agency, f"two workers, after {instant:.4f} s")
        night.assert_heals(agency, f"two workers, after {instant:.4f} s")
        shutil.rmtree(agency)


@told(
    "两次更新同时运行",
    visitors="新站",
    run="后到的一次立即停下（退出码 12），说出另一次的进程和开始时间；先到的完成",
)
def test_of_two_rebuilds_at_once_one_does_the_work_and_the_other_says_who(
    night: Night, agency: Path
) -> None:
    command = [sys.executable, "-m", "pipeline", "-C", str(agency), "rebuild", "--today", TONIGHT]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs = [
        subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
        )
        for _ in range(2)
    ]
    said = [run.communicate(timeout=300)[1] for run in runs]
    codes = [run.returncode for run in runs]
    assert 0 in codes
    assert set(codes) <= {0, ExitCode.LOCKED}
    for code, text in zip(codes, said, strict=True):
        assert code == 0 or "另一次运行正在进行" in text
    assert shown(agency) == night.new
    night.assert_heals(agency, "two at once")


@told("内存不足", visitors="旧站，完整", run="停下（退出码 1），一行说明，不含任何内容")
def test_out_of_memory_the_old_site_stays(night: Night, agency: Path) -> None:
    ended = night.program.rebuild(agency, memory=1 << 20)
    assert ended.code != 0
    assert shown(agency) == night.old
    one_clear_line(ended, "内存")
    night.assert_heals(agency, "out of memory")
