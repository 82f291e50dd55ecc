"""One run at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.domain.faults import ExitCode, LockedError
from pipeline.release import run_lock

HOLDER = """
import sys, time
from pathlib import Path
from pipeline.release import run_lock
with run_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_refused_and_told_who_runs(tmp_path: Path) -> None:
    lock = tmp_path / "run.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockedError) as refusal, run_lock(lock):
            pytest.fail("two runs at once")
        holder.kill()
    assert f"进程 {holder.pid}，开始于 " in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert refusal.value.exit_code is ExitCode.LOCKED


def test_the_lock_of_a_killed_run_stops_nobody(tmp_path: Path) -> None:
    lock = tmp_path / "run.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
    assert "进程" in lock.read_text("utf-8")
    with run_lock(lock):
        pass


def test_the_lock_is_free_after_a_run_that_failed(tmp_path: Path) -> None:
    lock = tmp_path / "run.lock"
    with pytest.raises(ValueError, match="failed"), run_lock(lock):
        raise ValueError("failed")
    with run_lock(lock):
        pass
