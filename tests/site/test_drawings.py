"""Drawings say in shapes what the list or table beside them says in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.site.charts import bars, columns
from pipeline.site.flow import Step, drawn
from pipeline.site.svg import width_of, wrapped
from pipeline.verification.plain import plain
from pipeline.verification.shapes import shapes_in
from pipeline.verification.texts import text_of

STEPS = (
    Step("立案", otherwise="不予立案"),
    Step("决定", period="九十日内"),
    Step("结案归档"),
)
NAMES = st.text("罚款警告没收<&\"'2026abc", min_size=1, max_size=24)


def parsed(markup: str) -> etree._Element:
    return etree.fromstring(markup.encode())


def test_a_flow_shows_every_step_in_order_with_its_way_out() -> None:
    drawing = parsed(drawn("f", "普通程序流程图", STEPS))
    shown = ["".join(text.itertext()) for text in drawing.iter("text")]
    assert shown == ["1 立案", "不予立案", "2 决定", "（九十日内）", "3 结案归档"]
    assert [box.get("class") for box in drawing.iter("rect")] == [
        "flow-end", "flow-exit", "flow-step", "flow-end",
    ]  # fmt: skip
    assert drawing.get("role") == "img"
    assert drawing.find("title").text == "普通程序流程图"
    assert drawing.get("aria-labelledby") == drawing.find("title").get("id")


def test_a_drawing_carries_neither_style_nor_script() -> None:
    for drawing in (drawn("f", "图", STEPS), bars("b", "图", [("甲", 1)])):
        assert not re.search(r"style|script|http|url\(", drawing)


@given(st.lists(st.tuples(NAMES, st.integers(0, 10**6)), max_size=14))
def test_a_chart_holds_every_number_and_no_bar_leaves_the_drawing(
    counts: list[tuple[str, int]],
) -> None:
    for draw in (bars, columns):
        drawing = parsed(draw("c", "件数", counts))
        width, height = map(float, drawing.get("viewBox").split()[2:])
        rects = list(drawing.iter("rect"))
        assert len(rects) == len(counts)
        for rect in rects:
            x, y, w, h = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
            assert 0 <= x <= x + w <= width
            assert -0.1 <= y <= y + h <= height
        texts = ["".join(text.itertext()) for text in drawing.iter("text")]
        assert all(f"{count:,}" in texts for _, count in counts if count)


def test_the_longer_the_count_the_longer_the_bar() -> None:
    lengths = [
        float(r.get("width")) for r in parsed(bars("c", "", [("a", 1), ("b", 4)])).iter("rect")
    ]
    assert lengths[1] == 4 * lengths[0]


def test_neighbouring_numbers_never_grow_into_one_that_looks_like_a_telephone() -> None:
    months = [(f"{n}月", count) for n, count in enumerate([1, 3, 8, 0, 5, 7, 0, 0, 0, 0, 1, 2], 1)]
    for drawing in (columns("c", "件数", months), bars("c", "件数", months)):
        text = plain(text_of("a.html", drawing.encode()))
        assert set(shapes_in(text, frozenset())) == set()
        assert "13805700001" not in text


@given(NAMES, st.integers(2, 12))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join(lines) == text
    assert all(width_of(line) <= width + 1 for line in lines)


@pytest.mark.parametrize("text", ["依法不予处罚、撤销案件或者移送", "限制开展生产经营活动"])
def test_no_line_is_left_with_a_single_character(text: str) -> None:
    assert min(map(len, wrapped(text, 7.5))) > 2
