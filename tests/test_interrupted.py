"""Ctrl-C at any moment: one line that a person understands, and the exit status of an interrupt."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.commands.journal import STOPPED
from pipeline.domain.faults import ExitCode
from tests.conftest import ROOT, copy_sample

_REBUILD = ("rebuild", "--today", "2026-11-20")


@pytest.fixture(autouse=True)
def _interrupts_arrive() -> Iterator[None]:
    """Hand down no ignored interrupt: a shell ignores it for what it runs in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def _interrupted(folder: Path, sign: str, *words: str) -> tuple[int, list[str]]:
    """Interrupt the program, and all that it has started, when it loads or says ``sign``.

    Return its exit status and what else it said.
    """
    with subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "pipeline", "-C", str(folder), *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    ) as run:
        assert run.stderr is not None
        said = []
        for line in run.stderr:
            loads = line.startswith("import time:")
            if not loads:
                said.append(line)
            if (line.split("|")[-1].strip() if loads else line.split(" ")[0]) == sign:
                os.killpg(run.pid, signal.SIGINT)
                sign = ""
    return run.returncode, [line.strip() for line in said if line.strip()]


@pytest.mark.parametrize("module", ["click", "pipeline.domain.faults", "numpy", "pelican"])
def test_while_it_loads_one_line_says_that_nothing_was_done(tmp_path: Path, module: str) -> None:
    assert _interrupted(tmp_path, module, "rules") == (
        ExitCode.INTERRUPTED,
        ["已中止，什么都没有做。"],
    )


@pytest.mark.parametrize(
    ("step", "workers"), [("读取导出", ("--workers", "2")), ("筛查和隐去", ())]
)
def test_while_it_runs_one_line_says_what_visitors_see(
    tmp_path: Path, step: str, workers: tuple[str, ...]
) -> None:
    agency = copy_sample(tmp_path / "agency")
    code, said = _interrupted(agency, step, *_REBUILD, *workers)
    assert code == ExitCode.INTERRUPTED
    assert [line for line in said if not line[-1].isdigit()] == [STOPPED]
    (noted,) = (agency / "state" / "log" / "gongshi.jsonl").read_text("utf-8").splitlines()
    assert json.loads(noted)["code"] == ExitCode.INTERRUPTED
