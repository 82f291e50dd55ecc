"""The files of the search index: which there are, from what, and their bytes.

| file | holds |
|---|---|
| ``search/index.json`` | the blocks and how many decisions there are |
| ``search/words-B/S.bin`` | gram → blocks that know it: first day × 8 + how rare it is there |
| ``search/DAY-NAME/S.bin`` | gram → places of the decisions in the block |
| ``search/DAY-NAME/ids-N.txt`` | the addresses of its decisions, ``CHUNK`` a file |
| ``search/texts/SLUG.json`` | one decision: what the list of results shows, and its text |

A block's folder is named after the decisions in it, so that a place means the same decision as
long as the folder is there: when the words of one change, only the shards of these words do. A
browser asks for a shard with the mark of what its block, or the whole, says tonight, and so never
takes what it kept of another night. Nothing depends on an earlier build: what is withdrawn has
never been there.
The texts are made beside the pages of their decisions: see ``texts.py``.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path

import msgspec
import numpy as np

from pipeline.projection.model import Row
from pipeline.projection.read import Projection, open_projection
from pipeline.site import lists, people
from pipeline.site.output import PlannedFile
from pipeline.site.search.block_words import BlockWords, Memories, remembered
from pipeline.site.search.periods import Block, blocks
from pipeline.site.search.postings import Edges, Numbers, bits_for, edges, packed, sums_of
from pipeline.workers.model import Workers, mapped

_AT_ONCE = 1024
"""Shards of the whole index whose places in every block are at hand together."""

CHUNK = 64
"""Addresses in one file of a block."""

EPOCH = date(1970, 1, 1)

_FEW = 4
"""Blocks that are read here as fast as other processes begin."""

CODE = sha256(
    b"".join(
        file.read_bytes()
        for file in (
            *sorted(Path(__file__).parent.glob("*.py")),
            *map(Path, (lists.__file__, people.__file__)),
        )
    )
).hexdigest()
"""The digest of all that reads a text for the index."""

_VERSION = CODE[:16]
"""What it writes in the build state, beside a sum, for tens of thousands of shards."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads what the decisions of a block say, and leaves it in the memory of the index."""

    projection: Path
    memory: Path

    def __call__(self, unknown: tuple[Block, str]) -> None:
        with open_projection(self.projection) as source:
            BlockWords(source, *unknown, Memories(self.memory, CODE))


Blocks = Sequence[tuple[Block, str]]
"""Blocks, the newest first, each with the digest of all that it is made from."""


def index_blocks(rows: Sequence[Row]) -> Blocks:
    """Return the blocks of the published ``rows``."""
    return tuple((block, _digest(block)) for block in blocks(rows))


def read_blocks(projection: Path, found: Blocks, memory: Path, workers: Workers) -> None:
    """Let ``workers`` read the blocks of which nothing is remembered, before they are asked for."""
    memory.mkdir(parents=True, exist_ok=True)
    known = Memories(memory, CODE)
    unknown = ((block, digest) for block, digest in found if not known.knows(digest))
    with mapped(workers, _Reading(projection, memory), unknown, few=_FEW) as read:
        deque(read, maxlen=0)


def index_files(source: Projection, found: Blocks, memory: Path) -> Iterator[PlannedFile]:
    """Yield every file of the index of the blocks ``found`` but the texts of their decisions.

    ``memory`` is a folder for the grams of blocks that have not changed; it may be deleted.
    """
    known: list[BlockWords] = []
    with remembered(memory, CODE) as memories:
        for block, digest in found:
            words = BlockWords(source, block, digest, memories)
            known.append(words)
            yield from _block_files(words)
        yield from _word_files(known, bits := bits_for(sum(len(words.grams) for words in known)))
    content = msgspec.json.encode(_contents(known, bits))
    yield PlannedFile("search/index.json", sha256(content).hexdigest(), partial(bytes, content))


def _digest(block: Block) -> str:
    parts = [CODE, *(f"{row.slug} {row.digest}" for row in block.rows)]
    return sha256("\n".join(parts).encode()).hexdigest()


def _block_files(words: BlockWords) -> Iterator[PlannedFile]:
    folder = f"search/{words.name}"
    for number in range(1 << words.bits):
        inputs = f"{_VERSION}{words.sums[number]:x}"
        yield PlannedFile(f"{folder}/{number:x}.bin", inputs, partial(words.shard, number))
    slugs = [row.slug for row in words.block.rows]
    for number, start in enumerate(range(0, len(slugs), CHUNK)):
        lines = "\n".join(slugs[start : start + CHUNK]).encode()
        yield PlannedFile(f"{folder}/ids-{number}.txt", _VERSION, partial(bytes, lines))
    words.close()


def _word_files(known: Sequence[BlockWords], bits: int) -> Iterator[PlannedFile]:
    """Yield the shards that say in which blocks a gram is to be found."""
    sums = np.zeros(1 << bits, np.uint64)
    for words in known:
        ends = edges(words.grams, bits, range(1 << bits))
        sums += sums_of(words.grams, _at(words, 0, len(words.grams)), ends)
    for first in range(0, 1 << bits, _AT_ONCE):
        group = _Group(known, bits, range(first, min(first + _AT_ONCE, 1 << bits)))
        for number in group.numbers:
            render = partial(group.shard, number)
            yield PlannedFile(
                f"search/words-{bits}/{number:x}.bin", f"{_VERSION}{sums[number]:x}", render
            )


class _Group:
    """Some shards side by side: where each block has their grams is looked up once, if at all."""

    def __init__(self, known: Sequence[BlockWords], bits: int, numbers: range) -> None:
        self._known = known
        self._bits = bits
        self.numbers = numbers

    def shard(self, number: int) -> bytes:
        """Return one shard: gram → first day of each block and how rare it is there."""
        place = number - self.numbers.start
        parts = [
            (words.grams[low:high], _at(words, low, high))
            for words, (low, high) in zip(
                self._known, self._edges[:, place : place + 2], strict=True
            )
            if low < high
        ]
        if not parts:
            return b""
        grams, days = (np.concatenate(each) for each in zip(*parts, strict=True))
        order = np.lexsort((days, grams))
        start = number << (32 - self._bits) if self._bits else 0
        return packed(grams[order], days[order], start)

    @cached_property
    def _edges(self) -> Edges:
        found = [edges(words.grams, self._bits, self.numbers) for words in self._known]
        return np.array(found).reshape(len(found), len(self.numbers) + 1)


def _at(words: BlockWords, low: int, high: int) -> Numbers:
    """Return for some grams of a block its first day, times eight, and how rare each is."""
    return words.rarity[low:high] | np.uint32(_days(words.block.first) << 3)


def _days(day: date) -> int:
    return (day - EPOCH).days


def _contents(known: Sequence[BlockWords], bits: int) -> dict[str, object]:
    marks = "".join(words.name + words.mark for words in known)
    return {
        "total": sum(len(words.block.rows) for words in known),
        "words": bits,
        "chunk": CHUNK,
        "mark": sha256(marks.encode()).hexdigest()[:8],
        "blocks": [
            [
                words.name,
                _days(words.block.first),
                words.block.first.year,
                words.bits,
                len(words.block.rows),
                words.mark,
            ]
            for words in known
        ],
    }
