"""What the site asks of its keepers: lists to look at, figures to publish, a calendar to bring."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePosixPath

from pipeline.domain.basis import Basis
from pipeline.domain.upkeep import AnnualDue, StalePage
from pipeline.lifecycle.model import Urgency
from pipeline.policy.model import Policy
from pipeline.policy.workdays import (
    Calendar,
    CalendarState,
    DueDate,
    add_working_days,
    next_calendar_missing,
)
from pipeline.report.night.model import Kind, Matter, Point

_SOON_WORKING_DAYS = 3
_REVIEW = Basis("常山县综合行政执法局行政执法公示制度", "第五条")
_FIGURES = Basis(
    "国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见",
    "二、（六）",
)
_HOLIDAYS = "《全国年节及纪念日放假办法》"


def urgency(due: date, today: date, calendar: Calendar | None = None) -> Urgency:
    """Return how an open period that ends on ``due`` stands on ``today``."""
    if today > due:
        return Urgency.OVERDUE
    near = add_working_days(today, _SOON_WORKING_DAYS, calendar).date
    return Urgency.SOON if due <= near else Urgency.DUE


def upkeep(
    stale: Iterable[StalePage],
    annual: AnnualDue | None,
    policy: Policy | None,
    today: date,
    calendar: Calendar | None,
) -> Iterator[Matter]:
    """Yield what the keepers of the site have to do."""
    for page in stale:
        asked = policy.pages.get(PurePosixPath(page.path).stem) if policy else None
        yield _of_page(page, asked.basis if asked else _REVIEW, today, calendar)
    yield from _of_figures(annual, today, calendar)
    yield from _of_calendar(today, calendar)


def _of_page(page: StalePage, basis: Basis, today: date, calendar: Calendar | None) -> Matter:
    looked = f"上次核对 {page.reviewed_on.isoformat()}"
    point = Point(
        title=f"栏目内容应当重新核对（{looked}）",
        basis=str(basis),
        remedy="核对内容，改正过时的条目，再改 content/tables 中该栏目的 reviewed_on",
    )
    return Matter(
        kind=Kind.PAGE,
        subject=page.title,
        points=(point,),
        clock="栏目定期核对",
        due=DueDate(page.due_on, CalendarState.ANNOUNCED),
        urgency=urgency(page.due_on, today, calendar),
    )


def _of_figures(
    annual: AnnualDue | None, today: date, calendar: Calendar | None
) -> Iterator[Matter]:
    if annual is None or annual.done:
        return
    point = Point(
        title=f"{annual.year}年度行政执法数据尚未公开",
        basis=str(_FIGURES),
        remedy="运行 gongshi rebuild，由台账生成上一年度的数据",
    )
    yield Matter(
        kind=Kind.PAGE,
        subject=f"{annual.year}年度执法数据",
        points=(point,),
        clock="公开年度执法数据",
        due=DueDate(annual.due_on, CalendarState.ANNOUNCED),
        urgency=urgency(annual.due_on, today, calendar),
    )


def _of_calendar(today: date, calendar: Calendar | None) -> Iterator[Matter]:
    """Yield an alarm while the holidays of a year that periods reach into are not known."""
    year = next_calendar_missing(today, calendar)
    if year is None:
        return
    title = f"程序里还没有{year}年的节假日安排，跨年的期限按最早可能的日期计算并标“预计”"
    point = Point(title=title, basis=_HOLIDAYS, remedy="国务院办公厅公布放假通知后更新程序")
    last = DueDate(date(year - 1, 12, 31), CalendarState.ANNOUNCED)
    yield Matter(
        kind=Kind.CALENDAR,
        subject=f"{year}年",
        points=(point,),
        clock="节假日安排入库",
        due=last,
        urgency=urgency(last.date, today, calendar),
    )
