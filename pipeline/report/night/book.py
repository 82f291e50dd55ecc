"""The report as a workbook: one table a sheet, one reason a row."""

from collections.abc import Iterator

from pipeline.lifecycle.model import State
from pipeline.report.night.headline import headline
from pipeline.report.night.model import Matter, NightReport
from pipeline.report.night.requests import titled
from pipeline.report.workbook import Cell, Sheet, workbook


def night_book(report: NightReport) -> bytes:
    """Return the report as XLSX."""
    return workbook(
        (
            Sheet("概况", ("项目", "内容"), list(_overview(report))),
            Sheet("事项", _MATTER, [row for each in report.matters for row in _rows(each)]),
            Sheet(
                "案卷检查",
                ("发现", "依据", "处理办法", "件数", "文号", "规则"),
                [
                    (
                        each.point.title,
                        each.point.basis,
                        each.point.remedy,
                        each.count,
                        number,
                        each.point.rule,
                    )
                    for each in report.lacks
                    for number in each.numbers
                ],
            ),
            Sheet(
                "期限",
                ("事项", "期限", "依据", "已逾期", "即将到期", "未到期"),
                [(c.title, c.length, c.basis, c.overdue, c.soon, c.due) for c in report.clocks],
            ),
            Sheet("更正申请", ("项目", "内容"), list(_requests(report))),
            Sheet(
                "不予公开",
                ("理由", "依据", "件数", "规则"),
                [(t.title, t.basis, t.count, t.rule) for t in report.withheld],
            ),
            Sheet(
                "经过",
                ("序号", "日期", "文号", "事项", "经办", "说明"),
                [
                    (a.seq, a.on.isoformat(), a.case_number, a.kind, a.actor, a.summary)
                    for a in report.acts
                ],
            ),
        )
    )


_MATTER = ("紧急程度", "期限", "类别", "文号或者位置", "理由", "依据", "处理办法", "规则")


def _rows(matter: Matter) -> Iterator[tuple[Cell, ...]]:
    for point in matter.points:
        yield (
            matter.urgency.value if matter.urgency else "",
            str(matter.due) if matter.due else "",
            matter.kind.value,
            matter.subject,
            point.title,
            point.basis,
            point.remedy,
            point.rule,
        )


def _requests(report: NightReport) -> Iterator[tuple[Cell, ...]]:
    if report.requests:
        yield "收到的日期", f"{report.requests.since} 至 {report.requests.until}"
        yield from titled(report.requests).items()


def _overview(report: NightReport) -> Iterator[tuple[Cell, ...]]:
    run = report.run
    yield "单位", report.agency
    yield "日期", report.today.isoformat()
    yield "概要", headline(report)
    if report.stopped:
        yield "停下的原因", "\n".join(report.stopped.lines)
        yield "处理办法", report.stopped.remedy
    yield "本次导出的决定", report.received
    yield from ((f"其中{state.value}", n) for state, n in report.placed.items())
    yield from ((f"台账中{state.value}", report.standing.get(state, 0)) for state in State)
    if report.site:
        yield "网站文件", report.site.files
        yield "网站指纹", report.site.digest
    yield "制度", f"{run.policy}（{run.policy_digest}）"
    yield "程序版本", run.version
    yield "开始", run.started_at.isoformat(sep=" ", timespec="seconds")
    yield "用时（秒）", round(run.seconds, 1)
