"""The figures of a year as the register adds them up, over exports that come and go."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.domain.annual import AnnualFigures, Tally
from pipeline.domain.event import EventKind
from pipeline.domain.money import Fen
from pipeline.domain.penalty import PenaltyKind
from pipeline.projection.model import Changes, Mark
from pipeline.projection.read import open_projection
from pipeline.projection.write import write_projection
from pipeline.register import Register, open_register
from pipeline.register.model import Examined, Received, Unchanged
from pipeline.site.statistics import annual_due
from tests.register.builders import FIRST, FORBIDDEN, MISSING, examined, happened, number, policy

NEW_YEAR = date(2025, 1, 2)


def tally(area: str = "市容环卫", fined: int = 20000) -> Tally:
    return Tally(
        kind=PenaltyKind.FINE, party="法人", procedure="普通程序", area=area, fined=Fen(fined)
    )


def counted(n: int, of: Tally | None = None, **other: object) -> Examined:
    return replace(examined(n, **other), tally=of or tally())  # type: ignore[arg-type]


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with open_register(tmp_path / "r.sqlite") as opened:
        yield opened


def run(register: Register, *received: Received, today: date = FIRST) -> AnnualFigures:
    register.reconcile(received, policy(), today=today, actor="rebuild")
    register.mark_seen(today=today, actor="rebuild")
    return {each.year: each for each in register.public_changes(None).annual}[2024]


def test_everything_decided_in_the_year_counts_whatever_became_of_it(register: Register) -> None:
    made = run(
        register,
        counted(1),
        counted(2, verdict=FORBIDDEN),
        counted(3, verdict=MISSING),
        examined(4, verdict=None),
        examined(5),
    )
    assert made.made == 3
    assert made.standings == (("不予公开", 1), ("公示中", 1), ("待核", 1))
    assert made.fined == 60000
    assert (made.closed, made.counted_on) == (False, FIRST)
    assert made.acts == (
        ("首次公示", 2), ("更正", 0), ("处理更正申请", 0), ("撤下", 0), ("期满", 0),
    )  # fmt: skip


def test_what_was_withdrawn_or_left_out_of_the_export_still_counts(register: Register) -> None:
    run(register, counted(1), counted(2))
    revoked = counted(1, events=(happened(EventKind.REVOKED),))
    made = run(register, revoked, today=date(2024, 6, 4))
    assert (made.made, made.fined) == (2, 40000)
    assert dict(made.standings) == {"公示中": 1, "撤下": 1}
    assert dict(made.acts)["撤下"] == 1
    assert made.counted_on == date(2024, 6, 4)


def test_a_changed_list_of_areas_counts_anew_and_touches_nothing_public(register: Register) -> None:
    run(register, counted(1))
    before = register.public_changes(None)
    records = list(before.records)
    made = run(register, Unchanged(number(1).key, tally("城乡规划")), today=date(2024, 6, 4))
    assert made.areas == (("城乡规划", 1),)
    assert list(register.public_changes(None).records) == records
    assert register.verify() == ()
    again = run(register, Unchanged(number(1).key), today=date(2024, 6, 5))
    assert again.areas == (("城乡规划", 1),)


def test_last_years_figures_are_there_with_the_first_run_of_the_year(register: Register) -> None:
    run(register, counted(1), today=date(2024, 12, 30))
    figures = register.public_changes(None).annual
    assert not annual_due(figures, today=NEW_YEAR).done
    made = run(register, counted(1), today=NEW_YEAR)
    assert made.closed
    due = annual_due(register.public_changes(None).annual, today=NEW_YEAR)
    assert (due.year, due.due_on, due.done) == (2024, date(2025, 1, 31), True)


def test_a_year_without_a_decision_is_told_with_nothing_but_zeros(register: Register) -> None:
    run(register, counted(1))
    run(register, counted(1), today=date(2026, 3, 1))
    years = {each.year: each for each in register.public_changes(None).annual}
    assert list(years) == [2024, 2025]
    assert (years[2025].made, years[2025].fined, years[2025].closed) == (0, 0, True)


def test_the_figures_reach_the_site_by_the_projection(register: Register, tmp_path: Path) -> None:
    run(register, counted(1))
    changes = register.public_changes(None)
    path = tmp_path / "public.sqlite"
    write_projection(path, changes)
    with open_projection(path) as projection:
        assert projection.annual() == changes.annual
    later = Changes(Mark(changes.mark.register, changes.mark.revision + 1), (), annual=())
    write_projection(path, later)
    with open_projection(path) as projection:
        assert projection.annual() == ()
