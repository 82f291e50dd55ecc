"""The nights after the first, and the memory of all of them, by the number of decisions."""

from collections.abc import Mapping, Sequence

from benchmarks.charts import Point, curves, told
from benchmarks.nights import SAME, WITHDRAWN
from benchmarks.report.section import NOTHING, Section, joined, shown, table, times
from benchmarks.results import Results

NAMES = {
    "first": "首次",
    "second": "第二晚",
    "unchanged": "没有变动",
    "hundredth": "改 1%",
    "hundred": f"改 {SAME} 件",
}
_INTRO = f"""## 每晚

首次之后接着过四晚，每晚日期加一天：第二晚（导出没有变动，铺好两棵树中的另一棵），没有变动的一晚，
改了 1% 的一晚，改了 {SAME} 件的一晚；后两晚各另有 {WITHDRAWN} 件被撤销，须撤下。
改的和撤的随机散布在各年，比实际的夜里分散，要重写的列表和检索分块也就更多。
全部决定在一个 JSON Lines 文件里。
`make soak` 测的首次（100,000 件以上）用全部处理器核，其余各晚都只用一个进程。"""
_GROWTH = (
    "曲线平，就是费用随变动走；曲线随件数上升的部分，是每晚都要对全部决定做的事：读导出比对摘要，"
    "核对文件有没有被动过，整理两棵树的清单，备份台账。"
)
_CURVES = ("first", "hundredth", "hundred", "unchanged")


def nightly(found: Sequence[Results]) -> Section:
    """Return what nights cost, as seconds and as a share of the first night."""
    measured = [each for each in found if "unchanged" in each.rows]
    if not measured:
        return NOTHING
    headings = (
        "决定",
        "这一晚",
        "处理器（秒）",
        "与首次之比",
        "用时（秒）",
        "内存（MB）",
        "写网站文件",
    )
    rows = [
        (
            f"{each.decisions:,} 件",
            NAMES[task],
            each.value(task, "cpu"),
            times(each.ratio(task, "first", "cpu")) if task != "first" else None,
            each.value(task, "wall"),
            each.value(task, "memory"),
            _written(each, task),
        )
        for each in measured
        for task in NAMES
        if task in each.rows
    ]
    chart = _chart(measured, "cpu", "nights", "每晚的处理器时间", "处理器（秒）")
    return joined(
        (Section(_INTRO), table(headings, rows), chart, Section(_GROWTH + _slope(measured)))
    )


def memory(found: Sequence[Results]) -> Section:
    """Return the memory of nights by the number of decisions."""
    measured = [each for each in found if "unchanged" in each.rows]
    if not measured:
        return NOTHING
    tasks = (*_CURVES, "hugo")
    headings = ("决定", *(NAMES.get(task, "Hugo 只渲染") for task in tasks))
    rows = [
        (f"{each.decisions:,} 件", *(each.value(task, "memory") for task in tasks))
        for each in measured
    ]
    least = min(each.value("unchanged", "memory") or 0.0 for each in measured)
    reading = (
        f"没有变动的一晚最少用 {told(least)} MB：程序库、规则、词典和姓名模型，与件数无关。"
        "多出来的部分随件数增加。"
    )
    chart = _chart(measured, "memory", "memory", "内存", "内存（MB）")
    intro = Section("## 内存\n\n每一晚的最大内存（MB）：")
    return joined((intro, table(headings, rows), chart, Section(reading)))


def _slope(found: Sequence[Results]) -> str:
    """Return what one more decision costs a night that does not change it."""
    if len(found) < 2:
        return ""
    fewer, more = found[-2:]
    seconds = (more.value("unchanged", "cpu") or 0.0) - (fewer.value("unchanged", "cpu") or 0.0)
    each = 1000 * seconds / (more.decisions - fewer.decisions)
    return (
        f"由 {fewer.decisions:,} 件和 {more.decisions:,} 件没有变动的两晚推算，"
        f"多一件没有变动的决定，每晚多 {told(max(0.0, each))} 毫秒处理器时间。"
    )


def _written(results: Results, task: str) -> str | None:
    written, files = results.value(task, "written"), results.value(task, "files")
    return None if written is None else f"{written:,.0f} / {files:,.0f}"


def _chart(found: Sequence[Results], figure: str, name: str, title: str, up: str) -> Section:
    """Return curves by the number of decisions; nothing while there is but one number."""
    by_task: Mapping[str, list[Point]] = {
        NAMES[task]: [
            (each.decisions, value) for each in found if (value := each.value(task, figure))
        ]
        for task in _CURVES
        if all(task in each.rows for each in found)
    }
    if len(found) < 2:
        return NOTHING
    said = "；".join(
        f"{task}：" + "，".join(f"{count:,.0f} 件 {told(value)}" for count, value in points)
        for task, points in by_task.items()
    )
    drawing = curves(f"{title}，按决定的件数", f"{up}。{said}。", ("决定（件）", up), by_task)
    return shown(name, f"{title}，按决定的件数", drawing)
