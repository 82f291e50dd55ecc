"""Whatever becomes of those who do the work: the same site to the byte, or the old one."""

import shutil
import signal
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.faults import ExitCode
from pipeline.examination.unfinished import EVERY
from pipeline.settings import bundled
from tests.conftest import run_gongshi
from tests.exports import DAY, WITNESS, record, write_jsonl
from tests.faults.table import told
from tests.left_behind import differences, everything
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
        order = self.orders / f"die-at-{number}"
        order.write_text("always" if always else "once", "utf-8")
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
        return run_gongshi(self.folder, "rebuild", "--today", DAY, *words)


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
    return everything(made.folder)


@told(
    "首次装入（或者全部重做）到一半被强行结束（SIGKILL）",
    visitors="旧站，完整（首次装入时还没有网站）",
    run="无",
    after="下一次运行接着做：已经隐去的不重做，最多损失最近一百件",
)
def test_a_run_that_is_killed_is_taken_up_where_it_was(
    agency: Agency, undisturbed: dict[str, Any]
) -> None:
    agency.die_at(LATE)
    assert agency.rebuild().returncode == -signal.SIGKILL
    first = agency.asked()
    assert first[-1] == LATE
    assert len(first) > EVERY
    assert not (agency.folder / "site" / "current").exists()
    agency.assert_consistent()
    assert stat.S_IMODE(agency.unfinished.stat().st_mode) == 0o600
    done = agency.rebuild()
    assert done.returncode == 0, done.stderr
    rest = agency.asked()
    assert not set(rest) & set(first[:EVERY])
    assert len(rest) == COUNT - EVERY
    assert not agency.unfinished.exists()
    assert differences(everything(agency.folder), undisturbed) == []


@told(
    "几个进程一起做时，一个被系统终止（内存不足）",
    visitors="新站",
    run="照常完成：它手上的一份在新的进程里再做一次",
)
def test_a_worker_that_is_killed_costs_nothing_but_time(
    agency: Agency, undisturbed: dict[str, Any]
) -> None:
    agency.die_at(LATE)
    done = agency.rebuild("--workers", "2")
    assert done.returncode == 0, done.stderr
    assert not (agency.orders / f"die-at-{LATE}").exists()
    assert WITNESS not in done.stdout + done.stderr
    assert differences(everything(agency.folder), undisturbed) == []


@told(
    "再做一次时进程又被终止",
    visitors="旧站，完整",
    run="停下（退出码 15），一行说明多半是内存不足、减少进程",
    after="原因排除后下一次运行接着做",
)
def test_workers_that_are_killed_again_stop_the_run_with_one_line(
    agency: Agency, undisturbed: dict[str, Any]
) -> None:
    order = agency.die_at(LATE, always=True)
    stopped = agency.rebuild("--workers", "2")
    assert stopped.returncode == ExitCode.BAD_SITE
    assert [line for line in stopped.stderr.splitlines() if "--workers" in line]
    assert "Traceback" not in stopped.stderr
    assert WITNESS not in stopped.stdout + stopped.stderr
    assert not (agency.folder / "site" / "current").exists()
    agency.assert_consistent()
    order.unlink()
    done = agency.rebuild("--workers", "2")
    assert done.returncode == 0, done.stderr
    assert not agency.unfinished.exists()
    assert differences(everything(agency.folder), undisturbed) == []


@told(
    "集群的一个工作进程被强行结束（SIGKILL）",
    visitors="新站",
    run="照常完成：它的工作由别的进程做",
)
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
    assert differences(everything(agency.folder), undisturbed) == []
