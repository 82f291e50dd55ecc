"""Release a verified site: two trees, blue and green, and one atomic switch between them.

``root`` holds ``current``, a link to ``releases/blue`` or ``releases/green``; the web server
serves ``current``. The idle tree is brought up to date first, then the link is replaced, then the
other tree follows, so that what was withdrawn stays in neither (promise 6). Stopped at any
instruction, visitors see the old site or the new one, whole; the next run finishes the rest.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.domain.faults import BadSiteError
from pipeline.release.durable import point, write_whole
from pipeline.release.manifest import Manifest, encode_manifest, read_manifest, survey
from pipeline.release.tree import Tree, difference

_COLOURS = ("blue", "green")
_TREES = "releases"
_CURRENT = "current"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a release changed for visitors. ``tree`` is the folder that is public now."""

    tree: Path
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    files: int


def release(
    verified_tree: Path, root: Path, *, verified: Mapping[str, str] | None = None
) -> Release:
    """Make ``verified_tree`` the public site below ``root`` in one step.

    ``verified`` are the SHA-256 of the files as verification read them, by path; a tree that has
    changed since is refused. Raises ``BadSiteError``; visitors then still see the old site.
    """
    try:
        return _release(verified_tree, root, verified)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else "读写失败"
        raise BadSiteError(
            f"发布未完成（{why}），网站仍是完整的旧版或新版。请检查磁盘空间和权限后重新运行"
        ) from error


def _release(verified_tree: Path, root: Path, verified: Mapping[str, str] | None) -> Release:
    trees = root / _TREES
    trees.mkdir(parents=True, exist_ok=True)
    want = _survey_source(verified_tree, trees / "source.manifest.json", verified)
    _refuse_unverified(want, verified)
    live = _live(root)
    idle = _COLOURS[1] if live == _COLOURS[0] else _COLOURS[0]
    before = Tree(trees / live).survey() if live else {}
    if live is None or not difference(before, want).is_empty:
        Tree(trees / idle).bring_up_to(want, verified_tree)
        point(root / _CURRENT, f"{_TREES}/{idle}")
        live, idle = idle, live or _COLOURS[1]
    Tree(trees / idle).bring_up_to(want, verified_tree)
    return _told(trees / str(live), before, want)


def _survey_source(tree: Path, note: Path, verified: Mapping[str, str] | None) -> Manifest:
    """Return what the verified tree holds; only files written since the last time are read."""
    noted = read_manifest(note)
    trusted = {
        name: file
        for name, file in noted.items()
        if verified is None or verified.get(name) == file.sha256
    }
    found = survey(tree, trusted)
    if not found:
        raise BadSiteError("生成的网站是空的，未发布。请查看前面的报告后重新运行")
    if found != noted:
        write_whole(note, encode_manifest(found))
    return found


def _refuse_unverified(want: Manifest, verified: Mapping[str, str] | None) -> None:
    if verified is None or {name: file.sha256 for name, file in want.items()} == dict(verified):
        return
    raise BadSiteError("核验之后网站文件有变动，未发布。请重新运行")


def _live(root: Path) -> str | None:
    current = root / _CURRENT
    if not current.is_symlink():
        if current.exists():
            raise BadSiteError("发布目录中的 current 不是链接，未发布。请移走它后重新运行")
        return None
    name = Path(os.readlink(current)).name  # noqa: PTH115 - the text of the link, not a path
    return name if name in _COLOURS else None


def _told(tree: Path, before: Manifest, want: Manifest) -> Release:
    changes = difference(before, want)
    return Release(
        tree=tree,
        added=changes.added,
        changed=changes.changed,
        removed=changes.removed,
        files=len(want),
    )
