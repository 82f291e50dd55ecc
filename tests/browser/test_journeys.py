"""What citizens come for, from the first page to the last, in Chromium below a path of a server."""

import csv
import gzip
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import pypdfium2
import pytest

from tests.browser.pages import kinds_of_pages
from tests.browser.serving import ARGUMENTS, CHROMIUM, serve
from tests.site.builders import SAMPLE, build

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="没有安装 Chromium"),
]

PUBLISHED, WITHDRAWN = SAMPLE[0], SAMPLE[4]
PAGE = f"decisions/{PUBLISHED.slug}.html"
NUMBER = PUBLISHED.case_number
FIRST_VIEW = 30_000
"""Bytes, compressed, of all that the first view of a page needs."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("journeys")
    build(root, SAMPLE)
    return root / "site"


@pytest.fixture(scope="module")
def browser(folder: Path) -> Iterator[object]:
    with serve(folder) as address, playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        opened.address = address
        yield opened
        opened.close()


@pytest.fixture
def tab(browser) -> Iterator[object]:  # noqa: ANN001
    """Give a tab that says nothing on the console and asks no other host for anything."""
    context = browser.new_context(
        base_url=browser.address, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda asked: heard.append(asked.url) if _is_foreign(asked, browser) else 0)
    yield page
    context.close()
    assert heard == []


def _is_foreign(asked, browser) -> bool:  # noqa: ANN001
    return not asked.url.startswith((browser.address, "blob:", "data:"))


def found(tab, words: str) -> list[str]:  # noqa: ANN001
    tab.goto("index.html")
    tab.fill("#q", words)
    tab.press("#q", "Enter")
    tab.wait_for_url("**/search.html?*")
    tab.wait_for_selector("#search-results:not([aria-busy]) .entry")
    return list(tab.locator("#search-results .entry-link").all_inner_texts())


@pytest.mark.parametrize(
    "words",
    ["青石桥建材", "常综执罚决字[2026]1号", "（2026）第0001号", "“未经许可在城东大道人行道上堆放”"],
)
def test_a_decision_is_found_by_company_by_number_and_by_phrase(tab, words: str) -> None:  # noqa: ANN001
    assert NUMBER in found(tab, words)
    tab.click(f"#search-results >> text={NUMBER}")
    tab.wait_for_url(f"**/{PAGE}")
    assert "青石桥" in tab.inner_text("h1")


def test_what_was_found_is_narrowed_to_a_year(tab) -> None:  # noqa: ANN001
    assert NUMBER in found(tab, "青石桥建材")
    tab.click("summary")
    tab.select_option("#year", "2025")
    tab.wait_for_url("**year=2025*")
    tab.wait_for_function("() => document.querySelectorAll('#search-results .entry').length === 1")
    assert tab.inner_text("#search-results .entry-link") == SAMPLE[3].case_number


def test_the_outline_leads_into_the_text_and_an_article_to_its_paragraph(tab) -> None:  # noqa: ANN001
    tab.goto(PAGE)
    tab.click("nav.contents >> text=二、处罚依据和决定")
    assert tab.evaluate("document.querySelector(':target').textContent") == "二、处罚依据和决定"
    tab.click("section.laws a >> nth=0")
    target = tab.inner_text(":target")
    law = tab.inner_text("section.laws .law >> nth=0")
    assert law == "《城市市容和环境卫生管理条例》第十四条"
    assert law in target
    number = tab.inner_text("section.laws .places a >> nth=0")
    assert urlsplit(tab.url).fragment == "d" + re.sub(r"\D", "", number)


def test_a_paragraph_has_an_address_of_its_own(tab) -> None:  # noqa: ANN001
    tab.goto(PAGE)
    tab.click("#d3 .at")
    assert urlsplit(tab.url).fragment == "d3"
    shown = tab.evaluate("getComputedStyle(document.querySelector('#d3 .at'), '::before').content")
    assert shown == "counter(part)"
    assert tab.locator("#d3 .at").get_attribute("aria-label") == "第3段"
    assert "第3段" not in tab.inner_text("#d3")


def test_the_citation_is_copied_whole(tab) -> None:  # noqa: ANN001
    tab.goto(PAGE)
    tab.click("button[aria-label='复制引用方式']")
    tab.wait_for_selector("button[aria-label='复制引用方式']:has-text('已复制')")
    assert tab.evaluate("navigator.clipboard.readText()") == (
        f"常山县综合行政执法局：《行政处罚决定书》（{NUMBER}），2026年3月6日。"
        f"https://zfj.example.gov.cn/gongshi/{PAGE}"
    )


def test_a_decision_is_printed_to_pdf_without_navigation(tab) -> None:  # noqa: ANN001
    tab.goto(PAGE)
    with pypdfium2.PdfDocument(tab.pdf(format="A4")) as paper:
        pages = [page.get_textpage().get_text_range() for page in paper]
    text = re.sub(r"\s+", "", "".join(pages))
    for said in (NUMBER, "未经许可在城东大道人行道上堆放建筑材料", "隐去了什么", "固定地址"):
        assert said in text
    for left_out in ("事前公示", "本页内容", "长者版", "网站地图", "复制", "如何申请更正"):
        assert left_out not in text


def test_the_data_of_a_year_are_downloaded(tab) -> None:  # noqa: ANN001
    tab.goto("index.html")
    tab.click("footer >> text=开放数据")
    with tab.expect_download() as download:
        tab.click("main >> text=2026.csv")
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert any(NUMBER in row for row in rows)


def test_new_decisions_are_subscribed_to(tab) -> None:  # noqa: ANN001
    tab.goto("index.html")
    feed = tab.locator("link[type='application/atom+xml']").get_attribute("href")
    entries = ET.fromstring(tab.request.get(feed).body()).iter(  # noqa: S314 - our own
        "{http://www.w3.org/2005/Atom}entry"
    )
    titles = ["".join(entry.itertext()) for entry in entries]
    assert any(NUMBER in title for title in titles)
    assert not any("郝运来" in title for title in titles)


def test_the_form_for_a_correction_is_found_from_a_decision(tab) -> None:  # noqa: ANN001
    tab.goto(PAGE)
    tab.click("article >> text=如何申请更正")
    assert "5个工作日" in tab.inner_text("main")
    tab.click("main >> text=申请表")
    tab.wait_for_selector("main tr >> nth=8")
    with tab.expect_download() as download:
        tab.click("main >> text=Word")
    with ZipFile(download.value.path()) as form:
        assert "决定书文号" in form.read("word/document.xml").decode()


def test_a_withdrawn_decision_is_told_of_at_its_old_address(tab) -> None:  # noqa: ANN001
    tab.goto("lists/index.html")
    tab.click("main >> text=撤下说明")
    tab.click(f"main >> text={WITHDRAWN.case_number}")
    assert tab.url.endswith(f"decisions/{WITHDRAWN.slug}.html")
    text = tab.inner_text("main")
    assert "本决定已撤下" in text
    assert "《中华人民共和国行政处罚法》第四十八条" in text
    assert "青石桥" not in text
    assert tab.locator("meta[name=robots]").get_attribute("content") == "noindex, noarchive"


def test_with_the_keyboard_alone_a_decision_is_found_and_opened(tab) -> None:  # noqa: ANN001
    tab.goto("index.html")
    _tab_to(tab, "document.activeElement.id === 'q'")
    tab.keyboard.type("堆放建筑材料")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#search-results .entry")
    _tab_to(tab, "document.activeElement.className === 'entry-link'")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/decisions/**")
    _tab_to(tab, "document.activeElement.textContent === '跳到正文'")
    assert "堆放建筑材料" in tab.inner_text("main")


def _tab_to(tab, there: str) -> None:  # noqa: ANN001
    for _ in range(60):
        tab.keyboard.press("Tab")
        if tab.evaluate(there):
            return
    raise AssertionError(there)


def test_large_type_is_one_link_away_and_stays(tab) -> None:  # noqa: ANN001
    tab.goto("index.html")
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    before = tab.evaluate(size)
    tab.click("text=长者版")
    assert tab.url.endswith("index.html")
    assert tab.evaluate(size) >= 24 > before
    tab.goto(PAGE)
    assert tab.evaluate(size) >= 18
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "22.88px"
    tab.click("text=标准版")
    tab.goto("index.html")
    assert tab.evaluate(size) == before


@pytest.mark.parametrize(
    ("choice", "ground"),
    [
        ("浅色", "rgb(244, 245, 242)"),
        ("深色", "rgb(16, 19, 23)"),
        ("高对比度：黑底白字", "rgb(0, 0, 0)"),
    ],
)
def test_chosen_colours_go_before_those_of_the_system_on_every_page(
    tab,  # noqa: ANN001
    choice: str,
    ground: str,
) -> None:
    tab.emulate_media(color_scheme="light" if choice == "深色" else "dark")
    tab.goto("index.html")
    tab.click("footer >> text=显示方式")
    assert tab.is_checked("text=标准 >> nth=0")
    assert tab.is_checked("text=跟随系统")
    tab.check(f"text={choice}")
    tab.reload()
    assert tab.is_checked(f"text={choice}")
    tab.goto(PAGE)
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == ground
    tab.emulate_media(media="print")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_without_script_everything_but_search_is_there(browser) -> None:  # noqa: ANN001
    context = browser.new_context(base_url=browser.address, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("index.html")
    tab.click("text=长者版")
    assert tab.is_hidden("#view")
    assert tab.is_visible("noscript p")
    tab.goto("index.html")
    tab.fill("#q", "青石桥")
    tab.press("#q", "Enter")
    tab.wait_for_url("**/search.html?*")
    tab.click("noscript a")
    tab.click("main >> text=2026年")
    tab.click("main >> text=3月")
    tab.click(f"main >> text={NUMBER}")
    assert "城东大道" in tab.inner_text(".document")
    assert tab.inner_text(".address >> nth=0").endswith(PAGE)
    context.close()


def test_no_page_is_dragged_sideways_at_four_times_the_size(browser, folder: Path) -> None:  # noqa: ANN001
    """A window of 1280 by 900 at 400 % is one of 320 by 225; large type on top of it, too."""
    context = browser.new_context(
        base_url=browser.address, viewport={"width": 320, "height": 225}, device_scale_factor=4
    )
    tab = context.new_page()
    wide: list[str] = []
    for path in kinds_of_pages(folder):
        tab.goto(path)
        for text in ("", "large"):
            tab.evaluate("text => { document.documentElement.dataset.text = text; }", text)
            if tab.evaluate("document.documentElement.scrollWidth") > 320:
                wide.append(f"{path} {text}")
    context.close()
    assert wide == []


@pytest.mark.parametrize("path", ["index.html", "lists/2026/03.html", PAGE, "rules.html"])
def test_the_first_view_is_small(tab, folder: Path, path: str) -> None:  # noqa: ANN001
    asked: list[str] = []
    tab.on("request", lambda each: asked.append(each.url))
    tab.goto(path)
    place = tab.url.removesuffix(path)
    files = {urlsplit(url.removeprefix(place)).path for url in asked}
    assert {path, "theme/site.css", "theme/view.js"} <= files
    assert sum(len(gzip.compress((folder / name).read_bytes())) for name in files) <= FIRST_VIEW
