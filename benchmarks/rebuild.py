"""The whole rebuild, first night and others, beside Hugo that only renders the finished pages.

``python -m benchmarks.rebuild [N …]`` prints wall seconds, user seconds and peak memory of each
whole process, and the ratio to Hugo in the same run. Hugo is left out where it is not installed.
"""

import html
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.cost import Cost, run

ROOT = Path(__file__).resolve().parents[1]
DAY = "2026-11-20"
_MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_LAYOUT = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{{ .Title }}</title></head>
<body><header>公示</header>%s<footer>主办单位</footer></body></html>
"""
_LIST = """<ul>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>"""


def agency(folder: Path, count: int) -> None:
    """Make an agency's folder with ``count`` synthetic decisions."""
    gongshi(".", "init", folder, "--name", "常山县综合行政执法局")
    target = folder / "exports" / "synthetic.jsonl"
    run(sys.executable, ROOT / "examples" / "synthetic.py", str(count), "1", target)


def change_some(folder: Path) -> int:
    """Change one in a hundred of the agency's decisions; return how many."""
    export = folder / "exports" / "synthetic.jsonl"
    lines = export.read_text("utf-8").splitlines()
    some = range(0, len(lines), 100)
    for index in some:
        said = json.loads(lines[index])
        said["document_text"] += "\n另查明，当事人已经停止违法行为。"
        lines[index] = json.dumps(said, ensure_ascii=False)
    export.write_text("\n".join(lines) + "\n", "utf-8")
    return len(some)


def gongshi(folder: Path | str, *words: str | Path) -> Cost:
    """Run the program on an agency's folder."""
    return run(sys.executable, "-m", "pipeline", "--folder", folder, *words)


def hugo_source(site: Path, source: Path) -> None:
    """Write the finished pages of ``site`` as the content of a Hugo site."""
    layouts = source / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (layouts / "single.html").write_text(_LAYOUT % "{{ .Content }}", "utf-8")
    (layouts / "list.html").write_text(_LAYOUT % _LIST, "utf-8")
    (source / "hugo.toml").write_text(
        'baseURL = "https://example.gov.cn/"\ntitle = "公示"\n', "utf-8"
    )
    for page in (site / "decisions").rglob("*.html"):
        text = page.read_text("utf-8")
        main, title = _MAIN.search(text), _TITLE.search(text)
        target = source / "content" / page.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        name = html.unescape(title[1]).replace('"', "”") if title else page.stem
        body = main[0] if main else ""
        target.write_text(f'+++\ntitle = "{name}"\n+++\n{body}', "utf-8")


def measure(count: int) -> None:
    """Print the figures for ``count`` decisions."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "agency"
        agency(folder, count)
        first = gongshi(folder, "rebuild", "--today", DAY)
        second = gongshi(folder, "rebuild", "--today", DAY)
        changed = change_some(folder)
        third = gongshi(folder, "rebuild", "--today", DAY)
        print(f"{count} 件 首次   {first}  {count / first.wall:7.0f} 件/秒")
        print(f"{count} 件 无变化 {second}  {second.cpu / first.cpu:.3f} 倍首次")
        print(f"{count} 件 改 {changed} 件 {third}  {third.cpu / first.cpu:.3f} 倍首次")
        if shutil.which("hugo"):
            source = Path(place) / "hugo"
            hugo_source(folder / "site" / "current", source)
            built = Path(place) / "built"
            peer = run("hugo", "--quiet", "--source", source, "--destination", built)
            print(f"{count} 件 Hugo   {peer}  首次为其 {first.wall / peer.wall:.2f} 倍")


def main() -> None:
    """Measure each size that was asked for; 1,000 and 10,000 by default."""
    for count in map(int, sys.argv[1:] or ("1000", "10000")):
        measure(count)


if __name__ == "__main__":
    main()
