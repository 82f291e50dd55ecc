"""Many processes do what one would do; what befalls one of them costs time, or is told."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.domain.faults import BadSettingsError, ExitCode, GongshiError, LostWorkersError
from pipeline.workers.model import HERE, Workers, mapped
from pipeline.workers.parcel import CHUNK, Parcel, in_order
from pipeline.workers.processes import Processes
from tests.conftest import ROOT
from tests.exports import WITNESS
from tests.workers import jobs

TWO = Processes(2)
MANY = range(10 * CHUNK + 3)


@pytest.mark.parametrize("workers", [HERE, TWO])
def test_results_come_back_in_order(workers: Workers) -> None:
    assert list(workers.map(jobs.double, MANY)) == [number * 2 for number in MANY]


def test_the_work_is_done_in_the_processes() -> None:
    found = set(TWO.map(jobs.process_of, MANY))
    assert os.getpid() not in found
    assert 1 <= len(found) <= 2


@pytest.mark.parametrize("count", [0, 1, 2 * CHUNK - 1])
def test_little_work_is_done_here(count: int) -> None:
    assert set(TWO.map(jobs.process_of, range(count))) <= {os.getpid()}


def test_items_are_read_a_bounded_way_ahead_and_processes_end_with_the_reader() -> None:
    read = []

    def items() -> Iterator[int]:
        for number in range(100_000):
            read.append(number)
            yield number

    with mapped(TWO, jobs.double, items()) as results:
        assert next(results) == 0
        assert len(read) <= 6 * CHUNK
        assert multiprocessing.active_children()
    assert not multiprocessing.active_children()


def test_a_process_that_the_system_ends_costs_a_second_attempt(tmp_path: Path) -> None:
    died = tmp_path / "died"
    assert list(TWO.map(jobs.Doomed(77, died), MANY)) == [number * 2 for number in MANY]
    assert died.exists()


def test_work_that_ends_its_process_again_stops_the_run_with_one_line() -> None:
    with pytest.raises(LostWorkersError, match=r"内存不足.*--workers") as stopped:
        list(TWO.map(jobs.Doomed(77), MANY))
    assert stopped.value.exit_code is ExitCode.BAD_SITE
    assert "\n" not in str(stopped.value)


def test_an_error_that_may_be_told_arrives_whole() -> None:
    with pytest.raises(BadSettingsError) as stopped:
        list(TWO.map(jobs.refuse, MANY))
    assert stopped.value.faults == (jobs.FAULT,)


@pytest.mark.parametrize("workers", [TWO])
def test_of_any_other_error_only_kind_and_place_arrive(
    workers: Workers, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(GongshiError, match=r"ValueError \w+\.py:\d+") as stopped:
        list(workers.map(jobs.tell_a_secret, MANY))
    told = capfd.readouterr()
    assert WITNESS not in str(stopped.value) + told.out + told.err
    assert stopped.value.__cause__ is None


def test_want_of_memory_in_a_process_is_want_of_memory_here() -> None:
    with pytest.raises(MemoryError):
        list(TWO.map(jobs.want_memory, MANY))


@pytest.mark.parametrize(("few", "size"), [(200, CHUNK), (32, CHUNK), (8, 4), (2, 1), (0, 1)])
def test_no_parcel_holds_all_that_is_worth_two_processes(few: int, size: int) -> None:
    sizes: list[int] = []

    def send(chunk: Parcel) -> Parcel:
        sizes.append(len(chunk.opened()))
        return chunk

    sent = in_order(range(2 * CHUNK), send, lambda _, chunk: chunk, ahead=3, few=few)
    assert list(sent) == list(range(2 * CHUNK))
    assert set(sizes) == {size}


def test_a_parcel_shows_nothing_of_what_is_in_it() -> None:
    assert WITNESS not in repr(Parcel.of(WITNESS))
    assert "content" not in repr(Parcel.of(WITNESS))


def test_processes_end_with_the_one_that_was_killed_and_leave_nothing_behind(
    tmp_path: Path,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.workers.orphan"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as parent:
        assert parent.stdout is not None
        *workers, folder = parent.stdout.readline().split()
        assert Path(folder).parent == tmp_path
        assert Path(folder).is_dir()
        parent.send_signal(signal.SIGKILL)
    assert len(workers) == 2
    assert _comes_true(lambda: not any(_is_alive(int(each)) for each in workers))
    assert list(tmp_path.iterdir()) == []


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2]


def _comes_true(question: Callable[[], bool]) -> bool:
    for _ in range(600):
        if question():
            return True
        time.sleep(0.1)
    return False
