"""Where the reports lie: one private folder a day, ``latest``, and the file of metrics."""

import json
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.durable import sync
from pipeline.report.night.book import night_book
from pipeline.report.night.metrics import night_metrics
from pipeline.report.night.model import NightReport
from pipeline.report.night.page import night_page
from pipeline.report.night.record import night_json
from pipeline.report.private_file import write_private

LATEST = "latest"
PAGE = "report.html"
RECORD = "report.json"
BOOK = "report.xlsx"
METRICS = "gongshi.prom"

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def write_night(folder: Path, report: NightReport, *, metrics: Path | None = None) -> Path:
    """Write the report into the folder of its day, point ``latest`` to it, return its page.

    Every file is replaced in one step and readable by this account only. ``metrics`` is a folder
    of the textfile collector, if the bureau has one: the copy there may be read by anyone, for it
    holds counts only. Raises ``OSError`` when a place cannot be written.
    """
    day = folder / report.today.isoformat()
    for name, content in _files(report).items():
        write_private(day / name, content)
    _point(folder / LATEST, day.name)
    if metrics is not None:
        copy = metrics / METRICS
        write_private(copy, night_metrics(report))
        copy.chmod(0o644)
    return day / PAGE


def prune(folder: Path, *, keep: int) -> None:
    """Take away the reports past the newest ``keep`` days, never the one ``latest`` leads to.

    Counted, not measured against the clock: one that is set wrong takes nothing away. What cannot
    be taken away, or is not the folder of a day, stays.
    """
    latest = (folder / LATEST).resolve()
    days = sorted(
        each for each in folder.iterdir() if _DAY.fullmatch(each.name) and not each.is_symlink()
    )
    for day in days[:-keep]:
        if day.resolve() != latest:
            shutil.rmtree(day, ignore_errors=True)


def latest_page(folder: Path) -> Path | None:
    """Return the page of the newest report, ``None`` before the first."""
    page = folder / LATEST / PAGE
    return page.resolve() if page.exists() else None


def last_record(folder: Path) -> Mapping[str, Any] | None:
    """Return the newest report as read back, ``None`` before the first or when it is damaged."""
    with suppress(OSError, ValueError):
        told = json.loads((folder / LATEST / RECORD).read_bytes())
        return told if isinstance(told, dict) else None
    return None


def last_success(folder: Path) -> datetime | None:
    """Return when a run last ended well, as the newest report says; ``None`` if it does not."""
    return _time(folder, "last_success_at")


def last_start(folder: Path) -> datetime | None:
    """Return when the run of the newest report began; ``None`` if there is none."""
    return _time(folder, "started_at")


def _time(folder: Path, name: str) -> datetime | None:
    told = last_record(folder)
    with suppress(ValueError, KeyError, TypeError):
        return datetime.fromisoformat(told["run"][name]) if told else None
    return None


def _files(report: NightReport) -> Mapping[str, str | bytes]:
    return {
        PAGE: night_page(report),
        RECORD: night_json(report),
        BOOK: night_book(report),
        METRICS: night_metrics(report),
    }


def _point(link: Path, target: str) -> None:
    """Let ``link`` lead to ``target`` in one step."""
    draft = link.with_name(f".{link.name}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    os.replace(draft, link)  # noqa: PTH105 - a link is replaced, not what it leads to
    sync(link.parent)
