"""Three site generators that render finished pages: Hugo, stock Pelican, Eleventy.

Each gets the same pages of decisions as content in its own form, puts them into the same bare
layout, and lists them on one page. Nothing else is asked of them: no feeds, no themes, no
conversion of Markdown. One that is not installed is left out.
"""

import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pelican

ELEVENTY = Path("build/peers/node_modules/@11ty/eleventy").resolve()
"""Where ``make bench`` installs Eleventy."""

_MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_LAYOUT = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{title}</title></head>
<body><header>公示</header>{content}<footer>主办单位</footer></body></html>
"""


@dataclass(frozen=True, slots=True)
class Page:
    """One finished page: its place without suffix, its title and its ``<main>``."""

    place: str
    title: str
    main: str


@dataclass(frozen=True, slots=True)
class Generator:
    """A program that renders a site.

    ``version`` returns what it calls itself, ``None`` where it is not installed; ``lay`` writes
    its layouts and settings into a folder; ``article`` returns the file of a page below
    ``content``; ``command`` builds that folder into another one.
    """

    name: str
    version: Callable[[], str | None]
    lay: Callable[[Path], None]
    article: Callable[[Page], str]
    command: Callable[[Path, Path], Sequence[str | Path]]


def finished(site: Path) -> Iterator[Page]:
    """Yield the pages of decisions of a built site."""
    for file in sorted((site / "decisions").rglob("*.html")):
        text = file.read_text("utf-8")
        main, title = _MAIN.search(text), _TITLE.search(text)
        if main and title:
            place = file.relative_to(site).with_suffix("").as_posix()
            yield Page(place, html.unescape(title[1]), main[0])


def lay_out(generator: Generator, site: Path, source: Path) -> int:
    """Write the source of a site for ``generator``; return how many pages it has."""
    source.mkdir(parents=True)
    generator.lay(source)
    count = 0
    for count, page in enumerate(finished(site), 1):  # noqa: B007 - counted
        target = source / "content" / f"{page.place}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(generator.article(page), "utf-8")
    return count


def _write(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.html").write_text(text, "utf-8")


def _quoted(text: str) -> str:
    """Return text as a string that JSON, YAML and TOML read alike."""
    return json.dumps(text, ensure_ascii=False)


def _hugo_version() -> str | None:
    if not shutil.which("hugo"):
        return None
    told = subprocess.run(["hugo", "version"], capture_output=True, text=True, check=True).stdout
    return "Hugo " + told.split()[1].lstrip("v").split("-")[0].split("+")[0]


def _hugo_layout(source: Path) -> None:
    listed = '{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}'
    _write(
        source / "layouts" / "_default",
        single=_LAYOUT.format(title="{{ .Title }}", content="{{ .Content }}"),
        list=_LAYOUT.format(title="{{ .Title }}", content=listed),
    )
    (source / "hugo.toml").write_text(
        'baseURL = "https://example.gov.cn/"\ntitle = "公示"\ndisableKinds = ["taxonomy", "term",'
        ' "RSS", "sitemap"]\n',
        "utf-8",
    )


def _pelican_layout(source: Path) -> None:
    listed = '{% for a in articles %}<a href="{{ a.url }}">{{ a.title }}</a> {% endfor %}'
    _write(
        source / "bare" / "templates",
        article=_LAYOUT.format(title="{{ article.title }}", content="{{ article.content }}"),
        index=_LAYOUT.format(title="公示", content=listed),
    )
    (source / "pelicanconf.py").write_text(
        'SITENAME = "公示"\nTIMEZONE = "Asia/Shanghai"\nPATH = "content"\nTHEME = "bare"\n'
        'DEFAULT_DATE = (2026, 11, 20)\nDIRECT_TEMPLATES = ["index"]\nSTATIC_PATHS = []\n'
        'ARTICLE_URL = ARTICLE_SAVE_AS = "{slug}.html"\n'
        'AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""\n'
        "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None\n"
        "AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None\n",
        "utf-8",
    )


def _pelican_article(page: Page) -> str:
    return (
        f'<html><head><title>{html.escape(page.title)}</title><meta name="slug"'
        f' content="{page.place}"></head><body>{page.main}</body></html>'
    )


def _eleventy_version() -> str | None:
    about = ELEVENTY / "package.json"
    if not about.exists() or not shutil.which("node"):
        return None
    return "Eleventy " + json.loads(about.read_text("utf-8"))["version"]


def _eleventy_layout(source: Path) -> None:
    listed = (
        '{% for p in collections.all %}<a href="{{ p.url }}">{{ p.data.title }}</a> {% endfor %}'
    )
    _write(
        source / "content" / "_includes",
        single=_LAYOUT.format(title="{{ title }}", content="{{ content }}"),
    )
    _write(
        source / "content",
        index="---\neleventyExcludeFromCollections: true\n---\n"
        + _LAYOUT.format(title="公示", content=listed),
    )
    (source / "content" / "decisions").mkdir()
    (source / "content" / "decisions" / "decisions.json").write_text(
        '{"layout": "single.html", "templateEngineOverride": "html"}\n', "utf-8"
    )


GENERATORS = {
    "hugo": Generator(
        "Hugo",
        _hugo_version,
        _hugo_layout,
        lambda page: f"+++\ntitle = {_quoted(page.title)}\n+++\n{page.main}",
        lambda source, built: ("hugo", "--quiet", "--source", source, "--destination", built),
    ),
    "pelican": Generator(
        "Pelican",
        lambda: f"Pelican {pelican.__version__}",
        _pelican_layout,
        _pelican_article,
        lambda source, built: (
            *(sys.executable, "-m", "pelican", "--quiet"),
            *("--settings", source / "pelicanconf.py", "--output", built),
        ),
    ),
    "eleventy": Generator(
        "Eleventy",
        _eleventy_version,
        _eleventy_layout,
        lambda page: f"---\ntitle: {_quoted(page.title)}\n---\n{page.main}",
        lambda _, built: (
            *("node", ELEVENTY / "cmd.cjs", "--quiet"),
            *("--input=content", f"--output={built}"),
        ),
    ),
}
