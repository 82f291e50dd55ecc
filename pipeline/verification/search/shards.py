"""Shards of the search index → which gram leads to which numbers; format in docs/decisions/0018.

A shard holds varints (seven bits a byte, the low ones first, the high bit for “more”): for each
gram the difference to the one before, how many numbers follow, and these as differences.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.verification.packed import UnreadableFileError

Pairs = npt.NDArray[np.uint64]
"""Gram in the upper half, number in the lower; each pair once, in ascending order."""

_DAMAGED = "检索索引损坏"
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
        return pairs_in([self], [content])


def pairs_in(shards: Sequence[Shard], contents: Sequence[bytes]) -> Pairs:
    """Return what some shards of one folder say, all at once; they are in order.

    Raises ``UnreadableFileError`` when one of them is damaged.
    """
    if any(content[-1:] > b"\x7f" for content in contents):
        raise UnreadableFileError(_DAMAGED)
    data = np.frombuffer(b"".join(contents), np.uint8)
    ends = np.flatnonzero(data < 0x80)
    values = _varints(data, ends)
    heads = _heads(values)
    begins = np.searchsorted(ends, np.cumsum([0, *map(len, contents)]))
    first = np.searchsorted(heads, begins)
    if (np.append(heads, len(values))[first] != begins).any():
        raise UnreadableFileError(_DAMAGED)
    of = np.repeat(np.arange(len(shards)), np.diff(first))
    number = np.array([shard.number for shard in shards], np.uint64)[of]
    shift = np.uint64(32 - shards[0].bits)
    steps = np.concatenate([np.zeros(1, np.uint64), np.cumsum(values[heads], dtype=np.uint64)])
    grams = steps[1:] - steps[first[of]] + (number << shift)
    counts = values[heads + 1]
    inner = np.ones(len(values), bool)
    inner[heads] = inner[heads + 1] = False
    sums = np.cumsum(values[inner], dtype=np.uint64)
    before = np.concatenate([np.zeros(1, np.uint64), sums])
    before = before[(np.cumsum(counts, dtype=np.uint64) - counts).astype(np.intp)]
    numbers = sums - np.repeat(before, counts.astype(np.intp))
    pairs: Pairs = np.repeat(grams, counts.astype(np.intp)) << HALF | numbers
    if (
        (numbers > _LOW).any()
        or (grams >> shift != number).any()
        or (pairs[1:] <= pairs[:-1]).any()
    ):
        raise UnreadableFileError(_DAMAGED)
    return pairs


def shards_of(folder: str, bits: int) -> list[Shard]:
    """Return all shards in a folder, by their numbers."""
    return [Shard(f"{folder}/{number:x}.bin", number, bits) for number in range(1 << bits)]


def numbers_of(pairs: Pairs) -> Pairs:
    """Return the number of each pair."""
    return np.bitwise_and(pairs, _LOW)


def grams_of(pairs: Pairs) -> Pairs:
    """Return each gram of pairs that are in order, once."""
    grams: Pairs = pairs >> HALF
    once: Pairs = grams[
        np.concatenate([np.ones(min(1, len(grams)), bool), grams[1:] != grams[:-1]])
    ]
    return once


def _varints(data: npt.NDArray[np.uint8], ends: npt.NDArray[np.intp]) -> Pairs:
    """Return the values in ``data``, each of which has its last byte at one of ``ends``."""
    starts = np.concatenate([np.zeros(1, np.intp), ends + 1])
    lengths = np.diff(starts)
    if (lengths > _LONGEST).any():
        raise UnreadableFileError(_DAMAGED)
    values: Pairs = (data[starts[:-1]] & 0x7F).astype(np.uint64)
    for place in range(1, int(lengths.max(initial=1))):
        here = np.flatnonzero(lengths > place)
        part = data[starts[here] + place] & 0x7F
        values[here] |= part.astype(np.uint64) << np.uint64(7 * place)
    return values


def _heads(values: Pairs) -> npt.NDArray[np.intp]:
    """Return where each gram begins."""
    heads: list[int] = []
    steps, at = values.tolist(), 0
    while at < len(steps):
        heads.append(at)
        if at + 1 == len(steps) or not steps[at + 1]:
            raise UnreadableFileError(_DAMAGED)
        at += 2 + steps[at + 1]
    if at != len(steps):
        raise UnreadableFileError(_DAMAGED)
    return np.array(heads, np.intp)
