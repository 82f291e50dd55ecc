"""Lists by year and month."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.domain.faults import BadSiteError
from pipeline.domain.penalty import PenaltyKind
from pipeline.domain.public import Standing
from pipeline.projection.model import Row
from pipeline.site.addresses import Month
from pipeline.site.lists import FEWEST, MOST, PART, Listed, by_month, listed, pages_of, years_of

ROW = Row(
    key="甲〔2026〕1",
    slug="2026/1-0000000000",
    case_number="甲〔2026〕1号",
    standing=Standing.PUBLISHED,
    first_published_on=date(2026, 3, 9),
    changed_on=date(2026, 3, 9),
    digest="0",
    decided_on=date(2026, 3, 2),
    organ="某县某局",
    title="郝运来占道经营案",
    parties=("郝运来",),
    violation_kind="占道经营",
    penalty_kinds=(PenaltyKind.FINE,),
    about_natural_person=True,
)


def rows(count: int, on: date = date(2026, 3, 2)) -> tuple[Listed, ...]:
    company = replace(ROW, about_natural_person=False)
    return tuple(
        listed(replace(company, key=f"甲〔2026〕{n:05}", decided_on=on)) for n in range(count)
    )


def test_a_natural_person_is_listed_without_name_and_title() -> None:
    entry = listed(ROW)
    assert (entry.parties, entry.title) == (("自然人",), "")
    assert "郝运来" not in repr(entry)


def test_a_title_that_only_names_the_form_is_left_out() -> None:
    company = replace(ROW, about_natural_person=False)
    assert listed(replace(company, title="行政处罚决定书")).title == ""
    named = replace(company, title=f"{company.organ}行政处罚决定书")
    assert listed(named).title == ""
    assert listed(replace(company, title="某公司占道经营案")).title == "某公司占道经营案"


def test_a_row_without_a_date_of_decision_stops_the_build() -> None:
    with pytest.raises(BadSiteError, match="决定日期"):
        listed(replace(ROW, decided_on=None))


@settings(deadline=None)
@given(st.integers(1, 1000))
def test_every_row_of_a_month_stands_on_one_page(count: int) -> None:
    pages = pages_of(Month(2026, 3), rows(count))
    shown = [row.key for page in pages for row in page.rows]
    assert shown == sorted(shown, reverse=True)
    assert len(shown) == count
    assert all(FEWEST <= len(page.rows) <= MOST for page in pages[1:])
    assert len(pages[0].rows) < FEWEST + MOST
    assert count > PART or len(pages) == 1
    assert len({page.path for page in pages}) == len(pages)


@settings(deadline=None)
@given(st.integers(1, 600))
def test_one_more_decision_leaves_the_full_parts_alone(count: int) -> None:
    before = {page.path: page for page in pages_of(Month(2026, 3), rows(count)) if page.part}
    after = {page.path: page for page in pages_of(Month(2026, 3), rows(count + 1)) if page.part}
    assert all(after[path] == page for path, page in before.items())


def test_a_full_page_has_about_as_many_rows_as_one_that_is_never_cut() -> None:
    full = pages_of(Month(2026, 3), rows(9000))[1:]
    assert PART * 0.85 < sum(len(page.rows) for page in full) / len(full) < PART * 1.15


def test_a_decision_that_leaves_changes_its_page_and_seldom_a_newer_one() -> None:
    every = rows(1500)
    before = {page.path: page for page in pages_of(Month(2026, 3), every)}
    changed = []
    for gone in range(0, 1500, 15):
        left = pages_of(Month(2026, 3), (*every[:gone], *every[gone + 1 :]))
        changed.append(sum(before.get(page.path) != page for page in left))
    assert min(changed) == 1
    assert sum(changed) / len(changed) < 2


@settings(deadline=None)
@given(st.lists(st.integers(0, 3000), min_size=1, max_size=40))
def test_the_counts_of_the_years_add_up_and_no_month_is_missing(days: list[int]) -> None:
    entries = [row for day in days for row in rows(1, date(2020, 1, 1) + timedelta(days=day))]
    years = years_of(by_month(entries))
    months = [month for counts in years.values() for month, _ in counts]
    assert sum(count for counts in years.values() for _, count in counts) == len(days)
    assert months == sorted(set(months))
    first, last = months[0], months[-1]
    assert len(months) == (last.year - first.year) * 12 + last.number - first.number + 1


def test_no_decision_makes_no_year() -> None:
    assert years_of({}) == {}
