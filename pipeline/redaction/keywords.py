"""Words that detectors look for: however many tables there are, one pass over a text finds all.

An automaton for each table would read the text as often as there are tables, and push the others
out of the cache of the processor. For the same reason it is the compact one of the two.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

Place = tuple[int, int, int]
"""The number of a word in its table, where it starts and where it ends."""


class Keywords:
    """The words of one table. Made when a module is loaded, so that all are known when it counts.

    >>> table = Keywords(["证人", "证人证言"])
    >>> table.everywhere("其证人证言"), table.longest("其证人证言")
    ([(0, 1, 3), (1, 1, 5)], [(1, 1, 5)])
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self._number = len(_TABLES)
        _TABLES.append(self)

    def everywhere(self, text: str) -> list[Place]:
        """Return every place of every word, by their ends; they may overlap."""
        return _places(text, len(_TABLES))[self._number]

    def longest(self, text: str) -> list[Place]:
        """Return the places without overlap, the leftmost first and then the longest."""
        places = self.everywhere(text)
        if len(places) < 2:
            return places
        kept: list[Place] = []
        done = 0
        for place in sorted(places, key=_by_start):
            if place[1] >= done:
                done = place[2]
                kept.append(place)
        return kept


_TABLES: Final[list[Keywords]] = []


def _by_start(place: Place) -> tuple[int, int]:
    return place[1], -place[2]


@lru_cache(maxsize=1)
def _finder(tables: int) -> tuple[AhoCorasick, list[tuple[int, int]]]:
    """Return the automaton of the first ``tables`` tables, and table and number of each word."""
    owners = [
        (table, index)
        for table, each in enumerate(_TABLES[:tables])
        for index in range(len(each.words))
    ]
    words = [_TABLES[table].words[index] for table, index in owners]
    finder = AhoCorasick(
        words, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
    )
    return finder, owners


@lru_cache(maxsize=1)
def _places(text: str, tables: int) -> list[list[Place]]:
    """Return the places by table; of the last text remembered, since every detector asks."""
    finder, owners = _finder(tables)
    found: list[list[Place]] = [[] for _ in range(tables)]
    for which, start, end in finder.find_matches_as_indexes(text, overlapping=True):
        table, index = owners[which]
        found[table].append((index, start, end))
    return found
