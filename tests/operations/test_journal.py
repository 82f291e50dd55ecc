"""The log is private, rotated, and every line of it is JSON."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from pipeline.commands.journal import STOPPED, Journalled
from pipeline.domain.faults import ExitCode
from pipeline.operations import journal
from tests.conftest import copy_sample

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def test_old_lines_go_and_the_newest_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_BYTES", 400)
    monkeypatch.setattr(journal, "_FILES", 3)
    for number in range(60):
        journal.note(tmp_path, command="rebuild", at=AT, code=number, seconds=0.5, why="一\n二")
    files = sorted((tmp_path / "log").iterdir())
    assert len(files) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    newest = json.loads((tmp_path / "log" / "gongshi.jsonl").read_text("utf-8").splitlines()[-1])
    assert newest == {
        "at": "2026-11-20T02:00:00+00:00",
        "command": "rebuild",
        "code": 59,
        "seconds": 0.5,
        "why": ["一", "二"],
    }


def test_a_run_that_went_well_says_no_more_than_that(tmp_path: Path) -> None:
    journal.note(tmp_path, command="deploy", at=AT, code=0, seconds=1, why="")
    (line,) = (tmp_path / "log" / "gongshi.jsonl").read_text("utf-8").splitlines()
    assert "why" not in json.loads(line)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, click.Abort])
def test_a_run_that_was_asked_to_stop_is_not_noted_as_done(
    tmp_path: Path, stop: type[BaseException]
) -> None:
    folder = copy_sample(tmp_path / "agency")
    (folder / "state").mkdir(mode=0o700)
    group = Journalled(params=[click.Option(["--folder"], type=Path)])

    @group.command("rebuild")
    def command() -> None:
        raise stop

    with pytest.raises(click.Abort):
        group.main(["--folder", str(folder), "rebuild"], standalone_mode=False)
    (line,) = (folder / "state" / "log" / "gongshi.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["code"] == ExitCode.INTERRUPTED
    assert json.loads(line)["why"] == [STOPPED]
