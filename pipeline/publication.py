"""Make a verified site public, and what belongs to it: memory, lists for others, a backup.

Also the ways back: to the tree before, and to a register of the day of a backup.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.domain.cleared import ClearedDecision
from pipeline.domain.faults import BadSiteError
from pipeline.domain.public import Standing
from pipeline.lifecycle.model import State
from pipeline.projection.read import open_projection
from pipeline.register import KeptRegister, papers
from pipeline.register.backup import Manifest, prune
from pipeline.register.memorandum import FILE_NAME, Memorandum
from pipeline.register.replacing import put_in_place
from pipeline.register.restore import Restored, prepare
from pipeline.release import Memory, Release, release, rollback, run_lock
from pipeline.release.manifest import File
from pipeline.release.purge import Gone, write_gone_map, write_purge
from pipeline.settings import Settings
from pipeline.verification.model import VerifiedSite

_LEFT = frozenset({State.WITHDRAWN, State.EXPIRED, State.SUSPENDED})
"""States of a decision whose page others may still hold."""


def keep_private(state: Path) -> None:
    """Make the state folder, or take from everyone else the right to look into it.

    From here on this process makes files for itself only; a release opens those of the site.
    """
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    state.chmod(0o700)
    os.umask(0o077)


def projection_of(settings: Settings) -> Path:
    """Return where the public projection lies."""
    return settings.folders.state / "public.sqlite"


def memorandum_of(settings: Settings) -> Memorandum:
    """Return the 备查簿 of the agency."""
    return Memorandum(settings.folders.state / FILE_NAME)


def backups_of(settings: Settings) -> Path:
    """Return the folder of the register's backups."""
    return settings.folders.state / "backups"


def papers_of(settings: Settings) -> Path:
    """Return the folder of the evidence and letters of requests for correction."""
    return settings.folders.state / papers.FOLDER


def report_folder(settings: Settings) -> Path:
    """Return where the reports lie."""
    return settings.folders.state / "report"


def publish(
    verified: VerifiedSite, settings: Settings, register: KeptRegister, *, today: date
) -> Release:
    """Release the site; then list what left it, for caches and nginx, and back up the register.

    Raises ``BadSiteError`` or ``BadRegisterError``; when only the backup failed, the line says so.
    """
    memorandum = register.memorandum
    mark = memorandum.end()[1]
    rows = list(memorandum.rows(mark.released))
    memory = Memory(frozenset(mark.trees), frozenset(_names(rows)))
    files = _as_verified(verified)
    released = release(verified.tree, settings.folders.site, verified=files, memory=memory)
    try:
        _tell_others(settings, rows, released, verified, today)
    except OSError as error:
        raise BadSiteError(
            f"网站已发布，但清除清单没有写成（{error.strerror}）。请检查 state 文件夹后重新运行"
        ) from None
    memorandum.mark_released(released.trees)
    back_up(settings, register, today=today)
    return released


def back_up(
    settings: Settings, register: KeptRegister, *, today: date
) -> tuple[Manifest, tuple[str, ...]]:
    """Back up the register and the papers of requests; return what was made, and what was pruned.

    Raises ``BadRegisterError`` when the disk refuses.
    """
    folder, rule = backups_of(settings), settings.backup
    made = register.back_up(folder, today=today)
    papers.keep(papers_of(settings), folder / papers.FOLDER)
    return made, prune(folder, keep=rule.keep, days=rule.days, today=today)


def go_back(settings: Settings) -> Release:
    """Make the tree before the public one again; what has left the site since stays gone.

    Raises ``BadSiteError`` when there is none to go back to.
    """
    keep_private(settings.folders.state)
    with run_lock(settings.folders.state / "lock"):
        memorandum = memorandum_of(settings)
        mark = memorandum.end()[1]
        touched = frozenset(_names(memorandum.rows(mark.before)))
        done = rollback(settings.folders.site, memory=Memory(frozenset(mark.trees), touched))
        memorandum.append((), trees=done.trees)
    return done


def restore(settings: Settings, backup: Path, *, today: date, actor: str) -> Restored:
    """Put the register of a backup, brought up to the 备查簿, in the place of the one in use.

    Raises ``BadRegisterError``; the register in use then stands.
    """
    state = settings.folders.state
    keep_private(state)
    with run_lock(state / "lock"), TemporaryDirectory(dir=state, prefix=".restore") as work:
        fresh = Path(work) / "register.sqlite"
        memorandum = memorandum_of(settings)
        restored = prepare(
            backup, fresh, memorandum, _Published(settings), today=today, actor=actor
        )
        place = settings.register_place
        put_in_place(fresh, place, memorandum, aside=state / "aside", today=today)
        papers.keep(backups_of(settings) / papers.FOLDER, papers_of(settings))
    return restored


def _as_verified(site: VerifiedSite) -> dict[str, File]:
    """Return the files of a site as verification saw them."""
    return {
        path: File(size, site.digests[path], (inode, mtime_ns))
        for path, (size, inode, mtime_ns) in site.stamps.items()
    }


class _Published:
    """The text that the projection holds at an address; none when it is damaged too."""

    def __init__(self, settings: Settings) -> None:
        self._path = projection_of(settings)

    def __call__(self, slug: str) -> ClearedDecision | None:
        try:
            with open_projection(self._path) as projection:
                return projection.record(slug).decision
        except (BadSiteError, KeyError):
            return None


def _names(rows: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield row["slug"]
        yield row["case_number"]


def _tell_others(
    settings: Settings,
    rows: list[dict[str, Any]],
    released: Release,
    verified: VerifiedSite,
    today: date,
) -> None:
    state, base = settings.folders.state, settings.site.url
    newest = {row["key"]: row for row in rows}
    gone = [_gone(row) for row in newest.values() if row["state"] in _LEFT]
    if gone:
        changed = [*released.changed, *released.removed]
        lists = (path for path in verified.digests if not path.startswith("decisions/"))
        write_purge(state / "purge", gone, changed or lists, base=base, today=today)
    with open_projection(projection_of(settings)) as projection:
        paths = [
            _path(row.slug)
            for standing in (Standing.WITHDRAWN, Standing.EXPIRED)
            for row in projection.rows(standing)
        ]
    write_gone_map(state / "nginx" / "gone.map", paths, base=base)


def _gone(row: dict[str, Any]) -> Gone:
    return Gone(case_number=row["case_number"], path=_path(row["slug"]), state=row["state"])


def _path(slug: str) -> str:
    return f"decisions/{slug}.html"
