"""A year of a bureau in small; ``make soak`` runs it with two thousand decisions."""

from pathlib import Path

import pytest

from pipeline.register import database, open_register
from tests.register.year import FATES, live


def test_a_year_of_nights_ends_with_every_decision_where_it_belongs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsynced = (*database._PRAGMAS, "PRAGMA synchronous = OFF")
    monkeypatch.setattr(database, "_PRAGMAS", unsynced)
    with open_register(tmp_path / "register.sqlite") as register:
        tally = live(register, 2 * len(FATES))
        assert register.verify() == ()
    assert sum(tally.standing.values()) == 2 * len(FATES)
    assert tally.nights > 240
    assert tally.projected > 0
    assert tally.late == 0
    assert tally.unreleased > 0
    assert set(tally.changes) >= {
        "新公示", "恢复公示", "更正", "暂停公示", "撤下", "期满", "待核", "不予公开"
    }  # fmt: skip
    assert tally.standing["公示中"] >= 2 * 13
