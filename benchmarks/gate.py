"""The leak gate over a whole built site, beside the least that reading it would cost.

``python -m benchmarks.gate [N]`` prints, for a site of N synthetic decisions, the CPU time that the
gate takes, that of a SHA-256 and BeautifulSoup's text of the same files in the same process, and
that of a night on which nothing has changed; then it plants a thousand leaks into the site and
counts those that are found.
"""

import hashlib
import re
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from bs4 import BeautifulSoup

from benchmarks.rebuild import DAY, agency, gongshi
from pipeline.operations.recheck import _expectation
from pipeline.rebuild import open_agency_register
from pipeline.settings import Settings, load_settings
from pipeline.verification.leaks import Gate
from pipeline.verification.links import LinkChecker
from pipeline.verification.model import Expectation
from pipeline.verification.search.look import search_index
from pipeline.verification.verify import Memory, verify
from pipeline.workers.model import ALONE
from tests.verification.plants import plants

Files = Mapping[str, bytes]

T = TypeVar("T")

PLANTED = 1_000
_NAME = re.compile(r"[\u4e00-\u9fff]{3,}")


def measure(count: int) -> dict[str, float]:
    """Return the figures for ``count`` decisions; times are seconds of computing."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "agency"
        agency(folder, count)
        gongshi(folder, "rebuild", "--today", DAY)
        settings = load_settings(folder)
        expectation = _expected(settings)
        tree = settings.folders.site / "current"
        files = {
            path.relative_to(tree).as_posix(): path.read_bytes()
            for path in sorted(tree.rglob("*"))
            if path.is_file()
        }
        gate, found = _timed(lambda: _look(tree, files, expectation))
        again = _again(tree, expectation, Path(place) / "memory.sqlite")
    floor, _ = _timed(lambda: [_read(path, content) for path, content in files.items()])
    size = sum(map(len, files.values())) / 1e6
    planted, missed = _planted(files, expectation)
    return {
        "files": len(files),
        "megabytes": size,
        "gate": gate,
        "floor": floor,
        "gate_to_floor": gate / floor,
        "gate_ms_a_file": 1_000 * gate / len(files),
        "gate_a_megabyte": gate / size,
        "again_ms_a_file": 1_000 * again / len(files),
        "planted": planted,
        "missed": missed,
        "false_alarms": found,
    }


def _expected(settings: Settings) -> Expectation:
    """Return everything that the exports hide, as ``gongshi verify`` holds it against the site."""
    with open_agency_register(settings) as register:
        day = date.fromisoformat(DAY)
        exports = settings.folders.exports
        return _expectation(settings, exports, register, day, lambda *_: None, ALONE)


def _look(tree: Path, files: Files, expectation: Expectation) -> int:
    """Let the gate look at everything; return how many files it takes to hold a leak."""
    gate, links = Gate(expectation), LinkChecker(files.keys(), expectation.base_url)
    leaking = {path for path, content in files.items() if gate.look(path, content).leaks}
    for path, content in files.items():
        if path.endswith(".html"):
            links.links_of(path, content)
    index = search_index(tree, files.keys(), files.keys(), expectation.shown)
    return len(leaking | index.leaks.keys())


def _again(tree: Path, expectation: Expectation, place: Path) -> float:
    """Return how long it takes to verify a site of which every file is remembered as clean."""
    verify(tree, expectation, memory=Memory(place))
    unchanged = replace(expectation, hidden={})
    return _timed(lambda: verify(tree, unchanged, memory=Memory(place)))[0]


def _read(path: str, content: bytes) -> None:
    """Do the least that looking at a file can be."""
    hashlib.sha256(content).hexdigest()
    if path.endswith(".html"):
        BeautifulSoup(content, "lxml").get_text()


def _planted(files: Files, expectation: Expectation) -> tuple[int, int]:
    """Plant leaks into the site; return how many, and how many of them the gate did not see."""
    gate = Gate(expectation)
    shown = {name for names in expectation.shown.values() for name in names}
    hidden = {
        slug: tuple(sorted(v for v in values if _NAME.fullmatch(v) and not _stands(v, shown)))
        for slug, values in expectation.hidden.items()
        if f"decisions/{slug}.html" in files
    }
    planted = list(plants(files, hidden))
    some = planted[:: max(1, len(planted) // PLANTED)][:PLANTED]
    return len(some), sum(not gate.look(plant.path, plant.content).leaks for plant in some)


def _stands(value: str, shown: set[str]) -> bool:
    return "某" in value or any(value in name for name in shown)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    done = work()
    return time.process_time() - start, done


def main() -> None:
    """Measure and print."""
    for count in map(int, sys.argv[1:] or ("1000",)):
        found = measure(count)
        print(f"{count} 件决定，{found['files']:.0f} 个文件，{found['megabytes']:.1f} MB")
        print(
            f"核验 {found['gate']:.2f} 秒 CPU：每个文件 {found['gate_ms_a_file']:.3f} 毫秒，"
            f"每 MB {found['gate_a_megabyte']:.3f} 秒"
        )
        print(
            f"同样的文件只算摘要、只取文字 {found['floor']:.2f} 秒 CPU；"
            f"核验为其 {found['gate_to_floor']:.2f} 倍"
        )
        print(
            f"没有变动的一晚：每个文件 {found['again_ms_a_file']:.4f} 毫秒，"
            f"为全部核验的 {found['again_ms_a_file'] / found['gate_ms_a_file']:.3f} 倍"
        )
        print(
            f"植入 {found['planted']:.0f} 处，漏掉 {found['missed']:.0f} 处；"
            f"没有植入的网站误报 {found['false_alarms']:.0f} 个文件"
        )


if __name__ == "__main__":
    main()
