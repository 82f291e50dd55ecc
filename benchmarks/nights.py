"""The first night of an agency, and others: nothing changed, one in a hundred, a hundred.

Each night is a day later. Ten decisions are revoked on every night on which something changes.
"""

import os
import shutil
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.cost import Cost
from benchmarks.rebuild import DAY, agency, change_some, gongshi
from benchmarks.results import Values

WITHDRAWN = 10

TOGETHER = ("--workers", "auto")
"""What makes a rebuild use a process for each core."""

SAME = 100
"""So many decisions change on the night that is compared over all sizes."""

NIGHTS = ("second", "unchanged", "hundredth", "hundred")
"""What follows the first night, in order.

On the second night the second of the two trees is laid out: from then on, nights are alike.
"""


def figures(cost: Cost) -> dict[str, float]:
    """Return the figures of a process, each stage under its title if it told of any."""
    stages = {f"stage {title}": seconds for title, seconds in cost.stages.items()}
    stages = stages if len(stages) > 1 else {}
    return {"wall": cost.wall, "cpu": cost.cpu, "memory": cost.memory, **stages}


def first(folder: Path, count: int, *options: str) -> Values:
    """Make an agency and let it live its first night; return what that cost."""
    shutil.rmtree(folder, ignore_errors=True)
    agency(folder, count)
    return _night(folder, 0, *options)


def later(folder: Path, count: int, which: str) -> Values:
    """Let an agency live one of ``NIGHTS``; return what that cost."""
    number = NIGHTS.index(which) + 1
    changed = {"hundredth": max(1, count // 100), "hundred": SAME}.get(which, 0)
    withdrawn = WITHDRAWN if changed else 0
    if changed:
        change_some(folder, changed, withdrawn, night=number)
    return {**_night(folder, number), "changed": changed, "withdrawn": withdrawn}


def site_of(folder: Path) -> Path:
    """Return the folder of the pages that visitors of an agency see."""
    return (folder / "site" / "current").resolve()


def _night(folder: Path, number: int, *options: str) -> dict[str, float]:
    today = date.fromisoformat(DAY) + timedelta(days=number)
    start = time.time()
    cost = gongshi(folder, "rebuild", "--today", today.isoformat(), *options)
    if options:  # what processes have computed is known when they end, stages later
        cost = replace(cost, stages={})
    written, size = _files(site_of(folder), start)
    return {**figures(cost), "written": written, "files": size}


def _files(site: Path, since: float) -> tuple[int, int]:
    """Return how many files of a site were written since a time, and how many there are."""
    times = [
        (Path(folder) / name).stat().st_mtime
        for folder, _, names in os.walk(site)
        for name in names
    ]
    return sum(time >= since for time in times), len(times)
