"""Pagefind, and SQLite FTS5 as a browser would read it by ranges."""

import re
import sys
import time
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from pathlib import Path

from benchmarks.cost import run
from benchmarks.search_questions import (
    SHOWN,
    Known,
    Question,
    Tally,
    in_browser,
    judge,
    size_of,
)

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
    """Write a table of bigrams, contentless, in pages of 4 kB: what range requests would read."""
    import apsw  # noqa: PLC0415 - no part of the program

    connection = apsw.Connection(str(target))
    connection.execute(f"pragma page_size={PAGE}; pragma journal_mode=off")
    connection.execute("create virtual table t using fts5(x, content='', detail=full)")
    with connection:
        for number, each in enumerate(reversed(decisions), 1):
            connection.execute(
                "insert into t(rowid, x) values (?, ?)", (number, _bigrams(each.text))
            )
    connection.execute("insert into t(t) values ('optimize'); vacuum")
    connection.close()


def _bigrams(text: str) -> str:
    words = re.findall(r"[a-z0-9]+|[^\W_a-z0-9]+", text.lower())
    return " ".join(
        word if word.isascii() or len(word) == 1 else " ".join(map("".join, pairwise(word)))
        for word in words
    )


def answer_fts5(decisions: list[Known], asked: list[Question], file: Path) -> Tally:
    """Answer by bigram phrases, newest first, counting the pages that are read."""
    import apsw  # noqa: PLC0415

    read: set[int] = set()

    class Counted(apsw.VFSFile):
        def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802 - SQLite's name
            read.update(range(offset // PAGE, (offset + amount - 1) // PAGE + 1))
            return super().xRead(amount, offset)

    class Counting(apsw.VFS):
        def __init__(self) -> None:
            super().__init__("counting", "")

        def xOpen(self, name: object, flags: list[int]) -> Counted:  # noqa: N802
            return Counted("", name, flags)

    vfs = Counting()
    tally = Tally()
    oldest_first = decisions[::-1]
    for words, answers in asked:
        read.clear()
        start = time.perf_counter()
        connection = apsw.Connection(
            str(file), vfs=vfs.vfs_name if hasattr(vfs, "vfs_name") else "counting"
        )
        connection.execute("pragma cache_size=-200000; pragma mmap_size=0")
        found = connection.execute(
            "select rowid from t where x match ? order by rowid desc limit ?",
            (f'"{_bigrams(words)}"', SHOWN),
        ).fetchall()
        connection.close()
        tally.took.append(time.perf_counter() - start)
        tally.fetched.append(len(read) * PAGE)
        judge(tally, words, [oldest_first[n - 1].slug for (n,) in found], answers, newest=True)
    return tally


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


def ask_by_fts5(
    _: Path, decisions: list[Known], asked: list[Question], target: Path
) -> Iterator[object]:
    import apsw  # noqa: F401, PLC0415 - asked whether it is there

    target.mkdir(exist_ok=True)
    start = time.process_time()
    file = target / "t.sqlite"
    file.unlink(missing_ok=True)
    fts5(decisions, file)
    yield f"first index  {time.process_time() - start:8.2f} s CPU; a change rewrites the file"
    yield size_of(target)
    tally = answer_fts5(decisions, asked, file)
    yield f"{tally} {tally.wrong[:5]} (read on this machine, not in a browser)"
