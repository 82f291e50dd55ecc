"""The site as a visitor meets it, in Chromium: from a folder, and below a path of a server."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.site.tables.catalogue import TABLES
from tests.site.builders import SAMPLE, build

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PAGES = (
    "index.html",
    "lists/index.html",
    "lists/2026/index.html",
    "lists/2026/03.html",
    *(f"decisions/{record.slug}.html" for record in SAMPLE),
    "withdrawals.html",
    "disclosure.html",
    "correction.html",
    "sitemap.html",
    "beforehand.html",
    *(kind.path for kind in TABLES),
    "statistics/index.html",
    "statistics/2026.html",
)
"""Every kind of page but 404, which only a server shows."""

KINDS = (
    "index.html",
    "lists/2026/03.html",
    f"decisions/{SAMPLE[2].slug}.html",
    f"decisions/{SAMPLE[4].slug}.html",
    "disclosure.html",
    "beforehand.html",
    "officers.html",
    "items.html",
    "flows.html",
    "statistics/2026.html",
)
"""One page of each look."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="没有安装 Chromium"),
]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002
        return


@dataclass
class Visit:
    """One tab, and what it said and asked for."""

    tab: object
    address: str
    heard: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("browser")
    build(root, SAMPLE)
    shutil.copytree(root / "site", root / "web" / "gongshi")
    return root / "web"


@pytest.fixture(scope="module")
def served(web: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(web))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/gongshi/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(params=["folder", "server"])
def visit(request: pytest.FixtureRequest, browser, web: Path) -> Iterator[Visit]:  # noqa: ANN001
    address = f"{(web / 'gongshi').as_uri()}/"
    if request.param == "server":
        address = request.getfixturevalue("served")
    context = browser.new_context(viewport={"width": 320, "height": 640})
    seen = Visit(context.new_page(), address)
    seen.tab.on("console", lambda message: seen.heard.append(message.text))
    seen.tab.on("pageerror", lambda error: seen.heard.append(str(error)))
    seen.tab.on("request", lambda asked: seen.asked.append(asked.url))
    yield seen
    context.close()


def test_every_page_is_silent_and_fits_the_smallest_phone(visit: Visit) -> None:
    """Silent: nothing on the console and no request to another host."""
    for name in PAGES:
        visit.tab.goto(visit.address + name)
        assert visit.tab.evaluate("document.documentElement.scrollWidth") <= 320, name
    assert visit.heard == []
    assert [url for url in visit.asked if not url.startswith(visit.address)] == []
    assert any(url.endswith("theme/site.css") for url in visit.asked)


def test_the_style_sheet_is_in_force(visit: Visit) -> None:
    visit.tab.goto(visit.address + "decisions/" + SAMPLE[0].slug + ".html")
    rules = visit.tab.evaluate(
        "document.styleSheets.length && getComputedStyle(document.querySelector('.aside')).position"
    )
    assert rules == "absolute"


def test_a_visitor_goes_from_the_home_page_to_a_decision_and_to_the_form(visit: Visit) -> None:
    tab = visit.tab
    tab.goto(visit.address + "index.html")
    tab.click("text=查看全部处罚决定")
    tab.click("main >> text=2026年")
    tab.click("main >> text=3月")
    tab.click(f"main >> text={SAMPLE[0].case_number}")
    assert "青石桥" in tab.inner_text("h1")
    assert tab.inner_text("nav.crumbs [aria-current]") == SAMPLE[0].case_number
    tab.click("article >> text=如何申请更正")
    assert tab.inner_text("h1") == "如何申请更正"


def test_masks_are_read_out_with_kind_and_article(visit: Visit) -> None:
    visit.tab.goto(visit.address + "decisions/" + SAMPLE[0].slug + ".html")
    read = visit.tab.locator(".document").aria_snapshot()
    assert "此处隐去电话号码，依据《常山县综合行政执法局行政执法公示制度》第九条第一项" in read
    assert "＊＊＊＊" not in read


def test_the_keyboard_reaches_the_text_first_and_every_link_shows_its_focus(visit: Visit) -> None:
    tab = visit.tab
    tab.goto(visit.address + "decisions/" + SAMPLE[0].slug + ".html")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "跳到正文"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    reached = 0
    tab.keyboard.press("Tab")
    while tab.evaluate("document.activeElement !== document.body"):
        assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        reached += 1
        tab.keyboard.press("Tab")
    assert reached == tab.locator("main a, main button, main [tabindex='0'], footer a").count()


def test_a_table_becomes_labelled_cards_on_a_phone(visit: Visit) -> None:
    visit.tab.goto(visit.address + "decisions/" + SAMPLE[0].slug + ".html")
    label = visit.tab.evaluate(
        "getComputedStyle(document.querySelector('.stacked td'), '::before').content"
    )
    assert label == '"处罚种类"'


def test_the_text_can_be_twice_as_large(browser, web: Path) -> None:  # noqa: ANN001
    context = browser.new_context(viewport={"width": 640, "height": 900})
    tab = context.new_page()
    for name in KINDS:
        tab.goto(f"{(web / 'gongshi').as_uri()}/{name}")
        tab.evaluate("document.documentElement.style.fontSize = '32px'")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 640, name
    context.close()


def test_paper_shows_the_text_without_navigation(browser, web: Path) -> None:  # noqa: ANN001
    context = browser.new_context(color_scheme="dark")
    tab = context.new_page()
    tab.goto(f"{(web / 'gongshi').as_uri()}/decisions/{SAMPLE[0].slug}.html")
    tab.emulate_media(media="print")
    assert not tab.is_visible("nav.menu")
    assert not tab.is_visible("nav.crumbs")
    assert tab.is_visible(".document")
    tab.set_viewport_size({"width": 658, "height": 970})  # what A4 leaves between the margins
    numbers = "[...document.querySelectorAll('.at')].map(e => e.getBoundingClientRect().left)"
    assert min(tab.evaluate(numbers)) >= 0
    colours = tab.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    context.close()


def test_a_missing_page_at_any_depth_still_finds_its_style(browser, served: str, web: Path) -> None:  # noqa: ANN001
    deep = web / "gongshi" / "decisions" / "1999"
    deep.mkdir(exist_ok=True)
    shutil.copy(web / "gongshi" / "404.html", deep / "none.html")
    context = browser.new_context()
    tab = context.new_page()
    heard: list[str] = []
    tab.on("console", lambda message: heard.append(message.text))
    tab.goto(served + "decisions/1999/none.html")
    assert heard == []
    tab.click("main >> text=回首页")
    assert tab.url == served + "index.html"
    context.close()
