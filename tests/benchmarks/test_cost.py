"""What a process costs is told whole: with what it started, and stage by stage."""

import subprocess
import sys

import pytest

from benchmarks.cost import REST, run

_BUSY = "t = time.process_time()\nwhile time.process_time() < t + {}: pass\n"


def python(*lines: str) -> tuple[str, ...]:
    return sys.executable, "-c", "import subprocess, sys, time\n" + "\n".join(lines)


def test_the_memory_of_a_process_is_counted_with_that_of_its_children() -> None:
    child = "import time; held = bytearray(150 << 20); time.sleep(1)"
    cost = run(
        *python("held = bytearray(150 << 20)", f"subprocess.run([sys.executable, '-c', {child!r}])")
    )
    assert 300 < cost.memory < 400


def test_the_memory_of_whoever_measures_is_not_counted() -> None:
    held = bytearray(200 << 20)
    assert 0 < run(*python("time.sleep(0.5)")).memory < 100
    del held


def test_what_a_process_starts_and_does_not_wait_for_is_counted() -> None:
    child = "import time\n" + _BUSY.format(0.5)
    cost = run(*python(f"subprocess.Popen([sys.executable, '-c', {child!r}])"))
    assert cost.cpu >= 0.5


def test_workers_of_a_process_are_counted() -> None:
    cost = run(
        *python(
            "from multiprocessing import get_context",
            "pool = get_context('forkserver').Pool(2)",
            "list(pool.imap(sum, [range(8_000_000)] * 4))",
        )
    )
    alone = run(*python("list(map(sum, [range(8_000_000)] * 4))"))
    assert cost.cpu > alone.cpu


def test_each_stage_has_what_was_computed_until_its_line() -> None:
    cost = run(
        *python(
            _BUSY.format(0.3), "print('读取导出 300', flush=True)",
            _BUSY.format(0.1), "print('核验 10/20，约剩 1 秒', flush=True)",
            _BUSY.format(0.1), "print('核验 20/20', flush=True)",
            "print('处罚决定 300 · 公示 298')", _BUSY.format(0.2),
        )
    )  # fmt: skip
    assert list(cost.stages) == ["读取导出", "核验", REST]
    assert sum(cost.stages.values()) == pytest.approx(cost.cpu)
    assert cost.stages["读取导出"] >= 0.29
    assert cost.stages["核验"] >= 0.19
    assert cost.stages[REST] >= 0.19


def test_a_process_that_fails_has_no_cost_and_its_words_are_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        run(*python("sys.exit('磁盘写满')"))
    assert "磁盘写满" in capsys.readouterr().err
