"""What the commands share: the agency's folder, the date, progress and the closing line."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline.domain.dates import parse_date
from pipeline.night import Step
from pipeline.policy.model import Policy
from pipeline.rebuild import load
from pipeline.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Invocation:
    """What was said before the command: the agency's folder."""

    folder: Path

    def settings(self) -> Settings:
        """Load ``gongshi.yaml``; raises ``BadSettingsError``."""
        return load_settings(self.folder)

    def policy(self) -> Policy:
        """Return the policy of the settings; raises ``BadSettingsError``."""
        return load(self.settings())


class Day(click.ParamType[date]):
    """A day in any form of ``pipeline.domain.dates``."""

    name = "日期"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day or fail with a usage error."""
        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value))
        except ValueError:
            self.fail("写成 2026-11-20 的样式", param, ctx)


today_option = click.option(
    "--today",
    metavar="日期",
    type=Day(),
    default=date.today,
    show_default="今天",
    help="按哪一天计算期限。",
)


@contextmanager
def progress() -> Iterator[Step]:
    """Yield a function that is told of each step: a bar on a terminal, plain lines in a log."""
    if not sys.stderr.isatty():
        yield _plain
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks = {}

        def step(title: str, done: int, total: int) -> None:
            if title not in tasks:
                tasks[title] = bar.add_task(title, total=total)
            bar.update(tasks[title], completed=done, total=total)

        yield step


def doubt_line(doubted: int, received: int) -> str:
    """Return how many of the decisions received wait only for a doubt of redaction.

    >>> doubt_line(3, 40)
    '因隐去存疑待核 3 件（占 7.5%）'
    """
    return f"因隐去存疑待核 {doubted} 件（占 {doubted / received:.1%}）"


def _plain(title: str, done: int, total: int) -> None:
    """Say when a step ends: one line a step, none in between."""
    if done == total:
        click.echo(f"{title} {total}" if total else title, err=True)
