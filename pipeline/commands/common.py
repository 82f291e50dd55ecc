"""What the commands share: the agency's folder, the date and the line on doubts."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from pipeline.domain.dates import parse_date
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


def doubt_line(doubted: int, received: int) -> str:
    """Return how many of the decisions received wait only for a doubt of redaction.

    >>> doubt_line(3, 40)
    '因隐去存疑待核 3 件（占 7.5%）'
    """
    return f"因隐去存疑待核 {doubted} 件（占 {doubted / received:.1%}）"
