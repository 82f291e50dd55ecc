"""The gate before release: a tree goes in, a ``VerifiedSite`` comes out, or the run stops."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from pipeline.domain.faults import BadSiteError, LeakFoundError
from pipeline.verification.companions import plain_of
from pipeline.verification.counts import unlisted, wrong_counts
from pipeline.verification.due import Due, Held
from pipeline.verification.leaks import Kinds
from pipeline.verification.memory import UNREAD, Clean, Memory, Remembered, lines_of, words_in
from pipeline.verification.messages import fault_message, leak_message
from pipeline.verification.model import Expectation, Expected, Told, VerifiedSite
from pipeline.verification.reading import FEW, PAGES, Asked, Reader, Seen
from pipeline.verification.search.look import SEARCH, Searched, search_index
from pipeline.verification.tree import DECISIONS, Stamp, files_of, page_of
from pipeline.workers.model import HERE, Workers, mapped

__all__ = ["Expectation", "Memory", "VerifiedSite", "verify"]

_NOT_RELEASED = "未发布，网站没有改动"
_LOOK = "请核对这些页面"


@dataclass(slots=True)
class _Search:
    """One look at a tree: what it is held against, and what reading or remembering it showed."""

    expectation: Expectation
    files: Mapping[str, Stamp]
    reader: Reader
    remembered: Remembered
    records: dict[str, Expected] = field(default_factory=dict)
    due: dict[str, Clean] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    digests: dict[str, str] = field(default_factory=dict)
    leaks: dict[str, Kinds] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    targets: dict[str, Collection[str]] = field(default_factory=dict)
    links: int = 0

    def __post_init__(self) -> None:
        self.records = {page_of(record.slug): record for record in self.expectation.records}

    def remember(self, due: Due) -> None:
        """Take what is remembered of the files that are as they were.

        Those that are ``due`` are read again, but only for what must be hidden.
        """
        gone = self.remembered.gone(self.files.keys())
        for path, clean in self.remembered.recall():
            if (
                clean.stamp == self.files.get(path)
                and clean.held == self._held(path)
                and (not gone or gone.isdisjoint(words_in(clean.targets)))
                and plain_of(path, self.files) is None
            ):
                if due.asks_for(path, words_in(clean.words)):
                    self.due[path] = clean
                else:
                    self._take(path, clean)

    def read(self, workers: Workers, told: Told) -> None:
        """Let every other file be read."""
        unread = [path for path in self.files if path not in self.digests]
        before = len(self.files) - len(unread)
        told(before, len(self.files))
        with mapped(workers, self.reader, self._asked(unread), few=FEW) as read:
            for done, (path, seen) in enumerate(zip(unread, read, strict=True), start=1):
                self._note(path, seen)
                told(before + done, len(self.files))

    def _asked(self, paths: Collection[str]) -> Iterator[Asked]:
        for path in paths:
            is_new = path not in self.due
            yield path, self.records.get(path), self.remembered.known(path), is_new

    def _note(self, path: str, seen: Seen) -> None:
        if seen.leaks:
            self.leaks[path] = seen.leaks
            self.slugs |= seen.slugs
        self.faults += [f"{path}：{fault}" for fault in seen.faults]
        clean = msgspec.structs.replace(
            self.due.get(path) or self._read(path, seen),
            stamp=UNREAD if seen.leaks or seen.faults else self.files[path],
            words=lines_of(seen.words),
        )
        self.remembered.note(path, clean, seen.known)
        self.fresh.add(path)
        self._take(path, clean)

    def _read(self, path: str, seen: Seen) -> Clean:
        return Clean(
            stamp=UNREAD,
            sha256=seen.sha256,
            held=self._held(path),
            links=seen.links.count,
            targets=lines_of(seen.links.targets),
            words="",
        )

    def take_index(self, index: Searched) -> None:
        """Note what the search index tells that no text does; then all of it is read again."""
        self.leaks |= index.leaks
        self.slugs |= index.slugs
        self.faults += index.faults
        doubtful = index.leaks or index.faults
        again = (path for path in self.fresh if path.startswith(SEARCH)) if doubtful else ()
        self.remembered.settle(again)

    def _take(self, path: str, clean: Clean) -> None:
        self.digests[path] = clean.sha256
        self.links += clean.links
        if path.endswith(PAGES) and not path.startswith(DECISIONS):
            self.targets[path] = words_in(clean.targets)

    def _held(self, path: str) -> str:
        """Return what the page of a decision is held against, besides what is hidden."""
        record = self.records.get(path)
        return f"{record.standing.value} {record.case_number}" if record else ""


def verify(
    tree: Path,
    expectation: Expectation,
    *,
    memory: Memory | None = None,
    workers: Workers = HERE,
    told: Told = lambda *_: None,
) -> VerifiedSite:
    """Return the site in ``tree`` when nothing in it must stop it from being released.

    A file is not read again when ``memory`` knows it as clean, it has not been written since, and
    nothing that it has not been held against could stand in it. Counts are always taken of the
    whole. The files are read by ``workers``; ``told`` hears how many are done, of how many.

    Raises ``LeakFoundError`` when something that must be hidden was found, ``BadSiteError`` when
    a page is missing, too many, in the wrong standing, or a link leads nowhere. Neither says
    what was found, only where, of which kind and how often.
    """
    memory = memory or Memory()
    files = files_of(tree)
    reader = Reader(tree, expectation, files.keys())
    with memory.opened(_context(expectation, memory.program)) as remembered:
        search = _Search(expectation, files, reader, remembered)
        search.remember(Due.of(expectation, reader.gate.words, memory.held))
        search.read(workers, told)
        search.take_index(
            search_index(tree, files.keys(), search.fresh, expectation.shown, workers=workers)
        )
    memory.held = Held(expectation.hidden, expectation.shown, reader.gate.words)
    if search.leaks:
        message = leak_message(search.leaks, _NOT_RELEASED, _LOOK)
        raise LeakFoundError(message, search.leaks, search.slugs)
    faults = [
        *wrong_counts(expectation.records, files.keys()),
        *search.faults,
        *unlisted(expectation.records, search.targets),
    ]
    if faults:
        raise BadSiteError(fault_message(faults, f"{_NOT_RELEASED}：网站"))
    return VerifiedSite(
        tree=tree,
        digests={path: search.digests[path] for path in files},
        stamps=files,
        files=len(files),
        pages=len(expectation.records),
        links=search.links,
    )


def _context(expectation: Expectation, program: str) -> str:
    """Return the digest of what every file is held against, whichever decision it shows."""
    listed = sorted((path, sorted(values)) for path, values in expectation.listed.items())
    public, banished = sorted(expectation.public_values), sorted(expectation.banished)
    parts = (program, public, banished, listed, expectation.base_url)
    return hashlib.sha256(repr(parts).encode()).hexdigest()
