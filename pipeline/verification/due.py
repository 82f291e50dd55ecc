"""Which remembered files are due to be read: those in which something new could be found.

Hidden tonight is what the decisions examined tonight hide. A run that found a leak builds once
more and looks once more; what it has looked for already, it need not look for in the same files.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from pipeline.verification.model import Expectation
from pipeline.verification.plain import plain
from pipeline.verification.shapes import digits
from pipeline.verification.tree import owner_of, paths_of
from pipeline.verification.values import Page, Values, united


@dataclass(frozen=True, slots=True)
class Held:
    """What this run has held every remembered file against. Never written.

    ``hidden`` and ``shown`` as in ``Expectation``, ``words`` as in ``Gate``.
    """

    hidden: Mapping[str, Collection[str]] = field(repr=False)
    shown: Mapping[str, Iterable[str]] = field(repr=False)
    words: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Due:
    """What to look for anew: with these decisions, and wherever one of these words stands.

    ``own`` are the files that show one of the decisions alone. ``words`` are for a file that
    shows another one, ``listed`` for one that shows many.
    """

    own: frozenset[str] = field(repr=False)
    words: frozenset[str] = field(repr=False)
    listed: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, expectation: Expectation, words: frozenset[str], held: Held | None) -> Self:
        """Return what is due; ``words`` are those of the gate, ``held`` what was looked for."""
        hidden, shown = expectation.hidden, expectation.shown
        if held is None or expectation.banished:
            return cls(_own(hidden), words, words)
        slugs = frozenset(
            slug
            for slug, values in hidden.items()
            if held.hidden.get(slug) != values or held.shown.get(slug) != shown.get(slug)
        )
        new = (words - held.words) | slugs
        return cls(
            _own(slugs), new, new.union(_excused(hidden, _names(held.shown) - _names(shown)))
        )

    def asks_for(self, path: str, words: Collection[str]) -> bool:
        """Whether a file in which these words stand must be read."""
        if path in self.own or not self.words.isdisjoint(words):
            return True
        return bool(words) and not self.listed.isdisjoint(words) and owner_of(path) is None


def _own(slugs: Iterable[str]) -> frozenset[str]:
    return frozenset(path for slug in slugs for path in paths_of(slug))


def _names(shown: Mapping[str, Iterable[str]]) -> frozenset[str]:
    return united(map(frozenset, shown.values()))


def _excused(hidden: Mapping[str, Collection[str]], lost: Collection[str]) -> Iterator[str]:
    """Yield the decisions that hide what a name holds that is public no more.

    As long as it was, a list could show the name, and with it what it holds.
    """
    written = [plain(name) for name in lost]
    names = Page("\n".join([*written, *map(digits, written)]))
    for slug, values in hidden.items() if lost else ():
        if Values(frozenset(values)).may_stand_in(names):
            yield slug
