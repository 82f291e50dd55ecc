"""The summary and the pages of single decisions, in HTML."""

from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.lifecycle.history import Deed
from pipeline.lifecycle.model import State
from pipeline.report.inspection.model import DecisionHistory, Inspection

MOST = 100
"""The most rows of one list; the workbook has them all."""

_ENVIRONMENT = Environment(
    loader=PackageLoader("pipeline.report"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def summary_page(it: Inspection) -> str:
    """Return the summary of the bundle."""
    return _ENVIRONMENT.get_template("inspection.html").render(
        it=it, clocks=_clocks(it.history.deeds), states=State, most=MOST
    )


def decision_page(it: DecisionHistory) -> str:
    """Return what the register tells of one decision."""
    return _ENVIRONMENT.get_template("decision_history.html").render(it=it)


def _clocks(deeds: tuple[Deed, ...]) -> list[tuple[str, str, int, tuple[Deed, ...]]]:
    """Return for each period its title, article, how often it was kept or not, and what was late.

    The days of the period of the law are the clock's; a pack may be stricter.
    """
    ordered = sorted(deeds, key=lambda deed: deed.title)
    found = []
    for title, each in groupby(ordered, key=lambda deed: deed.title):
        group = tuple(each)
        late = tuple(deed for deed in group if deed.is_late)
        found.append((title, group[0].basis, len(group), late))
    return found
