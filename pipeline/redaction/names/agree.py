"""The whole document agrees on its names: every place votes on which strings are names.

A border is where what follows varies: a name is followed by many different characters, a name cut
short always by its own last one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log
from typing import Final

from pipeline.redaction.names.candidates import Candidate

LEAST: Final = -1.8
_LIST_BONUS: Final = 2.3
_LONGER_ONCE: Final = 2.0
_JOINS: Final = frozenset("、，,和与及")


def _followers(text: str, places: Sequence[Candidate]) -> int:
    return len({text[place.end : place.end + 1] for place in places})


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
        best = max(use.odds for use in uses)
        variety = _followers(text, uses)
        if variety == 1:
            result[name] = -0.5 * min(len(uses), 4) + 0.3 * max(best, 0.0)
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
    first = _pick(text, [(use.odds + extra[use.name], use) for use in found])
    starts = {use.start for _, use in first}
    ends = {use.end for _, use in first}
    return _pick(
        text,
        [(use.odds + extra[use.name] + _listed(text, use, starts, ends), use) for use in found],
    )


def _listed(text: str, use: Candidate, starts: set[int], ends: set[int]) -> float:
    bonus = 0.0
    if use.start - 1 in ends and text[use.start - 1] in _JOINS:
        bonus += _LIST_BONUS
    if use.end + 1 in starts and text[use.end] in _JOINS:
        bonus += _LIST_BONUS
    return bonus


def _pick(text: str, scored: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    ranked = sorted(
        (pair for pair in scored if pair[0] >= LEAST),
        key=lambda pair: (-pair[0], pair[1].start, -pair[1].end),
    )
    taken = bytearray(len(text))
    chosen: list[tuple[float, Candidate]] = []
    for pair in ranked:
        use = pair[1]
        if not any(taken[use.start : use.end]):
            taken[use.start : use.end] = b"\x01" * (use.end - use.start)
            chosen.append(pair)
    return sorted(chosen, key=lambda pair: pair[1].start)
