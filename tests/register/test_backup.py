"""备份和恢复: nothing public is lost, nothing that left comes back, and no damage is taken over."""

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest

from pipeline.domain.event import EventKind
from pipeline.domain.faults import BadRegisterError
from pipeline.domain.public import Standing
from pipeline.lifecycle.model import State
from pipeline.projection.read import open_projection
from pipeline.projection.write import read_mark, write_projection
from pipeline.register import KeptRegister, open_kept, open_register
from pipeline.register.backup import SUFFIX, Manifest, backups, manifest_of, prune, read_manifest
from pipeline.register.memorandum import Memorandum
from pipeline.register.model import Received
from pipeline.register.replacing import put_in_place
from pipeline.register.restore import Restored, prepare
from tests.register.builders import FIRST, examined, happened, number, policy

NEXT = FIRST + timedelta(days=1)
LATER = FIRST + timedelta(days=9)
REVOKED = (happened(EventKind.REVOKED),)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@contextmanager
def opened(place: str, state: Path) -> Iterator[KeptRegister]:
    with open_kept(place, Memorandum(state / "memorandum.jsonl")) as register:
        yield register


def night(place: str, state: Path, *items: Received, today: date = FIRST) -> Manifest:
    """Run one night as the program does, and back up."""
    with opened(place, state) as register:
        register.reconcile(items, policy(), today=today, actor="rebuild")
        write_projection(
            state / "public.sqlite", register.public_changes(read_mark(state / "public.sqlite"))
        )
        register.mark_seen(today=today, actor="rebuild")
        return register.back_up(state / "backups", today=today)


def restored(place: str, state: Path, made: Manifest, *, lose_texts: bool = False) -> Restored:
    def published(slug: str) -> object:
        if lose_texts:
            return None
        with open_projection(state / "public.sqlite") as projection:
            return projection.record(slug).decision

    book, fresh = Memorandum(state / "memorandum.jsonl"), state / "fresh.sqlite"
    path = state / "backups" / made.file
    done = prepare(path, fresh, book, published, today=LATER, actor="张经办")  # type: ignore[arg-type]
    put_in_place(fresh, place, book, aside=state / "aside", today=LATER)
    return done


def standing(place: str, state: Path) -> dict[str, tuple[Standing, date]]:
    with opened(place, state) as register:
        records = register.public_changes(None).records
        return {each.key: (each.standing, each.first_published_on) for each in records}


def test_what_was_withdrawn_after_the_backup_stays_withdrawn(place: str, state: Path) -> None:
    made = night(place, state, examined(1), examined(2))
    night(place, state, examined(1, events=REVOKED), examined(2), today=NEXT)
    assert restored(place, state, made).applied == 1
    night(place, state, examined(1), examined(2), today=LATER)
    found = standing(place, state)
    assert found[number(1).key] == (Standing.WITHDRAWN, FIRST)
    assert found[number(2).key] == (Standing.PUBLISHED, FIRST)
    with opened(place, state) as register:
        assert register.verify_with(state / "backups") == ()


def test_what_was_published_after_the_backup_is_public_with_its_first_day(
    place: str, state: Path
) -> None:
    made = night(place, state, examined(1))
    night(place, state, examined(1), examined(2), today=NEXT)
    assert restored(place, state, made).lost == ()
    assert standing(place, state)[number(2).key] == (Standing.PUBLISHED, NEXT)


def test_without_its_text_a_decision_waits_for_the_export_and_keeps_its_first_day(
    place: str, state: Path
) -> None:
    made = night(place, state, examined(1))
    night(place, state, examined(1), examined(2), today=NEXT)
    assert restored(place, state, made, lose_texts=True).lost == (number(2).display,)
    with opened(place, state) as register:
        status = register.status(number(2).key, policy(), today=LATER)
        assert status is not None
        assert status.state is State.HELD
        assert status.reasons[0].remedy
    night(place, state, examined(1), examined(2), today=LATER)
    assert standing(place, state)[number(2).key] == (Standing.PUBLISHED, NEXT)


def test_a_correction_after_the_backup_is_not_undone(place: str, state: Path) -> None:
    made = night(place, state, examined(1))
    night(place, state, examined(1, words="更正后的事实"), today=NEXT)
    restored(place, state, made)
    with opened(place, state) as register:
        (record,) = register.public_changes(None).records
    assert record.decision is not None
    assert "更正后的事实" in str(record.decision.facts)
    assert [note.on for note in record.corrections] == [NEXT]


def test_a_restored_register_is_another_so_that_the_projection_is_made_anew(
    place: str, state: Path
) -> None:
    made = night(place, state, examined(1))
    restored(place, state, made)
    with opened(place, state) as register:
        assert register.public_changes(read_mark(state / "public.sqlite")).whole
        events = register.status(number(1).key, policy(), today=LATER)
    assert events is not None
    assert list((state / "aside").iterdir())


def test_what_was_not_released_before_the_backup_is_remembered_at_the_next_release(
    place: str, state: Path
) -> None:
    night(place, state, examined(1))
    with opened(place, state) as register:
        correction = examined(1, words="更正后的事实")
        register.reconcile([correction], policy(), today=NEXT, actor="rebuild")
        made = register.back_up(state / "backups", today=NEXT)
    restored(place, state, made)
    before = Memorandum(state / "memorandum.jsonl").end()[0].offset
    night(place, state, correction, today=LATER)
    rows = Memorandum(state / "memorandum.jsonl").rows(before)
    assert [row["key"] for row in rows] == [number(1).key]


def test_two_restores_one_after_the_other_tell_the_same(place: str, state: Path) -> None:
    made = night(place, state, examined(1), examined(2))
    night(place, state, examined(1, events=REVOKED), examined(2), today=NEXT)
    restored(place, state, made)
    first = standing(place, state)
    restored(place, state, made)
    assert standing(place, state) == first


def test_a_backup_is_made_while_a_run_writes(place: str, state: Path) -> None:
    night(place, state, examined(1))
    half, done = Event(), Event()

    def slow() -> Iterator[Received]:
        yield examined(2)
        half.set()
        assert done.wait(60)
        yield examined(3)

    def run() -> None:
        with open_register(place) as register:
            register.reconcile(slow(), policy(), today=NEXT, actor="rebuild")

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        assert half.wait(60)
        with opened(place, state) as register:
            made = register.back_up(state / "backups", today=NEXT)
            done.set()
            running.result(timeout=60)
    assert made.decisions == 1
    assert restored(place, state, made).manifest == made


def test_a_backup_of_a_server_is_restored_to_a_file(
    new_place: "type[str]", state: Path, tmp_path: Path
) -> None:
    here = new_place()
    made = night(here, state, examined(1), examined(2))
    restored(str(tmp_path / "moved.sqlite"), state, made)
    assert len(standing(str(tmp_path / "moved.sqlite"), state)) == 2


def test_only_the_owner_may_read_a_backup(tmp_path: Path, state: Path) -> None:
    made = night(str(tmp_path / "r.sqlite"), state, examined(1))
    found = {stat.S_IMODE(path.stat().st_mode) for path in (state / "backups").iterdir()}
    assert found == {0o600}
    assert stat.S_IMODE((state / "backups").stat().st_mode) == 0o700
    assert {path.name for path in (state / "backups").iterdir()} == {
        made.file,
        manifest_of(state / "backups" / made.file).name,
    }


@pytest.mark.parametrize("harm", ["bytes", "short", "manifest", "no manifest", "no file"])
def test_a_damaged_backup_is_refused_and_the_register_stays(
    tmp_path: Path, state: Path, harm: str
) -> None:
    place = str(tmp_path / "r.sqlite")
    made = night(place, state, examined(1))
    path = state / "backups" / made.file
    content = bytearray(path.read_bytes())
    if harm == "bytes":
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    elif harm == "short":
        path.write_bytes(content[:-9])
    elif harm == "manifest":
        manifest_of(path).write_text("{}", "utf-8")
    else:
        (manifest_of(path) if harm == "no manifest" else path).unlink()
    before = (tmp_path / "r.sqlite").read_bytes()
    with pytest.raises(BadRegisterError, match="备份"):
        restored(place, state, made)
    assert (tmp_path / "r.sqlite").read_bytes() == before


@pytest.mark.parametrize("harm", ["lost", "cut", "altered"])
def test_without_the_memory_of_what_left_nothing_is_restored(
    tmp_path: Path, state: Path, harm: str
) -> None:
    place, book = str(tmp_path / "r.sqlite"), state / "memorandum.jsonl"
    night(place, state, examined(1), examined(2))
    made = night(place, state, examined(1, events=REVOKED), examined(2), today=NEXT)
    if harm == "lost":
        book.unlink()
    elif harm == "cut":
        book.write_bytes(book.read_bytes()[:-200])
    else:
        book.write_bytes(book.read_bytes().replace("撤下".encode(), "公示".encode(), 1))
    with pytest.raises(BadRegisterError, match="备查簿"):
        restored(place, state, made)


def test_an_older_file_put_in_the_place_of_the_register_is_refused(
    tmp_path: Path, state: Path
) -> None:
    """Whole in itself, but an old export would bring back what was withdrawn since."""
    path = tmp_path / "r.sqlite"
    made = night(str(path), state, examined(1), examined(2))
    earlier = path.read_bytes()
    night(str(path), state, examined(1, events=REVOKED), examined(2), today=NEXT)
    path.write_bytes(earlier)
    with open_register(path) as plain:
        assert plain.verify() == ()
    with pytest.raises(BadRegisterError, match="restore"):
        night(str(path), state, examined(1), examined(2), today=LATER)
    restored(str(path), state, made)
    assert standing(str(path), state)[number(1).key] == (Standing.WITHDRAWN, FIRST)


def test_a_register_whose_end_was_cut_off_shows_by_its_backups(tmp_path: Path, state: Path) -> None:
    path = tmp_path / "r.sqlite"
    night(str(path), state, examined(1))
    earlier = path.read_bytes()
    made = night(str(path), state, examined(1), examined(2), today=NEXT)
    path.write_bytes(earlier)
    (state / "memorandum.jsonl").unlink()
    with opened(str(path), state) as register:
        found = "\n".join(register.verify_with(state / "backups"))
    assert f"备份 {made.file} 所记的不同或缺失" in found
    assert f"备查簿与备份 {made.file} 所记的不同或缺失" in found


@pytest.mark.parametrize(
    ("ages", "keep", "days", "stays"),
    [
        ([0, 1, 2, 3], 2, 100, [0, 1]),
        ([0, 1, 50, 60], 9, 30, [0, 1]),
        ([400], 1, 30, [400]),
        ([0], 1, 1, [0]),
    ],
)
def test_backups_are_kept_by_number_and_age_and_the_newest_always(
    tmp_path: Path, state: Path, ages: list[int], keep: int, days: int, stays: list[int]
) -> None:
    place, folder = str(tmp_path / "r.sqlite"), state / "backups"
    today = date(2026, 11, 20)
    for age in sorted(ages, reverse=True):
        with opened(place, state) as register:
            register.back_up(folder, today=today - timedelta(days=age))
    prune(folder, keep=keep, days=days, today=today)
    assert [(today - each.on).days for each in backups(folder)] == stays
    assert len(list(folder.iterdir())) == 2 * len(stays)


def test_a_full_disk_leaves_no_half_backup(
    tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with opened(str(tmp_path / "r.sqlite"), state) as register:
        monkeypatch.setattr("pipeline.register.backup.shutil.copyfileobj", full)
        with pytest.raises(BadRegisterError, match="备份未完成"):
            register.back_up(state / "backups", today=FIRST)
    assert list((state / "backups").iterdir()) == []


def test_the_same_register_gives_the_same_bytes(tmp_path: Path, state: Path) -> None:
    night(str(tmp_path / "r.sqlite"), state, examined(1))
    with opened(str(tmp_path / "r.sqlite"), state) as register:
        one, two = (register.back_up(state / "backups", today=FIRST) for _ in range(2))
    assert one.sha256 == two.sha256
    assert read_manifest(state / "backups" / one.file) == two
    assert one.file.endswith(SUFFIX)
