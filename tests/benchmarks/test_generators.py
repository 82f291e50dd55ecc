"""The other generators render every finished page whole: a race against less work is none."""

from pathlib import Path

import pytest

from benchmarks.cost import run
from benchmarks.generators import GENERATORS, finished, lay_out

PAGES = {
    "2024/1-a": ("甲公司“乱堆”案 & 其他", "<p>{{ 3 }} 处，{% 注意 %}“引号”和 \\ 斜线。</p>"),
    "2025/2-b": ("乙店案", "<h1>决定书</h1>\n<p>罚款 200 元。</p>"),
}  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for place, (title, body) in PAGES.items():
        page = tmp_path / "site" / "decisions" / f"{place}.html"
        page.parent.mkdir(parents=True)
        escaped = title.replace("&", "&amp;")
        page.write_text(
            f"<html><head><title>{escaped}</title></head><body><nav>导航</nav>"
            f'<main id="main">{body}</main></body></html>',
            "utf-8",
        )
    return tmp_path / "site"


def test_the_body_of_a_page_is_taken_without_what_stands_around_it(site: Path) -> None:
    found = {page.place: page for page in finished(site)}
    assert found.keys() == {f"decisions/{place}" for place in PAGES}
    page = found["decisions/2024/1-a"]
    assert page.title == "甲公司“乱堆”案 & 其他"
    assert page.main.startswith('<main id="main"><p>{{ 3')
    assert "导航" not in page.main


@pytest.mark.parametrize("task", GENERATORS)
def test_every_page_is_rendered_whole(task: str, site: Path, tmp_path: Path) -> None:
    generator = GENERATORS[task]
    if generator.version() is None:
        pytest.skip(f"{generator.name} 没有安装")
    source, built = tmp_path / "source", tmp_path / "built"
    assert lay_out(generator, site, source) == len(PAGES)
    run(*generator.command(source, built), folder=source)
    for place, (_, body) in PAGES.items():
        (page,) = (
            (built / "decisions").glob(f"{place}*/index.html")
            if (built / "decisions" / place).is_dir()
            else [built / "decisions" / f"{place}.html"]
        )
        text = page.read_text("utf-8")
        assert body in text
        assert "<header>公示</header>" in text
