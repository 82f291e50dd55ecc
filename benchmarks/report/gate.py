"""The leak gate: what looking at every byte costs, and what it finds of what was planted."""

from collections.abc import Sequence

from benchmarks.report.section import NOTHING, Section, joined, table, times
from benchmarks.results import Results

_INTRO = """## 发布前核验

核验在成品的每个字节里找应隐去的内容，不用隐去的代码。这里让它看一遍整个网站
（网页、订阅、接口、表格、检索索引），旁边是同一进程里用常见的办法把同样的文件读一遍：
每个文件算一次 SHA-256，网页用 BeautifulSoup 取一次文字。再在各种位置、用各种写法植入泄露，
数漏掉几处；没有植入的网站上的告警都是误报。"""


def gate(found: Sequence[Results]) -> Section:
    """Return the figures of the leak gate, for each number of decisions."""
    rows = [
        (
            f"{each.decisions:,} 件",
            each.value("gate", "files"),
            each.value("gate", "megabytes"),
            each.value("gate", "gate"),
            each.value("gate", "gate_ms_a_file"),
            times(each.value("gate", "gate_to_floor")),
            f"{each.value('gate', 'missed'):.0f} / {each.value('gate', 'planted'):.0f}",
            each.value("gate", "false_alarms"),
        )
        for each in found
        if "gate" in each.rows
    ]
    headings = (
        *("决定", "文件", "MB", "核验（处理器秒）", "每个文件（毫秒）"),
        *("与读一遍之比", "漏掉 / 植入", "误报（文件）"),
    )
    return joined((Section(_INTRO), table(headings, rows))) if rows else NOTHING
