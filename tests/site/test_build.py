"""The site as a whole, made by a real Pelican run and compared file by file."""

import hashlib
import html
import locale
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from pipeline.domain.cleared import ClearedDecision, Run
from pipeline.domain.faults import BadSiteError
from pipeline.domain.party import PartyKind
from pipeline.domain.protected import Category
from pipeline.domain.public import CorrectionNote, Notice, Standing
from pipeline.projection.codec import sealed
from pipeline.settings import Agency, Footer, SiteIdentity, bundled
from pipeline.settings.look.read import Look
from pipeline.settings.look.words import WORDS
from pipeline.site.addresses import root_of
from pipeline.site.build import build_site
from tests.site.builders import (
    COMPANY,
    PERSON,
    SAMPLE,
    build,
    decision,
    gone,
    project,
    published,
    record_of,
    settings_in,
    text,
)

GOLDEN = Path(__file__).parent / "golden"


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def page(root: Path, slug: str) -> BeautifulSoup:
    return BeautifulSoup((root / "site" / "decisions" / f"{slug}.html").read_bytes(), "lxml")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    build(root, SAMPLE)
    return root / "site"


def test_the_whole_site_is_what_it_was(site: Path) -> None:
    """``GONGSHI_GOLDEN=write pytest tests/site`` accepts a change that was looked at."""
    made = tree(site)
    if os.environ.get("GONGSHI_GOLDEN") == "write":
        for path in GOLDEN.rglob("*"):
            if path.is_file():
                path.unlink()
        for name, content in made.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_bytes(content)
    kept = tree(GOLDEN)
    assert sorted(made) == sorted(kept)
    assert [name for name in kept if made[name] != kept[name]] == []


def test_the_same_records_give_the_same_bytes_in_another_folder(site: Path, tmp_path: Path) -> None:
    build(tmp_path, reversed(SAMPLE))
    assert tree(tmp_path / "site") == tree(site)


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    first = build(tmp_path, SAMPLE)
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")}
    second = build(tmp_path, SAMPLE)
    assert (second.changes.written, second.changes.removed) == ((), ())
    assert second.changes.kept == len(first.changes.written)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")} == times


def test_a_new_decision_touches_few_pages(tmp_path: Path) -> None:
    build(tmp_path, SAMPLE)
    new = published(40, on=date(2026, 3, 20))
    changes = build(tmp_path, [*SAMPLE, new]).changes
    assert {name.partition("/")[0] for name in changes.removed} == {"search"}
    same = (SAMPLE[0], SAMPLE[3], new)  # decisions on the same organisation point to each other
    assert [name for name in _but_search(changes.written) if name.endswith(".html")] == sorted(
        [
            "data/index.html",
            *(f"decisions/{record.slug}.html" for record in same),
            "index.html",
            "lists/2026/03.html",
            "lists/2026/index.html",
            "lists/agencies/e787c66ff2.html",
            "lists/agencies/index.html",
            "lists/index.html",
            "lists/organisations/85ade81a7d.html",
            "lists/organisations/index.html",
            "lists/penalties/confiscate-income.html",
            "lists/penalties/fine.html",
            "lists/penalties/index.html",
            "lists/violations/7f81c6a858.html",
            "lists/violations/index.html",
            "search.html",
        ]
    )


def test_a_corrected_decision_touches_its_own_page_only(tmp_path: Path) -> None:
    old = published(1, on=date(2025, 1, 6))
    others = [*(published(n) for n in range(2, 14)), gone(20, Standing.WITHDRAWN)]
    build(tmp_path, [*others, old])
    note = CorrectionNote(date(2026, 4, 2), "更正了日期。")
    new = published(1, on=date(2025, 1, 6), corrections=(note,))
    changes = build(tmp_path, [*others, new]).changes
    assert _but_search(changes.written) == (
        f"api/v1/decisions/{new.slug}.json",
        "api/v1/index.json",
        "data/2025.csv",
        "data/2025.jsonl",
        "data/2025.xlsx",
        "data/index.json",
        f"decisions/{new.slug}.html",
        "sitemap.xml",
        "sitemaps/2025.xml",
    )


def _but_search(written: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in written if not name.startswith("search/"))


def test_what_left_the_projection_leaves_the_site(tmp_path: Path) -> None:
    build(tmp_path, SAMPLE)
    changes = build(tmp_path, SAMPLE[1:3]).changes
    assert f"decisions/{SAMPLE[0].slug}.html" in changes.removed
    assert not (tmp_path / "site" / "lists" / "2025").exists()
    build(tmp_path / "fresh", SAMPLE[1:3])
    assert tree(tmp_path / "site") == tree(tmp_path / "fresh" / "site")


def test_a_withdrawn_decision_leaves_nothing_but_its_notice(tmp_path: Path) -> None:
    build(tmp_path, [published(5), published(6)])
    assert any(b"\xe9\x9d\x92\xe7\x9f\xb3\xe6\xa1\xa5" in page for page in tree(tmp_path).values())
    build(tmp_path, [gone(5, Standing.WITHDRAWN), gone(6, Standing.WITHDRAWN)])
    for name, content in tree(tmp_path / "site").items():
        assert "青石桥" not in content.decode(errors="ignore"), name


def test_a_linked_release_is_not_changed_by_the_next_build(tmp_path: Path) -> None:
    build(tmp_path, SAMPLE)
    before = tree(tmp_path / "site")
    for path in before:
        (tmp_path / "release" / path).parent.mkdir(parents=True, exist_ok=True)
        os.link(tmp_path / "site" / path, tmp_path / "release" / path)
    other = settings_in(tmp_path, site=SiteIdentity(name="另一个站名", url=""))
    theme = tmp_path / "theme"
    (theme / "static").mkdir(parents=True)
    (theme / "static" / "site.css").write_text("body { color: black }")
    other = replace(other, folders=replace(other.folders, theme=theme))
    build(tmp_path, SAMPLE, other)
    assert tree(tmp_path / "release") == before
    assert tree(tmp_path / "site")["theme/site.css"] == b"body { color: black }"


def test_a_damaged_output_file_is_put_right(tmp_path: Path) -> None:
    build(tmp_path, SAMPLE)
    before = tree(tmp_path / "site")
    (tmp_path / "site" / "index.html").write_text("torn")
    (tmp_path / "site" / "stray.html").write_text("stray")
    (tmp_path / "site.build.sqlite").write_bytes(b"not a database at all, but long enough")
    build(tmp_path, SAMPLE)
    assert tree(tmp_path / "site") == before


def test_every_link_resolves_and_stays_on_the_site(site: Path) -> None:
    for name in tree(site):
        if not name.endswith(".html"):
            continue
        soup = BeautifulSoup((site / name).read_bytes(), "lxml")
        base = "https://zfj.example.gov.cn/gongshi/"
        for attribute, tag in (("href", "a"), ("href", "link"), ("src", True)):
            for element in soup.find_all(tag, **{attribute: True}):
                link = str(element[attribute])
                assert not urlsplit(link).scheme, f"{name}: {link}"
                target = urlsplit(urljoin(base + name, link))
                path = unquote(target.path).removeprefix("/gongshi/")
                assert (site / path).is_file(), f"{name}: {link}"
                if target.fragment and path == name:
                    assert soup.find(id=target.fragment), f"{name}: {link}"


def test_every_page_carries_the_meta_tags_of_a_government_site(site: Path) -> None:
    for name in tree(site):
        if name.endswith(".html"):
            soup = BeautifulSoup((site / name).read_bytes(), "lxml")
            names = {
                str(tag["name"]): str(tag["content"])
                for tag in soup.find_all("meta", {"name": True})
            }
            assert {"SiteName", "SiteDomain", "SiteIDCode"} <= names.keys(), name
            column = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
            article = {"ArticleTitle", "PubDate", "ContentSource"}
            assert column <= names.keys() or article <= names.keys(), name
            assert all(names.values()), name
            assert soup.html
            assert soup.html["lang"] == "zh-CN"
            assert len(soup.find_all("h1")) == 1, name


def test_the_publication_date_is_the_first_publication(tmp_path: Path) -> None:
    record = published(3, corrections=(CorrectionNote(date(2026, 9, 9), "更正。"),))
    build(tmp_path, [record])
    tag = page(tmp_path, record.slug).find("meta", {"name": "PubDate"})
    assert tag
    assert tag["content"] == f"{record.first_published_on} 00:00"


def test_an_unset_value_of_the_footer_is_left_out(tmp_path: Path) -> None:
    bare = settings_in(
        tmp_path,
        site=SiteIdentity(name="公示"),
        agency=Agency(name="某县某局"),
        footer=Footer(sponsor="某县某局"),
    )
    build(tmp_path, SAMPLE, bare)
    home = (tmp_path / "site" / "index.html").read_text()
    for word in (
        "SiteIDCode",
        "SiteDomain",
        "网站标识码",
        "ICP",
        "公安备案",
        "找错",
        "电话",
        "None",
    ):
        assert word not in home


def test_a_mask_says_its_kind_and_article(site: Path) -> None:
    soup = BeautifulSoup((site / f"decisions/{SAMPLE[0].slug}.html").read_bytes(), "lxml")
    masks = soup.select(".document .masked")
    assert len(masks) == 6
    said = [mask.select_one(".aside").get_text() for mask in masks]  # type: ignore[union-attr]
    assert (
        said[1] == "（此处隐去电话号码，依据《常山县综合行政执法局行政执法公示制度》第九条第一项）"
    )
    assert all("第九条" in text for text in said)
    legend = soup.select_one(".legend")
    assert legend
    assert "银行账号" in legend.get_text()
    assert "第九条第二项" in legend.get_text()


def test_a_natural_person_is_in_no_list_and_in_no_index(site: Path) -> None:
    own = f"decisions/{SAMPLE[1].slug}.html"
    for name, content in tree(site).items():
        assert ("郝运来" in content.decode(errors="ignore")) == (name == own), name
    robots = BeautifulSoup((site / own).read_bytes(), "lxml").find("meta", {"name": "robots"})
    assert robots
    assert "noindex" in str(robots["content"])
    company = f"decisions/{SAMPLE[0].slug}.html"
    assert b'name="robots"' not in (site / company).read_bytes()


def test_withdrawn_expired_and_suspended_say_different_things(site: Path) -> None:
    words = {"撤下": 4, "期满": 5, "暂停公示": 6}
    for word, index in words.items():
        main = page(site.parent, SAMPLE[index].slug).find("main")
        assert main
        for other in words:
            assert (other in main.get_text()) == (other == word), (word, other)
    withdrawals = (site / "withdrawals.html").read_text()
    assert SAMPLE[4].case_number in withdrawals
    assert SAMPLE[5].case_number not in withdrawals
    assert SAMPLE[6].case_number not in withdrawals


def test_an_empty_projection_gives_a_site_that_says_so(tmp_path: Path) -> None:
    build(tmp_path, [])
    for name in ("index.html", "lists/index.html", "withdrawals.html"):
        assert 'class="empty"' in (tmp_path / "site" / name).read_text()


def test_an_empty_column_bears_the_date_of_the_last_change(tmp_path: Path) -> None:
    build(tmp_path, [gone(5, Standing.EXPIRED)])
    assert '截至<time datetime="2026-06-02">' in (tmp_path / "site/withdrawals.html").read_text()


def test_a_full_month_is_cut_so_that_old_parts_stay(tmp_path: Path) -> None:
    on = date(2026, 5, 4)
    build(tmp_path, [published(n, on=on) for n in range(1, 261)])
    parts = sorted(path.name for path in (tmp_path / "site/lists/2026").iterdir())
    assert parts == ["05-1.html", "05-2.html", "05.html", "index.html"]
    new = published(999, on=date(2026, 5, 29))
    changes = build(tmp_path, [*(published(n, on=on) for n in range(1, 261)), new]).changes
    assert "lists/2026/05.html" in changes.written
    assert "lists/2026/05-1.html" not in changes.written
    assert "lists/2026/05-2.html" not in changes.written


@pytest.mark.parametrize(
    ("field", "said"),
    [("report_error_url", "我为政府网站找错"), ("institution_mark_url", "党政机关网站标识")],
)
def test_the_entries_that_a_government_site_must_have_are_linked_where_told(
    tmp_path: Path, field: str, said: str
) -> None:
    build(tmp_path, [])
    assert said not in (tmp_path / "site/index.html").read_text("utf-8")
    place = "https://mark.example.gov.cn/1"
    build(tmp_path, [], settings_in(tmp_path, footer=Footer(**{field: place})))
    soup = BeautifulSoup((tmp_path / "site/index.html").read_bytes(), "lxml")
    assert [link["href"] for link in soup.find_all("a", string=said)] == [place]


_OTHERWISE = {"report_error_url", "institution_mark_url", "lines"}
_SEARCH = {f"theme/search/{part}.js" for part in ("words", "index", "queries", "results", "page")}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}&lt;b&gt;"


def _hostile(cleared: ClearedDecision) -> ClearedDecision:
    run = (Run(HOSTILE), Run(HOSTILE, Category.PERSON, HOSTILE))
    party = replace(COMPANY, name=run, code=HOSTILE, representative=run)
    changed: dict[str, object] = dict.fromkeys(
        ("title", "violation_kind", "facts", "legal_basis", "penalty_text", "remark"), run
    )
    changed |= {"performance": run, "organ": HOSTILE, "organ_code": HOSTILE}
    changed |= {
        "case_number": HOSTILE,
        "parties": (party,),
        "masked": ((Category.PERSON, HOSTILE),),
    }
    blocks = tuple(
        replace(part, rows=tuple(tuple(run for _ in row) for row in part.rows))
        for part in cleared.document
    )
    return replace(cleared, document=blocks, **changed)  # type: ignore[arg-type]


def test_hostile_text_in_every_field_is_shown_as_text(tmp_path: Path) -> None:
    record = record_of(_hostile(decision(1)), (CorrectionNote(date(2026, 5, 5), HOSTILE),))
    notice = Notice(date(2026, 6, 1), HOSTILE, HOSTILE, HOSTILE)
    withdrawn = sealed(replace(gone(2, Standing.WITHDRAWN), notice=notice, case_number=HOSTILE))
    hostile = settings_in(
        tmp_path,
        site=SiteIdentity(name=HOSTILE, description=HOSTILE),
        agency=Agency(**{field.name: HOSTILE for field in fields(Agency)}),
        footer=Footer(
            **{f.name: HOSTILE for f in fields(Footer) if f.name not in _OTHERWISE},
            lines=(HOSTILE,),
        ),
        look=Look(words=dict.fromkeys(WORDS, HOSTILE)),
    )
    build(tmp_path, [record, withdrawn], hostile)
    seen = 0
    for name, content in tree(tmp_path / "site").items():
        if name.endswith(".html"):
            soup = BeautifulSoup(content, "lxml")
            own = {"theme/view.js"} | (_SEARCH if name == "search.html" else set())
            loaded = soup.select("script:not([type='application/ld+json']), img")
            assert {tag["src"].removeprefix(root_of(name)) for tag in loaded} == own, name
            assert not [
                tag for tag in soup.find_all(True) if any(a.startswith("on") for a in tag.attrs)
            ]
            assert "49" not in re.sub(r"\d{3,}", "", soup.get_text()), name
            seen += content.decode().count(str(html.escape("<script>")))
    assert seen > 60


def test_a_template_of_the_bureau_goes_before_the_delivered_one(tmp_path: Path) -> None:
    folder = tmp_path / "own" / "templates"
    folder.mkdir(parents=True)
    (folder / "_footer.html").write_text("<footer>自定页脚 {{ agency.name }}</footer>")
    own = settings_in(tmp_path)
    own = replace(own, folders=replace(own.folders, theme=tmp_path / "own"))
    build(tmp_path, SAMPLE)
    changes = build(tmp_path, SAMPLE, own).changes
    assert "自定页脚 常山县综合行政执法局" in (tmp_path / "site" / "index.html").read_text()
    assert len(changes.written) > len(SAMPLE)


def _content(tmp_path: Path, name: str, source: str) -> Path:
    folder = tmp_path / "content"
    shutil.copytree(bundled("content"), folder)
    (folder / name).write_text(source, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("没有标题的一页", "title"),
        ("Title: 甲\nSlug: index\n\n文", "同一地址：index.html"),
        ("Title: 甲\nSlug: ../../escape\n\n文", "page.md"),
        ("Title: 甲\nSlug: a\nOrder: 第一\n\n文", "Order"),
        ("Title: 甲\nSlug: a\nDate: 不是日期\n\n文", "page.md"),
    ],
    ids=["no-title", "taken-address", "escaping-address", "order", "date"],
)
def test_a_bad_hand_written_page_stops_the_build_with_one_line(
    tmp_path: Path, source: str, words: str
) -> None:
    settings = settings_in(tmp_path)
    folders = replace(settings.folders, content=_content(tmp_path, "page.md", source))
    with pytest.raises(BadSiteError) as caught:
        build(tmp_path, SAMPLE, replace(settings, folders=folders))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("missing", [("on-site.md",), ("agency", "basis", "procedure", "remedies")])
def test_a_stage_of_disclosure_without_a_page_stops_the_build(
    tmp_path: Path, missing: tuple[str, ...]
) -> None:
    folder = _content(tmp_path, "more.md", "Title: 甲\nSlug: more\nSection: 事后公示\n\n文")
    for name in missing:
        (folder / name).with_suffix(".md").unlink()
    settings = settings_in(tmp_path)
    folders = replace(settings.folders, content=folder)
    with pytest.raises(BadSiteError, match="Section: 事"):
        build(tmp_path, SAMPLE, replace(settings, folders=folders))


def test_a_broken_template_stops_the_build(tmp_path: Path) -> None:
    folder = tmp_path / "own" / "templates"
    folder.mkdir(parents=True)
    (folder / "decision.html").write_text("{{ no_such_value }}")
    own = settings_in(tmp_path)
    own = replace(own, folders=replace(own.folders, theme=tmp_path / "own"))
    with pytest.raises(BadSiteError, match="模板有误"):
        build(tmp_path, SAMPLE, own)
    build(tmp_path, SAMPLE)
    build(tmp_path / "fresh", SAMPLE)
    assert tree(tmp_path / "site") == tree(tmp_path / "fresh" / "site")


def test_a_plugin_that_does_not_register_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise ValueError

    monkeypatch.setattr("pipeline.site.plugin.register", refuse)
    with pytest.raises(BadSiteError, match="Cannot register plugin"):
        build(tmp_path, SAMPLE)


def test_pelican_leaves_no_trace_in_the_process(tmp_path: Path) -> None:
    before = (sys.path.copy(), locale.setlocale(locale.LC_ALL), type(logging.getLogger()))
    build(tmp_path, SAMPLE)
    after = (sys.path.copy(), locale.setlocale(locale.LC_ALL), type(logging.getLogger()))
    assert after == before
    logging.getLogger("another.program").error("an error elsewhere stops nothing")


def test_a_missing_projection_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(BadSiteError, match="rebuild"):
        build_site(settings_in(tmp_path), tmp_path / "none.sqlite", tmp_path / "site")


def test_pelican_alone_builds_the_same_site(tmp_path: Path) -> None:
    """``pelican content -s publishconf.py`` in an agency folder."""
    (tmp_path / "gongshi.yaml").write_text(
        "site: {name: 某县某局行政处罚公示}\nagency: {name: 某县某局}\n", encoding="utf-8"
    )
    publishconf = bundled("publishconf.py").read_text(encoding="utf-8")
    (tmp_path / "publishconf.py").write_text(publishconf, encoding="utf-8")
    project(tmp_path / "state" / "public.sqlite", SAMPLE)
    command = [sys.executable, "-m", "pelican", "content", "-s", "publishconf.py"]
    shutil.copytree(bundled("content"), tmp_path / "content")
    environment = {**os.environ, "PYTHONPATH": str(bundled("theme").parent)}
    done = subprocess.run(
        [*command, "--fatal", "errors"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    made = tmp_path.joinpath("state", "work", "site", "decisions", f"{SAMPLE[0].slug}.html")
    assert made.is_file()
    (tmp_path / "state" / "public.sqlite").unlink()
    failed = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert failed.returncode != 0


def test_no_page_mentions_a_person_in_its_address() -> None:
    record = published(1, party=PERSON)
    assert re.fullmatch(r"\d{4}/\d+-[0-9a-f]{10}", record.slug)
    assert record.decision
    assert record.decision.parties[0].kind is PartyKind.NATURAL_PERSON
    assert hashlib.sha256(record.key.encode()).hexdigest()[:10] in record.slug
    assert text("甲")[0].mask is None
