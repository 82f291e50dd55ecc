"""The table of duties: ``docs/duties.yaml``, kept by hand → ``docs/duties.md``, for the reader.

Run ``python -m pipeline.report.duties docs/duties.yaml docs/duties.md`` after a change.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.domain.basis import Basis

IMPOSSIBLE = "无法"
WAYS = ("关口", "检查", "报警", "隐去", "页面", "命令", "数据", IMPOSSIBLE)

_HEAD = """# 三项制度的义务与履行

本表由 `docs/duties.yaml` 生成，不要手改；改后运行
`python -m pipeline.report.duties docs/duties.yaml docs/duties.md`。
测试会核对：每一项所列的规则、栏目、命令、程序和测试都存在，没有遗漏的义务。

- 关口：不满足就不公示，待核；检查：不满足列入每晚的报告；报警：按期限提醒，临近和逾期列在报告最前。
- 隐去：公示前遮住；页面：有公开栏目；命令：由工作人员运行；数据：有可以核对的数据。
- 无法：软件做不到，写明理由。
"""
_KINDS = {
    "rule": "筛查规则",
    "record": "案卷检查",
    "mask": "隐去",
    "clock": "期限",
    "page": "栏目",
    "list": "清单",
    "command": "命令 gongshi",
    "code": "程序",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty: its article, how it is carried out, by what, and the test that proves it.

    ``means`` are pairs of a kind (a key of ``_KINDS``) and a name. ``why`` says why software
    cannot, for ``way`` 无法.
    """

    number: int
    title: str
    basis: Basis
    way: str
    means: tuple[tuple[str, str], ...] = ()
    test: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        """Refuse a duty that neither says what carries it out and proves it, nor why nothing can.

        Raises ``ValueError``.
        """
        if self.way not in WAYS or any(kind not in _KINDS for kind, _ in self.means):
            raise ValueError(f"义务 {self.number}：不认识的履行方式")
        told = (bool(self.means), bool(self.test), bool(self.why))
        if told != ((False, False, True) if self.way == IMPOSSIBLE else (True, True, False)):
            raise ValueError(
                f"义务 {self.number}：要写明由什么履行、由哪个测试证明，或者为什么做不到"
            )


def read_duties(text: str) -> tuple[Duty, ...]:
    """Return the duties of a YAML text. Raises ``ValueError`` or ``KeyError`` for a faulty one."""
    told = yaml.safe_load(text)
    documents: Mapping[str, str] = told["documents"]
    tests: Mapping[str, str] = told["tests"]
    return tuple(_read(each, documents, tests) for each in told["duties"])


def duties_page(duties: tuple[Duty, ...]) -> str:
    """Return the table as Markdown, document by document."""
    return "\n".join(_lines(duties)) + "\n"


def _read(
    told: Mapping[str, object], documents: Mapping[str, str], tests: Mapping[str, str]
) -> Duty:
    means = told.get("with", [])
    assert isinstance(means, list)  # noqa: S101 - the file is ours; a test reads it
    test = str(told.get("test", ""))
    return Duty(
        number=int(str(told["n"])),
        title=str(told["title"]),
        basis=Basis(documents[str(told["doc"])], str(told["art"])),
        way=str(told["by"]),
        means=tuple((kind, name) for kind, _, name in (str(m).partition(":") for m in means)),
        test=tests.get(test, test),
        why=str(told.get("why", "")),
    )


def _lines(duties: tuple[Duty, ...]) -> Iterator[str]:
    ways = Counter(duty.way for duty in duties)
    done = len(duties) - ways[IMPOSSIBLE]
    yield _HEAD
    told = "、".join(f"{way} {ways[way]}" for way in WAYS if ways[way] and way != IMPOSSIBLE)
    yield f"共 {len(duties)} 项：由软件履行 {done} 项（{told}），软件做不到 {ways[IMPOSSIBLE]} 项。"
    document = ""
    for duty in duties:
        if duty.basis.document != document:
            document = duty.basis.document
            yield f"\n## {document}\n"
            yield "| 号 | 义务 | 条文 | 方式 | 由什么履行 | 证明 |"
            yield "| --- | --- | --- | --- | --- | --- |"
        yield _row(duty)


def _row(duty: Duty) -> str:
    means = "；".join(f"{_KINDS[kind]} `{name}`" for kind, name in duty.means) or duty.why
    proof = f"`{duty.test}`" if duty.test else "—"
    cells = (str(duty.number), duty.title, duty.basis.article, duty.way, means, proof)
    return f"| {' | '.join(cells)} |"


def main(source: Path, target: Path) -> None:
    """Write the table."""
    target.write_text(duties_page(read_duties(source.read_text("utf-8"))), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
