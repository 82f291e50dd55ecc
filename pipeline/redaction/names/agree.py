"""The whole document agrees on its names: every place votes on which strings are names.

A border is where what follows varies: a name is followed by many different characters, a name cut
short always by its own last one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log
from operator import attrgetter
from typing import Final

from pipeline.redaction.names.candidates import Candidate

LEAST: Final = -1.8
_LIST_BONUS: Final = 2.3
_FIRM: Final = 1.0
"""Odds of a name beside which others of a list are believed."""
_LONGER_ONCE: Final = 2.0
_JOINS: Final = frozenset("、，,和与及")


def standing(text: str, found: Iterable[Candidate]) -> dict[str, float]:
    """Return for each candidate string what the document as a whole adds to its odds."""
    places: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in found:
        places[candidate.name].append(candidate)
    result: dict[str, float] = {}
    for name, uses in places.items():
        if len(uses) == 1:
            result[name] = 0.0
            continue
        ends = {use.end for use in uses}
        if len(ends) == 1:
            result[name] = 0.0
            continue
        best = max(map(_ODDS, uses))
        variety = len({text[end : end + 1] for end in ends})
        if variety == 1:
            result[name] = -0.5 * min(len(ends), 4) + 0.3 * max(best, 0.0)
        else:
            result[name] = min(0.9, max(best, 0.5)) * log(variety) + 0.3 * max(best, 0.0)
    for name, uses in places.items():
        shorter = name[:-1]
        if len(uses) == 1 and len(places.get(shorter, ())) > 2 and result[shorter] > 0:
            result[name] -= _LONGER_ONCE
    return result


def choose(text: str, found: Sequence[Candidate]) -> list[tuple[float, Candidate]]:
    """Return the names of a text with their odds: the likeliest readings without overlap.

    A second round believes more readily what stands in a list with names of the first.
    """
    extra = standing(text, found)
    scored = [(use.odds + extra[use.name], use) for use in sorted(found, key=_START)]
    first = _pick(scored)
    sure = [use for odds, use in first if odds > _FIRM]
    starts = {use.start for use in sure}
    ends = {use.end for use in sure}
    joined = False
    for index, (odds, use) in enumerate(scored):
        after = use.start - 1 in ends and text[use.start - 1] in _JOINS
        before = use.end + 1 in starts and text[use.end] in _JOINS
        if after or before:
            joined = True
            scored[index] = odds + (after + before) * _LIST_BONUS, use
    return _pick(scored) if joined else first


_START: Final = attrgetter("start")
_ODDS: Final = attrgetter("odds")


def _place(pair: tuple[float, Candidate]) -> int:
    return pair[1].start


def _rank(pair: tuple[float, Candidate]) -> tuple[float, int, int]:
    return -pair[0], pair[1].start, -pair[1].end


def _pick(scored: Sequence[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """Return the likeliest of those that overlap, each group for itself; ``scored`` by place."""
    chosen: list[tuple[float, Candidate]] = []
    group: list[tuple[float, Candidate]] = []
    reach = 0
    for pair in scored:
        odds, use = pair
        if odds < LEAST:
            continue
        if use.start >= reach:
            chosen += _best(group) if len(group) > 1 else group
            group = [pair]
            reach = use.end
        else:
            group.append(pair)
            reach = max(reach, use.end)
    chosen += _best(group)
    return chosen


def _best(group: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    if len(group) == 2:  # Two of one group overlap.
        return [min(group, key=_rank)]
    kept: list[tuple[float, Candidate]] = []
    taken: set[int] = set()
    for pair in sorted(group, key=_rank):
        places = range(pair[1].start, pair[1].end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(pair)
    kept.sort(key=_place)
    return kept
