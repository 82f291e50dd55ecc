"""The first night beside the generators that only render its finished pages."""

from collections.abc import Iterator, Sequence

from benchmarks.charts import Bar, bars, told
from benchmarks.generators import GENERATORS
from benchmarks.report.section import NOTHING, Section, joined, shown, table, times
from benchmarks.results import Results

OURS = {"first": "公示（全部环节）", "workers": "公示（全部环节，{:.0f} 个进程）"}
_INTRO = """## 首次建站，与只渲染的三种工具

“首次”是一个空的单位文件夹里的第一次 `gongshi rebuild`：读取导出、筛查、隐去、登记、建站
（页面、列表、订阅、下载、检索索引）、核验每个文件、发布，都算在内。三种工具只做最后一小段：
把同样的决定成品页面（已经隐去、已经排好的正文）套进一个空白版面，再列一页目录；不装主题，
不转换 Markdown，不出订阅。为它们准备页面的时间不计。“内存”是同一时刻全部进程占用的最大值。"""


_HEAVIER = "本软件的程序库、规则、词典和姓名模型与件数无关，件数少时占得多"
_LIGHTER = "本软件一件一件地处理，Hugo 把全部页面放在内存里"


def builds(found: Sequence[Results]) -> Section:
    """Return what the first night costs beside others; charts of the most decisions alone."""
    beside = [each for each in found if "hugo" in each.rows]
    if not beside:
        return NOTHING
    return joined((Section(_INTRO), *map(_size, beside), *_charts(beside[-1])))


def _size(results: Results) -> Section:
    rows = [
        (
            name,
            *(results.value(task, figure) for figure in ("wall", "cpu", "memory")),
            *(times(results.ratio(task, "hugo", figure)) for figure in ("wall", "cpu")),
        )
        for task, name in _tasks(results)
    ]
    compared = ("用时与 Hugo 之比", "处理器与 Hugo 之比")
    headings = ("", "用时（秒）", "处理器（秒）", "内存（MB）", *compared)
    title = Section(f"### {results.decisions:,} 件")
    return joined((title, table(headings, rows), Section(_reading(results))))


def _charts(results: Results) -> Iterator[Section]:
    for figure, what, unit in (("wall", "用时", "秒"), ("memory", "内存", "MB")):
        measured = [
            Bar(name, results.value(task, figure) or 0.0, task in OURS)
            for task, name in _tasks(results)
        ]
        said = "，".join(f"{bar.name} {told(bar.value)} {unit}" for bar in measured)
        title = f"{results.decisions:,} 件决定首次建站的{what}"
        description = f"公示包括全部环节，其他工具只渲染成品页面。{said}。"
        yield shown(f"first-{figure}", title, bars(title, description, unit, measured))


def _tasks(results: Results) -> Sequence[tuple[str, str]]:
    """Return what was measured and what each is called, ours first."""
    processes = results.value("workers", "processes") or 1
    ours = {task: name.format(processes) for task, name in OURS.items()}
    others = {task: results.rows[task].tool for task in GENERATORS if task in results.rows}
    return [(task, name) for task, name in (ours | others).items() if task in results.rows]


def _reading(results: Results) -> str:
    """Return in words where we are slower than Hugo, and by what."""
    ratio, theirs = results.ratio("first", "hugo", "wall"), results.value("hugo", "cpu")
    site, whole = results.value("first", "stage 建站"), results.value("first", "cpu")
    ours, other = results.value("first", "memory"), results.value("hugo", "memory")
    if not (ratio and theirs and site and whole and ours and other):
        return ""
    return (
        f"一个进程的用时是 Hugo 的 {told(ratio)} 倍。Hugo 用全部处理器核。"
        f"单看处理器时间，是它的 {told(whole / theirs)} 倍，其中建站一段占 {site / whole:.0%}，"
        "这一段除决定页面外还写列表、订阅、下载和检索索引，其余是 Hugo 不做的事。"
        f"内存是 Hugo 的 {told(ours / other)} 倍：{_HEAVIER if ours > other else _LIGHTER}。"
    )
