"""Which decision of a block has which gram: worked out once for each decision, then remembered.

A block whose decisions changed takes the grams of those that did not from what it was before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np

from pipeline.site.search.postings import Numbers
from pipeline.site.search.words import Grams

GramsOf = Callable[[int], Grams]
"""The grams of the decision at a place, in ascending order."""

_PLACE_BITS = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Grams, ascending, each with the place of a decision that has it; places ascend within one.

    ``names`` say of each place which decision it is, and as which it was read.
    """

    names: tuple[str, ...]
    grams: Grams
    places: Numbers

    @classmethod
    def worked_out(cls, names: Sequence[str], before: Self | None, grams_of: GramsOf) -> Self:
        """Return the pairs of the decisions ``names``; ``grams_of`` is asked for new ones only."""
        if before is not None and before.names == tuple(names):
            return before
        grams, places, known = before.kept_for(names) if before else _NOTHING
        fresh = [place for place, name in enumerate(names) if name not in known]
        parts = [grams_of(place) for place in fresh]
        if parts:
            lengths = [len(part) for part in parts]
            keys = np.sort(
                _keys(np.concatenate(parts), np.repeat(np.array(fresh, np.uint32), lengths))
            )
            at = np.searchsorted(_keys(grams, places), keys)
            grams = np.insert(grams, at, (keys >> _PLACE_BITS).astype(np.uint32))
            places = np.insert(places, at, keys.astype(np.uint32))
        return cls(tuple(names), grams, places)

    def kept_for(self, names: Sequence[str]) -> tuple[Grams, Numbers, frozenset[str]]:
        """Return the pairs of the ``names`` that are known, at their new places, and who these are.

        Nothing is kept when the decisions have changed places among themselves.
        """
        now = {name: place for place, name in enumerate(names)}
        kept = [(old, now[name]) for old, name in enumerate(self.names) if name in now]
        if any(after[1] <= before[1] for before, after in pairwise(kept)):
            return _NOTHING
        moved = np.full(len(self.names), -1, np.int64)
        for old, new in kept:
            moved[old] = new
        places = moved[self.places]
        there = places >= 0
        found = frozenset(names[new] for _, new in kept)
        return self.grams[there], places[there].astype(np.uint32), found

    def save(self, path: Path) -> None:
        """Write the pairs; a half-written file is never found at ``path``."""
        draft = path.with_suffix(".draft")
        small = np.min_scalar_type(len(self.names))
        with draft.open("wb") as file:
            names = np.frombuffer("\n".join(self.names).encode(), np.uint8)
            np.savez(file, names=names, grams=self.grams, places=self.places.astype(small))
        draft.rename(path)


_NOTHING: tuple[Grams, Numbers, frozenset[str]] = (
    np.zeros(0, np.uint32),
    np.zeros(0, np.uint32),
    frozenset(),
)


def load_pairs(path: Path) -> Pairs | None:
    """Return the pairs that were saved at ``path``, ``None`` when they cannot be used."""
    try:
        with path.open("rb") as file, np.load(file) as found:
            names = tuple(found["names"].tobytes().decode().split("\n"))
            pairs = Pairs(names, found["grams"], found["places"].astype(np.uint32))
    except Exception:  # noqa: BLE001 - whatever is wrong with the file, it is worked out anew
        return None
    sound = pairs.grams.dtype == np.uint32 and pairs.grams.shape == pairs.places.shape
    within = sound and (not len(pairs.places) or int(pairs.places.max()) < len(names))
    return pairs if within else None


def _keys(grams: Grams, places: Numbers) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    keys: np.ndarray[tuple[int], np.dtype[np.uint64]] = grams.astype(np.uint64) << _PLACE_BITS
    return keys | places
