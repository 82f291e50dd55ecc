"""The search index: what it costs to make, how large it is, what a question fetches."""

from collections.abc import Sequence

from benchmarks.report.section import NOTHING, Section, joined, table
from benchmarks.results import Results

_INTRO = """## 检索

索引从公开的投影写成，是“建站”的一部分，这里单独测一次。问题有四类，至多 200 个：
两个字、更长的词句、企业名称、文号；答案从正文直接数出，逐个在 Chromium 里问，每次都不带缓存。
“取回”是浏览器为一个问题下载的字节，不压缩。
与 Pagefind、SQLite FTS5 的比较见[设计决定 0018](decisions/0018-search.md)。"""
_COLUMNS = {
    "首次（处理器秒）": "cpu",
    "没有变动（处理器秒）": "cpu unchanged",
    "内存（MB）": "memory",
    "大小（MB）": "MB",
    "文件": "files",
    "一次取回（kB，中位）": "kB",
    "最多取回（kB）": "most kB",
    "回答（毫秒，中位）": "ms",
}


def search(found: Sequence[Results]) -> Section:
    """Return the figures of the search index, for each number of decisions."""
    rows = [
        (
            f"{each.decisions:,} 件",
            *(each.value("search", name) for name in _COLUMNS.values()),
            f"{each.value('search', 'right'):.0f}/{each.value('search', 'asked'):.0f}",
        )
        for each in found
        if "search" in each.rows
    ]
    if not rows:
        return NOTHING
    return joined((Section(_INTRO), table(("", *_COLUMNS, "答对"), rows)))
