"""Everything that is measured with so many decisions, one after the other."""

import os
import shutil
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import median

from benchmarks import gate, nights
from benchmarks.cost import run
from benchmarks.generators import GENERATORS, Generator, lay_out
from benchmarks.results import Notebook, Values
from benchmarks.search import ask_ours, ours
from benchmarks.search_questions import known, queries

GATED = 1_000
"""Up to so many decisions the leak gate is measured apart: what it does to a file is alike."""

ASKED = 10_000
"""From so many decisions on, search is asked all questions; below, every fourth."""


def measure(count: int, place: Path, notebook: Notebook) -> None:
    """Write down all figures for ``count`` decisions; ``place`` is an empty folder."""
    agency = place / "agency"
    notebook.measure("first", lambda: nights.first(agency, count))
    notebook.measure("workers", lambda: _together(agency, place / "together", count))
    for task, generator in GENERATORS.items():
        if version := generator.version():
            notebook.measure(task, partial(_rendered, generator, agency, place), tool=version)
    if count <= GATED:
        notebook.measure("gate", lambda: gate.measure(count))
    notebook.measure("search", lambda: _searched(agency, place / "search", count))
    for night in nights.NIGHTS:
        notebook.measure(night, partial(nights.later, agency, count, night))


def _together(alone: Path, agency: Path, count: int) -> Values:
    """Return what the first night costs with a process for each core, and whether it is the same.

    ``alone`` is the agency that lived the same night with one process.
    """
    values = nights.first(agency, count, *nights.TOGETHER)
    same = _contents(nights.site_of(alone)) == _contents(nights.site_of(agency))
    shutil.rmtree(agency)
    return {**values, "processes": os.cpu_count() or 1, "same": int(same)}


def _contents(site: Path) -> Mapping[str, bytes]:
    """Return the digest of every file of a site, by its place."""
    return {
        file.relative_to(site).as_posix(): sha256(file.read_bytes()).digest()
        for file in site.rglob("*")
        if file.is_file()
    }


def _rendered(generator: Generator, agency: Path, place: Path) -> Values:
    """Return what it costs another program to render the finished pages of an agency."""
    source, built = place / "source", place / "built"
    pages = lay_out(generator, nights.site_of(agency), source)
    cost = run(*generator.command(source, built), folder=source)
    rendered = sum(1 for _ in (built / "decisions").rglob("*.html"))
    if not 0 < pages <= rendered:
        raise ValueError(f"{generator.name}: {rendered} of {pages} pages")
    shutil.rmtree(source)
    shutil.rmtree(built)
    return {**nights.figures(cost), "pages": pages}


def _searched(agency: Path, target: Path, count: int) -> Mapping[str, float]:
    """Return what the search index of an agency costs, holds, and answers."""
    projection = agency / "state" / "public.sqlite"
    made, unchanged = ours(projection, target), ours(projection, target)
    sizes = [file.stat().st_size for file in (target / "search").rglob("*") if file.is_file()]
    asked = queries(known(projection))[:: 1 if count >= ASKED else 4]
    tally = ask_ours(asked, target)
    shutil.rmtree(target)
    return {
        "cpu": made.cpu,
        "memory": made.memory,
        "cpu unchanged": unchanged.cpu,
        "files": len(sizes),
        "MB": sum(sizes) / 2**20,
        "asked": len(asked),
        "right": tally.right,
        "kB": median(tally.fetched) / 1024,
        "most kB": max(tally.fetched) / 1024,
        "ms": median(tally.took) * 1000,
    }
