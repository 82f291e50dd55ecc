"""A small file that wants all time and memory: it costs itself, and the batch goes on."""

import resource
import time
from datetime import date
from pathlib import Path

import pytest

from pipeline.intake import apart
from pipeline.intake.join import JoinSettings
from pipeline.intake.read import read_exports
from tests.exports import record, write_jsonl
from tests.hostile.bombs import BOMBS, endless_form

TODAY = date(2026, 11, 20)


def _assert_costs_only_itself(folder: Path) -> None:
    write_jsonl(folder, record(1), name="好.jsonl")
    started, own = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    intake = read_exports(folder, JoinSettings(today=TODAY))
    sound = [each for each in intake.received if each.place.file == "好.jsonl"]
    assert len(sound) == 1
    assert intake.files == 2
    assert time.process_time() - started < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own < 600 * 1024


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_only_itself(tmp_path: Path, name: str) -> None:
    content = BOMBS[name]()
    assert len(content) < 20_000_000
    (tmp_path / name).write_bytes(content)
    _assert_costs_only_itself(tmp_path)


def test_a_file_that_is_never_read_to_its_end_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1)
    (tmp_path / "没完没了.pdf").write_bytes(endless_form())
    _assert_costs_only_itself(tmp_path)
    told = read_exports(tmp_path, JoinSettings(today=TODAY)).received
    faults = [fault.problem for each in told for fault in getattr(each, "faults", ())]
    assert "读取时耗尽了时间或者内存，已放弃" in faults
