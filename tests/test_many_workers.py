"""One process, many or a cluster; killed in the middle or not: the same site to the byte."""

import shutil
import signal
import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.examination.unfinished import EVERY
from pipeline.settings import bundled
from tests.conftest import SampleAgency, copy_sample, run_gongshi
from tests.exports import DAY, WITNESS, record, write_jsonl
from tests.workers.local_cluster import local_cluster

COUNT = EVERY + 20
LATE = 9
"""A decision that is examined after the first hundred: their order is that of the text of 文号."""

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Agency:
    """An agency whose recogniser notes what it is asked, and may kill."""

    folder: Path

    @classmethod
    def made(cls, folder: Path, theme: Path) -> "Agency":
        made = run_gongshi(folder, "init", str(folder / "agency"), "--name", "青石县综合行政执法局")
        assert made.returncode == 0, made.stderr
        agency = folder / "agency"
        write_jsonl(agency / "exports", *map(record, range(1, COUNT + 1)))
        shutil.copytree(theme, agency / "theme")
        settings = agency / "gongshi.yaml"
        text = settings.read_text("utf-8").replace("# theme: theme", "theme: theme")
        settings.write_text(f"{text}\nrecogniser: tests.deadly_recogniser:Deadly\n", "utf-8")
        (folder / "orders").mkdir()
        return cls(agency)

    @property
    def orders(self) -> Path:
        return self.folder.parent / "orders"

    @property
    def unfinished(self) -> Path:
        return self.folder / "state" / "work" / "unfinished.sqlite"

    def die_at(self, number: int) -> None:
        (self.orders / f"die-at-{number}").touch()

    def asked(self) -> list[int]:
        """Return which decisions were redacted since the last call, in order."""
        path = self.orders / "asked"
        numbers = list(dict.fromkeys(map(int, path.read_text().split())))
        path.unlink()
        return numbers

    def rebuild(self, *words: str) -> Any:
        return run_gongshi(self.folder, "rebuild", "--today", DAY, *words)


def _everything(folder: Path) -> dict[str, Any]:
    """Return what a run leaves behind: every byte of the site, the projection, the register."""
    site, state = folder / "site" / "current", folder / "state"
    files = {str(p.relative_to(site)): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    assert len(files) > 100
    return {
        **files,
        **_rows(state / "register.sqlite", leaving={"register", "seal"}),
        **_rows(state / "public.sqlite", leaving={"mark"}),
    }


def _rows(path: Path, *, leaving: set[str]) -> dict[str, Any]:
    """Return all rows but those of what is drawn by lot for each register."""
    with closing(sqlite3.connect(path)) as database:
        names = [name for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        )]  # fmt: skip
        return {
            f"{path.name} {name}": sorted(
                map(repr, database.execute(f"SELECT * FROM {name}"))  # noqa: S608 - its own tables
            )
            for name in names
            if name not in leaving
        }


def _differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@pytest.fixture(scope="module")
def theme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return one theme for all, so that no work on it changes a site between two runs."""
    return Path(shutil.copytree(bundled("theme"), tmp_path_factory.mktemp("theme") / "theme"))


@pytest.fixture
def agency(tmp_path: Path, theme: Path, monkeypatch: pytest.MonkeyPatch) -> Agency:
    made = Agency.made(tmp_path, theme)
    monkeypatch.setenv("GONGSHI_TEST_ORDERS", str(made.orders))
    return made


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, theme: Path) -> dict[str, Any]:
    """Return what one process leaves that nothing befalls."""
    made = Agency.made(tmp_path_factory.mktemp("undisturbed"), theme)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGSHI_TEST_ORDERS", str(made.orders))
        done = made.rebuild()
    assert done.returncode == 0, done.stderr
    assert not made.unfinished.exists()
    return _everything(made.folder)


def test_the_sample_is_the_same_with_two_processes(sample: SampleAgency, tmp_path: Path) -> None:
    folder = copy_sample(tmp_path / "changshan")
    for day in ("2021-06-30", "2026-10-30"):
        exports = str(folder / "earlier" / day)
        done = run_gongshi(
            folder, "rebuild", "--workers", "2", "--today", day, "--exports", exports
        )
        assert done.returncode == 0, done.stderr
    done = run_gongshi(folder, "rebuild", "--workers", "2", "--today", DAY)
    assert done.returncode == 0, done.stderr
    assert _differences(_everything(folder), _everything(sample.folder)) == []


def test_a_run_that_is_killed_is_taken_up_where_it_was(
    agency: Agency, undisturbed: dict[str, Any]
) -> None:
    agency.die_at(LATE)
    assert agency.rebuild().returncode == -signal.SIGKILL
    first = agency.asked()
    assert first[-1] == LATE
    assert len(first) > EVERY
    assert not (agency.folder / "site" / "current").exists()
    assert stat.S_IMODE(agency.unfinished.stat().st_mode) == 0o600
    done = agency.rebuild()
    assert done.returncode == 0, done.stderr
    rest = agency.asked()
    assert not set(rest) & set(first[:EVERY])
    assert len(rest) == COUNT - EVERY
    assert not agency.unfinished.exists()
    assert _differences(_everything(agency.folder), undisturbed) == []


def test_a_worker_that_is_killed_costs_nothing_but_time(
    agency: Agency, undisturbed: dict[str, Any]
) -> None:
    agency.die_at(LATE)
    done = agency.rebuild("--workers", "2")
    assert done.returncode == 0, done.stderr
    assert not (agency.orders / f"die-at-{LATE}").exists()
    assert WITNESS not in done.stdout + done.stderr
    assert _differences(_everything(agency.folder), undisturbed) == []


def test_a_cluster_of_which_a_worker_is_killed_does_the_same(
    agency: Agency, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    agency.die_at(LATE)
    (tmp_path / "cluster").mkdir()
    with local_cluster(tmp_path / "cluster") as address:
        done = agency.rebuild("--cluster", address)
        told = (tmp_path / "cluster" / "log").read_text("utf-8")
    assert done.returncode == 0, done.stderr
    assert not (agency.orders / f"die-at-{LATE}").exists()
    assert WITNESS not in done.stdout + done.stderr + told
    assert _differences(_everything(agency.folder), undisturbed) == []
