"""``--workers`` and ``--cluster`` say who does the work; what nobody can mean is refused."""

import os
from pathlib import Path

import pytest

from pipeline.commands.crew import Count, crew_of
from pipeline.domain.faults import ExitCode
from pipeline.workers.cluster import Cluster
from pipeline.workers.model import HERE, Crew
from pipeline.workers.processes import Processes
from tests.conftest import run_gongshi


@pytest.mark.parametrize(
    ("workers", "cluster", "crew"),
    [
        (1, "", Crew(HERE, HERE)),
        (3, "", Crew(Processes(3), Processes(3))),
        (1, "tls://a:1", Crew(Cluster("tls://a:1"), HERE)),
        (2, "tls://a:1", Crew(Cluster("tls://a:1"), Processes(2))),
    ],
)
def test_a_cluster_redacts_and_this_machine_verifies(
    workers: int, cluster: str, crew: Crew
) -> None:
    assert crew_of(workers, cluster) == crew


@pytest.mark.parametrize("count", ["0", "two"])
def test_a_count_that_is_none_is_refused(tmp_path: Path, count: str) -> None:
    refused = run_gongshi(tmp_path, "rebuild", "--workers", count)
    assert refused.returncode == ExitCode.USAGE
    assert "写成 4 的样式，或者 auto" in refused.stderr


def test_auto_is_what_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3, 5})
    assert Count().convert("auto", None, None) == 3
