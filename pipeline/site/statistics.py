"""年度执法数据: a page and a CSV for each year, and the page that lists the years."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from pipeline.domain.annual import AnnualFigures, Shares, annual_due_on
from pipeline.domain.money import Fen, format_yuan
from pipeline.domain.upkeep import AnnualDue
from pipeline.site.addresses import HOME, STATISTICS, statistics_path
from pipeline.site.charts import bars, columns
from pipeline.site.frame import Crumb
from pipeline.site.lists import digest_of
from pipeline.site.plan import PlannedPage

_HOME = Crumb("首页", HOME)
_STATISTICS = Crumb("年度统计", STATISTICS)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way to divide the decisions of a year: a table, and a drawing of it."""

    name: str
    title: str
    heading: str
    shares: Shares
    note: str
    chart: Markup


def statistics_pages(years: Sequence[AnnualFigures]) -> Iterator[PlannedPage]:
    """Yield the pages of all years, the newest first, and the page that lists them."""
    known = [figures.year for figures in years]
    for figures in years:
        yield _year_page(figures, known)
    totals = tuple((each.year, each.made, each.fined, each.closed) for each in years)
    yield PlannedPage(
        STATISTICS,
        "statistics.html",
        digest_of(totals),
        lambda: {"years": tuple(years), "chart": _over_years(years), "crumbs": (_HOME,)},
    )


def annual_due(years: Sequence[AnnualFigures], *, today: date) -> AnnualDue:
    """Return when last year's figures are due, and whether they are there, closed."""
    year = today.year - 1
    done = any(each.year == year and each.closed for each in years)
    return AnnualDue(annual_due_on(year), year, done)


def statistics_table(figures: AnnualFigures) -> bytes:
    """Return the figures of a year as CSV, with a mark so that spreadsheets read it as UTF-8.

    One number a line, so that a line needs no other to be understood; amounts are in 元.
    """
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(("年度", "项目", "分类", "数值", "单位"))
    lines.writerow((figures.year, "处罚决定", "合计", figures.made, "件"))
    for title, shares in _tables(figures):
        lines.writerows((figures.year, title, name, count, "件") for name, count in shares)
    for title, amount in (("罚款", figures.fined), ("没收", figures.confiscated)):
        lines.writerow((figures.year, "金额", title, _in_yuan(amount), "元"))
    return text.getvalue().encode("utf-8-sig")


def _tables(figures: AnnualFigures) -> tuple[tuple[str, Shares], ...]:
    return (
        ("按处罚种类", figures.kinds),
        ("按执法领域", figures.areas),
        ("按当事人类别", figures.parties),
        ("按适用程序", figures.procedures),
        ("按公示情况", figures.standings),
        ("按作出月份", figures.months),
        ("本年公示工作", figures.acts),
    )


def _in_yuan(amount: Fen) -> str:
    yuan, fen = divmod(amount, 100)
    return f"{yuan}.{fen:02}"


def _year_page(figures: AnnualFigures, known: Sequence[int]) -> PlannedPage:
    year = figures.year

    def values() -> Mapping[str, object]:
        return {
            "figures": figures,
            "fined": format_yuan(figures.fined),
            "confiscated": format_yuan(figures.confiscated),
            "breakdowns": tuple(_breakdowns(figures)),
            "due_on": annual_due_on(year),
            "table": statistics_path(year, "csv"),
            "newer": statistics_path(year + 1) if year + 1 in known else "",
            "older": statistics_path(year - 1) if year - 1 in known else "",
            "crumbs": (_HOME, _STATISTICS),
        }

    near = [other for other in known if abs(other - year) == 1]
    return PlannedPage(
        statistics_path(year), "statistics_year.html", digest_of([figures, near]), values
    )


_NOTES = (
    ("kinds", "处罚种类", "一件决定有几种处罚的，只计入最重的一种。"),
    ("areas", "执法领域", "按执法事项清单划分；没有对应事项的计入“其他”。"),
    ("parties", "当事人类别", "几个当事人的，按第一个计。"),
    ("procedures", "适用程序", ""),
    ("standings", "公示情况", "“不予公开”的也计入总数，这里只列件数。"),
)


def _breakdowns(figures: AnnualFigures) -> Iterator[Breakdown]:
    for name, heading, note in _NOTES:
        shares: Shares = getattr(figures, name)
        title = f"{figures.year}年处罚决定按{heading}统计"
        yield Breakdown(
            name, f"按{heading}", heading, shares, note, bars(f"{name}-chart", title, shares)
        )
    title = f"{figures.year}年各月作出的处罚决定"
    shares = figures.months
    numbers = [(name.removesuffix("月"), count) for name, count in shares]
    yield Breakdown(
        "months", "按作出月份", "月份", shares, "", columns("months-chart", title, numbers)
    )


def _over_years(years: Sequence[AnnualFigures]) -> Markup:
    counts = [(f"{each.year}年", each.made) for each in years]
    return bars("years-chart", "各年作出的处罚决定", counts)
