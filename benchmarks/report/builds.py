"""The first night beside the generators that only render its finished pages."""

from collections.abc import Iterator, Sequence

from benchmarks.charts import Bar, bars, told
from benchmarks.generators import GENERATORS
from benchmarks.report.section import NOTHING, Section, joined, shown, table, times
from benchmarks.results import Results

OURS = "公示（首次，全部环节）"
_INTRO = """## 首次建站，与只渲染的三种工具

“首次”是一个空的单位文件夹里的第一次 `gongshi rebuild`：读取导出、筛查、隐去、登记、建站
（页面、列表、订阅、下载、检索索引）、核验每个文件、发布，都算在内。三种工具只做最后一小段：
把同样的决定成品页面（已经隐去、已经排好的正文）套进一个空白版面，再列一页目录；不装主题，
不转换 Markdown，不出订阅。为它们准备页面的时间不计。“内存”是同一时刻全部进程占用的最大值。"""


_HEAVIER = "本软件的程序库、规则、词典和姓名模型与件数无关，件数少时占得多"
_LIGHTER = "本软件一件一件地处理，Hugo 把全部页面放在内存里"


def builds(found: Sequence[Results]) -> Section:
    """Return what the first night costs beside others, for each number of decisions."""
    beside = [each for each in found if "hugo" in each.rows]
    if not beside:
        return NOTHING
    return joined((Section(_INTRO), *(_size(each) for each in beside)))


def _size(results: Results) -> Section:
    tasks = [("first", OURS), *((task, results.rows[task].tool) for task in _peers(results))]
    rows = [
        (
            name,
            *(results.value(task, figure) for figure in ("wall", "cpu", "memory")),
            times(results.ratio(task, "hugo", "wall")),
        )
        for task, name in tasks
    ]
    headings = ("", "用时（秒）", "处理器（秒）", "内存（MB）", "用时与 Hugo 之比")
    size = results.decisions
    charts = [
        shown(
            f"{figure}-{size}",
            f"{size:,} 件：{title}",
            bars(
                f"{size:,} 件决定首次建站的{title}",
                f"公示包括全部环节，其他工具只渲染成品页面。{_said(results, tasks, figure, unit)}",
                unit,
                [Bar(name, results.value(t, figure) or 0.0, t == "first") for t, name in tasks],
            ),
        )
        for figure, title, unit in (("wall", "用时", "秒"), ("memory", "内存", "MB"))
    ]
    title = Section(f"### {size:,} 件")
    return joined((title, table(headings, rows), *charts, Section(_reading(results))))


def _peers(results: Results) -> Iterator[str]:
    return (task for task in GENERATORS if task in results.rows)


def _said(results: Results, tasks: Sequence[tuple[str, str]], figure: str, unit: str) -> str:
    values = (f"{name} {told(results.value(task, figure) or 0.0)} {unit}" for task, name in tasks)
    return "，".join(values) + "。"


def _reading(results: Results) -> str:
    """Return in words where we are slower than Hugo, and by what."""
    ratio, theirs = results.ratio("first", "hugo", "wall"), results.value("hugo", "cpu")
    site, whole = results.value("first", "stage 建站"), results.value("first", "cpu")
    ours, other = results.value("first", "memory"), results.value("hugo", "memory")
    if not (ratio and theirs and site and whole and ours and other):
        return ""
    return (
        f"首次的用时是 Hugo 的 {told(ratio)} 倍。Hugo 用全部处理器核，本软件这一次只用一个进程；"
        f"单看处理器时间，是它的 {told(whole / theirs)} 倍，其中建站一段占 {site / whole:.0%}，"
        "这一段除决定页面外还写列表、订阅、下载和检索索引，其余是 Hugo 不做的事。"
        f"内存是 Hugo 的 {told(ours / other)} 倍：{_HEAVIER if ours > other else _LIGHTER}。"
    )
