"""The search index against what visitors may fetch: it knows no word of its own.

The shards hold hashes of words and no text, so that a value cannot simply be looked for. But every
word in them must follow from the files below ``search/texts``, which the gate reads like any
other. What a shard knows beyond them is a leak: the decision said it once, or elsewhere.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import msgspec
import numpy as np
import numpy.typing as npt

from pipeline.domain.faults import BadSiteError
from pipeline.verification.packed import UnreadableFileError
from pipeline.verification.search.grams import Card, pairs_of
from pipeline.verification.search.shards import HALF, Pairs, Shard, numbers_of
from pipeline.verification.search.words import Words

INDEX = "search/index.json"
UNEXPLAINED = "检索索引中没有出处的词"
DAMAGED = "无法检查的文件（检索索引损坏）"

_AT_ONCE = 64
"""Texts that are read together."""

_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{8}")
_HEX = re.compile(r"(0|[1-9a-f][0-9a-f]*)\.bin")
_TEXTS, _SHARD, _JSON = "search/texts/", ".bin", ".json"
_BROKEN = "检索索引损坏"
_MOST_BITS = 16


@dataclass(slots=True)
class Searched:
    """What was found: leaks by path and kind, the decisions they belong to, what is missing."""

    leaks: dict[str, Counter[str]] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def leak(self, path: str, kind: str, slug: str = "") -> None:
        """Note one leak, with the decision that it belongs to, if that is known."""
        self.leaks.setdefault(path, Counter())[kind] += 1
        self.slugs |= {slug} - {""}


@dataclass(frozen=True, slots=True)
class _Block:
    """The decisions of some days: the folder of its shards, and how many it has."""

    name: str
    day: int
    year: int
    bits: int
    count: int

    @property
    def folder(self) -> str:
        return f"search/{self.name}"


class _Contents(msgspec.Struct, frozen=True):
    """``search/index.json``."""

    words: int
    chunk: int
    blocks: tuple[tuple[str, int, int, int, int], ...]


def search_index(
    tree: Path,
    paths: Collection[str],
    read: Collection[str],
    shown: Mapping[str, Iterable[str]] = MappingProxyType({}),
) -> Searched:
    """Look into the search index of ``tree``, as far as it has changed.

    ``paths`` are all files; ``read`` those that were read anew; ``shown`` are by slug the names
    that are public with a decision: by one that its text for search holds it may be found. Of a
    block whose texts have changed in part, the words of those are looked at; of any other, all.
    """
    found = Searched()
    shards = [path for path in paths if path.startswith("search/") and path.endswith(_SHARD)]
    if INDEX not in paths:
        for path in shards:
            found.leak(path, DAMAGED)
        return found
    try:
        contents = _contents((tree / INDEX).read_bytes())
        _Look(tree, paths, contents, read, shown, found).run(shards)
    except UnreadableFileError:
        found.leak(INDEX, DAMAGED)
    except OSError:
        raise BadSiteError("检索索引无法读取，没有核验完。请检查磁盘和权限") from None
    return found


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at an index; what is wrong goes into ``found``."""

    tree: Path
    paths: Collection[str]
    contents: _Contents
    read: Collection[str]
    shown: Mapping[str, Iterable[str]]
    found: Searched

    def run(self, shards: Collection[str]) -> None:
        blocks = [_Block(*block) for block in self.contents.blocks]
        folders = {self._words_folder: self.contents.words, **{b.folder: b.bits for b in blocks}}
        for path in shards:
            if not _is_shard(path, folders):
                self.found.leak(path, DAMAGED)
        words = self._words(blocks)
        touched = {path.rpartition("/")[0] for path in self.read}
        fresh = {path[len(_TEXTS) : -len(_JSON)] for path in self.read if path.startswith(_TEXTS)}
        for block in sorted(blocks, key=lambda block: block.folder not in touched):
            if block.folder in touched or fresh:
                slugs = self._slugs(block)
                if block.folder in touched or not fresh.isdisjoint(slugs):
                    self._look_at(block, slugs, fresh, words)
                fresh.difference_update(slugs)
        for slug in fresh:
            self.found.leak(_text(slug), UNEXPLAINED, slug)

    @property
    def _words_folder(self) -> str:
        return f"search/words-{self.contents.words}"

    def _words(self, blocks: Collection[_Block]) -> Words:
        """Return the shards of the whole index that were read anew."""
        shards = _shards(self._words_folder, self.contents.words)
        fresh = [shard for shard in shards if shard.path in self.read]
        days = [block.day for block in blocks]
        words = Words.of(fresh, self.contents.words, days, self._pairs)
        for shard in words.strange:
            self.found.leak(shard.path, UNEXPLAINED)
        return words

    def _look_at(
        self, block: _Block, slugs: list[str], fresh: Collection[str], words: Words
    ) -> None:
        """Look at the words of the decisions in ``fresh`` or without text; if none is, of all."""
        shards = _shards(block.folder, block.bits)
        pairs = np.concatenate([self._pairs(shard) for shard in shards])
        places = numbers_of(pairs)
        if (places >= block.count).any():
            raise UnreadableFileError(_BROKEN)
        asked = np.array([slug in fresh or _text(slug) not in self.paths for slug in slugs])
        if not asked.any():
            asked[:] = True
        wanted = pairs[asked[places]]
        explained = np.sort(self._explained(slugs, np.flatnonzero(asked)))
        strange = wanted[~_are_in(explained, wanted)]
        for gram, place in zip(
            (strange >> HALF).tolist(), numbers_of(strange).tolist(), strict=True
        ):
            path = shards[gram >> (32 - block.bits)].path
            self.found.leak(path, UNEXPLAINED, slugs[place])
        self._compare(block, np.unique(pairs >> HALF), words)

    def _compare(self, block: _Block, grams: Pairs, words: Words) -> None:
        if words.agree(block.day, grams):
            return
        beyond = list(words.beyond(block.day, grams))
        for shard in beyond:
            self.found.leak(shard.path, UNEXPLAINED)
        if not beyond:
            self.found.faults.append(f"检索索引前后不一致：{block.folder}")

    def _explained(self, slugs: list[str], places: npt.NDArray[np.intp]) -> Pairs:
        """Return the pairs of gram and place that the texts of some decisions explain."""
        parts = []
        for start in range(0, len(places), _AT_ONCE):
            group = places[start : start + _AT_ONCE]
            pairs = pairs_of([self._card(slugs[place]) for place in group])
            parts.append((pairs >> HALF << HALF) | group.astype(np.uint64)[numbers_of(pairs)])
        return np.concatenate(parts)

    def _card(self, slug: str) -> Card:
        """Return the text of a decision for search; where there is none, nothing is explained."""
        try:
            card = msgspec.json.decode(self._content(_text(slug)), type=Card)
        except msgspec.DecodeError:
            return Card()
        return card.naming(self.shown.get(slug, ()))

    def _slugs(self, block: _Block) -> list[str]:
        files = range(-(-block.count // self.contents.chunk))
        lines = [self._content(f"{block.folder}/ids-{n}.txt") for n in files]
        slugs = b"\n".join(lines).decode("utf-8", "replace").split("\n")
        if len(slugs) != block.count:
            raise UnreadableFileError(_BROKEN)
        return slugs

    def _pairs(self, shard: Shard) -> Pairs:
        """Return what a shard says; nothing of a damaged one, which is noted."""
        try:
            return shard.pairs(self._content(shard.path))
        except UnreadableFileError:
            self.found.leak(shard.path, DAMAGED)
            return np.zeros(0, np.uint64)

    def _content(self, path: str) -> bytes:
        if path in self.paths:
            return (self.tree / path).read_bytes()
        self.found.faults.append(f"检索索引缺少文件：{path}")
        return b""


def _contents(content: bytes) -> _Contents:
    """Return the contents of an index; raises ``UnreadableFileError`` when they make no sense."""
    try:
        contents = msgspec.json.decode(content, type=_Contents)
    except msgspec.DecodeError:
        raise UnreadableFileError(_BROKEN) from None
    blocks = [_Block(*block) for block in contents.blocks]
    if (
        not 0 <= contents.words <= _MOST_BITS
        or contents.chunk < 1
        or not all(_NAME.fullmatch(b.name) and 0 <= b.bits <= _MOST_BITS for b in blocks)
        or any(block.count < 1 or block.day < 0 for block in blocks)
        or len({block.day for block in blocks}) != len(blocks)
    ):
        raise UnreadableFileError(_BROKEN)
    return contents


def _text(slug: str) -> str:
    return f"{_TEXTS}{slug}{_JSON}"


def _shards(folder: str, bits: int) -> list[Shard]:
    return [Shard(f"{folder}/{number:x}{_SHARD}", number, bits) for number in range(1 << bits)]


def _is_shard(path: str, folders: Mapping[str, int]) -> bool:
    """Whether the index knows a shard of this name."""
    folder, _, name = path.rpartition("/")
    match = _HEX.fullmatch(name)
    if match is None or folder not in folders:
        return False
    return int(match[1], 16) < 1 << folders[folder]


def _are_in(explained: Pairs, pairs: Pairs) -> npt.NDArray[np.bool_]:
    """Return for each of ``pairs`` whether it is among those explained, which are in order."""
    if not len(explained):
        return np.zeros(len(pairs), bool)
    at = np.minimum(np.searchsorted(explained, pairs), len(explained) - 1)
    return np.equal(explained[at], pairs)
