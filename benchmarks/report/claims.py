"""What the program must reach and wants to reach, beside what was measured."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.charts import told
from benchmarks.report.section import Cell, Section, joined, table
from benchmarks.results import Results

BySize = Mapping[int, Results]

_INTRO = """## 要求和实测

“必须”和“目标”是本软件给自己定的，都是同一台机器、同一次测量里的比值或者最大内存。
没有测到那么多件的，写的是测过的最多件数。"""
_ELSEWHERE = (
    "出事故后网站混杂、泄露或者卡住的次数见[出了事故会怎样](reliability.md)；"
    "几个进程与一个进程、两次运行得出的网站逐字节相同，由测试保证。"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is asked with so many decisions: at most ``must``, and better at most ``goal``.

    ``figure`` returns what was measured with a number of decisions, ``None`` where it was not.
    """

    what: str
    decisions: int
    must: float
    goal: float
    unit: str
    figure: Callable[[BySize, int], float | None]


def claims(found: Sequence[Results]) -> Section:
    """Return the table of what is asked; what was not measured at that size says so."""
    headings = ("", "件数", "必须", "目标", "实测", "结论")
    by_size = {each.decisions: each for each in found}
    rows = (_row(claim, by_size) for claim in CLAIMS)
    return joined((Section(_INTRO), table(headings, rows), Section(_ELSEWHERE)))


def _row(claim: Claim, found: BySize) -> tuple[Cell, ...]:
    asked = (f"≤ {told(limit)} {claim.unit}" for limit in (claim.must, claim.goal))
    named = (claim.what, f"{claim.decisions:,}", *asked)
    for size in sorted((size for size in found if size <= claim.decisions), reverse=True):
        if (value := claim.figure(found, size)) is not None:
            measured = f"{told(value)} {claim.unit}"
            if size == claim.decisions:
                return *named, measured, _verdict(claim, value)
            return *named, f"{measured}（{size:,} 件）", "没有测到"
    return *named, None, "没有测"


def _verdict(claim: Claim, value: float) -> str:
    if value > claim.must:
        return "**没有达到**"
    return "达到目标" if value <= claim.goal else "达到要求"


def _beside_hugo(found: BySize, size: int) -> float | None:
    """Return the time of the first night, of one process or several, as times Hugo's."""
    nights = (found[size].ratio(task, "hugo", "wall") for task in ("first", "workers"))
    return min((ratio for ratio in nights if ratio is not None), default=None)


def _beside_first(found: BySize, size: int) -> float | None:
    return found[size].ratio("hundredth", "first", "cpu")


def _grown(found: BySize, size: int) -> float | None:
    """Return a night of the same changes, as times that of a tenth of the decisions."""
    fewer = found.get(size // 10)
    here, there = found[size].value("hundred", "cpu"), fewer and fewer.value("hundred", "cpu")
    return here / there if here and there else None


def _memory(task: str) -> Callable[[BySize, int], float | None]:
    return lambda found, size: found[size].value(task, "memory")


def _gate(figure: str) -> Callable[[BySize, int], float | None]:
    return lambda found, size: found[size].value("gate", figure)


CLAIMS = (
    Claim("首次建站（全部环节）与 Hugo 只渲染的用时之比", 10_000, 3, 1, "倍", _beside_hugo),
    Claim("首次建站的内存", 10_000, 600, 250, "MB", _memory("first")),
    Claim("改 1% 的一晚与首次的处理器时间之比", 100_000, 1 / 20, 1 / 100, "倍", _beside_first),
    Claim("改 100 件的一晚，与十分之一件数时的处理器时间之比", 1_000_000, 2, 1.1, "倍", _grown),
    Claim("植入 1,000 处泄露，漏掉", 1_000, 0, 0, "处", _gate("missed")),
    Claim("没有泄露的网站，误报", 1_000, 0, 0, "个文件", _gate("false_alarms")),
    Claim("改 1% 的一晚的内存", 1_000_000, 800, 300, "MB", _memory("hundredth")),
)
