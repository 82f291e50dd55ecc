"""A night that remembers the one before does exactly what a night without a memory does."""

import gc
import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.domain.decision import Decision
from pipeline.examination.examine import _screen, receive
from pipeline.rebuild import load, rebuild
from pipeline.register import Register
from pipeline.settings import load_settings
from tests.conftest import copy_sample, run_gongshi
from tests.exports import DAY, record, write_jsonl

MEMORIES = ("exports.sqlite", "site.verified.sqlite")


def _rebuilt(folder: Path) -> None:
    done = run_gongshi(folder, "rebuild", "--today", DAY)
    assert done.returncode == 0, done.stderr


def _files(folder: Path) -> dict[str, bytes]:
    site = folder / "site" / "current"
    return {str(p.relative_to(site)): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def _told(folder: Path) -> dict[str, object]:
    report = json.loads((folder / "state" / "report" / "latest" / "report.json").read_text("utf-8"))
    return {name: part for name, part in report.items() if name != "run"}


def test_a_memory_changes_nothing_but_the_cost(tmp_path: Path) -> None:
    with_memory, without = tmp_path / "one", tmp_path / "two"
    made = run_gongshi(tmp_path, "init", str(with_memory), "--name", "青石县综合行政执法局")
    assert made.returncode == 0, made.stderr
    (with_memory / "exports" / "示例.jsonl").unlink(missing_ok=True)
    write_jsonl(with_memory / "exports", *(record(number) for number in range(1, 7)))
    _rebuilt(with_memory)
    shutil.copytree(with_memory, without, symlinks=True)
    for name in MEMORIES:
        (without / "state" / "work" / name).unlink()
    changed = [record(2, performance="已履行"), record(4, procedure=None), record(9)]
    same = [record(number) for number in (1, 3, 5)]
    for folder in (with_memory, without):
        write_jsonl(folder / "exports", *same, *changed)
        _rebuilt(folder)
    assert _files(with_memory) == _files(without)
    assert _told(with_memory) == _told(without)
    for name in MEMORIES:
        assert (with_memory / "state" / "work" / name).stat().st_size


def test_no_verdict_changes_with_the_days_before_the_day_it_names(tmp_path: Path) -> None:
    settings = load_settings(copy_sample(tmp_path / "changshan"))
    policy = load(settings)
    read_on, day = date(2026, 11, 20), date(2026, 3, 2)
    received = receive(settings, settings.folders.exports, today=read_on).received
    changing = 0
    for decision in (each for each in received if isinstance(each, Decision)):
        now = _screen(decision, policy, day)
        changing += now.until < date.max
        last = min(now.until - timedelta(days=1), day + timedelta(days=3000))
        for later in {day + timedelta(days=1), day + (last - day) / 2, last}:
            if day < later < now.until:
                then = _screen(decision, policy, later)
                assert (then.source, then.findings) == (now.source, now.findings)
    assert changing


def test_no_text_of_a_decision_is_in_memory_when_all_are_examined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(copy_sample(tmp_path / "changshan"))
    reconcile, held = Register.reconcile, []

    def counting(*told: object, **named: object) -> object:
        gc.collect()
        held.append(sum(isinstance(each, Decision) for each in gc.get_objects()))
        return reconcile(*told, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Register, "reconcile", counting)
    before = sum(isinstance(each, Decision) for each in gc.get_objects())
    rebuild(settings, settings.folders.exports, today=date(2026, 11, 20), step=lambda *_: None)
    assert held == [before]
