"""One block of the search index against the texts of its decisions.

It can be done in any process: a block needs nothing but its own shards and texts.
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from pipeline.domain.faults import BadSiteError
from pipeline.verification.packed import UnreadableFileError
from pipeline.verification.search.grams import Card, pairs_of
from pipeline.verification.search.shards import (
    HALF,
    Pairs,
    Shard,
    grams_of,
    numbers_of,
    pairs_in,
    shards_of,
)
from pipeline.verification.search.words import sum_of

UNEXPLAINED = "检索索引中没有出处的词"
DAMAGED = "无法检查的文件（检索索引损坏）"
BROKEN = "检索索引损坏"
UNREADABLE = "检索索引无法读取，没有核验完。请检查磁盘和权限"

TEXTS = "search/texts/"
_AT_ONCE = 64
"""Texts that are read together."""

Leak = tuple[str, str, str]
"""The path of a shard, the kind, and the decision that the leak belongs to, if that is known."""


@dataclass(frozen=True, slots=True)
class Block:
    """The decisions of some days: the folder of its shards, and how many it has."""

    name: str
    day: int
    year: int
    bits: int
    count: int
    mark: str

    @property
    def folder(self) -> str:
        """Where its shards are."""
        return f"search/{self.name}"


@dataclass(frozen=True, slots=True)
class BlockSeen:
    """What one block showed. ``told`` sums up what the whole index must know of it."""

    slugs: tuple[str, ...] = ()
    leaks: tuple[Leak, ...] = ()
    faults: tuple[str, ...] = ()
    told: int = 0
    is_damaged: bool = False


@dataclass(slots=True)
class IndexFiles:
    """The files of the index in ``tree``; notes those that are missing or damaged."""

    tree: Path
    paths: Collection[str]
    leaks: list[Leak] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def pairs(self, shard: Shard) -> Pairs:
        """Return what a shard says; nothing of a damaged one, which is noted."""
        try:
            return shard.pairs(self.content(shard.path))
        except UnreadableFileError:
            self.leaks.append((shard.path, DAMAGED, ""))
            return np.zeros(0, np.uint64)

    def pairs_in(self, block: Block) -> Pairs:
        """Return what all shards of a block say."""
        shards = shards_of(block.folder, block.bits)
        if all(shard.path in self.paths for shard in shards):
            with suppress(UnreadableFileError):
                return pairs_in(shards, [self.content(shard.path) for shard in shards])
        return np.concatenate([self.pairs(shard) for shard in shards])

    def slugs(self, block: Block, chunk: int) -> tuple[str, ...]:
        """Return the decisions of a block, ``chunk`` to a file, by their place in it."""
        files = range(-(-block.count // chunk))
        lines = [self.content(f"{block.folder}/ids-{n}.txt") for n in files]
        slugs = b"\n".join(lines).decode("utf-8", "replace").split("\n")
        if len(slugs) != block.count:
            raise UnreadableFileError(BROKEN)
        return tuple(slugs)

    def content(self, path: str) -> bytes:
        """Return the bytes of a file; none of a missing one, which is noted."""
        if path in self.paths:
            with open(f"{self.tree}/{path}", "rb", buffering=0) as file:  # noqa: PTH123 - very many
                return file.readall()
        self.faults.append(f"检索索引缺少文件：{path}")
        return b""


@dataclass(frozen=True, slots=True)
class BlockReader:
    """Looks at blocks of the index in ``tree``; ``paths`` are the files of all search.

    ``fresh`` are the decisions whose texts were read anew, ``asked`` the shards of the whole index
    of ``2 ** bits`` that were. ``shown`` are the names that are public with a decision.
    """

    tree: Path
    paths: Collection[str]
    chunk: int
    fresh: Collection[str]
    bits: int
    asked: Collection[int]
    shown: Mapping[str, Iterable[str]] = field(repr=False)

    def __call__(self, block: Block) -> BlockSeen:
        """Look at the words of the decisions in ``fresh`` or without text; if none is, of all.

        Raises ``BadSiteError`` when a file cannot be read.
        """
        files = IndexFiles(self.tree, self.paths)
        try:
            slugs = files.slugs(block, self.chunk)
            pairs = files.pairs_in(block)
            files.leaks += self._strange(block, slugs, pairs, files)
        except UnreadableFileError:
            return BlockSeen(is_damaged=True)
        except OSError:
            raise BadSiteError(UNREADABLE) from None
        told = sum_of(grams_of(pairs), self.asked, self.bits)
        return BlockSeen(slugs, tuple(files.leaks), tuple(files.faults), told)

    def _strange(
        self, block: Block, slugs: tuple[str, ...], pairs: Pairs, files: IndexFiles
    ) -> list[Leak]:
        """Return a leak for each word that follows from no text."""
        places = numbers_of(pairs)
        if (places >= block.count).any():
            raise UnreadableFileError(BROKEN)
        asked = np.array([s in self.fresh or text_path(s) not in self.paths for s in slugs])
        if not asked.any():
            asked[:] = True
        wanted = pairs[asked[places]]
        explained = np.sort(self._explained(slugs, np.flatnonzero(asked), files))
        strange = wanted[~_are_in(explained, wanted)]
        shards = shards_of(block.folder, block.bits)
        return [
            (shards[gram >> (32 - block.bits)].path, UNEXPLAINED, slugs[place])
            for gram, place in zip(
                (strange >> HALF).tolist(), numbers_of(strange).tolist(), strict=True
            )
        ]

    def _explained(
        self, slugs: tuple[str, ...], places: npt.NDArray[np.intp], files: IndexFiles
    ) -> Pairs:
        """Return the pairs of gram and place that the texts of some decisions explain."""
        parts = []
        for start in range(0, len(places), _AT_ONCE):
            group = places[start : start + _AT_ONCE]
            pairs = pairs_of([self._card(slugs[place], files) for place in group])
            parts.append((pairs >> HALF << HALF) | group.astype(np.uint64)[numbers_of(pairs)])
        return np.concatenate(parts)

    def _card(self, slug: str, files: IndexFiles) -> Card:
        """Return the text of a decision for search; where there is none, nothing is explained."""
        try:
            card = msgspec.json.decode(files.content(text_path(slug)), type=Card)
        except msgspec.DecodeError:
            return Card()
        return card.naming(self.shown.get(slug, ()))


def text_path(slug: str) -> str:
    """Return where the text of a decision for search is."""
    return f"{TEXTS}{slug}.json"


def _are_in(explained: Pairs, pairs: Pairs) -> npt.NDArray[np.bool_]:
    """Return for each of ``pairs`` whether it is among those explained, which are in order."""
    if not len(explained):
        return np.zeros(len(pairs), bool)
    at = np.minimum(np.searchsorted(explained, pairs), len(explained) - 1)
    return np.equal(explained[at], pairs)
