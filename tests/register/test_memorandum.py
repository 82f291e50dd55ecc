"""备查簿: only appended, each line seals the one before, and a batch cut off is written again."""

import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.domain.event import EventKind
from pipeline.domain.faults import BadRegisterError
from pipeline.domain.public import CorrectionNote, Notice
from pipeline.lifecycle.model import Cause, State
from pipeline.register import database, open_register
from pipeline.register.entry import Entry
from pipeline.register.memorandum import Mark, Memorandum, Place
from pipeline.register.remember import from_row, remember, to_row
from tests.register.builders import (
    CLEAR,
    DOUBT,
    FIRST,
    FORBIDDEN,
    RULE,
    examined,
    happened,
    number,
    policy,
)

NEXT = FIRST + timedelta(days=1)


@pytest.fixture
def book(tmp_path: Path) -> Memorandum:
    return Memorandum(tmp_path / "memorandum.jsonl")


def test_an_empty_one_ends_at_its_start(book: Memorandum) -> None:
    assert book.end() == (Place(), Mark())
    assert list(book.rows()) == []
    assert list(book.faults()) == []
    assert book.holds(Place())


def test_what_is_appended_is_read_back_in_order_and_from_a_place_on(book: Memorandum) -> None:
    book.append([{"n": 1}, {"n": 2}], identity="a", removed=1)
    place, mark = book.end()
    book.append([{"n": 3}], seen=2)
    assert [row["n"] for row in book.rows()] == [1, 2, 3]
    assert [row["n"] for row in book.rows(place.offset)] == [3]
    assert (mark.identity, mark.removed) == ("a", 1)
    assert book.end()[1] == replace(mark, seen=2)
    assert book.holds(place)
    assert stat.S_IMODE(book.path.stat().st_mode) == 0o600


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cut=st.integers(0, 600))
def test_cut_off_anywhere_it_ends_at_the_last_whole_batch(book: Memorandum, cut: int) -> None:
    book.path.unlink(missing_ok=True)
    ends = [0]
    for n in range(3):
        book.append([{"n": n, "words": "某" * 20}], seen=n)
        ends.append(book.end()[0].offset)
    content = book.path.read_bytes()[:cut]
    book.path.write_bytes(content)
    kept = max(end for end in ends if end <= len(content))
    assert book.end()[0].offset == kept
    book.append([{"n": 9}], seen=9)
    assert [row["n"] for row in book.rows()][-1] == 9
    assert len(list(book.rows())) == ends.index(kept) + 1
    assert list(book.faults()) == []


@pytest.mark.parametrize("harm", ["alter", "remove", "swap"])
def test_a_line_altered_removed_or_moved_shows(book: Memorandum, harm: str) -> None:
    for n in range(3):
        book.append([{"n": n}], seen=n)
    place = book.end()[0]
    lines = book.path.read_bytes().splitlines(keepends=True)
    if harm == "alter":
        lines[2] = lines[2].replace(b'"n":1', b'"n":7')
    elif harm == "remove":
        del lines[2]
    else:
        lines[1], lines[2] = lines[2], lines[1]
    book.path.write_bytes(b"".join(lines))
    assert any("不衔接" in fault for fault in book.faults())
    assert book.holds(place) is (harm != "remove")


def test_an_entry_comes_back_as_it_was_but_for_what_is_examined_anew() -> None:
    entry = Entry(
        key="某〔2024〕1",
        slug="2024/1-x",
        case_number="某〔2024〕1号",
        state=State.WITHDRAWN,
        first_published_on=FIRST,
        changed_on=NEXT,
        cause=Cause.EVENT,
        source_digest="s",
        engine_digest="e",
        notice=Notice(NEXT, "撤销", "已撤销。", str(RULE)),
        corrections=(CorrectionNote(FIRST, "更正。"),),
        events=(happened(EventKind.REVOKED),),
        settled=(FIRST,),
        retired=("abc",),
        revision=3,
    )
    assert from_row(to_row(entry)) == replace(entry, source_digest="", engine_digest="")


def test_removals_are_written_at_once_and_pages_when_they_are_verified(
    place: str, book: Memorandum
) -> None:
    engine = database.connect(place)
    with open_register(place) as register:
        register.reconcile([examined(1), examined(2)], policy(), today=FIRST, actor="rebuild")
        remember(engine, book)
        assert list(book.rows()) == []
        register.mark_seen(today=FIRST, actor="rebuild")
        remember(engine, book, seen=True)
        assert [row["state"] for row in book.rows()] == ["公示中", "公示中"]
        here = book.end()[0].offset
        remember(engine, book)
        assert book.end()[0].offset == here
        revoked = examined(2, events=(happened(EventKind.REVOKED),))
        register.reconcile([examined(1), revoked], policy(), today=NEXT, actor="rebuild")
        remember(engine, book)
        assert [(row["key"], row["state"]) for row in book.rows(here)] == [(number(2).key, "撤下")]
    engine.dispose()


def test_a_fact_told_of_a_page_that_has_left_is_written_too(place: str, book: Memorandum) -> None:
    engine = database.connect(place)
    with open_register(place) as register:
        for verdict, events in (
            (CLEAR, ()),
            (FORBIDDEN, ()),
            (FORBIDDEN, (happened(EventKind.REVOKED),)),
        ):
            export = [examined(n, verdict=CLEAR) for n in (2, 3, 4)]
            export.append(examined(1, verdict=verdict, events=events))
            register.reconcile(export, policy(), today=NEXT, actor="rebuild")
            register.mark_seen(today=NEXT, actor="rebuild")
            remember(engine, book, seen=True)
    engine.dispose()
    told = [from_row(row) for row in book.rows() if row["key"] == number(1).key]
    assert [(entry.state.value, len(entry.events)) for entry in told] == [
        ("公示中", 0),
        ("撤下", 0),
        ("撤下", 1),
    ]


def test_what_was_never_public_is_not_written(place: str, book: Memorandum) -> None:
    engine = database.connect(place)
    with open_register(place) as register:
        register.reconcile([examined(1, verdict=DOUBT)], policy(), today=FIRST, actor="rebuild")
        register.mark_seen(today=FIRST, actor="rebuild")
        remember(engine, book, seen=True)
    engine.dispose()
    assert list(book.rows()) == []


def test_a_new_register_in_the_place_of_the_old_one_is_refused(
    tmp_path: Path, book: Memorandum
) -> None:
    """Or else an old export would bring back what was withdrawn."""
    for name in ("one", "two"):
        with open_register(tmp_path / name):
            pass
    first, second = (database.connect(tmp_path / name) for name in ("one", "two"))
    remember(first, book, seen=True)
    with pytest.raises(BadRegisterError, match="备份恢复"):
        remember(second, book)
    first.dispose()
    second.dispose()
