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

Asked = tuple[str, Expected | None, bytes, bool]
"""The path of a file, the decision whose page it is, what is known of its records, if it is new.

One that is not new was read before, byte by byte, and led where it leads now: nothing can be wrong
with it but what must be hidden tonight.
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One file that was read. ``faults`` and ``leaks`` say what is wrong, never what stands there.

    ``slugs`` are the decisions that leak; ``words`` and ``known`` those of ``Looked``. The rest is
    that of a new file.
    """

    leaks: Kinds
    slugs: frozenset[str]
    words: frozenset[str]
    known: bytes
    sha256: str = ""
    links: Links = Links()
    faults: tuple[str, ...] = ()


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
        path, record, known, is_new = asked
        content = _content(self.tree / path)
        looked = self.gate.look(path, content, unpacked(known))
        seen = Seen(looked.leaks, looked.slugs, looked.words, packed(looked.known))
        if not is_new:
            return seen
        links = self._checker.links_of(path, content) if path.endswith(PAGES) else Links()
        wrong = wrong_page(record, content) if record else self._companion(path, content)
        return replace(
            seen,
            sha256=hashlib.sha256(content).hexdigest(),
            links=links,
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
