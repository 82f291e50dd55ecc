"""The tree that was public before: kept to go back to, without what has left it since.

A page that shows a decision whose public side has changed does not stay as it was: it is
replaced by the new one or goes. So a way back never shows what was withdrawn, has expired or was
corrected (promise 6), and every link of what stays leads somewhere.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from pipeline.release.manifest import Manifest
from pipeline.release.tree import Difference, Tree, difference

_LINK = re.compile(r"(?:href|src)=[\"']([^\"'#?:]+)")
_PAGE = ".html"


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of the trees.

    ``trees`` are the digests of those that this program left behind, ``touched`` the 文号 and
    addresses of the decisions whose public side has changed since the older one.
    """

    trees: frozenset[str] = frozenset()
    touched: frozenset[str] = field(default=frozenset())


def clean(
    tree: Tree, have: Manifest, want: Manifest, source: Path, touched: Iterable[str]
) -> Manifest:
    """Take out of ``tree`` whatever may show a touched decision other than ``want`` does.

    It holds ``have``; what replaces it comes from ``source``, which holds ``want``. Return what
    the tree holds then.
    """
    changes = difference(have, want)
    stale = _stale(tree.folder, have, changes, sorted(touched))
    if not stale:
        return have
    kept = {path: file for path, file in have.items() if path not in stale}
    fresh = {path: want[path] for path in (*changes.added, *stale) if path in want}
    tree.bring_up_to(kept | fresh, source, have)
    return kept | fresh


def _stale(folder: Path, have: Manifest, changes: Difference, touched: list[str]) -> set[str]:
    """Return the files that may show one of ``touched``, or lead to one that goes."""
    differing = {*changes.changed, *changes.removed}
    if not (touched and differing):
        return set()  # after a first load nothing differs, and everything is touched
    words = AhoCorasick(touched)
    pages = {path: _read(folder / path) for path in differing if path.endswith(_PAGE)}
    stale = {
        path
        for path in differing
        if path not in pages or _shows(path, words) or _shows(pages[path], words)
    }
    while True:
        gone = {path for path in changes.removed if path in stale}
        leading = {
            path
            for path, text in pages.items()
            if path not in stale and not gone.isdisjoint(_links(path, text))
        }
        if not leading:
            return stale & have.keys()
        stale |= leading


def _shows(text: str, words: AhoCorasick) -> bool:
    return bool(words.find_matches_as_indexes(text))


def _links(path: str, text: str) -> Iterator[str]:
    for link in _LINK.findall(text):
        yield posixpath.normpath(posixpath.join(posixpath.dirname(path), link))


def _read(path: Path) -> str:
    return path.read_text("utf-8", "replace")
