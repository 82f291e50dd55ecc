"""What an export brings as it was is not read again; whatever is new, changed or faulty is."""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.annual import Tally
from pipeline.domain.basis import Basis
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Decision, Received, Unreadable
from pipeline.domain.faults import BadExportError, Fault
from pipeline.domain.finding import Finding
from pipeline.domain.penalty import PenaltyKind
from pipeline.intake import pieces
from pipeline.intake.join import JoinSettings
from pipeline.intake.memory import Memory, Result
from pipeline.intake.read import Earlier, read_changes, read_exports
from tests.intake.exports import DOCUMENT, HIDDEN, NUMBER, TODAY, record, write_jsonl

OTHER = "云岭综执罚决字〔2026〕第13号"
THIRD = "云岭综执罚决字〔2026〕第14号"


@dataclass(frozen=True, slots=True)
class Tonight:
    """What a night brought, all of it read."""

    received: tuple[Received, ...]
    standing: Mapping[str, Result]
    faults: tuple[Fault, ...]

    def __len__(self) -> int:
        return len(self.received) + len(self.standing)


class Nights:
    """Reads an export night after night, as the whole program does when all stands."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.exports = folder / "exports"
        self.place = folder / "state" / "exports.sqlite"
        self.context = "context"
        self.parsed: list[str] = []
        for name in ("read_line", "read_words"):
            monkeypatch.setattr(pieces, name, self._noting(getattr(pieces, name)))

    def _noting(self, read: Any) -> Any:
        def noted(*given: Any) -> Any:
            found = read(*given)
            self.parsed.append(str(given[-1].file if len(given) > 1 else given[0].place.file))
            return found

        return noted

    @contextmanager
    def memory(self) -> Iterator[Memory]:
        with Memory(self.place, self.context) as memory:
            yield memory

    def night(self, today: date = TODAY, *, until: date = date.max) -> Tonight:
        """Read the export; every decision that was read is examined and stands."""
        self.parsed.clear()
        with self.memory() as memory:

            def standing(digests: Mapping[str, str]) -> Mapping[str, Result]:
                return memory.results(digests, today)

            changes = read_changes(
                self.exports, JoinSettings(today=today), Earlier(memory, standing)
            )
            tonight = Tonight(tuple(changes.received), changes.standing, changes.faults)
            assert len(tonight) == len(changes)
            for each in tonight.received:
                if isinstance(each, Decision):
                    memory.keep_result(_result(each, today, until))
        return tonight

    def whole(self) -> tuple[Received, ...]:
        return read_exports(self.exports, JoinSettings(today=TODAY)).received


def _result(each: Decision, today: date, until: date) -> Result:
    return Result(number=each.case_number, digest=each.digest, source="s", since=today, until=until)


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nights:
    made = Nights(tmp_path, monkeypatch)
    write_jsonl(made.exports, record(), record(case_number=OTHER))
    return made


def _numbers(records: tuple[Received, ...]) -> list[str]:
    return [each.case_number.raw for each in records if each.case_number]


def test_the_first_night_reads_everything_as_it_would_without_a_memory(nights: Nights) -> None:
    first = nights.night()
    assert first.received == nights.whole()
    assert not first.standing


def test_what_has_not_changed_is_not_read(nights: Nights) -> None:
    nights.night()
    again = nights.night()
    assert (again.received, nights.parsed) == ((), [])
    assert [result.number.raw for result in again.standing.values()] == [NUMBER, OTHER]
    assert len(again) == 2


def test_a_line_that_changed_or_is_new_is_read_and_no_other(nights: Nights) -> None:
    nights.night()
    changed = record(penalty_text="罚款人民币贰仟元整")
    write_jsonl(nights.exports, record(case_number=OTHER), changed, record(case_number=THIRD))
    again = nights.night()
    assert nights.parsed == ["处罚.jsonl"] * 2
    assert _numbers(again.received) == [NUMBER, THIRD]
    assert again.received == (nights.whole()[0], nights.whole()[2])


def test_a_document_is_read_again_when_the_record_beside_it_changes(nights: Nights) -> None:
    (nights.exports / "决定书.txt").write_text(DOCUMENT, "utf-8")
    parties = [{"kind": "法人", "name": "云岭县好味餐饮有限公司"}]
    write_jsonl(nights.exports, record(parties=parties), record(case_number=OTHER))
    nights.night()
    assert nights.night().received == ()
    write_jsonl(nights.exports, record(parties=parties, remark="补录"), record(case_number=OTHER))
    again = nights.night()
    assert sorted(nights.parsed) == ["决定书.txt", "处罚.jsonl"]
    assert again.received == nights.whole()[:1]
    assert isinstance(again.received[0], Decision)
    assert again.received[0].document


def test_a_record_is_read_again_when_a_document_comes_to_it(nights: Nights) -> None:
    nights.night()
    (nights.exports / "决定书.txt").write_text(DOCUMENT, "utf-8")
    again = nights.night()
    assert _numbers(again.received) == [NUMBER]
    assert again.received == nights.whole()[:1]


def test_a_copy_of_a_record_that_says_otherwise_is_seen(nights: Nights) -> None:
    nights.night()
    write_jsonl(nights.exports, record(decided_on="2026-03-03"), name="再次.jsonl")
    again = nights.night()
    assert isinstance(again.received[0], Unreadable)
    assert again.received == nights.whole()[:1]


def test_a_faulty_record_is_read_every_night(nights: Nights) -> None:
    write_jsonl(nights.exports, record(), record(case_number=OTHER, decided_on="不详"))
    first = nights.night()
    again = nights.night()
    assert [type(each) for each in first.received] == [Decision, Unreadable]
    assert again.received == first.received[1:]
    assert nights.parsed == ["处罚.jsonl"]


def test_a_file_of_another_form_is_read_again_as_a_whole(nights: Nights) -> None:
    (nights.exports / "处罚.jsonl").unlink()
    both = [record(), record(case_number=OTHER)]
    path = nights.exports / "处罚.json"
    path.write_text(json.dumps(both, ensure_ascii=False), "utf-8")
    nights.night()
    assert nights.night().received == ()
    path.write_text(json.dumps([both[0], record(case_number=THIRD)], ensure_ascii=False), "utf-8")
    again = nights.night()
    assert _numbers(again.received) == [THIRD]
    assert _numbers(tuple(again.received)) == _numbers(nights.whole()[1:])


@pytest.mark.parametrize(
    ("day", "stands"),
    [(0, True), (4, True), (5, False), (-1, False)],
    ids=["the same day", "the last day", "the day itself may change it", "the clock went back"],
)
def test_a_result_holds_until_the_day_that_may_change_it(
    nights: Nights, day: int, *, stands: bool
) -> None:
    nights.night(until=TODAY + timedelta(days=5))
    again = nights.night(TODAY + timedelta(days=day))
    assert bool(again.standing) is stands
    assert len(again) == 2


def test_a_new_line_beside_one_that_must_be_read_again_is_read_in_full(nights: Nights) -> None:
    nights.night(until=TODAY)
    write_jsonl(nights.exports, record(), record(case_number=OTHER, remark="补录"))
    again = nights.night()
    assert again.received == nights.whole()
    assert all(isinstance(each, Decision) for each in again.received)


def test_nothing_is_believed_in_another_context(nights: Nights) -> None:
    nights.night()
    nights.context = "another policy"
    assert nights.night().received == nights.whole()


@pytest.mark.parametrize("damage", [b"", b"no database" * 999], ids=["empty", "damaged"])
def test_a_lost_memory_costs_only_time(nights: Nights, damage: bytes) -> None:
    nights.night()
    nights.place.write_bytes(damage)
    assert nights.night().received == nights.whole()
    assert nights.night().received == ()


def test_a_run_that_fails_leaves_the_memory_as_it_was(nights: Nights) -> None:
    def standing(_: Mapping[str, str]) -> Mapping[str, Result]:
        raise ZeroDivisionError

    settings = JoinSettings(today=TODAY)
    with pytest.raises(ZeroDivisionError), nights.memory() as memory:
        read_changes(nights.exports, settings, Earlier(memory, standing))
    assert nights.night().received == nights.whole()


def test_what_is_gone_from_the_export_is_forgotten(nights: Nights) -> None:
    nights.night()
    write_jsonl(nights.exports, record(case_number=OTHER))
    nights.night()
    with nights.memory() as memory:
        everything = memory.results(dict.fromkeys(("云岭综执罚决字〔2026〕12",), ""), TODAY)
    assert everything == {}
    write_jsonl(nights.exports, record())
    assert _numbers(nights.night().received) == [NUMBER]


def test_a_file_that_changes_between_two_looks_stops_the_run(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights.night()
    write_jsonl(nights.exports, record(), record(case_number=OTHER), name="再次.jsonl")

    def standing(_: Mapping[str, str]) -> Mapping[str, Result]:
        write_jsonl(nights.exports, record())
        return {}

    settings = JoinSettings(today=TODAY)
    with nights.memory() as memory, pytest.raises(BadExportError, match="又被修改"):
        tuple(read_changes(nights.exports, settings, Earlier(memory, standing)).received)


def test_the_memory_holds_no_text_of_a_decision(nights: Nights) -> None:
    nights.night()
    content = nights.place.read_bytes()
    assert "云岭综执罚决字".encode() in content
    for word in (HIDDEN, "330822199001010018", "罚款人民币", "欧阳"):
        assert word.encode() not in content
        assert json.dumps(word).strip('"').encode() not in content


def test_a_file_that_is_read_a_second_time_asks_for_no_line_again(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [record(case_number=f"云岭综执罚决字〔2026〕第{n}号") for n in range(20, 30)]
    write_jsonl(nights.exports, *lines)
    nights.night()
    asked: list[bytes] = []
    piece = Memory.piece

    def noted(memory: Memory, digest: bytes, *where: Any) -> object:
        asked.append(digest)
        return piece(memory, digest, *where)

    monkeypatch.setattr(Memory, "piece", noted)
    lines[4]["remark"] = "补录"
    write_jsonl(nights.exports, *lines)
    again = nights.night()
    assert len(asked) == len(lines)
    assert nights.parsed == ["处罚.jsonl"]
    assert (len(again.received), len(again.standing)) == (1, 9)
    assert again.received == nights.whole()[4:5]


def _said(records: tuple[Received, ...]) -> dict[str, Received]:
    return {each.case_number.key: each for each in records if each.case_number}


@pytest.fixture
def nothing_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "HELD", 0)


@pytest.mark.usefixtures("nothing_held")
def test_a_first_load_that_memory_does_not_hold_is_read_twice_and_says_the_same(
    nights: Nights,
) -> None:
    first = nights.night()
    assert nights.parsed == ["处罚.jsonl"] * 4
    assert first.received == nights.whole()
    assert nights.night().received == ()
    assert nights.parsed == []


@pytest.mark.usefixtures("nothing_held")
def test_of_a_first_load_no_more_than_outlines_wait_for_their_turn(nights: Nights) -> None:
    lines = [record(case_number=f"云岭综执罚决字〔2026〕第{n}号") for n in range(20, 620)]
    write_jsonl(nights.exports, *lines, record(case_number=OTHER, decided_on="不详"))
    with nights.memory() as memory:
        earlier = Earlier(memory, lambda _: {})
        received = read_changes(nights.exports, JoinSettings(today=TODAY), earlier).received
        assert len(received) == 601
        assert sum(isinstance(each, Unreadable) for each in received) == 1
        assert nights.parsed == ["处罚.jsonl"] * (601 + 600)
        assert tuple(received) == nights.whole()


def _append(path: Path) -> None:
    with path.open("a", encoding="utf-8") as stream:
        stream.write("\n")


def _touch(path: Path) -> None:
    os.utime(path, ns=(1, 1))


def _replace(path: Path) -> None:
    copy = path.with_name(".copy")
    shutil.copy2(path, copy)
    copy.replace(path)


@pytest.mark.parametrize("change", [_append, _touch, _replace, Path.unlink])
@pytest.mark.parametrize("name", ["处罚.jsonl", "另.json"])
def test_whatever_happens_to_a_file_between_two_looks_stops_the_run(
    nights: Nights, change: Callable[[Path], None], name: str
) -> None:
    path = nights.exports / name
    path.write_text(json.dumps(record(case_number=THIRD), ensure_ascii=False), "utf-8")
    nights.night()
    with nights.memory() as memory:

        def standing(_: Mapping[str, str]) -> Mapping[str, Result]:
            change(path)
            return {}

        def look() -> Iterable[Received]:
            earlier = Earlier(memory, standing)
            return read_changes(nights.exports, JoinSettings(today=TODAY), earlier).received

        if name.endswith(".json") and change in {_touch, _replace}:  # it is read as a whole
            assert THIRD in _numbers(tuple(look()))
        else:
            with pytest.raises(BadExportError, match="又被修改"):
                tuple(look())


def test_lines_that_moved_are_not_read(nights: Nights) -> None:
    third = record(case_number=THIRD)
    write_jsonl(nights.exports, record(), record(case_number=OTHER), third)
    nights.night()
    write_jsonl(nights.exports, record(case_number=OTHER))
    write_jsonl(nights.exports, third, record(), name="移.jsonl")
    again = nights.night()
    assert (again.received, nights.parsed, len(again.standing)) == ((), [], 3)


def test_a_line_that_stands_twice_is_one_decision(nights: Nights) -> None:
    twice = (record(), record(), record(case_number=OTHER))
    write_jsonl(nights.exports, *twice)
    assert len(nights.night()) == 2
    assert nights.night().received == ()
    write_jsonl(nights.exports, *twice, record(), name="再次.jsonl")
    assert nights.night().received == ()
    write_jsonl(nights.exports, record(remark="补录"), record(remark="补录"))
    write_jsonl(nights.exports, record(case_number=OTHER), name="再次.jsonl")
    again = nights.night()
    assert nights.parsed == ["处罚.jsonl"] * 2
    assert again.received == nights.whole()[:1]


@pytest.mark.parametrize(
    ("before", "between", "after"),
    [
        ("", "\n", ""),
        ("", "\r\n", "\r\n"),
        ("\n \n", "\n\t\n\n", "\n\n"),
        ("\ufeff", "\n", "\n"),
    ],
    ids=["no break at the end", "CRLF", "empty lines", "a byte-order mark"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_however_lines_are_parted_each_is_read_again_by_itself(
    nights: Nights, before: str, between: str, after: str, encoding: str
) -> None:
    path = nights.exports / "处罚.jsonl"
    numbers = [f"云岭综执罚决字〔2026〕第{n}号" for n in range(20, 24)]

    def export(*remarks: str) -> None:
        records = [
            record(case_number=number, remark=remark)
            for number, remark in zip(numbers, remarks, strict=True)
        ]
        text = between.join(json.dumps(each, ensure_ascii=False) for each in records)
        path.write_bytes((before + text + after).encode(encoding))

    export(*"一二三四")
    assert nights.night().received == nights.whole()
    assert len(nights.whole()) == 4
    assert nights.night().received == ()
    export(*"一改三换")
    again = nights.night()
    assert nights.parsed == ["处罚.jsonl"] * 2
    assert again.received == (nights.whole()[1], nights.whole()[3])
    _touch(path)
    nights.night(until=TODAY)
    nights.context = "anew"
    nights.night(until=TODAY)
    assert nights.night().received == nights.whole()


def test_a_damaged_line_costs_itself_every_night(nights: Nights) -> None:
    path = write_jsonl(nights.exports, record(), record(case_number=OTHER))
    path.write_bytes(path.read_bytes() + b'{"case_number": "\xff"}\n')
    first = nights.night()
    assert [type(each) for each in first.received] == [Decision, Decision, Unreadable]
    again = nights.night()
    assert nights.parsed == ["处罚.jsonl"]
    assert again.received == first.received[2:] == nights.whole()[2:]
    assert len(again.standing) == 2


def test_a_document_without_a_number_is_told_of_every_night(nights: Nights) -> None:
    (nights.exports / "决定书.txt").write_text(DOCUMENT.replace(NUMBER, ""), "utf-8")
    first = nights.night()
    again = nights.night()
    assert again.received == first.received[2:] == nights.whole()[2:]
    assert isinstance(again.received[0], Unreadable)


_NUMBERS = tuple(f"云岭综执罚决字〔2026〕第{number}号" for number in range(1, 5))
_LINES = st.lists(
    st.builds(
        record,
        case_number=st.sampled_from(_NUMBERS),
        remark=st.sampled_from("甲乙"),
        document_text=st.sampled_from([None, "经查，当事人占道经营。"]),
        decided_on=st.sampled_from(["2026-03-02", "2026-03-02", "不详"]),
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=40)
@given(nightly=st.lists(st.tuples(_LINES, _LINES), min_size=2, max_size=3), held=st.booleans())
def test_what_stands_and_what_is_read_are_together_what_a_reading_without_a_memory_gives(
    nightly: list[tuple[list[object], list[object]]], held: bool
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch, TemporaryDirectory() as folder:
        monkeypatch.setattr(pieces, "HELD", pieces.HELD if held else 0)
        nights = Nights(Path(folder), monkeypatch)
        for one, other in nightly:
            write_jsonl(nights.exports, *one, name="一.jsonl")
            write_jsonl(nights.exports, *other, name="二.jsonl")
            tonight, whole = nights.night(), _said(nights.whole())
            said = _said(tonight.received)
            assert said.keys() | tonight.standing.keys() == whole.keys()
            assert not said.keys() & tonight.standing.keys()
            assert said == {key: whole[key] for key in said}
            for key, result in tonight.standing.items():
                assert result.digest == whole[key].digest


def test_a_result_is_remembered_with_all_that_came_of_the_decision(nights: Nights) -> None:
    basis = Basis("中华人民共和国行政处罚法", "第四十七条")
    finding = Finding(
        rule="rule",
        act="询问",
        document="笔录",
        title="缺少",
        basis=basis,
        remedy="补充",
        due_on=TODAY,
    )
    tally = Tally(kind=PenaltyKind.FINE, party="法人", procedure="普通程序", area="市容")
    results = {
        number.key: Result(
            number=number,
            digest=f"digest of {number.key}",
            source="source",
            since=TODAY,
            until=TODAY + timedelta(days=9),
            findings=findings,
            tally=found,
        )
        for number, findings, found in (
            (CaseNumber.parse(NUMBER), (finding,), tally),
            (CaseNumber.parse(f"{OTHER[:-1]}-2号"), (), replace(tally)),
            (CaseNumber.parse(THIRD), (), None),
        )
    }
    with nights.memory() as memory:
        for result in results.values():
            memory.keep_result(result)
    with nights.memory() as memory:
        found = memory.results({key: each.digest for key, each in results.items()}, TODAY)
        assert found == results
        first, second, _ = (found[key] for key in results)
        assert first.tally is second.tally
