"""Where the time of a night goes, stage by stage."""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.charts import told
from benchmarks.cost import REST
from benchmarks.report.section import Cell, Section, joined, table
from benchmarks.results import Results

TITLES = ("读取导出", "筛查和隐去", "建站", "核验", REST)
_READING = (
    "“读取导出”里有程序启动和读入规则的时间，件数少时它占得多；“其余”是发布、台账备份和报告。"
)


def stages(found: Sequence[Results], names: Mapping[str, str]) -> Section:
    """Return the computing time of each stage of the nights ``names`` names, by their task."""
    rows = [row for results in found for row in _rows(results, names)]
    headings = ("处理器（秒）", "", *TITLES, "每件（毫秒）")
    return joined((table(headings, rows), Section(_READING if rows else "")))


def _rows(results: Results, names: Mapping[str, str]) -> Iterator[Sequence[Cell]]:
    for task, name in names.items():
        parts = [results.value(task, f"stage {title}") for title in TITLES]
        if any(parts):
            whole = sum(part or 0.0 for part in parts)
            shares = (f"{told(part or 0.0)}（{(part or 0.0) / whole:.0%}）" for part in parts)
            each = told(1000 * whole / results.decisions)
            yield f"{results.decisions:,} 件", name, *shares, each
