"""What whole-program tests share: a sample agency, rebuilt once, and the program as a process."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.forked import run_forked

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "examples" / "changshan"

Gongshi = Callable[..., "subprocess.CompletedProcess[str]"]


@dataclass(frozen=True)
class SampleAgency:
    """The sample after all its nights; ``decisions`` is what is expected of each 文号."""

    folder: Path
    decisions: dict[str, dict[str, object]]
    last: "subprocess.CompletedProcess[str]"

    @property
    def site(self) -> Path:
        return self.folder / "site" / "current"


def run_gongshi(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the program on the agency's folder, in a process of its own."""
    return run_forked("--folder", str(folder), *words)


def run_anew(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the program as its user does, on the agency's folder: loading it too."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "pipeline", "--folder", str(folder), *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def copy_sample(folder: Path) -> Path:
    """Copy the sample's settings and exports, without any state, to an empty folder."""
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("state", "site"))
    return folder


@pytest.fixture
def gongshi() -> Gongshi:
    return run_gongshi


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleAgency:
    folder = copy_sample(tmp_path_factory.mktemp("sample") / "changshan")
    expected = yaml.safe_load((SAMPLE / "expected.yaml").read_text("utf-8"))
    for night in expected["nights"]:
        last = run_gongshi(
            folder,
            "rebuild",
            "--today",
            night["today"],
            "--exports",
            str(folder / night["exports"]),
        )
        assert last.returncode == 0, last.stderr
    return SampleAgency(folder, expected["decisions"], last)
