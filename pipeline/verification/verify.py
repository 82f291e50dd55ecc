"""The gate before release: a tree goes in, a ``VerifiedSite`` comes out, or the run stops."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.domain.faults import BadSiteError, LeakFoundError
from pipeline.verification.counts import unlisted, wrong_counts, wrong_page
from pipeline.verification.leaks import Gate, Kinds
from pipeline.verification.links import LinkChecker, Links
from pipeline.verification.memory import Clean, Memory, Stamp
from pipeline.verification.messages import fault_message, leak_message
from pipeline.verification.model import Expectation, Expected, VerifiedSite
from pipeline.verification.tree import DECISIONS, files_of, owner_of, page_of

__all__ = ["Expectation", "Memory", "VerifiedSite", "verify"]

_PAGES = (".html", ".htm")
_NOT_RELEASED = "未发布，网站没有改动"
_LOOK = "请核对这些页面"


@dataclass(slots=True)
class _Search:
    """One look at a tree: what it is held against, and what reading or remembering it showed."""

    tree: Path
    expectation: Expectation
    files: Mapping[str, Stamp]
    gate: Gate
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
                and clean.words.isdisjoint(self.gate.words)
                and owner_of(path) not in self.expectation.hidden
                and (not gone or clean.targets.isdisjoint(gone))
            ):
                self._take(path, clean)

    def read(self) -> None:
        """Read every other file."""
        checker = LinkChecker(self.files.keys(), self.expectation.base_url)
        records = {page_of(record.slug): record for record in self.expectation.records}
        for path, stamp in self.files.items():
            if path not in self.digests:
                self._take(path, self._read(path, stamp, checker, records.get(path)))

    def _read(
        self, path: str, stamp: Stamp, checker: LinkChecker, record: Expected | None
    ) -> Clean:
        content = _content(self.tree / path)
        looked = self.gate.look(path, content)
        if looked.leaks:
            self.leaks[path] = looked.leaks
            self.slugs |= looked.slugs
        links = checker.links_of(path, content) if path.endswith(_PAGES) else Links()
        self.faults += [f"{path}：{fault}" for fault in links.faults]
        if record and (fault := wrong_page(record, content)):
            self.faults.append(f"{path}：{fault}")
        self.fresh[path] = Clean(
            stamp=stamp,
            sha256=hashlib.sha256(content).hexdigest(),
            held=_held(record) if record else "",
            links=links.count,
            targets=links.targets,
            words=looked.words,
        )
        return self.fresh[path]

    def _take(self, path: str, clean: Clean) -> None:
        self.digests[path] = clean.sha256
        self.links += clean.links
        if path.endswith(_PAGES) and not path.startswith(DECISIONS):
            self.targets[path] = clean.targets


def verify(tree: Path, expectation: Expectation, *, memory: Memory | None = None) -> VerifiedSite:
    """Return the site in ``tree`` when nothing in it must stop it from being released.

    A file is not read again when ``memory`` knows it as clean, it has not been written since, and
    nothing that is hidden tonight could stand in it. Counts are always taken of the whole.

    Raises ``LeakFoundError`` when something that must be hidden was found, ``BadSiteError`` when
    a page is missing, too many, in the wrong standing, or a link leads nowhere. Neither says
    what was found, only where, of which kind and how often.
    """
    memory = memory or Memory()
    files = files_of(tree)
    context = _context(expectation, memory.program)
    search = _Search(tree, expectation, files, Gate(expectation))
    search.remember(memory, context)
    search.read()
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


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise BadSiteError("网站文件无法读取，未发布。请检查磁盘和权限") from None
