"""Damaged and hostile files of every format: each costs itself and nothing else.

Real files of the sample are changed at random for a bounded time; a reader may refuse a file with
a fault, and may do nothing else.
"""

import os
import resource
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.intake.join import JoinSettings
from pipeline.intake.read import read_exports
from tests.conftest import SAMPLE
from tests.exports import record, write_jsonl
from tests.hostile.payloads import EXPLOSIVE

TODAY = date(2026, 11, 20)
_TINY = 1_000_000 if os.environ.get("GONGSHI_FAULTS") == "all" else 3000
_FORMS = (".docx", ".pdf", ".html", ".htm", ".txt", ".md", ".json", ".jsonl", ".xlsx", ".csv")
FILES = [
    next(path for path in sorted((SAMPLE / "exports").rglob(f"*{form}"))
         if path.name != "manifest.json")
    for form in _FORMS
]  # fmt: skip

Change = tuple[float, bytes, int]


@pytest.mark.parametrize("real", FILES, ids=lambda path: path.suffix[1:])
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    changes=st.lists(
        st.tuples(st.floats(0, 1), st.binary(max_size=40), st.integers(0, 200)), max_size=6
    ),
    kept=st.floats(0.05, 1),
)
def test_a_file_changed_at_random_costs_itself_and_stops_nothing(
    tmp_path_factory: pytest.TempPathFactory, real: Path, changes: list[Change], kept: float
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    content = real.read_bytes()
    for where, put, taken in changes:
        at = int(where * len(content))
        content = content[:at] + put + content[at + taken :]
    (folder / f"乱{real.suffix}").write_bytes(content[: int(len(content) * kept)])
    write_jsonl(folder, record(1), name="好.jsonl")
    intake = read_exports(folder, JoinSettings(today=TODAY))
    sound = [each for each in intake.received if each.place.file == "好.jsonl"]
    assert len(sound) == 1


@pytest.mark.parametrize("name", EXPLOSIVE)
def test_a_text_made_to_explode_is_read_in_time(tmp_path: Path, name: str) -> None:
    text = f"行政处罚决定书\n{record(1)['case_number']}\n{EXPLOSIVE[name]}"
    write_jsonl(tmp_path, record(1, facts=EXPLOSIVE[name]))
    (tmp_path / "决定书.txt").write_text(text, "utf-8")
    (tmp_path / "决定书.html").write_text(f"<p>{text}", "utf-8")
    started = time.process_time()
    read_exports(tmp_path, JoinSettings(today=TODAY))
    assert time.process_time() - started < 10


def test_very_many_tiny_files_stop_nothing_and_cost_no_more_each(tmp_path: Path) -> None:
    write_jsonl(tmp_path, record(1), name="好.jsonl")
    for number in range(_TINY):
        folder = tmp_path / str(number // 1000)
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.txt").write_bytes(b"x")
    started, own = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    intake = read_exports(tmp_path, JoinSettings(today=TODAY))
    assert any(each.case_number for each in intake.received)
    assert intake.files == _TINY + 1
    assert time.process_time() - started < _TINY / 100
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own < 100 * 1024 + 4 * _TINY
