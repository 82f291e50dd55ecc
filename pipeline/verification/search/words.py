"""The shards of the whole index: of each block they know what the block knows, and no more."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.verification.search.shards import HALF, Pairs, Shard, numbers_of

_RARITY = np.uint64(3)
"""Bits below the first day of a block that say how rare the word is there."""


@dataclass(frozen=True, slots=True)
class Words:
    """Some shards of ``2 ** bits``, summed up by block; ``days`` are the first days of all."""

    shards: Sequence[Shard]
    bits: int
    days: npt.NDArray[np.uint64]
    read: Callable[[Shard], Pairs]
    sums: npt.NDArray[np.uint64]
    strange: tuple[Shard, ...]
    """Shards that speak of a block that is none."""

    @classmethod
    def of(
        cls, shards: Sequence[Shard], bits: int, days: Sequence[int], read: Callable[[Shard], Pairs]
    ) -> "Words":
        """Read the shards; ``read`` gives the pairs of one."""
        known = np.array(sorted(days), np.uint64)
        sums = np.zeros(len(known) + 1, np.uint64)
        strange: list[Shard] = []
        for shard in shards:
            pairs = read(shard)
            told = numbers_of(pairs) >> _RARITY
            at = np.searchsorted(known, told)
            is_known = np.append(known, _NO_DAY)[at] == told
            if not is_known.all():
                strange.append(shard)
            np.add.at(sums, at[is_known], _mixed(pairs[is_known] >> HALF))
        return cls(shards, bits, known, read, sums, tuple(strange))

    @property
    def asked(self) -> tuple[int, ...]:
        """The numbers of the shards."""
        return tuple(shard.number for shard in self.shards)

    def agree(self, day: int, told: int) -> bool:
        """Whether they say of the block that begins on ``day`` what sums up to ``told``."""
        return int(self.sums[np.searchsorted(self.days, day)]) == told

    def beyond(self, day: int, grams: Pairs) -> Iterator[Shard]:
        """Yield the shards that know more of the block than it knows: a second look."""
        for shard in self.shards:
            pairs = self.read(shard)
            here = pairs[numbers_of(pairs) >> _RARITY == np.uint64(day)] >> HALF
            if not np.isin(here, grams).all():
                yield shard


def sum_of(grams: Pairs, asked: Collection[int], bits: int) -> int:
    """Return the sum of those ``grams`` that the ``asked`` of ``2 ** bits`` shards are for."""
    is_asked = np.zeros(1 << bits, bool)
    is_asked[list(asked)] = True
    here = grams[is_asked[grams >> np.uint64(32 - bits)]]
    return int(_mixed(here).sum())


_NO_DAY = np.uint64(0xFFFFFFFFFFFFFFFF)


def _mixed(grams: Pairs) -> Pairs:
    """Return numbers whose sums are equal only for the same grams, but for chance."""
    mixed = grams * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    found: Pairs = mixed ^ (mixed >> HALF)
    return found
