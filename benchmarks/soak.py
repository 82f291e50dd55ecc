"""The nights of very large agencies, in a folder that outlives an interruption."""

import shutil
import sys
from functools import partial
from pathlib import Path

from benchmarks import nights
from benchmarks.results import FOLDER, Notebook

ROOM = 100_000
"""Bytes of disk that a decision takes: pages in two trees, index, register, export."""


def measure(folder: Path, counts: tuple[int, ...], results: Path = FOLDER) -> None:
    """Measure the nights of each number of decisions, the fewest first.

    The first night has a process for each core, the others one. What an interrupted run of the
    same program has measured is kept. A number for which the disk has no room is left out, and
    said to be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for count in sorted(counts):
        agency = folder / str(count)
        notebook = Notebook(count, anew=not agency.exists(), folder=results)
        if "first" not in notebook:
            shutil.rmtree(agency, ignore_errors=True)
            free = shutil.disk_usage(folder).free
            if free < count * ROOM:
                needed = count * ROOM / 1e9
                print(
                    f"{count} 件：磁盘要 {needed:.0f} GB，只剩 {free / 1e9:.0f} GB，没有测",
                    file=sys.stderr,
                )
                continue
        notebook.measure("first", partial(nights.first, agency, count, *nights.TOGETHER))
        for night in nights.NIGHTS:
            notebook.measure(night, partial(nights.later, agency, count, night))
