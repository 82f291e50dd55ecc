"""The machine code of redaction: it finds what the sources find, and is not older."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.native import BUILT, PIPELINE, digest, library
from tests.conftest import ROOT

MADE = BUILT / digest(PIPELINE)
compiled = pytest.mark.skipif(not library(MADE).is_file(), reason="这里不能编译")

_FIND = """
import hashlib, pathlib
from benchmarks.gold.generate import documents
from pipeline.redaction import engine
from pipeline.redaction.model import Known, KnownParty
found = hashlib.sha256()
for document in documents(120, seed=41):
    for parties in ((), tuple(KnownParty(name) for name in document.parties)):
        found.update(repr(engine.detect(document.text, Known(parties=parties))).encode())
print(pathlib.Path(engine.__file__).suffix, found.hexdigest())
"""
_IMPORTED = re.compile(r"^(?:from|import) pipeline\.(\w+)", re.MULTILINE)
_WHICH = "from pipeline.redaction import engine; print(engine.__file__)"


def _run(folder: Path, program: str, **more: str) -> str:
    environment = {name: held for name, held in os.environ.items() if "GONGSHI" not in name}
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**environment, "PYTHONPATH": str(folder), **more},
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


@compiled
def test_it_finds_what_the_sources_find() -> None:
    quick, found = _run(ROOT, _FIND).split()
    written, expected = _run(ROOT, _FIND, GONGSHI_INTERPRETED="1").split()
    assert (quick, written) == (".so", ".py")
    assert found == expected


@compiled
def test_a_source_that_changed_since_runs_as_written(tmp_path: Path) -> None:
    copy = tmp_path / PIPELINE.name
    shutil.copytree(PIPELINE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    assert Path(_run(tmp_path, _WHICH)).suffix == ".so"
    with (copy / "domain" / "protected.py").open("a") as source:
        source.write("\n")
    assert Path(_run(tmp_path, _WHICH)) == copy / "redaction" / "engine.py"


@compiled
def test_it_holds_nothing_of_rooms_that_may_change_without_it() -> None:
    made = {path.name.split(".")[0] for path in MADE.rglob("*.so")}
    sources = [path for path in (PIPELINE / "redaction").rglob("*.py") if path.stem in made]
    rooms = {room for path in sources for room in _IMPORTED.findall(path.read_text("utf-8"))}
    assert len(sources) > 20
    assert rooms <= {"domain", "redaction"}


def test_a_machine_without_a_compiler_runs_the_sources(tmp_path: Path) -> None:
    shutil.copytree(PIPELINE, tmp_path / "pipeline", ignore=shutil.ignore_patterns("built"))
    said = subprocess.run(
        [sys.executable, "-m", "pipeline.native"],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "CC": str(tmp_path / "none")},
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stderr.splitlines() == [
        "没有编译隐去程序：要 mypy、setuptools、C 编译器和 Python 头文件。照常运行，只是慢些。"
    ]
    assert Path(_run(tmp_path, _WHICH)).suffix == ".py"
