"""``docs/performance.md`` says what was measured, and nothing else."""

import doctest
from collections.abc import Mapping
from types import ModuleType

import pytest
from lxml import etree

from benchmarks import charts, results
from benchmarks.report import section
from benchmarks.report.claims import claims
from benchmarks.report.document import document
from benchmarks.report.section import PICTURES
from benchmarks.results import Machine, Results, Row, load_results
from tests.conftest import ROOT

MODULES = (charts, results, section)
DOCS = ROOT / "docs"


def measured(decisions: int, **tasks: Mapping[str, float]) -> Results:
    rows = {task: Row(values, "2026-11-20", (0.1, 1.0)) for task, values in tasks.items()}
    return Results(decisions, Machine(2, 8, "3.12.1"), "0" * 12, rows)


def test_the_page_on_performance_is_made_from_the_figures() -> None:
    whole = document(load_results())
    said = "运行 python -m benchmarks.report docs/performance.md"
    assert (DOCS / "performance.md").read_text("utf-8") == whole.text, said
    drawn = {file.stem: file.read_text("utf-8") for file in (DOCS / PICTURES).glob("*.svg")}
    assert drawn == dict(whole.pictures), said
    assert len(whole.pictures) >= 2


def test_every_chart_is_named_on_the_page_and_says_in_words_what_it_shows() -> None:
    whole = document(load_results())
    for name, drawing in whole.pictures.items():
        assert whole.text.count(f"({PICTURES / name}.svg)") == 1
        root = etree.fromstring(drawing.encode())
        named = {id_: root.findtext(f".//*[@id='{id_}']") for id_ in ("title", "desc")}
        assert root.get("aria-labelledby") == "title desc"
        assert named["title"]
        numbers = [text for text in root.itertext() if text.endswith((" 秒", " MB"))]
        assert all(number in str(named["desc"]) for number in numbers)


@pytest.mark.parametrize(
    ("wall", "said"),
    [
        (9.0, "| 0.9 倍 | 达到目标 |"),
        (30.0, "| 3 倍 | 达到要求 |"),
        (31.0, "| 3.1 倍 | **没有达到** |"),
    ],
)
def test_a_claim_is_judged_by_what_was_measured_at_its_size(wall: float, said: str) -> None:
    found = claims([measured(10_000, first={"wall": wall}, hugo={"wall": 10.0})])
    assert said in found.text


def test_of_one_process_and_several_the_faster_stands_beside_hugo() -> None:
    night = measured(10_000, first={"wall": 50.0}, workers={"wall": 25.0}, hugo={"wall": 10.0})
    assert "| 2.5 倍 | 达到要求 |" in claims([night]).text


def test_a_claim_that_was_measured_only_with_fewer_decisions_is_not_called_kept() -> None:
    text = claims([measured(1_000, first={"cpu": 10.0}, hundredth={"cpu": 0.05})]).text
    assert "| 0.005 倍（1,000 件） | 没有测到 |" in text
    assert "达到" not in text.split("件数 |", 1)[1].replace("没有测到", "")


def test_nothing_measured_is_said_to_be_so() -> None:
    text = document([]).text
    assert text.count("| – | 没有测 |") == 7
    assert "Hugo 0" not in text


def test_nights_that_were_interrupted_do_not_bend_the_curves() -> None:
    cost = {"cpu": 2.0, "memory": 200.0}
    whole = document(
        [
            measured(300, first=cost, unchanged=cost, hundredth=cost),
            measured(1_000, first=cost, unchanged=cost),
            measured(10_000, first=cost),
        ]
    )
    nights = whole.pictures["nights"]
    assert "改 1%" not in nights
    assert nights.count("<circle") == 4
    assert "最少用 200 MB" in whole.text


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.__name__))
def test_figures_are_written_as_their_examples_say(module: ModuleType) -> None:
    told = doctest.testmod(module)
    assert told.attempted
    assert not told.failed
