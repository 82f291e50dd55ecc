"""Which of the two trees is public, and which was before: read off the link ``current``."""

import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.domain.faults import BadSiteError
from pipeline.release.manifest import Manifest
from pipeline.release.tree import Tree

TREES = "releases"
CURRENT = "current"

_COLOURS = ("blue", "green")


@dataclass(frozen=True, slots=True)
class Shown:
    """The public tree and the one that was public before (its folder may not exist)."""

    tree: Tree
    previous: Tree


def shown(root: Path) -> Shown:
    """Return the trees below ``root``; raises ``BadSiteError`` when nothing was released yet."""
    live = live_colour(root)
    if live is None or not (root / TREES / live).is_dir():
        raise BadSiteError("还没有发布过网站。先运行 gongshi rebuild")
    return Shown(Tree(root / TREES / live), Tree(root / TREES / other_colour(live)))


def shown_files(root: Path) -> Manifest:
    """Return what the public tree was when it was released; nothing before the first release."""
    live = live_colour(root)
    return Tree(root / TREES / live).as_left() if live else {}


def live_colour(root: Path) -> str | None:
    """Return the colour of the public tree, ``None`` before the first release.

    Raises ``BadSiteError`` when ``current`` is not a link.
    """
    current = root / CURRENT
    if not current.is_symlink():
        if current.exists():
            raise BadSiteError("发布目录中的 current 不是链接，未发布。请移走它后重新运行")
        return None
    name = Path(os.readlink(current)).name  # noqa: PTH115 - the text of the link, not a path
    return name if name in _COLOURS else None


def other_colour(colour: str | None) -> str:
    """Return the colour of the tree that is not public."""
    return _COLOURS[1] if colour == _COLOURS[0] else _COLOURS[0]
