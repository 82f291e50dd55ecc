"""The lines of decisions in the files of a year: made once, remembered, and gone with them."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.domain.public import PublicRecord, Standing
from pipeline.site.data import years
from pipeline.site.data.entry import OpenDecision, open_decision
from pipeline.site.data.publisher import Publisher
from tests.site.builders import build, gone, published

MEMORY = "site.data.sqlite"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which every decision is added whose lines are made."""
    found: list[str] = []

    def noted(record: PublicRecord, publisher: Publisher) -> OpenDecision:
        found.append(record.slug)
        return open_decision(record, publisher)

    monkeypatch.setattr(years, "open_decision", noted)
    return found


def some(*numbers: int) -> list[PublicRecord]:
    return [published(n, on=date(2026, 1 + n % 12, 5)) for n in numbers]


def tables(root: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (root / "site" / "data").glob("2026.*")}


def test_only_the_lines_of_what_changed_are_made(tmp_path: Path, made: list[str]) -> None:
    build(tmp_path / "a", some(1, 2, 3, 4))
    assert len(made) == 4
    made.clear()
    now = [*some(1, 3, 4), published(2, on=date(2026, 3, 6)), *some(9)]
    build(tmp_path / "a", now)
    assert sorted(made) == sorted(record.slug for record in (published(2), *some(9)))
    build(tmp_path / "b", now)
    assert tables(tmp_path / "a") == tables(tmp_path / "b")


def test_of_a_withdrawn_decision_no_line_is_remembered(tmp_path: Path) -> None:
    (doomed,) = some(7)
    for records, there in (
        ([*some(1, 2), doomed], True),
        ([*some(1, 2), gone(7, Standing.WITHDRAWN)], False),
        ([gone(1, Standing.WITHDRAWN), gone(2, Standing.WITHDRAWN)], False),
    ):
        build(tmp_path, records)
        remembered = (tmp_path / MEMORY).read_bytes()
        assert (doomed.case_number.encode() in remembered) is there


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 99])
def test_a_damaged_memory_costs_only_time(tmp_path: Path, content: bytes) -> None:
    build(tmp_path, some(1, 2))
    (tmp_path / MEMORY).write_bytes(content)
    build(tmp_path, some(1, 2, 3))
    build(tmp_path / "other", some(1, 2, 3))
    assert tables(tmp_path) == tables(tmp_path / "other")


def test_lines_that_another_program_made_are_not_believed(
    tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, some(1, 2))
    monkeypatch.setattr("pipeline.site.data.files._CODE", "of another program")
    build(tmp_path, some(1, 2))
    assert len(made) == 4
