"""The whole document agrees on its names: every place votes on which strings are names.

A border is where what follows varies: a name is followed by many different characters, a name cut
short always by its own last one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log
from typing import Final

from pipeline.redaction.names.candidates import Candidate

SEED: Final = 0.0
_LIST_BONUS: Final = 1.5


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
        bonus = 0.9 * log(variety) if variety > 1 else -0.5 * min(len(uses), 4)
        result[name] = bonus + 0.3 * max(best, 0.0)
    return result


def choose(text: str, found: Sequence[Candidate], least: float = SEED) -> list[Candidate]:
    """Return the names of a text: the likeliest readings that do not overlap, by position."""
    extra = standing(text, found)
    ranked = sorted(
        ((use.odds + extra[use.name], use) for use in found),
        key=lambda pair: (-pair[0], pair[1].start, -pair[1].end),
    )
    taken: dict[int, Candidate] = {}
    for odds, use in ranked:
        if odds < least:
            break
        if not any(position in taken for position in range(use.start, use.end)):
            for position in range(use.start, use.end):
                taken[position] = use
    return sorted(set(taken.values()))
