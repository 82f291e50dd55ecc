"""The grams of one block: worked out when asked, remembered while the block does not change."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np

from pipeline.domain.case_number import CaseNumber
from pipeline.projection.model import Row
from pipeline.projection.read import Projection
from pipeline.site.lists import listed
from pipeline.site.search.card import Card, card_of
from pipeline.site.search.pairs import GramsOf, Pairs, load_pairs
from pipeline.site.search.periods import Block
from pipeline.site.search.postings import (
    MOST_BITS,
    Numbers,
    Sums,
    bits_for,
    edges,
    packed,
    ranges,
    sums_of,
)
from pipeline.site.search.words import Grams, compared, distinct, grams, labels, name_grams

_COMMON = 7


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a block: its grams, and for each of its shards a sum.

    ``rarity`` is for each gram the power of two, up to 7, that the number of decisions which
    hold it reaches: what is asked for first is what is rarest in the block. The sum of a shard
    changes with what it holds; there are a power of two of them.
    """

    grams: Grams
    rarity: Numbers
    sums: Sums

    @property
    def bits(self) -> int:
        """How many high bits of a gram say in which shard it is."""
        return len(self.sums).bit_length() - 1


class Memories:
    """A folder with one array for each block: how many bits, then sums, grams and rarity.

    Beside it, by its days, which decision has which gram. ``code`` is the digest of what works
    them out: nothing that another one left is used.
    """

    def __init__(self, folder: Path, code: str) -> None:
        self._folder = folder
        self._code = code
        self._used: set[str] = set()

    def knows(self, digest: str) -> bool:
        """Return whether something is remembered of the block made from ``digest``."""
        return (self._folder / f"{digest}.npy").exists()

    def load(self, digest: str) -> Known | None:
        """Return what is known of the block made from ``digest``; read as it is needed."""
        self._used.add(f"{digest}.npy")
        try:
            found = np.load(self._folder / f"{digest}.npy", mmap_mode="r")
        except (OSError, ValueError, EOFError):  # none, or cut short when the power went
            return None
        if found.dtype != np.uint32 or found.ndim != 1 or not found.size or found[0] > MOST_BITS:
            return None
        sums, rest = np.split(found[1:], [2 << int(found[0])])
        if len(sums) != 2 << int(found[0]) or len(rest) % 2:
            return None
        grams, rarity = np.split(rest, 2)
        return Known(grams, rarity, sums.view(np.uint64))

    def save(self, digest: str, known: Known) -> None:
        """Keep what is known of a block; a half-written file is never found."""
        head = np.array([known.bits], np.uint32)
        parts = (head, known.sums.view(np.uint32), known.grams, known.rarity)
        draft = self._folder / f"{digest}.draft"
        with draft.open("wb") as file:
            np.save(file, np.concatenate(parts))
        draft.rename(draft.with_suffix(".npy"))

    def pairs(self, days: str, names: Sequence[str], grams_of: GramsOf) -> Pairs:
        """Return the pairs of a block of ``days``; decisions are asked for that are not known."""
        path = self._folder / f"{days}-{self._code[:16]}.npz"
        self._used.add(path.name)
        before = load_pairs(path)
        found = Pairs.worked_out(names, before, grams_of)
        if before is None or before.names != found.names:
            found.save(path)
        return found

    def keep_pairs(self, days: str) -> None:
        """Keep the pairs of a block that nobody needed."""
        self._used.add(f"{days}-{self._code[:16]}.npz")

    def forget(self) -> None:
        """Remove what was not asked for: nothing of a block that is no more stays behind."""
        for file in self._folder.iterdir():
            if file.name not in self._used:
                file.unlink()


@contextmanager
def remembered(folder: Path, code: str) -> Iterator[Memories]:
    """Give the memories in ``folder``; at the end of a whole build forget what was not used."""
    folder.mkdir(parents=True, exist_ok=True)
    memories = Memories(folder, code)
    yield memories
    memories.forget()


class BlockWords:
    """A block and what its decisions say. Reads the projection only when something is made.

    ``digest`` is that of all that the block is made from. ``name`` says which decisions it has and
    how their words are divided, ``mark`` what they say.
    """

    def __init__(self, source: Projection, block: Block, digest: str, memories: Memories) -> None:
        self.block = block
        self.digest = digest
        self._source = source
        self._memories = memories
        known = memories.load(digest)
        if known is None:
            memories.save(digest, self._worked_out())
            known = memories.load(digest)
        memories.keep_pairs(self._days)
        assert known is not None  # noqa: S101 - just saved
        self.grams, self.rarity, self.sums, self.bits = (
            known.grams,
            known.rarity,
            known.sums,
            known.bits,
        )
        self.name = f"{block.first}-{_short(str(self.bits), *(row.slug for row in block.rows))}"
        self.mark = _short(self.sums.tobytes().hex(), *(row.digest for row in block.rows))

    @property
    def _days(self) -> str:
        return f"{self.block.first}-{self.block.last}"

    def shard(self, number: int) -> bytes:
        """Return one shard of the block: gram → places."""
        found, places = self._pairs
        start, low, high = self._ranges[number]
        return packed(found[low:high], places[low:high], start)

    def close(self) -> None:
        """Forget the pairs; the grams stay at hand."""
        for name in ("_pairs", "_ranges"):
            self.__dict__.pop(name, None)

    @cached_property
    def _ranges(self) -> list[tuple[int, int, int]]:
        return list(ranges(self._pairs[0], self.bits))

    @cached_property
    def _pairs(self) -> tuple[Grams, Numbers]:
        """All grams of all decisions with their places, by gram and then place."""
        rows = self.block.rows
        found = self._memories.pairs(
            self._days,
            [f"{row.slug} {row.digest}" for row in rows],
            lambda place: _card_grams(self._card(rows[place])),
        )
        return found.grams, found.places

    def _worked_out(self) -> Known:
        found, places = self._pairs
        starts = np.flatnonzero(np.diff(found, prepend=~found[:1]))
        unique, counts = found[starts], np.diff(starts, append=len(found))
        rarity = np.minimum(np.log2(counts).astype(np.uint32), _COMMON)
        ends = edges(found, bits := bits_for(len(found)), range(1 << bits))
        return Known(unique, rarity, sums_of(found, places, ends))

    def _card(self, row: Row) -> Card:
        decision = self._source.record(row.slug).decision
        assert decision is not None  # noqa: S101 - only published rows come here
        return card_of(listed(row), decision)


def _short(*parts: str) -> str:
    return sha256(" ".join(parts).encode()).hexdigest()[:8]


def _card_grams(card: Card) -> Grams:
    told = [f"penalty:{kind}" for kind in card.penalties]
    told += [f"violation:{card.violation}"] if card.violation else []
    told += [f"amount:{card.step}"] if card.step is not None else []
    told += _number_labels(card.number)
    told += [f"name:{compared(name)}" for name in card.names]
    return distinct(
        grams(f"{card.number}\n{card.organ}\n{card.title}\n{card.text}"),
        labels(*told),
        *map(name_grams, card.names),
    )


def _number_labels(text: str) -> list[str]:
    try:
        number = CaseNumber.parse(text)
    except ValueError:
        return []
    return [f"number:{number.year}:{number.number}"]
