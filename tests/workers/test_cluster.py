"""A cluster of real Dask workers does what one process would do, whatever becomes of a worker."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.faults import BadSettingsError, GongshiError, LostWorkersError
from pipeline.workers import cluster as cluster_module
from pipeline.workers.cluster import Cluster
from tests.exports import WITNESS
from tests.workers import jobs
from tests.workers.local_cluster import local_cluster

MANY = range(163)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with local_cluster(tmp_path_factory.mktemp("cluster")) as address:
        yield Cluster(address)


def test_results_come_back_in_order_though_a_worker_is_killed(
    cluster: Cluster, tmp_path: Path
) -> None:
    died = tmp_path / "died"
    assert list(cluster.map(jobs.Doomed(77, died), MANY)) == [number * 2 for number in MANY]
    assert died.exists()


def test_what_kills_every_worker_stops_the_run_with_one_line(cluster: Cluster) -> None:
    with pytest.raises(LostWorkersError, match="KilledWorker") as stopped:
        list(cluster.map(jobs.Doomed(3), range(5), few=0))
    assert "\n" not in str(stopped.value)


def test_little_work_is_not_sent_anywhere() -> None:
    assert list(Cluster("tcp://127.0.0.1:1").map(jobs.double, [1, 2])) == [2, 4]


def test_errors_arrive_as_from_a_process_without_any_text(
    cluster: Cluster, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(BadSettingsError) as refused:
        list(cluster.map(jobs.refuse, MANY))
    assert refused.value.faults == (jobs.FAULT,)
    with pytest.raises(GongshiError, match="ValueError") as failed:
        list(cluster.map(jobs.tell_a_secret, MANY))
    told = capfd.readouterr()
    assert WITNESS not in str(failed.value) + told.out + told.err


def test_a_cluster_with_another_program_is_refused(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "program_digest", lambda: "another")
    with pytest.raises(GongshiError, match="版本与本机不同"):
        list(cluster.map(jobs.double, MANY))


def test_without_dask_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BadSettingsError, match=r"没有安装 Dask。请先运行 pip install"):
        list(Cluster("tcp://127.0.0.1:1").map(jobs.double, MANY))


def test_a_cluster_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "_PATIENCE", "200 ms")
    with pytest.raises(BadSettingsError, match="连接不上"):
        list(Cluster("tcp://127.0.0.1:1").map(jobs.double, MANY))


@pytest.mark.parametrize("address", ["tcp://10.1.2.3:8786", "10.1.2.3:8786", "ws://cluster:8786"])
def test_raw_text_never_travels_unencrypted(address: str) -> None:
    with pytest.raises(BadSettingsError, match=r"不加密.*tls://"):
        list(Cluster(address).map(jobs.double, [1]))
