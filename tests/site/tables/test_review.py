"""Which lists must be looked at again, and which pages a site may not lack."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.domain.basis import Basis
from pipeline.domain.faults import BadSiteError
from pipeline.domain.upkeep import AnnualDue, StalePage
from pipeline.policy.load import load_policy
from pipeline.policy.model import RequiredPage
from pipeline.site.required import check_required, written_pages
from pipeline.site.tables.catalogue import DELEGATIONS, MONITORS, SUBJECTS
from pipeline.site.tables.model import Row, Table
from pipeline.site.tables.review import stale_pages

POLICY = load_policy("changshan-2021")
WRITTEN = frozenset(POLICY.pages)


def table(reviewed_on: date) -> Table:
    row = Row(("某局", "行政机关", "法", "全部", "全县", "", "", ""))
    return Table(kind=SUBJECTS, reviewed_on=reviewed_on, rows=(row,))


def delegation(until: str) -> Table:
    row = Row(("中心", "某局", "法", "巡查", "巡查", "2026-01-01", until, "自负"))
    return Table(kind=DELEGATIONS, reviewed_on=date(2026, 1, 5), rows=(row,))


@pytest.mark.parametrize(
    ("today", "is_stale"),
    [
        (date(2026, 8, 31), False),
        (date(2027, 2, 28), False),
        (date(2027, 3, 1), True),
    ],
)
def test_a_list_is_stale_the_day_after_its_months_are_over(today: date, is_stale: bool) -> None:
    policy = replace(POLICY, review_months=6)
    found = stale_pages([table(date(2026, 8, 31))], policy, today=today)
    wanted = StalePage(date(2027, 2, 28), "执法主体", "subjects.html", date(2026, 8, 31))
    assert found == ((wanted,) if is_stale else ())


def test_a_delegation_that_has_ended_makes_its_list_stale() -> None:
    today = date(2026, 7, 1)
    (found,) = stale_pages([delegation("2026-06-30")], POLICY, today=today)
    assert (found.path, found.due_on) == ("delegations.html", date(2026, 6, 30))
    assert stale_pages([delegation("2026-07-01")], POLICY, today=today) == ()


def test_a_day_of_review_that_is_yet_to_come_vouches_for_nothing() -> None:
    (found,) = stale_pages([table(date(2026, 7, 2))], POLICY, today=date(2026, 7, 1))
    assert found.due_on == date(2026, 7, 1)


def test_the_longest_overdue_stands_first() -> None:
    tables = [table(date(2024, 5, 1)), delegation("2026-03-01")]
    found = stale_pages(tables, POLICY, today=date(2026, 7, 1))
    assert [page.due_on for page in found] == [date(2025, 5, 1), date(2026, 3, 1)]


def test_a_site_without_the_pages_of_its_packs_is_not_built() -> None:
    check_required(POLICY, (), WRITTEN)
    with pytest.raises(BadSiteError) as caught:
        check_required(POLICY, (), WRITTEN - {"remedies", "agency"})
    head, *told = str(caught.value).splitlines()
    assert "2 个" in head
    assert any(line.startswith("救济渠道：") and "content/remedies.md" in line for line in told)
    assert all("行政执法公示制度》第五条" in line for line in told)


def test_a_hand_written_page_counts_by_its_words_and_its_name(tmp_path: Path) -> None:
    (tmp_path / "agency.md").write_text("Title: 机构与职责\nSlug: agency\n\n本局负责。\n", "utf-8")
    (tmp_path / "救济.md").write_text("Title: 救济渠道\nSLUG: remedies\n\n可以复议。\n", "utf-8")
    (tmp_path / "basis.md").write_text("Title: 执法依据\n\n \n", "utf-8")
    (tmp_path / "procedure.md").write_text("Title: 执法程序\nSlug: procedure\n", "utf-8")
    assert written_pages(tmp_path) == {"agency", "remedies"}


def test_an_empty_list_is_as_good_as_none_unless_there_may_be_nothing_to_list() -> None:
    basis = Basis("本局行政执法公示制度", "第三条")
    pages = {
        key: RequiredPage(key=key, basis=basis, pack="own") for key in ("subjects", "monitors")
    }
    policy = replace(POLICY, pages=pages)
    cameras = Table(kind=MONITORS, reviewed_on=date(2026, 1, 1))
    empty = Table(kind=SUBJECTS, reviewed_on=date(2026, 1, 1))
    with pytest.raises(BadSiteError, match=r"执法主体：.*第三条.*tables/subjects\.yaml"):
        check_required(policy, (cameras, empty), ())
    check_required(policy, (cameras, table(date(2026, 1, 1))), ())


def test_the_figures_of_a_year_are_overdue_after_the_last_of_january() -> None:
    due = AnnualDue(date(2027, 1, 31), 2026, done=False)
    assert not due.is_overdue(date(2027, 1, 31))
    assert due.is_overdue(date(2027, 2, 1))
    assert not replace(due, done=True).is_overdue(date(2027, 2, 1))
