"""axe-core finds nothing on any kind of page, in any view, in Chromium."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.browser.pages import kinds_of_pages, looks_of
from tests.browser.serving import ARGUMENTS, CHROMIUM, serve
from tests.site.builders import SAMPLE, build

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.base")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="没有安装 Chromium"),
]

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ON_COLOURS = ("color-contrast", "link-in-text-block", "target-size")

_FOUND = """(only) => axe.run(document, {resultTypes: ["violations"], runOnly: only}).then(
  (ran) => ran.violations.map((each) => each.id + ": " + each.nodes.map((n) => n.target).join(" "))
)"""


@dataclass(frozen=True)
class View:
    """How a visitor looks: what the system prefers, the width of the window, what was chosen."""

    media: Mapping[str, str] = field(default_factory=dict)
    width: int = 1280
    chosen: Mapping[str, str] = field(default_factory=dict)


LAYOUTS = {"desk": View(), "large type, phone": View(width=320, chosen={"text": "large"})}
"""Views in which other elements are there, or in another place."""

VIEWS = {
    "dark": View({"color_scheme": "dark"}),
    "contrast, phone": View({"contrast": "more"}, 320),
    "dark contrast, phone": View({"contrast": "more", "color_scheme": "dark"}, 320),
    "chosen contrast": View(chosen={"colour": "contrast"}),
    "large type, phone": View(width=320, chosen={"text": "large"}),
    "paper": View({"media": "print"}),
}
_CHOOSE = """(chosen) => {
  for (const key of ["text", "colour"]) delete document.documentElement.dataset[key];
  Object.assign(document.documentElement.dataset, chosen);
}"""
_PLAIN = {"media": "screen", "color_scheme": "light", "contrast": "no-preference"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("accessible")
    build(root, SAMPLE)
    return root / "site"


@pytest.fixture(scope="module")
def tab(folder: Path) -> Iterator[object]:
    with serve(folder) as address, playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser.new_page(base_url=address)
        browser.close()


def test_no_rule_of_axe_is_broken_on_any_kind_of_page_in_any_layout(tab, folder: Path) -> None:  # noqa: ANN001
    pages = kinds_of_pages(folder)
    assert len(pages) > 40
    broken: list[str] = []
    tab.emulate_media(**_PLAIN)
    for path in pages:
        tab.goto(path)
        tab.evaluate(axe.AXE_SCRIPT)
        for name, view in LAYOUTS.items():
            tab.set_viewport_size({"width": view.width, "height": 900})
            tab.evaluate(_CHOOSE, dict(view.chosen))
            broken += [f"{path} {name}: {each}" for each in tab.evaluate(_FOUND, list(RULES))]
    assert broken == []


def test_no_element_looks_wrong_in_any_view(tab, folder: Path) -> None:  # noqa: ANN001
    """Every element and class of the site is looked at in each view."""
    broken: list[str] = []
    for path in looks_of(folder):
        tab.goto(path)
        tab.evaluate(axe.AXE_SCRIPT)
        for name, view in VIEWS.items():
            tab.set_viewport_size({"width": view.width, "height": 800})
            tab.emulate_media(**{**_PLAIN, **view.media})
            tab.evaluate(_CHOOSE, dict(view.chosen))
            broken += [f"{path} {name}: {each}" for each in tab.evaluate(_FOUND, list(ON_COLOURS))]
    assert broken == []


def test_results_of_a_search_break_no_rule_either(tab) -> None:  # noqa: ANN001
    tab.emulate_media(**_PLAIN)
    tab.goto("search.html?q=堆放")
    tab.wait_for_selector("#search-results .entry")
    tab.click("summary")
    tab.evaluate(axe.AXE_SCRIPT)
    assert tab.evaluate(_FOUND, list(RULES)) == []


def test_axe_would_see_a_fault(tab) -> None:  # noqa: ANN001
    tab.goto("index.html")
    tab.evaluate("document.querySelector('#q').labels[0].remove()")
    tab.evaluate(axe.AXE_SCRIPT)
    assert any(each.startswith("label:") for each in tab.evaluate(_FOUND, list(RULES)))
