"""Shards of the search index → which gram leads to which numbers; format in docs/decisions/0018.

A shard holds varints (seven bits a byte, the low ones first, the high bit for “more”): for each
gram the difference to the one before, how many numbers follow, and these as differences.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.verification.packed import UnreadableFileError

Pairs = npt.NDArray[np.uint64]
"""Gram in the upper half, number in the lower; each pair once, in ascending order."""

_LONGEST = 5
_LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of the index: which of ``2 ** bits`` equal ranges of grams it is for."""

    path: str
    number: int
    bits: int

    def pairs(self, content: bytes) -> Pairs:
        """Return what the shard says; raises ``UnreadableFileError`` when it is damaged."""
        values = _varints(content)
        heads = _heads(values)
        counts = values[heads + 1]
        first = np.uint64(self.number << (32 - self.bits) if self.bits else 0)
        grams = np.cumsum(values[heads], dtype=np.uint64) + first
        inner = np.ones(len(values), bool)
        inner[heads] = inner[heads + 1] = False
        sums = np.cumsum(values[inner], dtype=np.uint64)
        ends = np.cumsum(counts, dtype=np.uint64)
        before = np.concatenate([np.zeros(1, np.uint64), sums])[(ends - counts).astype(np.intp)]
        numbers = sums - np.repeat(before, counts.astype(np.intp))
        pairs: Pairs = np.repeat(grams, counts.astype(np.intp)) << HALF | numbers
        if (
            (numbers > _LOW).any()
            or (grams >> np.uint64(32 - self.bits) != self.number).any()
            or (pairs[1:] <= pairs[:-1]).any()
        ):
            raise UnreadableFileError("检索索引损坏")
        return pairs


def shards_of(folder: str, bits: int) -> list[Shard]:
    """Return all shards in a folder, by their numbers."""
    return [Shard(f"{folder}/{number:x}.bin", number, bits) for number in range(1 << bits)]


def numbers_of(pairs: Pairs) -> Pairs:
    """Return the number of each pair."""
    return np.bitwise_and(pairs, _LOW)


def _varints(content: bytes) -> Pairs:
    data = np.frombuffer(content, np.uint8)
    ends = np.flatnonzero(data < 0x80)
    starts = np.concatenate([np.zeros(1, np.intp), ends + 1])
    lengths = np.diff(starts)
    if starts[-1] != len(data) or (lengths > _LONGEST).any():
        raise UnreadableFileError("检索索引损坏")
    values = np.zeros(len(ends), np.uint64)
    for place in range(_LONGEST):
        here = lengths > place
        part = data[starts[:-1][here] + place] & 0x7F
        values[here] |= part.astype(np.uint64) << np.uint64(7 * place)
    return values


def _heads(values: Pairs) -> npt.NDArray[np.intp]:
    """Return where each gram begins."""
    heads: list[int] = []
    steps, at = values.tolist(), 0
    while at < len(steps):
        heads.append(at)
        if at + 1 == len(steps) or not steps[at + 1]:
            raise UnreadableFileError("检索索引损坏")
        at += 2 + steps[at + 1]
    if at != len(steps):
        raise UnreadableFileError("检索索引损坏")
    return np.array(heads, np.intp)
