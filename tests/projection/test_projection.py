"""The file that the site reads: brought up to date by difference, without a trace of what left."""

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

import pipeline.projection.read
from pipeline.domain.faults import BadSiteError
from pipeline.domain.penalty import PenaltyKind
from pipeline.domain.public import PublicRecord, Standing
from pipeline.projection.model import Changes, Mark, Row
from pipeline.projection.read import open_projection
from pipeline.projection.write import read_mark, write_projection
from tests.register.builders import gone, number, record


def whole(*records: PublicRecord, revision: int = 1) -> Changes:
    return Changes(Mark("register", revision), records, whole=True)


def some(*records: PublicRecord, removed: tuple[str, ...] = (), revision: int = 2) -> Changes:
    return Changes(Mark("register", revision), records, removed)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "public.sqlite"


def holds(path: Path, words: str) -> bool:
    """Whether any file beside ``path`` still has the words, or the first or last half of them."""
    raw = words.encode()
    halves = (raw, raw[: len(raw) // 2], raw[len(raw) // 2 :])
    files = [file.read_bytes() for file in path.parent.iterdir()]
    return any(half in file for file in files for half in halves)


def test_a_record_is_found_by_its_address(path: Path) -> None:
    assert write_projection(path, whole(record(1), gone(2))) == 2
    with open_projection(path) as projection:
        assert len(projection) == 2
        assert projection.mark == Mark("register", 1)
        assert projection.record(number(1).slug) == record(1)
        assert projection.record(number(2).slug) == gone(2)
        assert set(map(str, projection.records())) == {str(record(1)), str(gone(2))}
        with pytest.raises(KeyError):
            projection.record("2024/9-0000000000")


def test_a_row_shows_what_a_list_needs_and_nothing_of_a_page_that_is_gone(path: Path) -> None:
    write_projection(path, whole(record(1, party="甲\x1f乙公司"), gone(2)))
    with open_projection(path) as projection:
        shown = {row.key: row for row in projection.rows()}
    row, empty = shown[number(1).key], shown[number(2).key]
    assert (row.organ, row.title, row.violation_kind) == (
        "某县综合行政执法局",
        "行政处罚决定书",
        "擅自占道",
    )
    assert row.parties == ("甲\x1f乙公司",)
    assert row.penalty_kinds == (PenaltyKind.FINE, PenaltyKind.WARNING)
    assert row.decided_on == date(2024, 5, 6)
    assert not row.about_natural_person
    assert (empty.organ, empty.parties, empty.penalty_kinds, empty.decided_on) == ("", (), (), None)


def test_rows_stand_newest_first_and_are_counted_by_standing(path: Path) -> None:
    write_projection(path, whole(record(3), record(1), gone(2), gone(4, Standing.EXPIRED)))
    with open_projection(path) as projection:
        slugs = [row.slug for row in projection.rows(Standing.PUBLISHED)]
        assert slugs == sorted(slugs)
        assert projection.counts() == {
            Standing.PUBLISHED: 2,
            Standing.WITHDRAWN: 1,
            Standing.EXPIRED: 1,
            Standing.SUSPENDED: 0,
        }


def test_only_the_changes_are_written(path: Path) -> None:
    write_projection(path, whole(record(1), record(2)))
    assert write_projection(path, some(record(2, words="新"), record(3), removed=(number(1).key,)))
    assert read_mark(path) == Mark("register", 2)
    with open_projection(path) as projection:
        assert [row.case_number for row in projection.rows()] == [
            record(n).case_number for n in (2, 3)
        ]
        assert projection.record(number(2).slug) == record(2, words="新")


def test_another_register_replaces_everything(path: Path) -> None:
    write_projection(path, whole(record(1)))
    write_projection(path, Changes(Mark("another", 1), [record(2)], whole=True))
    with open_projection(path) as projection:
        assert [row.key for row in projection.rows()] == [number(2).key]


def test_what_was_withdrawn_is_in_no_byte_of_any_file(path: Path) -> None:
    words, party = "独一无二的违法事实描述", "绝无仅有鲲鹏记坊"
    write_projection(path, whole(*(record(n) for n in range(3, 40)), record(1, words=words * 900)))
    write_projection(path, some(record(2, words=words, party=party)))
    assert holds(path, words)
    write_projection(path, some(gone(1), gone(2), revision=3))
    assert not holds(path, words)
    assert not holds(path, party)


def test_after_many_nights_nothing_that_left_remains(path: Path) -> None:
    """Sizes and orders that make the file move its rows about."""
    chance = random.Random(7)  # noqa: S311 - a repeatable mess, no secret
    write_projection(path, whole())
    living: dict[int, str] = {}
    for night in range(25):
        added = {
            chance.randrange(400): f"事实{night}号词{chance.random()}号" * chance.randrange(1, 60)
            for _ in range(20)
        }
        left = chance.sample(sorted(living), min(5, len(living)))
        removed = tuple(number(n).key for n in left)
        fresh = [record(n, words=words) for n, words in added.items()]
        write_projection(path, some(*fresh, removed=removed, revision=night + 2))
        past = [living.pop(n) for n in left] + [w for n, w in living.items() if n in added]
        living |= added
        raw = path.read_bytes()
        assert all(words[:30].encode() not in raw for words in past)
        with open_projection(path) as projection:
            assert len(projection) == len(living)


def test_a_write_that_breaks_off_leaves_the_old_state(path: Path) -> None:
    write_projection(path, whole(record(1)))

    def broken() -> object:
        yield record(2)
        raise RuntimeError("the register broke off")

    with pytest.raises(RuntimeError):
        write_projection(path, Changes(Mark("register", 2), broken()))  # type: ignore[arg-type]
    assert read_mark(path) == Mark("register", 1)
    with open_projection(path) as projection:
        assert [row.key for row in projection.rows()] == [number(1).key]


CRASH = """
import os, sys
from pathlib import Path
from pipeline.projection.model import Changes, Mark, Row
from pipeline.projection.write import write_projection
from tests.register.builders import record

def dies():
    for n in range(1, 600):
        yield record(n, words="新" * 2000)
    os._exit(137)

write_projection(Path(sys.argv[1]), Changes(Mark("register", 2), dies()))
"""


def test_a_write_that_is_killed_is_undone_by_the_next_run(path: Path) -> None:
    write_projection(path, whole(record(1)))
    done = subprocess.run([sys.executable, "-c", CRASH, str(path)], check=False, timeout=60)
    assert done.returncode == 137
    assert path.with_name("public.sqlite-journal").exists()
    assert read_mark(path) == Mark("register", 1)
    with open_projection(path) as projection:
        assert projection.record(number(1).slug) == record(1)
        assert len(projection) == 1


@pytest.mark.parametrize("content", [b"", b"not a database" * 500, b"SQLite format 3\x00xx"])
def test_a_damaged_file_is_made_anew(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert read_mark(path) is None
    with pytest.raises(BadSiteError, match="gongshi rebuild"):
        open_projection(path)
    write_projection(path, whole(record(1)))
    with open_projection(path) as projection:
        assert len(projection) == 1


def test_a_file_of_another_version_is_made_anew(path: Path) -> None:
    write_projection(path, whole(record(1)))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert read_mark(path) is None
    with pytest.raises(BadSiteError):
        open_projection(path)
    write_projection(path, whole(record(2)))
    assert read_mark(path) == Mark("register", 1)


def test_a_missing_file_is_reported(path: Path) -> None:
    assert read_mark(path) is None
    with pytest.raises(BadSiteError, match=r"public\.sqlite"):
        open_projection(path)


def test_the_site_cannot_write_the_file(path: Path) -> None:
    write_projection(path, whole(record(1)))
    with open_projection(path) as projection, pytest.raises(sqlite3.OperationalError):
        projection._connection.execute("DELETE FROM record")


def test_the_one_in_the_place_of_a_withdrawn_decision_is_found_without_reading_the_others(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [record(n) for n in range(1, 9)]
    pairs = (("2021/old", records[3].slug), ("2021/older", "2021/not-public"))
    write_projection(path, Changes(Mark("register", 1), records, whole=True, successors=pairs))
    read: list[str] = []
    row = pipeline.projection.read._row

    def noted(found: tuple[object, ...]) -> Row:
        read.append(str(found[1]))
        return row(found)

    monkeypatch.setattr("pipeline.projection.read._row", noted)
    with open_projection(path) as public:
        assert {slug: by.slug for slug, by in public.successors().items()} == dict(pairs[:1])
    assert read == [records[3].slug]
