"""A first load long enough to be spread over processes and to be taken up where it stopped."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.examination.unfinished import EVERY
from tests.conftest import run_anew, run_gongshi
from tests.exports import DAY, record, write_jsonl

COUNT = EVERY + 20
LATE = 9
"""A decision that is examined after the first hundred: their order is that of the text of 文号."""


@dataclass(frozen=True)
class Loading:
    """An agency whose recogniser notes what it is asked, and may kill."""

    folder: Path

    @classmethod
    def made(cls, folder: Path, theme: Path) -> "Loading":
        made = run_gongshi(folder, "init", str(folder / "agency"), "--name", "青石县综合行政执法局")
        assert made.returncode == 0, made.stderr
        agency = folder / "agency"
        write_jsonl(agency / "exports", *map(record, range(1, COUNT + 1)))
        shutil.copytree(theme, agency / "theme")
        settings = agency / "gongshi.yaml"
        text = settings.read_text("utf-8").replace("# theme: theme", "theme: theme")
        settings.write_text(f"{text}\nrecogniser: tests.faults.deadly_recogniser:Deadly\n", "utf-8")
        (folder / "orders").mkdir()
        return cls(agency)

    @property
    def orders(self) -> Path:
        return self.folder.parent / "orders"

    @property
    def unfinished(self) -> Path:
        return self.folder / "state" / "work" / "unfinished.sqlite"

    def die_at(self, number: int, *, always: bool = False) -> Path:
        """Have the process killed that redacts a decision, once or always; return the order."""
        return self.befall("die", number, "always" if always else "once")

    def befall(self, fate: str, number: int, told: str = "once") -> Path:
        """Have something befall the process that redacts a decision; return the order."""
        order = self.orders / f"{fate}-at-{number}"
        order.write_text(told, "utf-8")
        return order

    def assert_consistent(self) -> None:
        verified = run_gongshi(self.folder, "register", "verify")
        assert verified.returncode == 0, verified.stderr

    def asked(self) -> list[int]:
        """Return which decisions were redacted since the last call, in order."""
        path = self.orders / "asked"
        numbers = list(dict.fromkeys(map(int, path.read_text().split())))
        path.unlink()
        return numbers

    def rebuild(self, *words: str) -> Any:
        return run_anew(self.folder, "rebuild", "--today", DAY, *words)

    def command(self, *words: str) -> list[str]:
        """Return the words that run the program in a process of its own."""
        asked = ["-C", str(self.folder), "rebuild", "--today", DAY, *words]
        return [sys.executable, "-W", "error", "-m", "pipeline", *asked]
