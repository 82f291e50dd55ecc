"""Processes on this machine, started when there is work for them and gone with it.

A process that the system ends (for want of memory, say) costs its chunk a second attempt in a new
pool. They end with the process that started them, however that one ends.
"""

import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import errorcode
from itertools import chain, islice
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext
from multiprocessing.util import get_temp_dir
from threading import Thread
from time import sleep

from pipeline.domain.faults import LostWorkersError
from pipeline.workers.model import FEW, Item, Result
from pipeline.workers.parcel import Parcel, in_order, work

_LOST = (
    "处理决定的进程两次被系统终止，多半是内存不足，网站没有改变。"
    "请减少 --workers，或者增加内存后重新运行；已经隐去的不会重做"
)
_NOT_STARTED = (
    "这里不能启动别的进程（{}），网站没有改变。"
    "请去掉 --workers 重新运行，或者让 /dev/shm 和临时文件夹可写、放宽进程数的上限"
)
_LOOKS = 20

_function: Parcel


@dataclass(frozen=True, slots=True)
class Processes:
    """``count`` processes, at least two."""

    count: int

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item], *, few: int = FEW
    ) -> Generator[Result, None, None]:
        """Yield ``function`` of each item, in order; raises ``LostWorkersError`` besides."""
        rest = iter(items)
        first = list(islice(rest, few))
        if len(first) < few:
            yield from map(function, first)
            return
        pool = _Pool(self.count, Parcel.of(function))
        try:
            yield from in_order(
                chain(first, rest), pool.send, pool.receive, ahead=2 * self.count + 1, few=few
            )
        finally:
            pool.close()


class _Pool:
    """A pool that is replaced when the system ended one of its processes."""

    def __init__(self, count: int, function: Parcel) -> None:
        self._count = count
        self._function = function
        self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        with _told():
            return ProcessPoolExecutor(
                self._count,
                mp_context=_context(),
                initializer=_begin,
                initargs=(self._function, get_temp_dir()),
            )

    def send(self, chunk: Parcel) -> Future[Parcel]:
        try:
            return self._submitted(chunk)
        except BrokenProcessPool:
            self.close()
            self._pool = self._started()
            return self._submitted(chunk)

    def _submitted(self, chunk: Parcel) -> Future[Parcel]:
        with _told(), _unheard():
            return self._pool.submit(_do, chunk)

    def receive(self, chunk: Parcel, future: Future[Parcel]) -> Parcel:
        with suppress(BrokenProcessPool):
            return future.result()
        with suppress(BrokenProcessPool):
            return self.send(chunk).result()
        raise LostWorkersError(_LOST)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


@contextmanager
def _told() -> Iterator[None]:
    """Say in one line that the system gives no more processes, or nothing to speak with them."""
    try:
        yield
    except BrokenProcessPool:
        raise
    except (OSError, EOFError, ImportError, RuntimeError) as error:
        why = errorcode.get(getattr(error, "errno", None) or 0, "")
        raise LostWorkersError(
            _NOT_STARTED.format(f"{type(error).__name__} {why}".strip())
        ) from None


@contextmanager
def _unheard() -> Iterator[None]:
    """Let Ctrl-C wait: no process is left half started, and those started here never hear it."""
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)


def _context() -> BaseContext:
    """Return how processes are started: copies of one that has loaded what is loaded here."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(sorted(name for name in sys.modules if _is_ours(name)))
    resource_tracker.ensure_running()  # it lets Ctrl-C through once it is started, so it goes first
    with _unheard():
        forkserver.ensure_running()
    return context


def _is_ours(name: str) -> bool:
    return name.startswith("pipeline.") and not name.endswith("__main__")


def _begin(function: Parcel, folder: str) -> None:
    """Make this process ready: it leaves Ctrl-C to its parent, and ends when that one does.

    ``folder`` is where the parent listens; a parent that is killed cannot take it away.
    """
    global _function  # noqa: PLW0603 - one process, one function
    _function = function
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, args=(folder,), daemon=True).start()


def _end_with_parent(folder: str) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        if _is_gone(parent.pid):
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


def _is_gone(process: int | None) -> bool:
    """Say whether a process was killed: one that leaves by itself takes its folder away."""
    for _ in range(_LOOKS):
        try:
            os.kill(process or 0, 0)
        except ProcessLookupError:
            return True
        sleep(0.1)
    return False


def _do(chunk: Parcel) -> Parcel:
    return work(_function, chunk)
