"""Three search engines on the same decisions, each in the browser: ours, Pagefind, SQLite FTS5.

``python -m benchmarks.search [N …]`` prints for each: seconds and memory to index, size, files,
what a query fetches, and how many of 200 queries are answered rightly. What is right is read
from the texts: the newest ten decisions that hold the words. Needs Chromium, ``playwright``, the
package ``pagefind[extended]``, and from npm ``sql.js-httpvfs``, which reads a database by ranges;
these are no part of the program, and an engine that is not installed is left out. Fetched bytes
are bodies, uncompressed as a plain server sends them.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.cost import Cost, run
from benchmarks.search_peers import ask_by_fts5, ask_by_pagefind
from benchmarks.search_questions import (
    Known,
    Question,
    Tally,
    in_browser,
    known,
    queries,
    size_of,
)
from benchmarks.search_texts import ROOT, project, synthetic
from pipeline.domain.public import Standing
from pipeline.projection.read import open_projection


def ours(projection: Path, folder: Path) -> Cost:
    """Make the index of the program itself."""
    return run(sys.executable, "-m", "benchmarks.search", "--ours", projection, folder)


def make_ours(projection: Path, folder: Path) -> None:
    """Write the index and its page; a process of its own, so that its memory can be read."""
    from pipeline.site.output import Output  # noqa: PLC0415 - only in the measured process
    from pipeline.site.search.index import index_blocks, index_files  # noqa: PLC0415
    from pipeline.site.search.texts import search_texts  # noqa: PLC0415

    output = Output(folder, folder.with_suffix(".state"))
    with open_projection(projection) as source:
        rows = tuple(source.rows(Standing.PUBLISHED))
        for file in index_files(source, index_blocks(rows), folder.with_suffix(".memory")):
            output.put(file.path, file.inputs, file.render)
        for text in search_texts(rows):
            output.put(text.path, text.inputs, partial(text.render, source))
    output.finish()


def compare(count: int, folder: Path) -> None:
    """Print the figures of all engines for so many decisions."""
    projection = folder / f"public-{count}.sqlite"
    if not projection.exists():
        project(synthetic(count, folder), projection)
    decisions = known(projection)
    asked = queries(decisions)
    print(f"{count} decisions, {len(asked)} queries")
    for name, engine in _ENGINES.items():
        target = folder / f"{name}-{count}"
        try:
            print(
                f"{name:10}", *engine(projection, decisions, asked, target), sep="\n  ", flush=True
            )
        except ImportError as missing:
            print(f"{name:10} left out: {missing}")


ASK_OURS = """async (words) => {
  const status = document.getElementById('search-status');
  document.getElementById('q').value = words;
  const start = performance.now();
  document.getElementById('search').requestSubmit();
  const results = document.getElementById('search-results');
  const more = document.getElementById('search-more');
  const done = async () => {
    while (status.textContent.startsWith('正在') || results.hasAttribute('aria-busy')) {
      await new Promise(r => setTimeout(r, 1));
    }
  };
  await done();
  while (!more.hidden && results.querySelectorAll('.entry-link').length < 10) {
    more.click();
    await done();
  }
  const links = [...document.querySelectorAll('#search-results .entry-link')];
  return [performance.now() - start, links.map(a => a.pathname)];
}"""


def _ours(
    projection: Path, _: list[Known], asked: list[Question], target: Path
) -> Iterator[object]:
    yield f"first index  {ours(projection, target)}"
    yield f"unchanged    {ours(projection, target)}"
    yield size_of(target / "search")
    tally = ask_ours(asked, target)
    yield f"{tally} {tally.wrong[:5]}"


def ask_ours(asked: list[Question], target: Path) -> Tally:
    """Ask the program's own index in ``target``, as a reader does: in a browser."""
    shutil.copytree(ROOT / "theme" / "static", target / "theme", dirs_exist_ok=True)
    (target / "search.html").write_text(_page(), "utf-8")
    ready = "() => new Promise(r => setTimeout(r, 100))"
    return in_browser(target, "search.html", ready, ASK_OURS, asked)


def _page() -> str:
    """Return the search page without what stands around it."""
    parts = ("words", "index", "queries", "results", "page")
    scripts = "".join(f'<script src="theme/search/{part}.js" defer></script>' for part in parts)
    fields = "".join(
        f'<input name="{name}">' for name in ("year", "violation", "penalty", "amount")
    )
    return (
        f'<!doctype html><meta charset="utf-8">{scripts}'
        f'<form id="search" data-root=""><input id="q" name="q">{fields}<details></details></form>'
        '<p id="search-status"></p><section id="search-results"></section>'
        '<button id="search-more" hidden></button>'
    )


_ENGINES: dict[str, Callable[[Path, list[Known], list[Question], Path], Iterator[object]]] = {
    "ours": _ours,
    "pagefind": ask_by_pagefind,
    "fts5": ask_by_fts5,
}


def main() -> None:
    """Compare for the numbers of the command line."""
    if sys.argv[1:2] == ["--ours"]:
        make_ours(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    with tempfile.TemporaryDirectory() as folder:
        for count in map(int, sys.argv[1:] or ["1000", "10000"]):
            compare(count, Path(folder))


if __name__ == "__main__":
    main()
