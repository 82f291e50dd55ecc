"""Grams and the numbers they lead to, as bytes: ascending, as differences, in varints.

A shard holds the grams of one range: for each the difference to the one before (the first: to
the start of the range), how many numbers follow, and these as differences. A varint is
little-endian, seven bits a byte, the high bit for “more”. ``theme/static/search/index.js`` reads
it.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from pipeline.site.search.words import Grams

Numbers = npt.NDArray[np.uint32]
Edges = npt.NDArray[np.intp]
Sums = npt.NDArray[np.uint64]

SIZE = 4096
"""Bytes that a shard is to have, roughly; so much is fetched for one word of a query."""

MOST_BITS = 16


def bits_for(pairs: int) -> int:
    """Return how many high bits of a gram divide so many pairs into shards of about ``SIZE``.

    >>> bits_for(100), bits_for(100_000)
    (0, 6)
    """
    return min(MOST_BITS, (pairs * 3 // 2 // SIZE).bit_length())


def ranges(grams: Grams, bits: int) -> Iterator[tuple[int, int, int]]:
    """Yield start of the range, first and last index (exclusive) of each of the shards."""
    ends = edges(grams, bits, range(1 << bits)).tolist()
    starts = (number << (32 - bits) for number in range(1 << bits))
    return zip(starts, ends[:-1], ends[1:], strict=True)


def edges(grams: Grams, bits: int, numbers: range) -> Edges:
    """Return where the shards ``numbers``, side by side, begin in ``grams``; at last the end."""
    last = numbers.stop == 1 << bits
    wanted = np.arange(numbers.start, numbers.stop + (not last), dtype=np.uint64)
    starts = (wanted << np.uint64(32 - bits)).astype(np.uint32)
    found: Edges = np.searchsorted(grams, starts)
    return np.append(found, len(grams)) if last else found


def sums_of(grams: Grams, numbers: Numbers, ends: Edges) -> Sums:
    """Return for each shard, of those between ``ends``, a sum that changes with its pairs."""
    mixed = grams.astype(np.uint64) << np.uint64(32) | numbers
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    upto = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)])
    found: Sums = np.diff(upto[ends])
    return found


def packed(grams: Grams, numbers: Numbers, start: int) -> bytes:
    """Return one shard of pairs, which come in ascending order of gram, then number."""
    if not len(grams):
        return b""
    first = np.ones(len(grams), bool)
    np.not_equal(grams[1:], grams[:-1], out=first[1:])
    at = np.flatnonzero(first)
    steps = numbers.copy()
    steps[1:] -= numbers[:-1]
    steps[at] = numbers[at]
    keys = grams[at]
    # Each gram begins with two values of its own; its numbers come after.
    heads = at + 2 * np.arange(len(at))
    values = np.empty(len(grams) + 2 * len(at), np.uint32)
    inner = np.ones(len(values), bool)
    inner[heads] = inner[heads + 1] = False
    values[inner] = steps
    values[heads] = np.diff(keys, prepend=np.uint32(start))
    values[heads + 1] = np.diff(at, append=len(grams))
    return _varints(values)


def _varints(values: Numbers) -> bytes:
    lengths = np.ones(len(values), np.intp)
    for power in (7, 14, 21, 28):
        lengths += values >= np.uint32(1 << power)
    places = np.cumsum(lengths)
    found = np.zeros(places[-1], np.uint8)
    places -= lengths
    rest = values.copy()
    for byte in range(5):
        here = lengths > byte
        more = (lengths > byte + 1).astype(np.uint8) << 7
        found[places[here] + byte] = (rest[here] & 0x7F).astype(np.uint8) | more[here]
        rest >>= np.uint32(7)
    return found.tobytes()
