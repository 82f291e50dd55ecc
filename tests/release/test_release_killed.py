"""A release stopped at any step: visitors see the old site or the new, and the next run heals."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.release import release

KILLER = """
import io, os, sys
from pathlib import Path
import pipeline.release as room


def die_at(step):
    left = step

    def deadly(work):
        def one(*args, **kwargs):
            nonlocal left
            if left == 0:
                os._exit(137)
            left -= 1
            return work(*args, **kwargs)
        return one

    for name in (
        "link", "unlink", "replace", "symlink", "mkdir", "rmdir", "fsync", "open", "scandir"
    ):
        setattr(os, name, deadly(getattr(os, name)))
    io.open = deadly(io.open)


for line in sys.stdin:
    source, root, step = line.rstrip().split("|")
    child = os.fork()
    if child == 0:
        die_at(int(step))
        room.release(Path(source), Path(root))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

OLD = {"index.html": "旧", "decisions/1.html": "甲", "decisions/2.html": "乙"}
NEW = {"index.html": "新", "decisions/1.html": "甲", "archive/3.html": "丙"}


def write(tree: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text, "utf-8")
    return tree


def read(tree: Path) -> dict[str, str]:
    return {
        str(path.relative_to(tree)): path.read_text("utf-8")
        for path in tree.rglob("*")
        if path.is_file()
    }


def killed_at(killer: subprocess.Popen[str], step: int, source: Path, root: Path) -> int:
    """Run a release in a process that dies before its step-th work on the disk."""
    assert killer.stdin is not None
    assert killer.stdout is not None
    print(source, root, step, sep="|", file=killer.stdin, flush=True)
    return int(killer.stdout.readline())


@pytest.fixture
def killer() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", KILLER]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def kill_everywhere(
    killer: subprocess.Popen[str], folder: Path, before: dict[str, str] | None
) -> int:
    """Kill a release at every step from the state ``before``; return the number of steps."""
    out = write(folder / "new", NEW)
    for step in range(2000):
        root = folder / f"www{step}"
        if before is not None:
            release(write(folder / f"old{step}", before), root)
        code = killed_at(killer, step, out, root)
        shown = read(root / "current") if (root / "current").exists() else None
        assert shown in (before, NEW), f"a mixture after step {step}"
        release(out, root)
        for colour in ("blue", "green"):
            assert read(root / "releases" / colour) == NEW, f"not healed after step {step}"
        if code == 0:
            return step
        assert code == 137
    pytest.fail("the release never ended")


def test_killed_at_every_step_of_a_first_release_visitors_see_nothing_or_all(
    killer: subprocess.Popen[str],
    tmp_path: Path,
) -> None:
    assert kill_everywhere(killer, tmp_path, None) > 20


def test_killed_at_every_step_of_a_change_visitors_see_the_old_site_or_the_new(
    killer: subprocess.Popen[str],
    tmp_path: Path,
) -> None:
    assert kill_everywhere(killer, tmp_path, OLD) > 30
