"""Lists by kind, agency and organisation: complete, stable, without people."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from pipeline.domain.penalty import PenaltyKind
from pipeline.domain.public import Standing
from pipeline.projection.model import Row
from pipeline.site.browse import browse_pages
from pipeline.site.catalogue import catalogue_of
from pipeline.site.categories import OTHERS, VIOLATIONS, categories_of
from pipeline.site.lists import FEWEST, MOST, PART, Listed, listed
from pipeline.site.organisations import (
    NEAR,
    letter_of,
    organisations_of,
    own_name,
    places_of,
    related_to,
)

KINDS = ("占道经营", "违法建设", "未经批准挖掘道路", "乱倒垃圾")


def row(n: int, **changed: object) -> Row:
    """Return an invented decision, the n-th of a bureau that makes three a day."""
    day = date(2021, 1, 4) + timedelta(days=n // 3)
    whole = Row(
        key=f"甲〔2021〕{n:06}",
        slug=f"2021/{n}-0000000000",
        case_number=f"甲〔2021〕{n}号",
        standing=Standing.PUBLISHED,
        first_published_on=day,
        changed_on=day,
        digest=str(n),
        decided_on=day,
        organ=("某县某局", "某县某镇人民政府")[n % 5 == 0],
        title="",
        parties=(f"某县{bytes((0xB0 + n % 36, 0xB1 + n % 7)).decode('gb2312')}记商行",),
        codes=(f"9133082200000{n % 252:05}",),
        violation_kind=KINDS[n % 4],
        penalty_kinds=(PenaltyKind.FINE, PenaltyKind.WARNING)[: 1 + n % 2],
    )
    return replace(whole, **changed)  # type: ignore[arg-type]


def inputs(rows: Sequence[Row]) -> dict[str, str]:
    return {page.path: page.inputs for page in browse_pages(catalogue_of(rows))}


def shown(rows: Sequence[Row], folder: str) -> list[str]:
    """Return the decisions that the pages below ``folder`` show."""
    return [
        entry.key
        for page in browse_pages(catalogue_of(rows))
        if page.path.startswith(folder) and page.template == "category.html"
        for entry in page.values()["rows"]  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize("count", [10, 700, 3000])
def test_one_more_decision_touches_few_of_the_pages(count: int) -> None:
    """Two pages for each of kind, agency and organisation, three for two penalties, the counts."""
    before = inputs([row(n) for n in range(count)])
    after = inputs([row(n) for n in range(count + 1)])
    touched = [path for path, digest in after.items() if before.get(path) != digest]
    assert len(touched) <= 14, touched
    assert before.keys() <= after.keys() or count < 2 * PART


def test_a_decision_that_leaves_touches_only_its_own_year() -> None:
    every = [row(n) for n in range(3000)]
    before, after = inputs(every), inputs([each for each in every if each.key != every[7].key])
    touched = [path for path in after if before[path] != after[path]]
    assert [path for path in touched if "/2022" in path or "/2023" in path] == []


def test_every_decision_stands_once_under_its_kind_and_agency() -> None:
    every = [row(n) for n in range(1000)]
    keys = sorted(each.key for each in every)
    assert sorted(shown(every, "lists/violations/")) == keys
    assert sorted(shown(every, "lists/agencies/")) == keys
    assert len(shown(every, "lists/penalties/")) == 1500


def test_no_page_to_browse_holds_more_than_a_page_of_entries() -> None:
    for page in browse_pages(catalogue_of([row(n) for n in range(2000)])):
        values = page.values()
        assert len(values.get("rows", ())) < FEWEST + MOST  # type: ignore[arg-type]


def test_the_rarest_kinds_share_a_list_where_there_are_too_many() -> None:
    entries = [listed(row(n, violation_kind=f"行为{n // 2}")) for n in range(21)]
    found = categories_of(VIOLATIONS, entries, most=4)
    assert [len(each.entries) for each in found] == [2, 2, 2, 2, 13]
    assert found[-1].name == OTHERS
    assert sum(len(each.entries) for each in found) == len(entries)


def test_a_natural_person_is_under_kinds_but_under_no_name() -> None:
    person = row(1, parties=("郝运来",), codes=("",), about_natural_person=True,
                 violation_kind="郝运来占道经营")  # fmt: skip
    catalogue = catalogue_of([person, row(2)])
    assert [each.name for each in catalogue.organisations] == [row(2).parties[0]]
    said = "".join(str(page.values()) for page in browse_pages(catalogue))
    assert "郝运来" not in said
    assert "当事人占道经营" in said


def test_a_company_beside_a_natural_person_is_not_listed_by_name() -> None:
    both = row(1, parties=("郝运来", "某公司"), codes=("", "91"), about_natural_person=True)
    assert organisations_of([listed(both)]) == ()


def named(n: int, name: str, code: str) -> Listed:
    return listed(row(n, parties=(name,), codes=(code,)))


def test_an_organisation_is_its_code_and_goes_by_its_newest_name() -> None:
    entries = [named(9, "新名商行", "91A"), named(1, "旧名商行", "91A"), named(2, "旧名商行", "")]
    first, second = organisations_of(entries)
    assert (first.name, len(first.entries)) == ("新名商行", 2)
    assert (second.name, len(second.entries)) == ("旧名商行", 1)
    assert first.key != second.key


def test_a_page_points_to_the_decisions_next_to_it_and_to_no_more() -> None:
    entries = [named(n, "某商行", "91A") for n in range(30)]
    related = related_to(organisations_of(entries))
    (near,) = related[entries[15].slug]
    keys = [entry.key for entry in near.entries]
    assert keys == [entries[n].key for n in (20, 19, 18, 17, 16, 14, 13, 12, 11, 10)]
    more = related_to(organisations_of([*entries, named(99, "某商行", "91A")]))
    changed = [slug for slug, each in related.items() if more[slug] != each]
    assert len(changed) == NEAR


def test_the_only_decision_on_an_organisation_has_no_others() -> None:
    assert related_to(organisations_of([named(1, "某商行", "91A")])) == {}


def test_many_organisations_are_found_by_their_letter_each_once() -> None:
    every = [row(n) for n in range(600)]
    pages = [page for page in browse_pages(catalogue_of(every)) if page.template == "letter.html"]
    names = [line.name for page in pages for line in page.values()["lines"]]  # type: ignore[attr-defined]
    assert sorted(names) == sorted({each.parties[0] for each in every})
    assert len({page.path for page in pages}) == len(pages) > 5


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("常山县青石桥建材有限公司", "Q"),
        ("浙江省衢州市常山县重山商行", "Z"),
        ("联华超市有限公司", "L"),
        ("杭州市余杭区重山商行", "H"),
        ("常山聚岭能源有限公司", "J"),
        ("常山", "C"),
        ("阿波面馆", "A"),
        ("ABC（中国）公司", "A"),
        ("座山雕酒楼", "Z"),
        ("镡氏小吃", "其他"),
        ("3号仓", "其他"),
        ("", "其他"),
    ],
)
def test_a_name_is_found_under_its_sound_without_the_place(name: str, letter: str) -> None:
    assert letter_of(own_name(name, ("常山县", "常山"))) == letter


def test_the_places_are_those_of_the_agencies() -> None:
    entries = [listed(row(1, organ="浙江省常山县综合行政执法局")), listed(row(2, organ="公安局"))]
    assert places_of(entries) == ("浙江省常山县", "常山县", "浙江省", "常山", "浙江")
