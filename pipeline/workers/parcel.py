"""What goes to another process and comes back: bytes, so that no log there can show a text.

What goes wrong is told by kind and place. Only the words of a ``GongshiError`` come back whole:
they never hold protected text.
"""

import pickle
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from pipeline.domain.faults import GongshiError, where
from pipeline.program import program_digest
from pipeline.workers.model import FEW

CHUNK = 16
"""Items that go at once: some tenths of a second of work, and little that must be done again."""

_NOT_THE_SAME = (
    "集群上的 gongshi、Python 或者库的版本与本机不同，结果可能不同，网站没有改变。"
    "请在每台机器上用同一份 requirements.lock 安装同一版本"
)

Sent = TypeVar("Sent")


@dataclass(frozen=True, slots=True)
class Parcel:
    """Pickled values; ``repr`` shows none of them."""

    content: bytes = field(repr=False)

    @classmethod
    def of(cls, value: object) -> "Parcel":
        """Return the parcel of a value."""
        return cls(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))

    def opened(self) -> Any:  # noqa: ANN401 - whatever was packed
        """Return the value."""
        return pickle.loads(self.content)  # noqa: S301 - made by this program, for itself


@dataclass(frozen=True, slots=True)
class _Trouble:
    """What a worker could not do: the error if it may be told, else its kind and place."""

    error: GongshiError | None = None
    kind: str = ""
    place: str = ""

    def raised(self) -> Exception:
        if self.error is not None:
            return self.error
        if self.kind == MemoryError.__name__:
            return MemoryError()
        return GongshiError(f"程序内部错误：{self.place}。网站没有改变，请把这一行发给维护者。")


def work(function: Parcel, chunk: Parcel, program: str = "") -> Parcel:
    """Return what ``function`` makes of every item of a chunk. Runs where the work is done.

    Raises nothing. With ``program`` only the very same program answers.
    """
    try:
        if program and program != program_digest():
            return Parcel.of(_Trouble(GongshiError(_NOT_THE_SAME)))
        do = _opened(function)
        return Parcel.of([do(item) for item in chunk.opened()])
    except GongshiError as error:
        return Parcel.of(_Trouble(error))
    except Exception as error:  # noqa: BLE001 - the message may hold protected text
        return Parcel.of(_Trouble(None, type(error).__name__, where(error)))


def results(answer: Parcel) -> list[Any]:
    """Return the results that a chunk came back with; raises what went wrong there."""
    value = answer.opened()
    if isinstance(value, _Trouble):
        raise value.raised() from None
    return list(value)


def parcels(items: Iterable[object], size: int = CHUNK) -> Iterator[Parcel]:
    """Yield the items in parcels of ``size``."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield Parcel.of(chunk)


def in_order(
    items: Iterable[object],
    send: Callable[[Parcel], Sent],
    receive: Callable[[Parcel, Sent], Parcel],
    *,
    ahead: int,
    few: int = FEW,
) -> Generator[Any, None, None]:
    """Yield the results of the items in order, while up to ``ahead`` chunks are out.

    No chunk is so large that ``few`` items, which are worth a second process, would go to one.
    """
    out: deque[tuple[Parcel, Sent]] = deque()
    for chunk in parcels(items, max(1, min(CHUNK, few // 2))):
        out.append((chunk, send(chunk)))
        if len(out) >= ahead:
            yield from results(receive(*out.popleft()))
    while out:
        yield from results(receive(*out.popleft()))


@lru_cache(maxsize=1)
def _opened(function: Parcel) -> Callable[[Any], Any]:
    """Open the function once in each process."""
    do: Callable[[Any], Any] = function.opened()
    return do
