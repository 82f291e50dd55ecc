"""An agency of invented decisions, its nights, and what changes from one to the next.

``python -m benchmarks.rebuild [N …]`` prints wall seconds, computing seconds and peak memory of
the first night, of one on which nothing changed, and of one with changes: a quick look. The
figures of the documents come from ``make bench``.
"""

import itertools
import json
import random
import sys
import tempfile
from pathlib import Path

from benchmarks.cost import Cost, run

ROOT = Path(__file__).resolve().parents[1]
DAY = "2026-11-20"
PART = 20_000
"""Decisions in an export: more would be a file larger than the program takes."""


def agency(folder: Path, count: int) -> None:
    """Make an agency's folder with ``count`` synthetic decisions, ``PART`` to an export."""
    gongshi(".", "init", folder, "--name", "常山县综合行政执法局")
    with tempfile.TemporaryDirectory(dir=folder) as place:
        whole = Path(place) / "whole.jsonl"
        run(sys.executable, ROOT / "examples" / "synthetic.py", str(count), "1", whole)
        with whole.open("rb") as lines:
            for part in range(-(-count // PART)):
                export = folder / "exports" / f"synthetic-{part:03}.jsonl"
                with export.open("wb") as written:
                    written.writelines(itertools.islice(lines, PART))


def change_some(
    folder: Path, changed: int | None = None, withdrawn: int = 10, *, night: int = 1
) -> int:
    """Change some of the agency's decisions and let others be revoked; return how many changed.

    One in a hundred changes unless ``changed`` says how many. Which ones is drawn by ``night``.
    """
    exports = sorted((folder / "exports").glob("*.jsonl"))
    total = sum(map(_lines, exports))
    changed = max(1, total // 100) if changed is None else changed
    drawn = random.Random(night).sample(range(total), changed + withdrawn)
    chosen, revoked = frozenset(drawn), frozenset(drawn[:withdrawn])
    index = itertools.count()
    for export in exports:
        written = export.with_suffix(".new")
        with export.open("rb") as lines, written.open("wb") as new:
            for line, at in zip(lines, index, strict=False):
                new.write(_changed(line, night, at in revoked) if at in chosen else line)
        written.replace(export)
    return changed


def _changed(line: bytes, night: int, revoked: bool) -> bytes:
    said = json.loads(line)
    if revoked:
        said["events"] = [{"kind": "撤销", "effective_on": "2026-11-19"}]
    else:
        said["document_text"] += f"\n另查明，当事人已经停止违法行为（{night}）。"
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _lines(export: Path) -> int:
    with export.open("rb") as lines:
        return sum(1 for _ in lines)


def gongshi(folder: Path | str, *words: str | Path) -> Cost:
    """Run the program on an agency's folder."""
    return run(sys.executable, "-m", "pipeline", "--folder", folder, *words)


def main() -> None:
    """Look at each size that was asked for; 1,000 by default."""
    for count in map(int, sys.argv[1:] or ("1000",)):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "agency"
            agency(folder, count)
            first = gongshi(folder, "rebuild", "--today", DAY)
            print(f"{count} 件 首次   {first}  {count / first.wall:7.0f} 件/秒")
            second = gongshi(folder, "rebuild", "--today", DAY)
            print(f"{count} 件 无变化 {second}  {second.cpu / first.cpu:.3f} 倍首次")
            changed = change_some(folder)
            third = gongshi(folder, "rebuild", "--today", DAY)
            print(f"{count} 件 改 {changed} 件 {third}  {third.cpu / first.cpu:.3f} 倍首次")


if __name__ == "__main__":
    main()
