"""Cleared text as HTML: nothing lost, nothing let through."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.cleared import FIXED_MASK, ClearedText, Run, plain
from pipeline.domain.document import Block, BlockKind, bullets, heading, paragraph, table
from pipeline.domain.protected import Category
from pipeline.site.markup import cleared, document, whole_numbers

letters = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"), max_size=30
)
runs = st.builds(Run, letters) | st.builds(
    Run, letters, st.sampled_from(Category), st.just("《某制度》第九条")
)
texts = st.lists(runs, max_size=6).map(tuple)


def read(markup: str) -> str:
    soup = BeautifulSoup(f"<body>{markup}</body>", "html.parser")
    for said in soup.select(".aside"):
        said.decompose()
    return soup.get_text()


@settings(deadline=None)
@given(texts)
def test_the_reader_sees_the_cleared_text_and_only_that(text: ClearedText) -> None:
    assert read(cleared(text)) == plain(text)


@settings(deadline=None)
@given(texts)
def test_only_the_elements_of_masks_and_numbers_are_made(text: ClearedText) -> None:
    soup = BeautifulSoup(f"<body>{cleared(text)}</body>", "html.parser")
    assert {tag.name for tag in soup.find_all(True)} <= {"body", "span"}
    assert len(soup.select(".masked")) == sum(run.mask is not None for run in text)


@pytest.mark.parametrize("category", Category)
def test_every_mask_says_what_and_why(category: Category) -> None:
    markup = cleared((Run(FIXED_MASK, category, "《某制度》第九条"),))
    assert f"（此处隐去{category.chinese}，依据《某制度》第九条）" in markup


def test_the_stars_of_a_mask_are_not_read_out_and_a_name_is() -> None:
    stars = cleared((Run(FIXED_MASK, Category.PHONE, "甲"),))
    name = cleared((Run("柳某", Category.PERSON, "甲"),))
    assert 'aria-hidden="true"' in stars
    assert "aria-hidden" not in name


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("处罚款12,000.50元整。", "12,000.50元整"),
        ("罚没人民币3万元", "人民币3万元"),
        ("常综执罚决字〔2026〕第0012号决定", "〔2026〕第0012号"),
        ("甲罚[2026]3号", "[2026]3号"),
        ("咨询电话：0570-5000001。", "0570-5000001"),
    ],
)
def test_amounts_and_numbers_stay_on_one_line(text: str, kept: str) -> None:
    assert f'<span class="whole">{kept}</span>' in whole_numbers(text)


@pytest.mark.parametrize(
    "text", ["36.5平方米", "2026年3月5日", "2026-03-05", "第12页", "1" * 40 + "元"]
)
def test_other_numbers_may_break(text: str) -> None:
    assert "whole" not in whole_numbers(text)


def one(text: str) -> ClearedText:
    return (Run(text),)


def test_each_block_has_its_element_and_its_anchor() -> None:
    blocks: tuple[Block[ClearedText], ...] = (
        heading(one("题"), 1),
        heading(one("深"), 6),
        paragraph(one("一行\n二行")),
        bullets((one("甲"), one("乙"))),
        table(((one("列"), one("栏")), (one("1"), one("2")))),
        table(((one("一格"),),)),
    )
    soup = BeautifulSoup(document(blocks), "html.parser")
    found = [(tag.name, tag["id"]) for tag in soup.find_all(id=True)]
    names = ("h3", "h6", "p", "ul", "div", "div")
    assert found == [(name, f"d{number}") for number, name in enumerate(names, 1)]
    assert [line.get_text() for line in soup.select("p .line")] == ["一行", "二行"]
    assert [cell["data-label"] for cell in soup.select(".stacked td")] == ["列", "栏"]
    assert [head["scope"] for head in soup.select("th")] == ["col", "col"]


@settings(deadline=None)
@given(st.lists(st.lists(texts, max_size=4).map(tuple), max_size=4))
def test_no_cell_of_a_table_is_lost(rows: list[tuple[ClearedText, ...]]) -> None:
    markup = document((Block(BlockKind.TABLE, tuple(rows)),))
    assert read(markup) == "".join(plain(cell) for row in rows for cell in row)
