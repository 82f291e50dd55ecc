"""The report as one private page: no script, nothing from elsewhere, for screen and paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.lifecycle.model import State, Urgency
from pipeline.report.night.headline import headline
from pipeline.report.night.model import AUTOMATIC, Kind, Matter, NightReport
from pipeline.report.night.requests import titled

MOST = 200
"""The most rows of one table; the workbook has them all."""

_EXAMPLES = 5

_STATES = (
    State.PUBLISHED,
    State.WITHDRAWN,
    State.EXPIRED,
    State.WITHHELD,
    State.HELD,
    State.SUSPENDED,
)
_ENVIRONMENT = Environment(
    loader=PackageLoader("pipeline.report"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Group:
    """The matters that stand in one table."""

    key: str
    title: str
    matters: tuple[Matter, ...]

    @property
    def shown(self) -> tuple[Matter, ...]:
        """The first of them."""
        return self.matters[:MOST]

    @property
    def more(self) -> int:
        """How many stand only in the workbook."""
        return max(len(self.matters) - MOST, 0)


def night_page(report: NightReport) -> str:
    """Return the report as HTML."""
    return _ENVIRONMENT.get_template("night.html").render(
        it=report,
        headline=headline(report),
        groups=[group for group in _groups(report) if group.matters],
        states=_STATES,
        requests=titled(report.requests) if report.requests else {},
        examples=_EXAMPLES,
        most=MOST,
    )


def _groups(report: NightReport) -> Iterator[Group]:
    """Yield what is to do by urgency, then what comes by itself."""
    for key, urgency, title in (
        ("overdue", Urgency.OVERDUE, "已逾期"),
        ("soon", Urgency.SOON, "三个工作日内到期"),
        ("due", Urgency.DUE, "未到期"),
        ("open", None, "没有期限"),
    ):
        found = tuple(each for each in report.to_do if each.urgency is urgency)
        yield Group(key, title, found)
    coming = tuple(each for kind in Kind if kind in AUTOMATIC for each in report.of(kind))
    yield Group("expire", "三十日内期满，到期自动停止公示", coming)
