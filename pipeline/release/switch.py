"""Release a verified site: two trees, blue and green, and one atomic switch between them.

``root`` holds ``current``, a link to ``releases/blue`` or ``releases/green``; the web server
serves ``current``. The idle tree is brought up to date first, then the link is replaced. The
other tree stays as it was, to go back to, but for what must not be shown any more
(``pipeline.release.previous``); a tree that is not as this program left it follows the new one.
Stopped at any instruction, visitors see the old site or the new one, whole; the next run
finishes the rest.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.domain.faults import BadSiteError
from pipeline.durable import point
from pipeline.release.manifest import (
    Beside,
    Manifest,
    survey,
    tree_digest,
)
from pipeline.release.previous import Memory, clean
from pipeline.release.shown import CURRENT, TREES, live_colour, other_colour
from pipeline.release.tree import Difference, Tree, difference

_NOTHING = Memory()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a release changed for visitors. ``tree`` is the folder that is public now.

    ``trees`` are the digests of the public tree and of the one before, as they were left.
    """

    tree: Path
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    files: int
    trees: tuple[str, ...] = ()


def release(
    verified_tree: Path,
    root: Path,
    *,
    verified: Manifest | None = None,
    memory: Memory = _NOTHING,
) -> Release:
    """Make ``verified_tree`` the public site below ``root`` in one step.

    ``verified`` are the files as verification read them; a tree that has changed since is refused.
    ``memory`` says which earlier tree may stay, and what of it may not.
    Raises ``BadSiteError``; visitors then still see the old site.
    """
    with _explained("发布未完成"):
        return _release(verified_tree, root, verified, memory)


def rollback(root: Path, *, memory: Memory) -> Release:
    """Make the tree before the public one again, without what has left the site since.

    Raises ``BadSiteError`` when there is none to go back to; visitors then see what they saw.
    """
    with _explained("退回未完成"):
        live = live_colour(root)
        idle = other_colour(live)
        if live is None or not (root / TREES / idle).is_dir():
            raise BadSiteError("还没有可以退回的版本。先运行 gongshi rebuild")
        now, previous = Tree(root / TREES / live), Tree(root / TREES / idle)
        shown, held = now.survey(), previous.survey()
        if tree_digest(held) not in memory.trees:
            raise BadSiteError("上一版不是本程序留下的样子，不能退回。请运行 gongshi rebuild")
        back = clean(previous, held, shown, now.folder, memory.touched)
        changes = difference(shown, back)
        if changes.is_empty:
            raise BadSiteError("上一版与现在的网站相同，没有可以退回的版本")
        point(root / CURRENT, f"{TREES}/{idle}")
        trees = (tree_digest(back), tree_digest(shown))
        return _told(previous, changes, len(back), trees)


@contextmanager
def _explained(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else "读写失败"
        raise BadSiteError(
            f"{what}（{why}），网站仍是完整的旧版或新版。请检查磁盘空间和权限后重新运行"
        ) from error


def _release(verified_tree: Path, root: Path, verified: Manifest | None, memory: Memory) -> Release:
    trees = root / TREES
    trees.mkdir(parents=True, exist_ok=True)
    for folder in (root, trees):
        folder.chmod(0o755)
    want = _survey_source(verified_tree, verified)
    shows = tree_digest(want)
    source = Beside.of(verified_tree, want)
    live = live_colour(root)
    idle = other_colour(live)
    held = Tree(trees / live).survey(source) if live else {}
    changes = difference(held, want)
    if live is None or not changes.is_empty:
        spare = Tree(trees / idle)
        spare.bring_up_to(want, verified_tree, spare.survey(source))
        point(root / CURRENT, f"{TREES}/{idle}")
        live, idle = idle, other_colour(idle)  # nothing has touched the tree that was public
    else:
        held = {}  # it goes before the next one comes: each is as long as the site
    previous = Tree(trees / idle)
    held = held or previous.survey(source)
    left = shows if held == want else tree_digest(held)
    if left in memory.trees:
        cleaned = clean(previous, held, want, verified_tree, memory.touched)
        left = left if cleaned is held else tree_digest(cleaned)
        return _told(Tree(trees / live), changes, len(want), (shows, left))
    previous.bring_up_to(want, verified_tree, held)
    return _told(Tree(trees / live), changes, len(want), (shows, shows))


def _survey_source(tree: Path, verified: Manifest | None) -> Manifest:
    """Return what the verified tree holds; only files written since it was verified are read.

    Raises ``BadSiteError`` when that is not what was verified.
    """
    found = survey(tree, lambda: verified or {})
    if not found:
        raise BadSiteError("生成的网站是空的，未发布。请查看前面的报告后重新运行")
    if verified is not None and not difference(verified, found).is_empty:
        raise BadSiteError("核验之后网站文件有变动，未发布。请重新运行")
    return found


def _told(live: Tree, changes: Difference, files: int, trees: tuple[str, str]) -> Release:
    """Return what changed when ``live`` came to show so many files."""
    return Release(
        tree=live.folder,
        added=changes.added,
        changed=changes.changed,
        removed=changes.removed,
        files=files,
        trees=trees,
    )
