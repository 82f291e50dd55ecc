"""Pagefind, and SQLite FTS5 in the browser, which reads the file by ranges."""

import re
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from pathlib import Path

from benchmarks.cost import run
from benchmarks.ranges import serve_ranges
from benchmarks.search_questions import Known, Question, in_browser, size_of
from benchmarks.search_texts import ROOT

PAGE = 4096
"""Bytes of a page of the database; so much at least is fetched at once."""


def pages(decisions: list[Known], folder: Path) -> None:
    """Write the same decisions as pages for Pagefind."""
    for each in decisions:
        target = folder / "decisions" / f"{each.slug}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        body = "".join(f"<p>{escape(line)}</p>" for line in each.text.split("\n"))
        target.write_text(
            f'<html lang="zh"><body data-pagefind-body data-pagefind-sort="date:{each.date}">'
            f"<h1>{escape(each.number)}</h1>{body}</body></html>",
            "utf-8",
        )


def fts5(decisions: list[Known], target: Path) -> None:
    """Write a table of bigrams without their texts, in pages of the size of a range."""
    target.unlink(missing_ok=True)
    connection = sqlite3.connect(target)
    connection.executescript(
        f"pragma page_size={PAGE}; pragma journal_mode=delete;"
        "create virtual table t using fts5(x, content='', detail=full);"
        "create table decision(slug text)"
    )
    oldest_first = decisions[::-1]
    connection.executemany(
        "insert into t(rowid, x) values (?, ?)",
        ((number, _bigrams(each.text)) for number, each in enumerate(oldest_first, 1)),
    )
    connection.executemany("insert into decision values (?)", ((e.slug,) for e in oldest_first))
    connection.execute("insert into t(t) values ('optimize')")
    connection.commit()
    connection.execute("vacuum")
    connection.close()


def _bigrams(text: str) -> str:
    words = re.findall(r"[a-z0-9]+|[^\W_a-z0-9]+", text.lower())
    return " ".join(
        word if word.isascii() or len(word) == 1 else " ".join(map("".join, pairwise(word)))
        for word in words
    )


READY_PAGEFIND = """async () => {
  window.pagefind = await import('./pagefind/pagefind.js');
  await window.pagefind.init();
}"""

ASK_PAGEFIND = """async (words) => {
  const start = performance.now();
  const found = await window.pagefind.search(`"${words}"`, { sort: { date: 'desc' } });
  const shown = await Promise.all(found.results.slice(0, 10).map(r => r.data()));
  return [performance.now() - start, shown.map(d => d.url)];
}"""


def ask_by_pagefind(
    _: Path, decisions: list[Known], asked: list[Question], target: Path
) -> Iterator[object]:
    import pagefind  # noqa: F401, PLC0415 - asked whether it is there

    command = (sys.executable, "-m", "pagefind", "--site", target)
    pages(decisions, target)
    yield f"first index  {run(*command)}"
    yield f"unchanged    {run(*command)}"
    yield size_of(target / "pagefind")
    (target / "find.html").write_text('<!doctype html><html lang="zh">', "utf-8")
    tally = in_browser(target, "find.html", READY_PAGEFIND, ASK_PAGEFIND, asked)
    yield f"{tally} {tally.wrong[:5]}"


_READER = ROOT / "build" / "page-tools" / "node_modules" / "sql.js-httpvfs" / "dist"
_READY_FTS5 = """async () => {
  const at = (name) => new URL(name, location.href).href;
  const config = { serverMode: 'full', url: at('db/t.sqlite'), requestChunkSize: PAGE };
  window.reader = await createDbWorker(
    [{ from: 'inline', config }], at('reader/sqlite.worker.js'), at('reader/sql-wasm.wasm'));
}""".replace("PAGE", str(PAGE))
_ASK_FTS5 = """async (words) => {
  const start = performance.now();
  const rows = await window.reader.db.query(
    `select slug from t join decision on decision.rowid = t.rowid
     where x match ? order by t.rowid desc limit 10`, [words]);
  return [performance.now() - start, rows.map((row) => `decisions/${row.slug}.html`)];
}"""


def ask_by_fts5(
    _: Path, decisions: list[Known], asked: list[Question], target: Path
) -> Iterator[object]:
    """Yield the lines for FTS5; raises ``ImportError`` where its reader is not installed."""
    if not _READER.exists():
        raise ImportError("npm install --prefix build/page-tools sql.js-httpvfs@0.8.12")
    shutil.copytree(_READER, target / "reader", dirs_exist_ok=True)
    (target / "find.html").write_text('<script src="reader/index.js"></script>', "utf-8")
    file = target / "db" / "t.sqlite"
    file.parent.mkdir(exist_ok=True)
    start = time.process_time()
    fts5(decisions, file)
    yield f"first index  {time.process_time() - start:8.2f} s CPU; a change rewrites the file"
    yield size_of(file.parent)
    phrases = [(f'"{_bigrams(words)}"', answers) for words, answers in asked]
    tally = in_browser(target, "find.html", _READY_FTS5, _ASK_FTS5, phrases, serve_ranges)
    yield f"{tally} {tally.wrong[:5]}; before that the reader itself, {size_of(target / 'reader')}"
