"""Figures are written as they are measured; what was interrupted goes on from there."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import soak
from benchmarks.results import Notebook, Values, load_results


def fails() -> Values:
    raise AssertionError("measured a second time")


def test_what_was_measured_is_on_disk_before_the_next_is(tmp_path: Path) -> None:
    notebook = Notebook(300, anew=False, folder=tmp_path)
    notebook.measure("first", lambda: {"cpu": 1.23456, "files": 12345}, tool="Hugo 1")
    (results,) = load_results(tmp_path)
    assert results.value("first", "cpu") == 1.235
    assert results.value("first", "files") == 12345
    assert results.rows["first"].tool == "Hugo 1"
    assert not list(tmp_path.glob("*.part"))


def test_an_interrupted_run_keeps_its_finished_rows(tmp_path: Path) -> None:
    Notebook(300, anew=False, folder=tmp_path).measure("first", lambda: {"cpu": 1.0})
    again = Notebook(300, anew=False, folder=tmp_path)
    again.measure("first", fails)
    again.measure("second", lambda: {"cpu": 0.5})
    (results,) = load_results(tmp_path)
    assert results.ratio("second", "first", "cpu") == 0.5


def test_another_program_keeps_nothing(tmp_path: Path) -> None:
    Notebook(300, anew=False, folder=tmp_path).measure("first", lambda: {"cpu": 1.0})
    file = tmp_path / "300.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"program": "another"}))
    assert "first" not in Notebook(300, anew=False, folder=tmp_path)


def test_measuring_anew_keeps_nothing(tmp_path: Path) -> None:
    Notebook(300, anew=False, folder=tmp_path).measure("first", lambda: {"cpu": 1.0})
    assert "first" not in Notebook(300, anew=True, folder=tmp_path)


def test_figures_name_no_machine_and_no_folder(tmp_path: Path) -> None:
    Notebook(300, anew=False, folder=tmp_path).measure("first", lambda: {"cpu": 1.0})
    (results,) = load_results(tmp_path)
    assert set(json.loads((tmp_path / "300.json").read_text("utf-8"))["machine"]) == {
        "cores", "memory", "python",
    }  # fmt: skip
    assert replace(results, rows={}).rows == {}
    assert "/" not in (tmp_path / "300.json").read_text("utf-8")


def test_results_come_in_the_order_of_their_size(tmp_path: Path) -> None:
    for count in (10_000, 300, 1_000):
        Notebook(count, anew=False, folder=tmp_path).measure("first", lambda: {"cpu": 1.0})
    assert [each.decisions for each in load_results(tmp_path)] == [300, 1_000, 10_000]


def test_what_the_disk_has_no_room_for_is_left_out_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    soak.measure(tmp_path / "soak", (10**12,), tmp_path / "results")
    assert "没有测" in capsys.readouterr().err
    assert not (tmp_path / "results").exists()
