"""What a stage may ask of whoever does the work."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


FEW = 32
"""Items that are done here as fast as anywhere, where a stage does not say how many those are."""


class Workers(Protocol):
    """Works on many values at once; the results are those of one after the other."""

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item], *, few: int = FEW
    ) -> Generator[Result, None, None]:
        """Yield ``function`` of each item, in order; read only a bounded way ahead in ``items``.

        ``function``, the items and the results can be pickled; ``function`` is pure. Fewer items
        than ``few`` are done here: they are not worth a process. Raises what ``function`` raises
        when that is a ``GongshiError``; of anything else only kind and place.
        """
        ...


@dataclass(frozen=True, slots=True)
class Here:
    """This process alone."""

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item], *, few: int = FEW
    ) -> Generator[Result, None, None]:
        """Yield ``function`` of each item, one after the other."""
        del few
        yield from map(function, items)


HERE = Here()


@dataclass(frozen=True, slots=True)
class Crew:
    """Who redacts, and who builds and verifies the site: a cluster does not see its files."""

    redacting: Workers = HERE
    site: Workers = HERE


ALONE = Crew()
"""One process for everything: the default."""


@contextmanager
def mapped(
    workers: Workers, function: Callable[[Item], Result], items: Iterable[Item], *, few: int = FEW
) -> Iterator[Iterator[Result]]:
    """Yield the results; whatever stops the reader stops the work too."""
    with closing(workers.map(function, items, few=few)) as results:
        yield results
