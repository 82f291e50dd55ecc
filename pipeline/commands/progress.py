"""Progress on a terminal and in a log, with an estimate of what is left."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from pipeline.night import Step

_LONG = 1000
"""Steps of so many are told of in a log while they run; shorter ones when they end."""

_TENTHS = 10


@contextmanager
def progress() -> Iterator[Step]:
    """Yield a function that is told of each step: a bar on a terminal, plain lines in a log."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[left]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar)


@dataclass(slots=True)
class Pace:
    """How fast steps go: told of how much is done, it says how long the rest may take."""

    clock: Callable[[], float] = monotonic
    _began: dict[str, tuple[float, int]] = field(default_factory=dict)

    def left(self, title: str, done: int, total: int) -> str:
        """Return about how much time is left for a step; empty as long as nobody can know.

        >>> seconds = iter([0.0, 60.0])
        >>> pace = Pace(lambda: next(seconds))
        >>> pace.left("筛查和隐去", 0, 400)
        ''
        >>> pace.left("筛查和隐去", 100, 400)
        '约剩 3 分钟'
        """
        now = self.clock()
        if done >= total:
            self._began.pop(title, None)
            return ""
        then, before = self._began.setdefault(title, (now, done))
        if done == before:
            return ""
        return f"约剩 {_lasting((now - then) / (done - before) * (total - done))}"


@dataclass(slots=True)
class Lines:
    """Progress in a log: a line when a step ends, and one each tenth of a long step."""

    pace: Pace = field(default_factory=Pace)
    _told: dict[str, int] = field(default_factory=dict)

    def __call__(self, title: str, done: int, total: int) -> None:
        """Say it, if it is time to."""
        left = self.pace.left(title, done, total)
        if done == total:
            self._told.pop(title, None)
            click.echo(f"{title} {total}" if total else title, err=True)
            return
        tenth = done * _TENTHS // total
        if total >= _LONG and tenth > self._told.get(title, 0):
            self._told[title] = tenth
            click.echo(f"{title} {_share(done, total)}{left and f'，{left}'}", err=True)


@dataclass(slots=True)
class _Bar:
    """Progress on a terminal."""

    bar: Progress
    pace: Pace = field(default_factory=Pace)
    _tasks: dict[str, TaskID] = field(default_factory=dict)

    def __call__(self, title: str, done: int, total: int) -> None:
        left = self.pace.left(title, done, total)
        if title not in self._tasks:
            self._tasks[title] = self.bar.add_task(title, total=total, left="")
        told = f"{_share(done, total)}{left and f'，{left}'}"
        self.bar.update(self._tasks[title], completed=done, total=total, left=told)


def _share(done: int, total: int) -> str:
    return f"{done:,}/{total:,}"


def _lasting(seconds: float) -> str:
    """Return a length of time in words, no finer than an estimate is.

    >>> [_lasting(each) for each in (0.4, 80, 600, 5400)]
    ['1 秒', '1 分 20 秒', '10 分钟', '1 小时 30 分']
    """
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} 秒"
    if whole < 3600:
        minutes, rest = divmod(whole, 60)
        return f"{minutes} 分 {rest} 秒" if rest else f"{minutes} 分钟"
    hours, rest = divmod(round(whole / 60), 60)
    return f"{hours} 小时 {rest} 分" if rest else f"{hours} 小时"
