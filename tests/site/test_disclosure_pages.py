"""The lists of the bureau and the yearly figures as pages, in a site made by a real Pelican run."""

import csv
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from pipeline.domain.faults import BadSiteError
from pipeline.domain.public import Standing
from pipeline.settings import bundled
from pipeline.site.plugin import Built
from pipeline.site.statistics import statistics_table
from pipeline.site.tables.catalogue import TABLES
from pipeline.site.tables.read import load_tables
from tests.site.builders import (
    CONTENT,
    FIGURES,
    SAMPLE,
    build,
    decision,
    record_of,
    settings_in,
    text,
)

OWN_PACK = """
key: own
title: 本局制度
extends: [changshan-2021]
pages:
  officers: {basis: {document: 本局行政执法公示制度, article: 第三条}}
  monitors: {basis: {document: 本局行政执法公示制度, article: 第四条}}
"""


def build_with(root: Path, content: Path, *, policy: str = "changshan-2021") -> Built:
    settings = settings_in(root, policy=policy)
    return build(
        root, SAMPLE, replace(settings, folders=replace(settings.folders, content=content))
    )


def soup(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / name).read_bytes(), "lxml")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    build(root, SAMPLE)
    return root / "site"


@pytest.mark.parametrize("table", load_tables(CONTENT), ids=lambda table: table.kind.key)
def test_every_list_shows_all_its_cells_and_when_it_was_looked_at(site: Path, table) -> None:  # noqa: ANN001
    page = soup(site, table.kind.path)
    shown = page.main.get_text("\n")
    days = {f"{d.year}年{d.month}月{d.day}日" for d in [table.reviewed_on]}
    assert all(day in shown for day in days)
    for row in table.rows:
        for column, cell in zip(table.kind.columns, row.cells, strict=True):
            if column.cell.name in {"DAY", "UNTIL"} and cell:
                day = date.fromisoformat(cell)
                cell = f"{day.year}年{day.month}月{day.day}日"  # noqa: PLW2901 - as it is shown
            if column.heading != table.kind.group:
                assert all(part in shown for part in cell.split("、")[:1] if "\n" not in part)
    assert f'href="{table.kind.path}"' in (site / "sitemap.html").read_text("utf-8")


def test_the_page_of_what_is_told_beforehand_leads_to_every_list(site: Path) -> None:
    links = {a["href"] for a in soup(site, "beforehand.html").main.find_all("a")}
    assert {kind.path for kind in TABLES if kind.section == "事前公示"} <= links
    assert {"agency.html", "basis.html", "procedure.html", "remedies.html"} <= links


def test_an_empty_list_says_so_with_its_day_and_an_unfilled_one_has_no_page(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(bundled("content"), content)
    monitors = content / "tables" / "monitors.yaml"
    text = monitors.read_text("utf-8").replace("reviewed_on:\n", "reviewed_on: 2026-05-06\n")
    monitors.write_text(text, "utf-8")
    build_with(tmp_path, content)
    assert (
        "截至2026年5月6日，本机关没有列入本清单的内容"
        in soup(tmp_path / "site", "monitors.html").text
    )
    assert not (tmp_path / "site" / "officers.html").exists()
    assert "officers.html" not in (tmp_path / "site" / "beforehand.html").read_text("utf-8")


def test_a_list_that_the_bureau_must_publish_stops_the_build_until_it_is_filled(
    tmp_path: Path,
) -> None:
    content = tmp_path / "content"
    shutil.copytree(bundled("content"), content)
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "own.yaml").write_text(OWN_PACK, "utf-8")
    with pytest.raises(BadSiteError) as caught:
        build_with(tmp_path, content, policy="own")
    _, officers, monitors = str(caught.value).splitlines()
    assert "第三条" in officers
    assert "content/tables/officers.yaml" in officers
    assert "第四条" in monitors
    for name in ("officers.yaml", "officers.csv", "monitors.yaml"):
        shutil.copy(CONTENT / "tables" / name, content / "tables" / name)
    build_with(tmp_path, content, policy="own")
    assert "《本局行政执法公示制度》第三条" in soup(tmp_path / "site", "officers.html").text


def test_a_required_hand_written_page_without_a_word_stops_the_build(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(bundled("content"), content)
    page = content / "remedies.md"
    page.write_text(page.read_text("utf-8").split("\n\n")[0] + "\n", "utf-8")
    with pytest.raises(BadSiteError, match=r"救济渠道：.*第五条.*content/remedies\.md"):
        build_with(tmp_path, content)


def test_a_changed_list_touches_its_own_pages_only(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    build_with(tmp_path, content)
    officers = content / "tables" / "officers.yaml"
    text = officers.read_text("utf-8")
    officers.write_text(text.replace("2026-10-12", "2026-11-02"), "utf-8")
    changes = build_with(tmp_path, content).changes
    assert changes.written == ("beforehand.html", "officers.html")
    assert changes.removed == ()


def test_the_page_of_a_year_says_every_number_in_a_table_that_adds_up(site: Path) -> None:
    page = soup(site, "statistics/2026.html")
    for table in page.find_all("table"):
        counts = [int(cell.text.replace(",", "")) for cell in table.tbody.find_all("td")]
        if table.tfoot:
            assert sum(counts) == int(table.tfoot.td.text) == FIGURES[0].made == 5
    assert "26,200.50" in page.find("dl", class_="figures").text
    assert "年度未满" in page.text
    closed = soup(site, "statistics/2025.html")
    assert "年度未满" not in closed.text
    assert "2025年12月30日" in closed.text


def test_every_drawing_stands_beside_a_table_or_list_and_has_a_title(site: Path) -> None:
    for name in ("statistics/2026.html", "statistics/index.html", "flows.html"):
        page = soup(site, name)
        drawings = page.find_all("svg")
        assert drawings
        for drawing in drawings:
            assert drawing.find("title").text
            assert page.find(id=drawing["aria-labelledby"])
            section = drawing.find_parent("figure").parent
            assert section.find(["table", "ol"])
    identities = [tag["id"] for tag in soup(site, "statistics/2026.html").find_all(id=True)]
    assert len(identities) == len(set(identities))


def test_the_table_for_spreadsheets_says_the_same(site: Path) -> None:
    content = (site / "statistics" / "2026.csv").read_bytes()
    assert content == statistics_table(FIGURES[0])
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert rows[1] == ["2026", "处罚决定", "合计", "5", "件"]
    assert ["2026", "金额", "罚款", "26200.50", "元"] in rows
    kinds = [int(row[3]) for row in rows if row[1] == "按处罚种类"]
    assert sum(kinds) == 5


def test_a_site_without_figures_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.site.builders.FIGURES", ())
    build(tmp_path, ())
    assert "还没有可以统计的处罚决定" in soup(tmp_path / "site", "statistics/index.html").text


def test_what_was_withdrawn_is_still_reached_from_the_list_of_decisions(site: Path) -> None:
    assert any(record.standing is Standing.WITHDRAWN for record in SAMPLE)
    assert "../withdrawals.html" in (site / "lists" / "index.html").read_text("utf-8")


def test_a_decision_leads_to_the_item_of_the_list_that_it_falls_under(tmp_path: Path) -> None:
    cleared = replace(decision(30), violation_kind=text("未经核准擅自处置建筑垃圾"))
    record = record_of(cleared)
    build(tmp_path, [record, *SAMPLE])
    page = soup(tmp_path / "site", f"decisions/{record.slug}.html")
    (link,) = (a for a in page.main.find_all("a") if "items.html#" in a["href"])
    target, _, anchor = link["href"].partition("#")
    assert target == "../../items.html"
    assert soup(tmp_path / "site", "items.html").find(id=anchor).text == link.text
    other = soup(tmp_path / "site", f"decisions/{SAMPLE[0].slug}.html")
    assert "对应执法事项" not in other.text


def test_a_changed_item_touches_the_decisions_that_fall_under_it_only(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    build_with(tmp_path, content)
    items = content / "tables" / "items.yaml"
    changed = items.read_text("utf-8").replace(
        "对应违法行为: 未经批准设置", "对应违法行为: 擅自占用道路堆放"
    )
    items.write_text(
        changed.replace("擅自占用道路堆放大型户外广告设施", "擅自占用道路堆放"), "utf-8"
    )
    written = build_with(tmp_path, content).changes.written
    published = {f"decisions/{r.slug}.html" for r in SAMPLE if r.standing is Standing.PUBLISHED}
    assert set(written) == {"items.html", *published}
