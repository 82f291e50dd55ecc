"""The files of the open data on a built site: the API as described, feeds, site maps, robots."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from lxml import etree
from openapi_spec_validator import validate

from pipeline.domain.public import Standing
from pipeline.projection.read import open_projection
from pipeline.settings import SiteIdentity
from pipeline.site.catalogue import catalogue_of
from pipeline.site.data.publisher import Publisher
from pipeline.site.data.sitemaps import sitemap_files
from tests.site.builders import PERSON, SAMPLE, build, gone, project, published, settings_in

BASE = "https://zfj.example.gov.cn/gongshi/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("data")
    build(root, SAMPLE)
    return root / "site"


def api(site: Path, name: str) -> Any:
    return json.loads((site / "api/v1" / name).read_bytes())


def test_the_description_is_valid_openapi(site: Path) -> None:
    described = api(site, "openapi.json")
    validate(described)
    assert described["openapi"] == "3.1.0"
    assert described["servers"] == [{"url": BASE.rstrip("/")}]


def test_every_file_of_the_api_is_described_and_fits(site: Path) -> None:
    described = api(site, "openapi.json")
    seen = set()
    files = [*(site / "api").rglob("*.json"), site / "data/index.json"]
    for file in files:
        if file.name == "openapi.json":
            continue
        path = f"/{file.relative_to(site).as_posix()}"
        (template,) = [
            each
            for each in described["paths"]
            if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(each)), path)
        ]
        operation = described["paths"][template]["get"]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": described["components"]}
        jsonschema_rs.validate(whole, json.loads(file.read_bytes()))
        seen.add(template)
    assert seen == set(described["paths"])


def test_the_index_leads_to_every_published_decision(site: Path) -> None:
    index = api(site, "index.json")
    found = []
    for month in index["months"]:
        listed = json.loads((site / month["url"].removeprefix(BASE)).read_bytes())
        assert len(listed["decisions"]) == month["count"]
        found += listed["decisions"]
    assert len(found) == index["count"] == 4
    for each in found:
        one = json.loads((site / each["api"].removeprefix(BASE)).read_bytes())
        assert one["case_number"] == each["case_number"]
        assert (site / one["page"].removeprefix(BASE)).is_file()


def test_the_withdrawn_are_told_of_and_their_data_are_gone(site: Path) -> None:
    (told,) = api(site, "withdrawals.json")
    assert told["case_number"] == SAMPLE[4].case_number
    for record in SAMPLE[4:]:
        assert not (site / f"api/v1/decisions/{record.slug}.json").exists()


def feeds(site: Path) -> dict[str, etree._Element]:
    found = (site / "feeds").rglob("*.atom")
    return {file.relative_to(site).as_posix(): etree.parse(file).getroot() for file in found}


def test_there_is_a_feed_of_all_of_each_kind_each_agency_and_the_withdrawn(site: Path) -> None:
    assert sorted(feeds(site)) == [
        "feeds/agencies/e787c66ff2.atom",
        "feeds/all.atom",
        "feeds/violations/7f81c6a858.atom",
        "feeds/withdrawals.atom",
    ]


def test_every_feed_has_what_atom_asks_for(site: Path) -> None:
    for path, feed in feeds(site).items():
        for element in (feed, *feed.iterfind("a:entry", ATOM)):
            for name in ("a:id", "a:title", "a:updated", "a:author/a:name"):
                assert element.findtext(name, namespaces=ATOM), (path, name)
            stamp = str(element.findtext("a:updated", namespaces=ATOM))
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00\+08:00", stamp)
        links = [str(link.get("href")) for link in feed.iterfind(".//a:link", ATOM)]
        assert all((site / link.removeprefix(BASE)).is_file() for link in links), path
        ids = [str(each.text) for each in feed.iterfind(".//a:id", ATOM)]
        assert len(set(ids)) == len(ids)


def test_an_entry_says_of_a_natural_person_only_that_it_is_one(site: Path) -> None:
    content = (site / "feeds/all.atom").read_text("utf-8")
    assert "自然人" in content
    assert "郝运来" not in content


def test_feeds_work_without_an_address_of_the_site(tmp_path: Path) -> None:
    bare = settings_in(tmp_path, site=SiteIdentity(name="公示"))
    build(tmp_path, SAMPLE, bare)
    feed = feeds(tmp_path / "site")["feeds/violations/7f81c6a858.atom"]
    assert str(feed.findtext("a:id", namespaces=ATOM)).startswith("urn:sha256:")
    for link in feed.iterfind(".//a:link", ATOM):
        assert (tmp_path / "site/feeds/violations" / str(link.get("href"))).resolve().is_file()
    assert not (tmp_path / "site/sitemap.xml").exists()
    assert "Sitemap" not in (tmp_path / "site/robots.txt").read_text()


def test_an_empty_feed_reads_no_clock(tmp_path: Path) -> None:
    build(tmp_path, [gone(5, Standing.EXPIRED)])
    for feed in feeds(tmp_path / "site").values():
        assert feed.find("a:entry", ATOM) is None
        assert feed.findtext("a:updated", namespaces=ATOM) == "2000-01-01T00:00:00+08:00"


def locations(file: Path) -> list[str]:
    return [str(each.text) for each in etree.parse(file).iterfind(".//s:loc", MAP)]


def test_the_site_maps_name_every_page_to_be_indexed_and_no_other(site: Path) -> None:
    maps = locations(site / "sitemap.xml")
    assert sorted(maps) == [f"{BASE}sitemaps/{name}.xml" for name in ("2025", "2026", "pages")]
    named = [each for path in maps for each in locations(site / path.removeprefix(BASE))]
    built = {f"{BASE}{file.relative_to(site).as_posix()}" for file in site.rglob("*.html")}
    assert set(named) <= built
    left_out = {each.removeprefix(BASE) for each in built - set(named)}
    unlisted = {f"decisions/{SAMPLE[n].slug}.html" for n in (1, 4, 5, 6)}
    assert left_out == {*unlisted, "404.html", "search.html"}
    for path in left_out - {"404.html", "search.html"}:
        assert b'content="noindex' in (site / path).read_bytes()


def test_a_long_site_map_is_cut(tmp_path: Path) -> None:
    path = project(
        tmp_path / "public.sqlite", [published(n, on=date(2026, 5, 4)) for n in range(7)]
    )
    with open_projection(path) as projection:
        rows = catalogue_of(projection.rows()).published
    publisher = Publisher("某局", "", "公示", "https://a.example")
    made = {
        file.path: file.render() for file in sitemap_files(rows, ["a.html"], publisher, "", most=3)
    }
    assert list(made)[:4] == [
        "sitemaps/pages.xml", "sitemaps/2026.xml", "sitemaps/2026-2.xml", "sitemaps/2026-3.xml",
    ]  # fmt: skip
    counts = [content.count(b"<url>") for content in list(made.values())[1:4]]
    assert counts == [3, 3, 1]
    assert made["sitemap.xml"].count(b"<sitemap>") == 4


def test_robots_may_read_decisions_and_are_sent_to_the_site_map(site: Path) -> None:
    assert (site / "robots.txt").read_text().splitlines() == [
        "User-agent: *",
        "Disallow: /gongshi/search/",
        "Disallow: /gongshi/api/",
        f"Sitemap: {BASE}sitemap.xml",
    ]


def linked(page: Path) -> list[dict[str, Any]]:
    text = page.read_text("utf-8")
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return [json.loads(each) for each in found]


def test_a_page_tells_machines_what_it_shows(site: Path) -> None:
    (said,) = linked(site / f"decisions/{SAMPLE[0].slug}.html")
    assert said["@type"] == "CreativeWork"
    assert said["identifier"] == SAMPLE[0].case_number
    assert said["datePublished"] == "2026-03-11"
    assert said["about"][0]["identifier"] == "91330822MA0000000X"
    shown = (site / f"decisions/{SAMPLE[0].slug}.html").read_text("utf-8").split("</head>")[1]
    assert all(party["name"] in shown for party in said["about"])
    (data,) = linked(site / "data/index.html")
    assert len(data["distribution"]) == 6
    for each in data["distribution"]:
        assert (site / each["contentUrl"].removeprefix(BASE)).is_file()


def test_a_page_about_a_natural_person_and_a_notice_tell_machines_nothing(site: Path) -> None:
    for n in (1, 4, 5, 6):
        assert linked(site / f"decisions/{SAMPLE[n].slug}.html") == []


def test_no_file_of_data_names_a_punished_person(site: Path) -> None:
    for folder in ("data", "api", "feeds", "sitemaps", "lists", "search"):
        for file in (site / folder).rglob("*"):
            if file.is_file():
                content = file.read_bytes().decode(errors="ignore")
                assert "郝运来" not in content, file
                assert "葛大勇" not in content, file
    assert "郝运来" in (site / f"decisions/{SAMPLE[1].slug}.html").read_text("utf-8")
    assert published(2, party=PERSON) == SAMPLE[1]
