"""Where given words stand in one text: by plain search for a few, in one pass for many."""

from collections.abc import Iterator, Sequence
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

_FEW: Final = 48
"""Up to so many words, searching for each costs less than building the automaton."""


def places(text: str, word: str) -> Iterator[int]:
    """Yield where ``word`` stands in ``text``, without overlap."""
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + len(word))


def occurrences(text: str, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and word of each place, the leftmost and then longest, without overlap.

    >>> list(occurrences("王伟和王伟明", ["王伟", "王伟明"]))
    [(0, 2, '王伟'), (3, 6, '王伟明')]
    """
    if len(words) > _FEW:
        finder = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)
        for index, start, end in finder.find_matches_as_indexes(text):
            yield start, end, words[index]
        return
    find = text.find
    found: list[tuple[int, int, str]] = []
    for word in words:
        size = len(word)
        start = find(word)
        while start >= 0:
            found.append((start, -size, word))
            start = find(word, start + size)
    found.sort()
    done = 0
    for start, size, word in found:
        if start >= done:
            done = start - size
            yield start, done, word
