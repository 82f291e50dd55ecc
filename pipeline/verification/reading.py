"""One file of the site read as a stranger would: what it holds, and what is wrong with it.

It can be done in any process: a reader takes nothing along but what the site is held against.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pipeline.domain.faults import BadSiteError
from pipeline.verification.companions import wrong_companion
from pipeline.verification.counts import wrong_page
from pipeline.verification.known import packed, unpacked
from pipeline.verification.leaks import Gate, Kinds
from pipeline.verification.links import LinkChecker, Links
from pipeline.verification.model import Expectation, Expected

PAGES = (".html", ".htm")
"""How the names of pages end."""

FEW = 200
"""Files that are read as fast as a process starts."""

Asked = tuple[str, Expected | None, bytes]
"""The path of a file, the decision whose page it is, and what is known of its records."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One file that was read. ``faults`` and ``leaks`` say what is wrong, never what stands there.

    ``slugs`` are the decisions that leak; ``words`` and ``known`` those of ``Looked``.
    """

    sha256: str
    links: Links
    leaks: Kinds
    slugs: frozenset[str]
    words: frozenset[str]
    known: bytes
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Reader:
    """Reads the files of the site in ``tree``; ``paths`` are all that there are."""

    tree: Path
    expectation: Expectation = field(repr=False)
    paths: Collection[str] = field(repr=False)

    def __reduce__(self) -> tuple[type["Reader"], tuple[Path, Expectation, Collection[str]]]:
        """Leave behind what was worked out, and the records, of which each file brings its own."""
        return Reader, (self.tree, replace(self.expectation, records=()), frozenset(self.paths))

    @cached_property
    def gate(self) -> Gate:
        """The leak gate."""
        return Gate(self.expectation)

    @cached_property
    def _checker(self) -> LinkChecker:
        return LinkChecker(self.paths, self.expectation.base_url)

    def __call__(self, asked: Asked) -> Seen:
        """Read one file; raises ``BadSiteError`` when it cannot be read."""
        path, record, known = asked
        content = _content(self.tree / path)
        looked = self.gate.look(path, content, unpacked(known))
        links = self._checker.links_of(path, content) if path.endswith(PAGES) else Links()
        wrong = wrong_page(record, content) if record else self._companion(path, content)
        return Seen(
            sha256=hashlib.sha256(content).hexdigest(),
            links=links,
            leaks=looked.leaks,
            slugs=looked.slugs,
            words=looked.words,
            known=packed(looked.known),
            faults=(*links.faults, wrong) if wrong else links.faults,
        )

    def _companion(self, path: str, content: bytes) -> str | None:
        try:
            return wrong_companion(self.tree, path, content, self.paths)
        except OSError:
            raise BadSiteError(_UNREADABLE) from None


_UNREADABLE = "网站文件无法读取，未发布。请检查磁盘和权限"


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise BadSiteError(_UNREADABLE) from None
