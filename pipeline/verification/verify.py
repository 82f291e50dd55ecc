"""The gate before release: a tree goes in, a ``VerifiedSite`` comes out, or the run stops."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.domain.faults import BadSiteError, LeakFoundError
from pipeline.verification.companions import plain_of
from pipeline.verification.counts import unlisted, wrong_counts
from pipeline.verification.leaks import Kinds
from pipeline.verification.memory import Clean, Memory, Stamp
from pipeline.verification.messages import fault_message, leak_message
from pipeline.verification.model import Expectation, Expected, Told, VerifiedSite
from pipeline.verification.reading import FEW, PAGES, Reader, Seen
from pipeline.verification.search.look import Searched, search_index
from pipeline.verification.tree import DECISIONS, files_of, owner_of, page_of
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
    fresh: dict[str, Clean] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    leaks: dict[str, Kinds] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    targets: dict[str, Collection[str]] = field(default_factory=dict)
    links: int = 0

    def remember(self, memory: Memory, context: str) -> None:
        """Take what is remembered of the files that need not be read again."""
        gone = memory.paths(context) - self.files.keys()
        held = {page_of(each.slug): _held(each) for each in self.expectation.records}
        for path, clean in memory.recall(context):
            if (
                clean.stamp == self.files.get(path)
                and clean.held == held.get(path, "")
                and clean.words.isdisjoint(self.reader.gate.words)
                and owner_of(path) not in self.expectation.hidden
                and (not gone or clean.targets.isdisjoint(gone))
                and plain_of(path, self.files) is None
            ):
                self._take(path, clean)

    def read(self, workers: Workers, told: Told) -> None:
        """Let every other file be read."""
        records = {page_of(record.slug): record for record in self.expectation.records}
        unread = [path for path in self.files if path not in self.digests]
        asked = [(path, records.get(path)) for path in unread]
        told(len(self.files) - len(unread), len(self.files))
        with mapped(workers, self.reader, asked, few=FEW) as read:
            for done, ((path, record), seen) in enumerate(zip(asked, read, strict=True), start=1):
                self._note(path, record, seen)
                told(len(self.files) - len(unread) + done, len(self.files))

    def _note(self, path: str, record: Expected | None, seen: Seen) -> None:
        if seen.leaks:
            self.leaks[path] = seen.leaks
            self.slugs |= seen.slugs
        self.faults += [f"{path}：{fault}" for fault in seen.faults]
        self.fresh[path] = Clean(
            stamp=self.files[path],
            sha256=seen.sha256,
            held=_held(record) if record else "",
            links=seen.links.count,
            targets=seen.links.targets,
            words=seen.words,
        )
        self._take(path, self.fresh[path])

    def take_index(self, index: Searched) -> None:
        """Note what the search index tells that no text does."""
        self.leaks |= index.leaks
        self.slugs |= index.slugs
        self.faults += index.faults

    def _take(self, path: str, clean: Clean) -> None:
        self.digests[path] = clean.sha256
        self.links += clean.links
        if path.endswith(PAGES) and not path.startswith(DECISIONS):
            self.targets[path] = clean.targets


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
    nothing that is hidden tonight could stand in it. Counts are always taken of the whole. The
    files are read by ``workers``; ``told`` hears how many are done, of how many.

    Raises ``LeakFoundError`` when something that must be hidden was found, ``BadSiteError`` when
    a page is missing, too many, in the wrong standing, or a link leads nowhere. Neither says
    what was found, only where, of which kind and how often.
    """
    memory = memory or Memory()
    files = files_of(tree)
    context = _context(expectation, memory.program)
    search = _Search(expectation, files, Reader(tree, expectation, files.keys()))
    search.remember(memory, context)
    search.read(workers, told)
    fresh = search.fresh.keys()
    search.take_index(search_index(tree, files.keys(), fresh, expectation.shown, workers=workers))
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
    memory.keep(context, search.fresh, files.keys())
    return VerifiedSite(
        tree=tree,
        digests={path: search.digests[path] for path in files},
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


def _held(record: Expected) -> str:
    return f"{record.standing.value} {record.case_number}"
