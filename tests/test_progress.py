"""Progress says how much is done and about how long the rest takes, in a log without noise."""

import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from os import close, read
from pathlib import Path

import pytest

from pipeline.commands.progress import Lines, Pace
from tests.conftest import run_gongshi
from tests.exports import DAY, record, write_jsonl


def _clock(*seconds: float) -> Pace:
    return Pace(iter(seconds).__next__)


def test_nothing_is_said_of_the_rest_before_anything_is_known() -> None:
    assert _clock(5.0).left("筛查和隐去", 0, 100) == ""


def test_what_was_there_before_does_not_make_it_look_fast() -> None:
    pace = _clock(0.0, 10.0)
    pace.left("核验", 9000, 10_000)
    assert pace.left("核验", 9100, 10_000) == "约剩 1 分 30 秒"


def test_a_step_that_begins_again_is_estimated_anew() -> None:
    pace = _clock(0.0, 10.0, 11.0, 13.0)
    pace.left("核验", 0, 100)
    pace.left("核验", 100, 100)
    assert pace.left("核验", 0, 100) == ""
    assert pace.left("核验", 50, 100) == "约剩 2 秒"


def test_a_log_hears_of_each_tenth_of_a_long_step(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(_clock(*(second / 10 for second in range(2001))))
    for done in range(2001):
        lines("筛查和隐去", done, 2000)
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "筛查和隐去 200/2,000，约剩 3 分钟"
    assert said[8] == "筛查和隐去 1,800/2,000，约剩 20 秒"
    assert said[9:] == ["筛查和隐去 2000"]


def test_a_log_hears_of_a_short_step_once(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines()
    for done in range(61):
        lines("筛查和隐去", done, 60)
    lines("读取导出", 0, 0)
    assert capsys.readouterr().err.splitlines() == ["筛查和隐去 60", "读取导出"]


def test_a_terminal_shows_a_bar_with_what_is_done(tmp_path: Path) -> None:
    made = run_gongshi(tmp_path, "init", str(tmp_path / "a"), "--name", "青石县综合行政执法局")
    assert made.returncode == 0, made.stderr
    write_jsonl(tmp_path / "a" / "exports", *map(record, range(1, 30)))
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "pipeline", "-C", tmp_path / "a", "check",
         "--today", DAY],
        stderr=theirs, stdout=subprocess.DEVNULL, env={"COLUMNS": "80", "TERM": "xterm"},
    ):  # fmt: skip
        close(theirs)
        said = b"".join(_all_of(ours)).decode("utf-8", "replace")
    assert re.search(r"试算 .*\d+/29", said)


def _all_of(terminal: int) -> Iterator[bytes]:
    try:
        while said := read(terminal, 1024):
            yield said
    except OSError:  # the other side is closed
        close(terminal)
