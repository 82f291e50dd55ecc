"""An agency in the middle of its life, the night that is to be spoilt, and what must hold after."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from pipeline.settings import bundled
from tests.conftest import ROOT, run_gongshi
from tests.exports import record, write_jsonl

BEFORE, TONIGHT = "2026-11-19", "2026-11-20"
KILLED = -9
SOAK = os.environ.get("GONGSHI_FAULTS") == "all"
"""Whether everything is tried (``make soak``), or one of each kind."""

Pages = dict[str, bytes]


@dataclass(frozen=True)
class Ended:
    """How one run ended: exit code, steps on the disk, and what it printed on both streams."""

    code: int
    steps: int
    seconds: float
    out: str = field(repr=False)
    err: str = field(repr=False)


class Program:
    """The program, loaded once; every run is a fork of it."""

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory()
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-W", "ignore::DeprecationWarning", "-m",
             "tests.faults.deadly"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        Path(self._folder.name).chmod(0o777)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()
        self._folder.cleanup()

    def run(self, agency: Path, *words: str, **order: Any) -> Ended:
        """Run one command on the agency's folder; ``order`` says what befalls it."""
        out, err = Path(self._folder.name, "out"), Path(self._folder.name, "err")
        for path in (out, err):
            path.unlink(missing_ok=True)
        line = {"words": ["-C", str(agency), *words], "out": str(out), "err": str(err), **order}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(line), file=self._process.stdin, flush=True)
        told = json.loads(self._process.stdout.readline())
        return Ended(**told, out=_read(out), err=_read(err))

    def rebuild(self, agency: Path, *, today: str = TONIGHT, **order: Any) -> Ended:
        """Run the night."""
        return self.run(agency, "rebuild", "--today", today, **order)


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


@dataclass(frozen=True)
class Night:
    """``agency`` as it stands before the night; ``old`` and ``new`` what visitors see then."""

    program: Program
    agency: Path
    old: Pages = field(repr=False)
    new: Pages = field(repr=False)
    steps: int
    seconds: float

    def copy(self, folder: Path) -> Path:
        """Return an agency of its own, the same to the byte."""
        return Path(shutil.copytree(self.agency, folder, symlinks=True))

    def assert_whole(self, agency: Path, story: str) -> None:
        """Visitors see the old site or the new one."""
        assert shown(agency) in (self.old, self.new), f"a mixture: {story}"

    def assert_heals(self, agency: Path, story: str, *, today: str = TONIGHT) -> None:
        """The register is consistent, and the next run makes the new site as if nothing was."""
        verified = self.program.run(agency, "register", "verify")
        assert verified.code == 0, f"{story}: {verified.err}"
        again = self.program.rebuild(agency, today=today)
        assert again.code == 0, f"{story}: {again.err}"
        assert shown(agency) == self.new, f"not healed: {story}"
        verified = self.program.run(agency, "register", "verify")
        assert verified.code == 0, f"{story}: {verified.err}"


def shown(agency: Path) -> Pages:
    """Return what visitors see, by path."""
    site = agency / "site" / "current"
    return {str(p.relative_to(site)): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def each(first: Any, *others: Any) -> list[Any]:
    """Return the cases of a fault: all of them in a soak, else the first."""
    return [first, *others] if SOAK else [first]


def one_clear_line(ended: Ended, *words: str) -> None:
    """The run said in one line what is wrong, holding ``words``; no traceback, no private text."""
    lines = [line for line in ended.err.splitlines() if line and not line[-1].isdigit()]
    assert lines, ended
    assert "Traceback" not in ended.err
    assert "邬晓岚" not in ended.err + ended.out
    assert any(all(word in line for word in words) for line in lines), ended.err


def _with_its_own_theme(agency: Path) -> None:
    """Give the agency a copy, so that no work on the theme changes a site between two runs."""
    shutil.copytree(bundled("theme"), agency / "theme")
    settings = agency / "gongshi.yaml"
    text = settings.read_text("utf-8").replace("# theme: theme", "theme: theme")
    settings.write_text(text, "utf-8")


def on_the_eve(program: Program, agency: Path, *, settings: str = "") -> Path:
    """Make an agency that has published three decisions; its export for tonight is there.

    In it one decision is new, one is corrected and one is withdrawn. ``settings`` are more lines.
    """
    made = run_gongshi(agency.parent, "init", str(agency), "--name", "青石县综合行政执法局")
    assert made.returncode == 0, made.stderr
    _with_its_own_theme(agency)
    with (agency / "gongshi.yaml").open("a", encoding="utf-8") as told:
        told.write(settings)
    write_jsonl(agency / "exports", record(1), record(2), record(3))
    first = program.rebuild(agency, today=BEFORE)
    assert first.code == 0, first.err
    revoked = record(2, events=[{"kind": "撤销", "effective_on": "2026-11-18"}])
    write_jsonl(agency / "exports", record(1, performance="已履行"), revoked, record(3), record(4))
    return agency


def prepare(program: Program, folder: Path) -> Night:
    """Return the night after the eve."""
    agency = on_the_eve(program, folder / "agency")
    after = Path(shutil.copytree(agency, folder / "after", symlinks=True))
    done = program.rebuild(after)
    assert done.code == 0, done.err
    return Night(program, agency, shown(agency), shown(after), done.steps, done.seconds)
