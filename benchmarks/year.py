"""``make soak``: a year of a bureau with two thousand decisions, one run each working day.

Every kind of thing happens; what must hold is asserted each night (``tests/register/year.py``).
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.register import open_register
from tests.register.year import live


def main(decisions: int = 2000) -> None:
    """Live the year and print what it came to."""
    started = time.process_time()
    with TemporaryDirectory() as folder, open_register(Path(folder) / "r.sqlite") as register:
        tally = live(register, decisions)
        faults = register.verify()
        size = (Path(folder) / "r.sqlite").stat().st_size
    if faults or sum(tally.standing.values()) != decisions:
        sys.exit(f"不完整：{faults[:3]}")
    print(f"决定 {decisions} 件，更新 {tally.nights} 次，其中未发布 {tally.unreleased} 次")
    print("变动：" + " · ".join(f"{kind} {n}" for kind, n in tally.changes.most_common()))
    print("年末：" + " · ".join(f"{state} {n}" for state, n in tally.standing.most_common()))
    print(f"预计日期 {tally.projected} 个；逾期撤下 {tally.late} 件")
    print(f"处理器时间 {time.process_time() - started:.0f} 秒；台账 {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
