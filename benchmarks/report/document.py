"""The document, part after part."""

from collections.abc import Sequence
from dataclasses import replace

from benchmarks.report.builds import builds
from benchmarks.report.claims import claims
from benchmarks.report.gate import gate
from benchmarks.report.nights import NAMES, memory, nightly
from benchmarks.report.search import search
from benchmarks.report.section import Section, joined, table, unbroken
from benchmarks.report.stages import stages
from benchmarks.report.workers import workers
from benchmarks.results import Results

_FULL = 10_000
_INTRO = """# 快慢和大小

本页由 `python -m benchmarks.report docs/performance.md` 从 `benchmarks/results/` 里的测量结果写成，
测试核对二者一致。`make bench` 测 300 件、1,000 件和 10,000 件，`make soak` 再测更多的；
决定都是虚构的（`examples/synthetic.py`，每件约 1,750 字）。
不同的机器、不同的时候，秒数不可相互比较；同一次测量里的比值可以。"""


def document(found: Sequence[Results]) -> Section:
    """Return the whole document of what was measured, the fewest decisions first."""
    parts = (Section(_INTRO), _measured(found), claims(found), builds(found), nightly(found))
    nights = {task: name for task, name in NAMES.items() if task != "second"}
    spent = joined((Section("## 时间用在哪里"), stages(found, nights)))
    whole = joined((*parts, spent, memory(found), workers(found), gate(found), search(found)))
    return replace(whole, text=unbroken(whole.text))


def _measured(found: Sequence[Results]) -> Section:
    """Return on what and when it was measured, and whether it was little."""
    rows = []
    for each in found:
        days = sorted({row.day for row in each.rows.values()})
        loads = [load for row in each.rows.values() for load in row.load]
        machine = each.machine
        rows.append(
            (
                f"{each.decisions:,} 件",
                f"{machine.cores} 核，{machine.memory} GB 内存",
                machine.python,
                "至".join(dict.fromkeys((days[0], days[-1]))),
                f"{min(loads):.1f}–{max(loads):.1f}",
            )
        )
    headings = ("", "机器", "Python", "日期", "负载")
    busy = (
        "负载是测量前后一分钟里等待处理器的平均任务数，包括测量本身。超过核数时机器上另有别的工作："
        "用时偏大，只有处理器时间和内存还能看。"
    )
    return joined((_little(found), table(headings, rows), Section(busy)))


def _little(found: Sequence[Results]) -> Section:
    most = max((each.decisions for each in found), default=0)
    if most >= _FULL:
        return Section("")
    return Section(
        f"> **小规模的试测**：最多只测到 {most:,} 件，机器上同时有别的工作；用时不作数。"
    )
