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

from pipeline.domain.faults import BadSiteError
from pipeline.verification.packed import UnreadableFileError
from pipeline.verification.search.block import (
    BROKEN,
    DAMAGED,
    TEXTS,
    UNEXPLAINED,
    UNREADABLE,
    Block,
    BlockReader,
    BlockSeen,
    IndexFiles,
    text_path,
)
from pipeline.verification.search.shards import grams_of, shards_of
from pipeline.verification.search.words import Words
from pipeline.workers.model import HERE, Workers, mapped

SEARCH = "search/"
INDEX = f"{SEARCH}index.json"

_FEW = 200
"""Texts that are read as fast as a process starts; those of two blocks are as good as many."""

_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{8}")
_HEX = re.compile(r"(0|[1-9a-f][0-9a-f]*)\.bin")
_SHARD, _JSON = ".bin", ".json"
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


class _Contents(msgspec.Struct, frozen=True):
    """``search/index.json``."""

    words: int
    chunk: int
    blocks: tuple[tuple[str, int, int, int, int, str], ...]

    @property
    def words_folder(self) -> str:
        return f"{SEARCH}words-{self.words}"


def search_index(
    tree: Path,
    paths: Collection[str],
    read: Collection[str],
    shown: Mapping[str, Iterable[str]] = MappingProxyType({}),
    *,
    workers: Workers = HERE,
) -> Searched:
    """Look into the search index of ``tree``, as far as it has changed; ``workers`` do it.

    ``paths`` are all files; ``read`` those that were read anew; ``shown`` are by slug the names
    that are public with a decision: by one that its text for search holds it may be found. Of a
    block whose texts have changed in part, the words of those are looked at; of any other, all.
    """
    found = Searched()
    here = frozenset(path for path in paths if path.startswith(SEARCH))
    shards = [path for path in paths if path.startswith(SEARCH) and path.endswith(_SHARD)]
    if INDEX not in here:
        for path in shards:
            found.leak(path, DAMAGED)
        return found
    try:
        contents = _contents((tree / INDEX).read_bytes())
        _Look(IndexFiles(tree, here), contents, read, shown, workers, found).run(shards)
    except UnreadableFileError:
        found.leak(INDEX, DAMAGED)
    except OSError:
        raise BadSiteError(UNREADABLE) from None
    return found


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at an index; what is wrong goes into ``found``."""

    files: IndexFiles
    contents: _Contents
    read: Collection[str]
    shown: Mapping[str, Iterable[str]]
    workers: Workers
    found: Searched

    def run(self, shards: Collection[str]) -> None:
        blocks = [Block(*block) for block in self.contents.blocks]
        folders = {b.folder: b.bits for b in blocks}
        folders[self.contents.words_folder] = self.contents.words
        for path in shards:
            if not _is_shard(path, folders):
                self.found.leak(path, DAMAGED)
        try:
            self._look_at(blocks, self._words(blocks))
        finally:
            self._tell(self.files.leaks, self.files.faults)

    def _words(self, blocks: Collection[Block]) -> Words:
        """Return the shards of the whole index that were read anew."""
        shards = shards_of(self.contents.words_folder, self.contents.words)
        fresh = [shard for shard in shards if shard.path in self.read]
        days = [block.day for block in blocks]
        words = Words.of(fresh, self.contents.words, days, self.files.pairs)
        for shard in words.strange:
            self.found.leak(shard.path, UNEXPLAINED)
        return words

    def _look_at(self, blocks: Collection[Block], words: Words) -> None:
        touched = {path.rpartition("/")[0] for path in self.read}
        texts = (path for path in self.read if path.startswith(TEXTS))
        fresh = {path[len(TEXTS) : -len(_JSON)] for path in texts}
        reader = BlockReader(
            self.files.tree,
            self.files.paths,
            self.contents.chunk,
            frozenset(fresh),
            words.bits,
            words.asked,
            self.shown,
        )
        workers = self.workers if len(fresh) > _FEW else HERE
        changed = [block for block in blocks if block.folder in touched]
        with mapped(workers, reader, changed, few=2) as looks:
            for block, seen in zip(changed, looks, strict=True):
                self._note(block, seen, words)
                fresh.difference_update(seen.slugs)
        for block in blocks:
            if fresh and block.folder not in touched:
                slugs = self.files.slugs(block, self.contents.chunk)
                if not fresh.isdisjoint(slugs):
                    self._note(block, reader(block), words)
                fresh.difference_update(slugs)
        for slug in fresh:
            self.found.leak(text_path(slug), UNEXPLAINED, slug)

    def _note(self, block: Block, seen: BlockSeen, words: Words) -> None:
        if seen.is_damaged:
            raise UnreadableFileError(BROKEN)
        self._tell(seen.leaks, seen.faults)
        if words.agree(block.day, seen.told):
            return
        grams = grams_of(IndexFiles(self.files.tree, self.files.paths).pairs_in(block))
        beyond = list(words.beyond(block.day, grams))
        for shard in beyond:
            self.found.leak(shard.path, UNEXPLAINED)
        if not beyond:
            self.found.faults.append(f"检索索引前后不一致：{block.folder}")

    def _tell(self, leaks: Iterable[tuple[str, str, str]], faults: Iterable[str]) -> None:
        for leak in leaks:
            self.found.leak(*leak)
        self.found.faults += faults


def _contents(content: bytes) -> _Contents:
    """Return the contents of an index; raises ``UnreadableFileError`` when they make no sense."""
    try:
        contents = msgspec.json.decode(content, type=_Contents)
    except msgspec.DecodeError:
        raise UnreadableFileError(BROKEN) from None
    blocks = [Block(*block) for block in contents.blocks]
    if (
        not 0 <= contents.words <= _MOST_BITS
        or contents.chunk < 1
        or not all(_NAME.fullmatch(b.name) and 0 <= b.bits <= _MOST_BITS for b in blocks)
        or any(block.count < 1 or block.day < 0 for block in blocks)
        or len({block.day for block in blocks}) != len(blocks)
    ):
        raise UnreadableFileError(BROKEN)
    return contents


def _is_shard(path: str, folders: Mapping[str, int]) -> bool:
    """Whether the index knows a shard of this name."""
    folder, _, name = path.rpartition("/")
    match = _HEX.fullmatch(name)
    if match is None or folder not in folders:
        return False
    return int(match[1], 16) < 1 << folders[folder]
