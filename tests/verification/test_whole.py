"""Counts, standings, links: a site that is not whole is not released."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.domain.faults import BadSiteError
from pipeline.domain.public import Standing
from pipeline.projection.model import Row
from pipeline.verification.links import LinkChecker
from pipeline.verification.verify import Expectation, verify
from tests.verification.sample_site import GONE, A, B, Record, Site, page


def fault(site: Site) -> str:
    with pytest.raises(BadSiteError) as caught:
        site.verify()
    return str(caught.value)


def test_a_missing_page_is_found(site: Site) -> None:
    (site.tree / f"decisions/{B}.html").unlink()
    assert f"缺少页面：decisions/{B}.html" in fault(site)


def test_a_page_too_many_is_found(site: Site) -> None:
    site.write("decisions/2020/1-ffffffffff.html", page("某"))
    message = fault(site)
    assert "多出页面：decisions/2020/1-ffffffffff.html" in message
    assert "应有 3 个决定页面，实有 4 个" in message


def test_two_records_of_one_address_are_found(site: Site) -> None:
    site.records.append(Record(A, "常综执罚决字〔2024〕第12号"))
    assert "地址与另一件相同" in fault(site)


def test_a_published_page_shows_its_number(site: Site) -> None:
    site.write(f"decisions/{A}.html", page("<h1>某</h1>"))
    assert "页面上没有文号" in fault(site)


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing.WITHDRAWN, "本决定已撤下"),
        (Standing.EXPIRED, "本决定公示期已满"),
        (Standing.SUSPENDED, "本决定暂停公示"),
    ],
)
def test_a_gone_page_says_how_it_stands(site: Site, standing: Standing, words: str) -> None:
    site.records[2] = Record(GONE, site.records[2].case_number, standing)
    number = site.records[2].case_number
    site.write(f"decisions/{GONE}.html", page(f"<h1>{words}</h1>{number}"))
    assert site.verify().tree == site.tree
    site.write(f"decisions/{GONE}.html", page(f"<h1>{number}</h1>"))
    assert "没有不再公示的说明" in fault(site)


def test_a_published_page_that_no_list_shows_is_found(site: Site) -> None:
    site.write("index.html", page(f'<a href="decisions/{A}.html">某</a>', root=""))
    message = fault(site)
    assert f"没有任何列表链接到：decisions/{B}.html" in message
    assert GONE not in message


def test_an_empty_tree_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(BadSiteError, match="没有生成任何文件"):
        verify(tmp_path, Expectation(records=()))
    with pytest.raises(BadSiteError, match="无法读取"):
        verify(tmp_path / "none", Expectation(records=()))


def test_a_link_in_the_tree_is_refused(site: Site) -> None:
    (site.tree / "x.html").symlink_to("/etc/hostname")
    assert "链接或者特殊文件" in fault(site)


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        ('<a href="nowhere.html">x</a>', "不存在的页面"),
        ("<a href='../nowhere.html'>x</a>", "不存在的页面|越出"),
        ("<a href=nowhere.html>x</a>", "不存在的页面"),
        ('<a href="../../../index.html">x</a>', "越出网站"),
        ('<a href="/index.html">x</a>', "不是相对地址"),
        ('<a href="#none">x</a>', "本页没有的位置"),
        ('<a href="javascript:alert(1)">x</a>', "不允许的协议"),
        ('<a href="http://[broken">x</a>', "不成地址"),
        ('<img src="nowhere.png">', "不存在的页面"),
        ('<img src="https://cdn.example/x.png">', "站外加载"),
        ('<script src="//cdn.example/x.js"></script>', "站外加载"),
        ('<img srcset="a.png 1x, b.png 2x">', "不存在的页面"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(site: Site, markup: str, problem: str) -> None:
    site.write("about.html", page(markup, root=""))
    with pytest.raises(BadSiteError, match=problem):
        site.verify()


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="index.html?x=1&amp;y=2#main">x</a>',
        '<a href=".">x</a>',
        '<a href="lists/">x</a>',
        '<a href="lists">x</a>',
        '<a href="#main">x</a>',
        '<a href="#">x</a>',
        '<a href="mailto:bureau@example.gov.cn">x</a>',
        '<a href="%69ndex.html">x</a>',
        '<a href="https://site.example/gs/index.html">x</a>',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    ],
)
def test_a_link_that_leads_somewhere_passes(site: Site, markup: str) -> None:
    site.base_url = "https://site.example/gs"
    site.write("lists/index.html", page("某", root="../"))
    site.write("about.html", page(markup, root=""))
    assert site.verify().tree == site.tree


def test_the_page_for_wrong_addresses_starts_at_the_root(site: Site) -> None:
    site.base_url = "https://site.example/gs"
    body = page('<a href="index.html">x</a>', root="")
    site.write("404.html", body.replace("<head>", '<head><base href="/gs/">'))
    assert site.verify().tree == site.tree
    site.write("404.html", body.replace("<head>", '<head><base href="/other/">'))
    assert "base 地址不是本站的根" in fault(site)


def test_the_sites_own_address_is_followed_too(site: Site) -> None:
    site.base_url = "https://site.example/gs"
    site.write("about.html", page('<a href="https://site.example/gs/none.html">x</a>', root=""))
    assert "不存在的页面" in fault(site)


def test_the_message_counts_what_it_does_not_show(site: Site) -> None:
    for number in range(30):
        site.write(f"p{number}.html", page('<a href="none.html">x</a>', root=""))
    assert "另有 10 处" in fault(site)


def test_links_are_followed_once_for_each_folder() -> None:
    checker = LinkChecker({"a/b.html", "index.html"})
    first = checker.links_of("a/b.html", b'<a href="../index.html">x</a>' * 3)
    assert (first.targets, first.faults, first.count) == (frozenset({"index.html"}), (), 3)


def test_the_rows_of_the_projection_say_what_is_shown(site: Site) -> None:
    row = Row(
        key="k",
        slug=A,
        case_number="常综执罚决字〔2024〕第12号",
        standing=Standing.PUBLISHED,
        first_published_on=date(2024, 5, 8),
        changed_on=date(2024, 5, 8),
        digest="",
        organ="常山县综合行政执法局",
        parties=("王百顺商贸行",),
    )
    expectation = Expectation.of_rows([row], hidden={A: ("王百顺",)})
    assert expectation.shown == {A: ("常山县综合行政执法局", "王百顺商贸行")}
    assert "王百顺" not in repr(expectation)
