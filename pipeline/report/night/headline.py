"""The first sentence of the report: what happened, and what to do today."""

from pipeline.lifecycle.model import State, Urgency
from pipeline.report.night.model import NightReport

_FIRST = ("新公示", "恢复公示", "更正", "更新", "撤下", "期满", "暂停公示", "不予公开", "待核")
_RELEASED = "发布"


def headline(report: NightReport) -> str:
    """Return one sentence that a section chief reads first."""
    return f"{_happened(report)}{_to_do(report)}"


def _happened(report: NightReport) -> str:
    if report.stopped is not None:
        return "更新没有完成，访客看到的网站没有改变。"
    changes = "、".join(f"{kind} {count} 件" for kind, count in _changes(report))
    standing = report.standing.get(State.PUBLISHED, 0)
    told = f"上次以来{changes}" if changes else "上次以来没有变动"
    return f"更新完成，公示中 {standing} 件；{told}。"


def _changes(report: NightReport) -> list[tuple[str, int]]:
    """Return what happened to decisions: what visitors notice first."""
    known = [kind for kind in _FIRST if kind in report.act_totals]
    rest = [kind for kind in report.act_totals if kind not in (*_FIRST, _RELEASED)]
    return [(kind, report.act_totals[kind]) for kind in known + rest]


def _to_do(report: NightReport) -> str:
    if report.stopped is not None:
        return f"先办：{report.stopped.remedy}。"
    if not report.to_do:
        return "今天没有要办的事。"
    parts = [
        f"{count} 件{word}"
        for count, word in (
            (report.count(Urgency.OVERDUE), "已逾期"),
            (report.count(Urgency.SOON), "三个工作日内到期"),
        )
        if count
    ]
    told = f"，其中 {'、'.join(parts)}" if parts else "，都没有临近的期限"
    return f"要办 {len(report.to_do)} 件{told}。"
