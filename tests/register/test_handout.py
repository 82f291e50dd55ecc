"""台账 handed out: every decision and event, no formula, nothing private."""

import csv
import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.domain.event import EventKind
from pipeline.domain.faults import BadRegisterError
from pipeline.register import open_kept
from pipeline.register.acts import Act
from pipeline.register.handout import DECISIONS, EVENTS, write_handout
from pipeline.register.memorandum import Memorandum
from tests.register.builders import DOUBT, FIRST, RULE, examined, happened, number, policy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the handout of a register that holds one of each."""
    note = Act(
        key=number(1).key, kind="备注", actor="=1+1", ground="备注", basis=RULE, remark="私下的话"
    )
    with open_kept(tmp_path / "r.sqlite", Memorandum(tmp_path / "m.jsonl")) as register:
        for items in (
            [examined(n) for n in (1, 2)],
            [examined(2, events=(happened(EventKind.REVOKED),)), examined(3, verdict=DOUBT)],
        ):
            register.reconcile(items, policy(), today=FIRST, actor="rebuild")
            register.mark_seen(today=FIRST, actor="rebuild")
        register.record(note, today=FIRST)
        write_handout(register, tmp_path / "out", policy(), today=FIRST)
    return tmp_path / "out"


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_every_decision_has_a_row_with_state_dates_reasons_articles_and_deadlines(
    folder: Path,
) -> None:
    assert (folder / "台账.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    headings, *rows = table(folder / "台账.csv")
    assert headings == list(DECISIONS)
    told = {row[0]: dict(zip(headings, row, strict=True)) for row in rows}
    assert [told[number(n).display]["状态"] for n in (1, 2, 3)] == ["公示中", "撤下", "待核"]
    assert told[number(1).display]["首次公示日期"] == FIRST.isoformat()
    assert "第八条第一项" in told[number(3).display]["条文"]
    assert "publish" in told[number(3).display]["期限"]
    assert "撤销" in told[number(2).display]["公开说明"]
    assert told[number(3).display]["网址"] == ""


def test_the_workbook_says_the_same_as_the_tables(folder: Path) -> None:
    book = load_workbook(folder / "台账.xlsx")
    for sheet, name in (("台账", "台账.csv"), ("经过", "经过.csv")):
        found = [[cell or "" for cell in row] for row in book[sheet].iter_rows(values_only=True)]
        assert [[cell.lstrip("'") for cell in row] for row in table(folder / name)] == found


def test_a_formula_is_text(folder: Path) -> None:
    headings, *rows = table(folder / "经过.csv")
    assert headings == list(EVENTS)
    assert rows[-1][headings.index("经办")] == "'=1+1"
    cell = load_workbook(folder / "台账.xlsx")["经过"].cell(len(rows) + 1, 5)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_only_the_owner_may_read_it_and_no_private_remark_is_in_it(folder: Path) -> None:
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert "私下的话".encode() not in path.read_bytes()


def test_a_folder_that_cannot_be_written_is_told_in_one_line(folder: Path) -> None:
    place = folder / "台账.csv" / "below"
    memory = Memorandum(folder / "m.jsonl")
    with (
        open_kept(folder.parent / "r.sqlite", memory) as register,
        pytest.raises(BadRegisterError, match="没有导出"),
    ):
        write_handout(register, place, policy(), today=FIRST)
