"""Which decisions share a block of the index."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.domain.public import Standing
from pipeline.projection.model import Row
from pipeline.site.search.periods import blocks

_ROW = Row(
    key="",
    slug="",
    case_number="",
    standing=Standing.PUBLISHED,
    first_published_on=date(2026, 1, 1),
    changed_on=date(2026, 1, 1),
    digest="",
)


def row(day: date, n: int = 0) -> Row:
    return replace(_ROW, key=f"{day}/{n}", slug=f"{day}/{n}", decided_on=day)


days = st.dates(date(2019, 12, 20), date(2024, 3, 5))


@settings(deadline=None)
@given(st.lists(days, max_size=60))
def test_every_decision_is_in_one_block_and_the_newest_come_first(found: list[date]) -> None:
    rows = [row(day, n) for n, day in enumerate(found)]
    made = list(blocks(rows, full=4))
    ordered = [each for block in made for each in block.rows]
    assert sorted(each.key for each in ordered) == sorted(each.key for each in rows)
    told = [each.decided_on for each in ordered]
    assert told == sorted(told, reverse=True)
    assert all(b.rows and b.first <= r.decided_on <= b.last for b in made for r in b.rows)
    assert all(len(b.rows) <= 4 or b.first == b.last for b in made)


@settings(deadline=None)
@given(st.lists(days, min_size=1, max_size=40), st.randoms())
def test_the_order_in_which_they_come_does_not_matter(found: list[date], random: object) -> None:
    rows = [row(day, n) for n, day in enumerate(found)]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert list(blocks(rows, full=4)) == list(blocks(shuffled, full=4))


def test_a_new_decision_touches_the_block_of_its_days() -> None:
    first = date(2024, 1, 1)
    rows = [row(first + timedelta(days=n % 700), n) for n in range(5_000)]
    before = set(blocks(rows))
    after = set(blocks([*rows, row(date(2025, 11, 3), 9_999)]))
    assert len(after - before) == 1
    assert len(before) > 8


def test_a_small_bureau_has_one_block_a_year() -> None:
    rows = [
        row(date(year, 5, 1) + timedelta(days=n), n) for year in (2024, 2026) for n in range(60)
    ]
    assert [block.first for block in blocks(rows)] == [date(2026, 1, 1), date(2024, 1, 1)]
