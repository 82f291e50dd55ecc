"""What a stopped run had redacted is taken up whole, and only by the very same work."""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.domain.decision import Decision
from pipeline.domain.text import RawText
from pipeline.examination import Unfinished, Work, receive
from pipeline.examination.unfinished import EVERY, Made
from pipeline.policy.load import load_policy
from pipeline.redaction.redact import Redaction, redact
from pipeline.settings import load_settings
from pipeline.workers.parcel import Parcel
from tests.conftest import SAMPLE

SETTINGS = load_settings(SAMPLE)
POLICY = load_policy("changshan-2021")
WORK = Work(POLICY.digest, "engine", SETTINGS.public_values)

Done = dict[str, tuple[Decision, Redaction]]


class StoppedError(Exception):
    """What stops a run here."""


@pytest.fixture(scope="module")
def done() -> Done:
    intake = receive(SETTINGS, SAMPLE / "exports", today=date(2026, 11, 20))
    decisions = [each for each in intake.received if isinstance(each, Decision)]
    return {
        each.case_number.key: (
            each,
            redact(each, POLICY, public_values=SETTINGS.public_values),
        )
        for each in decisions
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "unfinished.sqlite"


@contextmanager
def _stopped(path: Path) -> Iterator[Unfinished]:
    """Yield what a run keeps that is stopped at the end."""
    with suppress(StoppedError), Unfinished(path, WORK) as unfinished:
        yield unfinished
        raise StoppedError


def _keep_all(unfinished: Unfinished, done: Done) -> None:
    """Keep every redaction, often enough that they are written."""
    for decision, redaction in [*done.values()] * (EVERY // len(done) + 1):
        unfinished.keep(decision, redaction)


def test_every_redaction_of_the_sample_comes_back_as_it_was(path: Path, done: Done) -> None:
    with _stopped(path) as first:
        _keep_all(first, done)
    with Unfinished(path, WORK) as second:
        for decision, redaction in done.values():
            assert second.find(decision) == redaction
    assert sum(len(redaction.hidden) for _, redaction in done.values()) > len(done)


def test_a_redaction_arrives_from_another_process_as_it_was(done: Done) -> None:
    for _, redaction in done.values():
        assert Parcel.of(Made(redaction)).opened().redaction == redaction


def test_it_is_deleted_when_a_run_has_ended_well(path: Path, done: Done) -> None:
    with _stopped(path) as first:
        _keep_all(first, done)
    assert path.exists()
    with Unfinished(path, WORK) as second:
        _keep_all(second, done)
    assert list(path.parent.iterdir()) == []


def test_a_night_with_little_to_do_writes_nothing(path: Path, done: Done) -> None:
    with _stopped(path) as unfinished:
        for decision, redaction in [*done.values()][: EVERY - 1]:
            unfinished.keep(decision, redaction)
    assert list(path.parent.iterdir()) == []


def test_nobody_else_may_read_it(path: Path, done: Done) -> None:
    with _stopped(path) as unfinished:
        _keep_all(unfinished, done)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "other",
    [
        replace(WORK, policy="another"),
        replace(WORK, engine="another"),
        replace(WORK, public_values=frozenset({"0570-5012345"})),
    ],
    ids=["policy", "engine", "public values"],
)
def test_what_was_done_for_other_work_is_deleted_unread(
    path: Path, done: Done, other: Work
) -> None:
    with _stopped(path) as first:
        _keep_all(first, done)
    unfinished = Unfinished(path, other)
    assert [unfinished.find(decision) for decision, _ in done.values()] == [None] * len(done)
    with suppress(StoppedError), unfinished:
        raise StoppedError
    database = sqlite3.connect(path)
    assert database.execute("SELECT count(*) FROM redaction").fetchone() == (0,)
    database.close()


def test_a_decision_that_says_anything_else_is_redacted_anew(path: Path, done: Done) -> None:
    with _stopped(path) as first:
        _keep_all(first, done)
    decision = next(iter(done.values()))[0]
    with Unfinished(path, WORK) as second:
        assert second.find(decision) is not None
        told = replace(decision, remark=RawText("另有说明"))
        assert second.find(told) is None
        assert second.find(replace(decision, protected=(RawText("砂石"),))) is None


def test_a_damaged_file_costs_only_the_work(path: Path, done: Done) -> None:
    decision, redaction = next(iter(done.values()))
    path.write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 20)
    with _stopped(path) as unfinished:
        assert unfinished.find(decision) is None
        _keep_all(unfinished, done)
    with Unfinished(path, WORK) as again:
        assert again.find(decision) == redaction


def test_a_disk_that_refuses_costs_only_the_work(tmp_path: Path, done: Done) -> None:
    path = tmp_path / "no such folder" / "unfinished.sqlite"
    with Unfinished(path, WORK) as unfinished:
        _keep_all(unfinished, done)
        assert unfinished.find(next(iter(done.values()))[0]) is None
    assert list(tmp_path.iterdir()) == []
