"""Search as a citizen meets it, in Chromium, from a server below a path."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from pipeline.domain.penalty import Penalty, PenaltyKind
from tests.browser.serving import ARGUMENTS, CHROMIUM, serve
from tests.site.builders import COMPANY, PERSON, SHOP, build, decision, record_of, text

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="没有安装 Chromium"),
]

FACTS = (
    "在城北大桥下倾倒泔水三桶",
    "在人行道上堆放砂石，占压盲道",
    "未取得许可证从事餐饮服务，所售卤菜为自制",
    "夜间施工噪声超过标准，未采取降噪措施",
)

SCATTERED = {3: "当场扣押渣土车", 42: "当场、场扣、扣押渣土", 46: "押渣、渣土车"}
"""The words of the first are all in the others, which are newer, but not side by side."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("search")
    records = []
    for n in range(1, 61):
        cleared = replace(
            decision(
                n, party=(COMPANY, PERSON, SHOP)[n % 3], on=date(2025, 8, 1) + timedelta(days=n * 5)
            ),
            facts=text(f"{FACTS[n % 4]}，编号{n}号货车运输"),
        )
        if n in SCATTERED:
            cleared = replace(cleared, facts=text(SCATTERED[n]))
        if n == 7:
            cleared = replace(cleared, penalties=(Penalty(PenaltyKind.WARNING),))
        records.append(record_of(cleared))
    build(root, records)
    with serve(root / "site") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def tab(browser, address: str) -> Iterator[object]:  # noqa: ANN001
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(address + "search.html")
    yield page
    context.close()
    assert heard == []


def ask(tab, words: str) -> str:  # noqa: ANN001
    tab.fill("#q", words)
    tab.press("#q", "Enter")
    return answered(tab)


def answered(tab) -> str:  # noqa: ANN001
    tab.wait_for_function(
        "() => !document.querySelector('#search-results').hasAttribute('aria-busy')"
        " && !document.querySelector('#search-status').textContent.startsWith('正在')"
    )
    return str(tab.inner_text("#search-status"))


def numbers(tab) -> list[str]:  # noqa: ANN001
    return [link.inner_text() for link in tab.query_selector_all("#search-results .entry-link")]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("泔水", 15),
        ("占压盲道", 15),
        ("“堆放砂石，占压盲道”", 15),
        ("盲道 砂石", 15),
        ("盲道 泔水", 0),
        ("盲压", 0),
        ("编号7号", 1),
        ("郝运来", 0),
        ("常综执罚决字〔2026〕第0012号", 1),
        ("常综执罚决字[2026]12号", 1),
        ("（2026）第12号", 1),
        ("常综执罚决字【２０２６】１２号", 1),
        ("别综执罚决字〔2026〕12号", 0),
    ],
)
def test_words_phrases_and_numbers_are_found(tab, words: str, count: int) -> None:  # noqa: ANN001
    said = ask(tab, words)
    while tab.is_visible("#search-more"):
        tab.click("#search-more")
        said = answered(tab)
    assert len(numbers(tab)) == count
    assert said == (f"找到 {count} 件。" if count else said)
    assert count or "没有找到" in said


def test_the_newest_come_first_and_more_follow_on_request(tab) -> None:  # noqa: ANN001
    assert "已显示 10 件" in ask(tab, "货车运输")
    assert numbers(tab)[0].endswith("第0060号")
    tab.click("#search-more")
    answered(tab)
    assert len(numbers(tab)) == 20
    focused = tab.evaluate("document.activeElement.textContent")
    assert focused == numbers(tab)[10]
    assert numbers(tab) == sorted(numbers(tab), reverse=True)


def test_a_dear_query_asks_before_it_looks_on(tab, address: str) -> None:  # noqa: ANN001
    script = tab.request.get(address + "theme/search/index.js").text()
    dear = script.replace("const BUDGET = 220000", "const BUDGET = 1").replace(
        "const AHEAD = 3", "const AHEAD = 1"
    )
    assert dear != script
    tab.route(
        "**/theme/search/index.js",
        lambda route: route.fulfill(body=dear, content_type="text/javascript"),
    )
    tab.goto(address + "search.html")
    assert ask(tab, "当场扣押渣土车") == "已查到2026年，显示 0 件，可以继续查找更早的决定。"
    tab.click("#search-more")
    assert answered(tab) == "找到 1 件。"
    assert numbers(tab)[0].endswith("第0003号")


def test_organisations_are_found_by_name_first(tab) -> None:  # noqa: ANN001
    ask(tab, "青石桥建材")
    parties = tab.eval_on_selector_all(
        "#search-results dd:first-of-type", "all => all.map(e => e.textContent)"
    )
    assert "常山县青石桥建材有限公司" in parties


def test_what_was_found_is_marked_in_its_passage(tab) -> None:  # noqa: ANN001
    ask(tab, "倾倒泔水")
    assert tab.inner_text("#search-results .passage mark >> nth=0") == "倾倒泔水"


def test_filters_narrow_and_the_address_can_be_shared(tab, address: str) -> None:  # noqa: ANN001
    ask(tab, "货车运输")
    tab.click("summary")
    tab.select_option("#penalty", "警告")
    answered(tab)
    assert numbers(tab) == ["常综执罚决字〔2026〕第0007号"]
    shared = tab.url
    assert parse_qs(urlsplit(shared).query) == {"q": ["货车运输"], "penalty": ["警告"]}
    tab.goto(address + "index.html")
    tab.goto(shared)
    answered(tab)
    assert numbers(tab) == ["常综执罚决字〔2026〕第0007号"]
    tab.select_option("#penalty", "")
    answered(tab)
    tab.go_back()
    answered(tab)
    assert numbers(tab) == ["常综执罚决字〔2026〕第0007号"]


def test_filters_work_without_words(tab) -> None:  # noqa: ANN001
    tab.click("summary")
    tab.select_option("#year", "2025")
    answered(tab)
    assert len(numbers(tab)) == 10
    tab.select_option("#amount", "3")
    assert "没有找到" in answered(tab)


@pytest.mark.parametrize("words", ["编号7号", "泔水盲道", "水"])
def test_advice_follows_a_short_answer_without_a_gap(tab, address: str, words: str) -> None:  # noqa: ANN001
    tab.goto(f"{address}search.html?q={words}")
    answered(tab)
    top = "(place) => document.querySelector(place).offsetTop"
    assert tab.evaluate(top, ".help") - tab.evaluate(top, "#search-status") < 400


def test_the_home_page_asks_the_search_page(tab, address: str) -> None:  # noqa: ANN001
    tab.goto(address + "index.html")
    ask_box = tab.locator("input[type=search]")
    ask_box.fill("泔水")
    ask_box.press("Enter")
    tab.wait_for_selector("#search-results .entry")
    assert urlsplit(tab.url).path.endswith("/search.html")


def test_the_keyboard_reaches_a_result(tab) -> None:  # noqa: ANN001
    ask(tab, "编号7号")
    for _ in range(6):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.className") == "entry-link":
            break
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/decisions/**")
    assert "0007号" in tab.inner_text("main")


def test_hostile_words_are_words(tab) -> None:  # noqa: ANN001
    said = ask(tab, "<img src=x onerror=alert(1)> \\u0000 (((( [a-")
    assert "没有找到" in said
    assert tab.query_selector("#search-results img") is None


def test_one_character_is_too_little_and_is_told(tab) -> None:  # noqa: ANN001
    assert "至少输入两个字" in ask(tab, "水")


def test_a_browser_that_keeps_files_for_days_finds_what_changed_tonight(
    browser,  # noqa: ANN001
    tmp_path: Path,
) -> None:
    others = [record_of(decision(n)) for n in range(2, 5)]

    def rebuilt(words: str) -> None:
        build(tmp_path, [*others, record_of(replace(decision(1), facts=text(words)))])

    rebuilt("在城北大桥下倾倒泔水")
    with serve(tmp_path / "site", headers={"Cache-Control": "max-age=86400"}) as found:
        page = browser.new_page()
        page.goto(found + "search.html")
        ask(page, "倾倒泔水")
        assert len(numbers(page)) == 1
        rebuilt("在城北大桥下堆放砂石")
        page.reload()
        for words, count in (("倾倒泔水", 0), ("堆放砂石", 1)):
            ask(page, words)
            assert len(numbers(page)) == count, words
        page.close()
