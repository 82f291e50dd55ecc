"""The first night with one process, and with one for each core."""

from collections.abc import Sequence

from benchmarks.report.section import NOTHING, Section, joined, table, times
from benchmarks.results import Results

_INTRO = """## 几个进程

`gongshi rebuild --workers auto`：隐去、决定页面、检索索引和核验分给每个处理器核一个进程，
其余仍在一个进程里。处理器时间增加的部分是启动进程、各读一遍规则和传递数据；内存是全部进程之和，共用的部分重复计算。"""


def workers(found: Sequence[Results]) -> Section:
    """Return what several processes gain and cost, for each number of decisions."""
    rows = [
        (
            f"{each.decisions:,} 件",
            each.value("workers", "processes"),
            times(each.ratio("workers", "first", "wall")),
            times(each.ratio("workers", "first", "cpu")),
            times(each.ratio("workers", "first", "memory")),
            each.value("workers", "memory"),
            "是" if each.value("workers", "same") else "**否**",
        )
        for each in found
        if "workers" in each.rows and "first" in each.rows
    ]
    if not rows:
        return NOTHING
    headings = ("与一个进程之比", "进程", "用时", "处理器", "内存", "内存（MB）", "网站逐字节相同")
    return joined((Section(_INTRO), table(headings, rows)))
