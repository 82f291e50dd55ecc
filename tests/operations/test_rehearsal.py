"""A dry run tells what the run would do, by reason, and changes nothing."""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.domain.faults import BrakeError
from pipeline.operations.rehearsal import rehearse
from pipeline.rebuild import rebuild
from pipeline.register.model import ChangeKind
from pipeline.settings import Settings, load_settings
from tests.conftest import Gongshi
from tests.exports import DAY, record, write_jsonl

TODAY = date.fromisoformat(DAY)


@pytest.fixture
def settings(tmp_path: Path, gongshi: Gongshi) -> Iterator[Settings]:
    """Yield the settings of an agency whose first three decisions may be published."""
    folder = tmp_path / "agency"
    gongshi(tmp_path, "init", str(folder), "--name", "青石县综合行政执法局")
    write_jsonl(folder / "exports", *(record(number) for number in (1, 2, 3)))
    mask = os.umask(0o022)
    yield load_settings(folder)
    os.umask(mask)


def held(root: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file's bytes and inode, but for the lock that each run touches."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_ino)
        for path in root.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def number(which: int) -> str:
    return str(record(which)["case_number"])


def silent(_: str, __: int, ___: int) -> None:
    """Say nothing of progress."""


def test_it_tells_what_the_run_then_does(settings: Settings) -> None:
    exports = settings.folders.exports
    rebuild(settings, exports, today=TODAY, step=silent)
    revoked = record(2, events=[{"kind": "撤销", "effective_on": "2026-11-18", "ground": "不清"}])
    held_back = record(5, legal_review={"required": True, "passed": False})
    write_jsonl(exports, record(1), revoked, record(3), record(4), held_back)
    before = held(settings.root)
    told = rehearse(settings, exports, today=TODAY, step=silent)
    assert held(settings.root) == before
    kinds = {kind: numbers for (kind, _), numbers in told.reasons.items()}
    assert kinds[ChangeKind.PUBLISHED] == (number(4),)
    assert kinds[ChangeKind.WITHDRAWN] == (number(2),)
    assert number(5) in {each for numbers in told.reasons.values() for each in numbers}
    reasons = dict(told.reasons.keys())
    assert "《" in reasons[ChangeKind.WITHDRAWN]
    done = rebuild(settings, exports, today=TODAY, step=silent)
    would, did = told.done.release, done.release
    assert (would.added, would.changed, would.removed) == (did.added, did.changed, did.removed)
    assert told.done.reconciliation.counts == done.reconciliation.counts


def test_before_the_first_run_it_leaves_no_state_behind(
    settings: Settings, gongshi: Gongshi
) -> None:
    before = held(settings.root)
    done = gongshi(settings.root, "rebuild", "--dry-run", "--today", DAY)
    assert done.returncode == 0, done.stderr
    assert f"新公示：{number(1)}、{number(2)}、{number(3)}" in done.stdout
    assert re.search(r"网站文件：新增 \d+ · 更换 0 · 删去 0", done.stdout)
    assert done.stdout.endswith("什么都没有改动\n")
    assert held(settings.root) == before
    assert not settings.folders.state.exists()


def test_the_brake_stops_it_as_it_would_stop_the_run(settings: Settings) -> None:
    exports = settings.folders.exports
    numbers = range(1, 13)
    write_jsonl(exports, *map(record, numbers))
    rebuild(settings, exports, today=TODAY, step=silent)
    write_jsonl(exports, *(record(n, procedure="简易程序") for n in numbers))
    before = held(settings.root)
    with pytest.raises(BrakeError):
        rehearse(settings, exports, today=TODAY, step=silent)
    assert held(settings.root) == before
