"""The whole document agrees on its names: every place votes on which strings are names.

A border is where what follows varies: a name is followed by many different characters, a name cut
short always by its own last one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log
from typing import Final

from pipeline.redaction.names.candidates import Candidate

LEAST: Final = -1.4


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
            result[name] = min(0.9, max(best, 0.0)) * log(variety) + 0.3 * max(best, 0.0)
    return result


def choose(
    text: str, found: Sequence[Candidate], least: float = LEAST
) -> list[tuple[float, Candidate]]:
    """Return the names of a text with their odds: the likeliest readings without overlap."""
    extra = standing(text, found)
    ranked = sorted(
        ((use.odds + extra[use.name], use) for use in found),
        key=lambda pair: (-pair[0], pair[1].start, -pair[1].end),
    )
    taken = bytearray(len(text))
    chosen: list[tuple[float, Candidate]] = []
    for odds, use in ranked:
        if odds < least:
            break
        if not any(taken[use.start : use.end]):
            taken[use.start : use.end] = b"\x01" * (use.end - use.start)
            chosen.append((odds, use))
    return sorted(chosen, key=lambda pair: pair[1].start)
