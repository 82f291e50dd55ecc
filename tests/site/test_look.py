"""Two bureaus with looks of their own, on a site made by a real Pelican run."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from pipeline.domain.faults import BadSiteError
from pipeline.settings import Corrections, Settings
from pipeline.settings.look.read import read_look
from pipeline.settings.look.words import WORDS
from tests.settings.pictures import DRAWING, SVG, png
from tests.site.builders import SAMPLE, build, settings_in

FORM_SERVICE = "https://forms.example.gov.cn/gengzheng"
RED = {"light": {"brand": "#b31217", "rule": "#f2c14e"}}
GREEN = {"light": {"brand": "#1b6b3a"}}


def dressed(root: Path, look: Mapping[str, object], *, post_to: str = "") -> Settings:
    (root / "a.png").write_bytes(png())
    (root / "a.svg").write_text(SVG.format(DRAWING))
    read, faults = read_look({"look": look}, root)
    assert faults == ()
    return settings_in(root, look=read, corrections=Corrections(post_to=post_to))


def page(root: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((root / "site" / name).read_bytes(), "lxml")


def csp_of(soup: BeautifulSoup) -> str:
    tag = soup.find("meta", {"http-equiv": "Content-Security-Policy"})
    assert tag
    return str(tag["content"])


def test_other_colours_rewrite_the_style_sheet_and_the_icon_and_no_page(tmp_path: Path) -> None:
    build(tmp_path, SAMPLE, dressed(tmp_path, RED))
    icon = (tmp_path / "site/theme/icon.svg").read_text()
    assert "#b31217" in icon
    assert "#16406b" not in icon
    changes = build(tmp_path, SAMPLE, dressed(tmp_path, GREEN)).changes
    assert changes.written == ("theme/icon.svg", "theme/look.css")
    assert "#1b6b3a" in (tmp_path / "site/theme/look.css").read_text()
    build(tmp_path, SAMPLE)
    assert not (tmp_path / "site/theme/look.css").exists()
    assert "look.css" not in (tmp_path / "site/index.html").read_text()


@pytest.mark.parametrize("name", ["a.svg", "a.png"])
def test_the_emblem_stands_in_the_header_of_every_page(tmp_path: Path, name: str) -> None:
    build(tmp_path, SAMPLE, dressed(tmp_path, {"emblem": name}))
    place = f"theme/emblem{Path(name).suffix}"
    assert (tmp_path / "site" / place).is_file()
    for path in ("index.html", "correction.html", f"decisions/{SAMPLE[0].slug}.html"):
        image = page(tmp_path, path).select_one("header .brand img")
        assert image
        assert image["src"] == "../" * path.count("/") + place
        assert image["alt"] == "常山县综合行政执法局标志"
        assert (image["width"], image["height"]) == ("96", "48")
    other = dressed(tmp_path, {"emblem": name, "emblem_text": '"县局" <徽标>'})
    build(tmp_path, SAMPLE, other)
    image = page(tmp_path, "index.html").select_one("header .brand img")
    assert image
    assert image["alt"] == '"县局" <徽标>'


def test_every_word_that_can_be_set_is_shown_and_the_delivered_one_is_gone(tmp_path: Path) -> None:
    words = {key: f"{{agency}}{number}" for number, key in enumerate(WORDS, 1)}
    read, _ = read_look({}, tmp_path)
    build(tmp_path, SAMPLE, settings_in(tmp_path, look=replace(read, words=words)))
    paths = ("index.html", "lists/index.html", "statistics/index.html", "beforehand.html")
    shown = {path: page(tmp_path, path) for path in (*paths, "sitemap.html", "lists/2026/03.html")}
    home = shown["index.html"].get_text()
    for number in range(1, len(WORDS) + 1):
        assert f"常山县综合行政执法局{number}" in home
    for path, key in zip(paths[1:], ("decisions", "statistics", "beforehand"), strict=True):
        own = words[key].replace("{agency}", "常山县综合行政执法局")
        heading = shown[path].find("h1")
        assert heading
        assert heading.get_text() == own
        assert own in str(shown[path].title)
        assert own in shown["sitemap.html"].get_text()
    crumbs = [each.get_text() for each in shown["lists/2026/03.html"].select(".crumbs a")]
    assert crumbs[:2] == ["常山县综合行政执法局1", "常山县综合行政执法局3"]
    for path, soup in shown.items():
        for key in ("beforehand", "decisions", "statistics", "large", "sponsor"):
            links = [each.get_text() for each in soup.select("a, dt, h1")]
            stages = path == "sitemap.html" and key == "beforehand"
            assert stages or WORDS[key].text not in links, (path, key)


def test_lines_of_the_footer_are_shown_as_text(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    lines = ("承办单位：某某县大数据中心", "<b>第二行</b>")
    build(tmp_path, SAMPLE, replace(settings, footer=replace(settings.footer, lines=lines)))
    assert [each.get_text() for each in page(tmp_path, "index.html").select(".bottom-line")] == [
        *lines
    ]


def test_only_the_correction_page_may_post_and_only_to_the_form_service(tmp_path: Path) -> None:
    build(tmp_path, SAMPLE, dressed(tmp_path, {}, post_to=FORM_SERVICE))
    for path in sorted((tmp_path / "site").rglob("*.html")):
        soup = BeautifulSoup(path.read_bytes(), "lxml")
        widened = "https://forms.example.gov.cn" in csp_of(soup)
        assert widened == (path.name == "correction.html"), path
        assert bool(soup.select('form[method="post"]')) == widened, path
    soup = page(tmp_path, "correction.html")
    assert csp_of(soup).endswith("form-action 'self' https://forms.example.gov.cn")
    form = soup.select_one("form.post-form")
    assert form
    assert form["action"] == FORM_SERVICE
    assert "不要写身份证件号码" in form.get_text()
    assert "同意常山县综合行政执法局为办理这件申请使用" in form.get_text()
    labelled = {str(label["for"]) for label in form.select("label")}
    fields = form.select("input, textarea")
    assert {str(field["id"]) for field in fields} == labelled
    needed = {str(field["name"]) for field in fields if field.has_attr("required")}
    assert needed == {"kind", "applicant", "contact", "case_number", "wrong", "agreed"}
    assert page(tmp_path, "correction-form.html").select('a[href="correction.html#online"]')


def test_without_a_form_service_no_page_posts_anything(tmp_path: Path) -> None:
    build(tmp_path, SAMPLE)
    for path in (tmp_path / "site").rglob("*.html"):
        text = path.read_text()
        assert 'method="post"' not in text
        assert "#online" not in text


def test_a_form_with_no_page_to_stand_on_stops_the_build(tmp_path: Path) -> None:
    settings = dressed(tmp_path, {}, post_to=FORM_SERVICE)
    content = tmp_path / "content"
    content.mkdir()
    for file in settings.folders.content.glob("*.md"):
        if file.name != "correction.md":
            (content / file.name).write_bytes(file.read_bytes())
    settings = replace(settings, folders=replace(settings.folders, content=content))
    with pytest.raises(BadSiteError, match=r"correction\.md"):
        build(tmp_path, SAMPLE, settings)


def test_a_folder_may_override_one_block_of_one_page(tmp_path: Path) -> None:
    templates = tmp_path / "own" / "templates"
    templates.mkdir(parents=True)
    (templates / "index.html").write_text(
        '{% extends "!theme/index.html" %}{% block scope %}<p id="own">{{ agency.name }}</p>'
        "{% endblock %}"
    )
    build(tmp_path, SAMPLE)
    before = page(tmp_path, "index.html")
    settings = settings_in(tmp_path)
    settings = replace(settings, folders=replace(settings.folders, theme=tmp_path / "own"))
    build(tmp_path, SAMPLE, settings)
    after = page(tmp_path, "index.html")
    own, scope = after.select_one("#own"), before.select_one("section.scope")
    assert own
    assert scope
    assert own.get_text() == "常山县综合行政执法局"
    own.extract()
    scope.extract()
    assert after.get_text().split() == before.get_text().split()
    assert page(tmp_path, "lists/index.html").select_one("h1")


def test_an_icon_of_the_override_folder_keeps_its_own_colours(tmp_path: Path) -> None:
    static = tmp_path / "own" / "static"
    static.mkdir(parents=True)
    (static / "icon.svg").write_text(SVG.format(DRAWING))
    settings = dressed(tmp_path, GREEN)
    settings = replace(settings, folders=replace(settings.folders, theme=tmp_path / "own"))
    build(tmp_path, SAMPLE, settings)
    assert (tmp_path / "site/theme/icon.svg").read_text() == SVG.format(DRAWING)
