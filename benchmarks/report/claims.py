"""What the program must reach and wants to reach, beside what was measured."""

from collections.abc import Iterator, Sequence

from benchmarks.charts import told
from benchmarks.report.section import Cell, Section, joined, table
from benchmarks.results import Results

_FIRST, _LARGE, _LARGEST = 10_000, 100_000, 1_000_000
_INTRO = """## 要求和实测

“必须”和“目标”是本软件给自己定的，都是同一台机器、同一次测量里的比值或者最大内存。"""
_ELSEWHERE = (
    "出事故后网站混杂、泄露或者卡住的次数见 [docs/reliability.md](reliability.md)；"
    "几个进程与一个进程、两次运行得出的网站逐字节相同，由测试保证。"
)


def claims(found: Sequence[Results]) -> Section:
    """Return the table of what is asked; what was not measured says so."""
    by_size = {each.decisions: each for each in found}
    headings = ("", "必须", "目标", "实测", "结论")
    return joined((Section(_INTRO), table(headings, _rows(by_size)), Section(_ELSEWHERE)))


def _rows(found: dict[int, Results]) -> Iterator[tuple[Cell, ...]]:
    first, large, largest = (found.get(size) for size in (_FIRST, _LARGE, _LARGEST))
    yield _row(
        f"首次建站 {_FIRST:,} 件（全部环节）与 Hugo 只渲染的用时之比",
        (3, 1, "倍"),
        first and first.ratio(_fastest(first), "hugo", "wall"),
    )
    yield _row(
        f"首次建站 {_FIRST:,} 件的内存", (600, 250, "MB"), first and first.value("first", "memory")
    )
    yield _row(
        f"{_LARGE:,} 件的一晚（改 1%，撤 10 件）与首次的处理器时间之比",
        (1 / 20, 1 / 100, "倍"),
        large and large.ratio("hundredth", "first", "cpu"),
    )
    same = (
        largest and large and largest.value("hundred", "cpu"),
        large and large.value("hundred", "cpu"),
    )
    yield _row(
        f"变动件数相同的一晚，{_LARGEST:,} 件与 {_LARGE:,} 件的处理器时间之比",
        (2, 1.1, "倍"),
        same[0] / same[1] if same[0] and same[1] else None,
    )
    yield _row(
        f"{_LARGEST:,} 件的一晚的内存",
        (800, 300, "MB"),
        largest and largest.value("hundredth", "memory"),
    )


def _fastest(results: Results) -> str:
    """Return the first night that took least time, of one process or several."""
    nights = [task for task in ("first", "workers") if task in results.rows]
    return min(nights, key=lambda task: results.value(task, "wall") or 0.0, default="first")


def _row(what: str, asked: tuple[float, float, str], measured: float | None) -> tuple[Cell, ...]:
    must, goal, unit = asked
    limits = (f"≤ {told(must)} {unit}", f"≤ {told(goal)} {unit}")
    if measured is None:
        return what, *limits, None, "没有测"
    reached = "达到目标" if measured <= goal else "达到要求" if measured <= must else "**没有达到**"
    return what, *limits, f"{told(measured)} {unit}", reached
