"""A cluster of Dask workers, for the first load of a province.

Dask is an extra (``pip install gongshi[cluster]``) and does what it is made for: it spreads the
work, and gives that of a lost worker to another. What is raw travels to the machines of the
cluster, so the way to any other machine than this one must be encrypted (``tls://``).
"""

import importlib
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import chain, islice
from typing import Any
from urllib.parse import urlsplit

from pipeline.domain.faults import BadSettingsError, Fault, LostWorkersError, Place
from pipeline.program import program_digest
from pipeline.workers.model import FEW, Item, Result
from pipeline.workers.parcel import Parcel, in_order, work

_PATIENCE = "30 s"
_LOST = "集群没有做完，网站没有改变。请看集群各台机器的日志，恢复后重新运行；已经隐去的不会重做"


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers that the scheduler at ``address`` has."""

    address: str

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item], *, few: int = FEW
    ) -> Generator[Result, None, None]:
        """Yield ``function`` of each item, in order.

        Raises ``BadSettingsError`` when Dask is missing or the cluster cannot be reached safely,
        ``LostWorkersError`` when it loses a chunk again and again.
        """
        if not _is_safe(self.address):
            raise _refused(self.address, "决定的原文会不加密地经过网络", "用 tls:// 开头的地址")
        rest = iter(items)
        first = list(islice(rest, few))
        if len(first) < few:
            yield from map(function, first)
            return
        with _connected(self.address) as client:
            held = client.submit(_held, Parcel.of(function), pure=False)
            program = program_digest()

            def send(chunk: Parcel) -> Any:  # noqa: ANN401 - a future of Dask
                return client.submit(work, held, chunk, program, pure=False)

            cores = sum(client.nthreads().values())
            yield from in_order(chain(first, rest), send, _received, ahead=2 * cores + 1)


def _held(function: Parcel) -> Parcel:
    """Return the function itself: one copy stays in each worker, and is made anew if it is lost."""
    return function


def _received(_chunk: Parcel, future: Any) -> Parcel:  # noqa: ANN401 - a future of Dask
    try:
        parcel: Parcel = future.result()
    except Exception as error:  # noqa: BLE001 - theirs, and it may show what it was given
        raise LostWorkersError(f"{_LOST}（{type(error).__name__}）") from None
    return parcel


def _connected(address: str) -> Any:  # noqa: ANN401 - Dask is there or not
    try:
        distributed = importlib.import_module("distributed")
    except ImportError:
        raise _refused(
            address, "没有安装 Dask", "先运行 pip install 'gongshi[cluster]'，或者改用 --workers"
        ) from None
    try:
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except Exception as error:  # noqa: BLE001 - theirs, of many kinds
        raise _refused(
            address, f"连接不上（{type(error).__name__}）", "核对地址、证书，看调度进程是否在运行"
        ) from None
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except Exception:  # noqa: BLE001 - the same
        client.close()
        raise _refused(address, "集群里没有工作进程", "先在各台机器上启动 dask worker") from None
    return client


def _refused(address: str, problem: str, remedy: str) -> BadSettingsError:
    return BadSettingsError([Fault(Place("--cluster", address), problem, f"请{remedy}")])


def _is_safe(address: str) -> bool:
    """Whether what goes to ``address`` is encrypted or does not leave this machine.

    >>> [_is_safe(each) for each in ("tls://10.0.0.5:8786", "tcp://127.0.0.1:1", "10.0.0.5:1")]
    [True, True, False]
    """
    parts = urlsplit(address if "//" in address else f"tcp://{address}")
    if parts.scheme in {"tls", "wss", "inproc"}:
        return True
    try:
        return ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return parts.hostname == "localhost"
