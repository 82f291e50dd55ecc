"""试运行: the whole nightly run on copies of what it would change.

There is no second way through the stages that could differ from the first: the run itself works on
a copy of the register, the 备查簿, the work space and the public trees, below the state folder.
Files of the site are copied as links, since nothing writes into them; the copy goes at the end.
"""

import errno
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.domain.faults import BadSiteError
from pipeline.publication import backups_of
from pipeline.rebuild import Rebuilt, open_agency_register, rebuild
from pipeline.register import Register
from pipeline.register.backup import unpack
from pipeline.register.model import Allowance, Change, ChangeKind
from pipeline.release import run_lock
from pipeline.settings import Settings
from pipeline.workers.model import ALONE, Crew

_NOT_NEEDED = ("aside", "backups", "corrections", "lock", "log", "purge", "report", "register.*")
_PREFIX = ".rehearsal"
_NO_LINK = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP}


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a run would do. ``reasons`` are the 文号 that would change, by kind and reason."""

    done: Rebuilt
    reasons: Mapping[tuple[ChangeKind, str], tuple[str, ...]]


def rehearse(
    settings: Settings,
    exports: Path,
    *,
    today: date,
    step: Callable[[str, int, int], None],
    allowed: Allowance | None = None,
    crew: Crew = ALONE,
) -> Rehearsed:
    """Return what ``rebuild`` would do now, and change nothing.

    Raises what the run would raise.
    """
    with _copied(settings, today) as copy:
        done = rebuild(copy, exports, today=today, step=step, allowed=allowed, crew=crew)
        with open_agency_register(copy) as register:
            return Rehearsed(done, _by_reason(done.reconciliation.changes, register))


@contextmanager
def _copied(settings: Settings, today: date) -> Iterator[Settings]:
    """Yield settings that lead to copies."""
    state = settings.folders.state
    is_new = not state.is_dir()
    with TemporaryDirectory(dir=None if is_new else state, prefix=_PREFIX) as work:
        folders = replace(
            settings.folders, state=Path(work) / "state", site=Path(work) / "site", metrics=None
        )
        copy = replace(settings, register="", folders=folders)
        folders.state.mkdir(mode=0o700)
        try:
            if not is_new:
                with run_lock(state / "lock"):
                    _copy(settings, copy, today)
        except OSError as error:
            why = error.strerror or "读写失败"
            raise BadSiteError(f"试运行没有完成（{why}）。请检查 state 的磁盘空间和权限") from None
        yield copy


def _copy(settings: Settings, copy: Settings, today: date) -> None:
    source, target = settings.folders.state, copy.folders.state
    ignored = shutil.ignore_patterns(*_NOT_NEEDED, f"{_PREFIX}*")
    tree = Path("work") / "site"

    def skip(folder: str, names: list[str]) -> set[str]:
        inside = Path(folder).relative_to(source)
        top = ignored(folder, names) if inside == Path() else set()
        return top | ({tree.name} if inside == tree.parent else set())

    shutil.copytree(source, target, ignore=skip, dirs_exist_ok=True, symlinks=True)
    for one, other in ((source / tree, target / tree), (settings.folders.site, copy.folders.site)):
        if one.is_dir():
            shutil.copytree(one, other, copy_function=_linked, symlinks=True)
    if settings.register or (source / "register.sqlite").exists():
        with open_agency_register(settings) as register:
            made = register.back_up(backups_of(copy), today=today)
        unpack(backups_of(copy) / made.file, target / "register.sqlite")


def _linked(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        shutil.copy2(source, target)
    return target


def _by_reason(
    changes: tuple[Change, ...], register: Register
) -> Mapping[tuple[ChangeKind, str], tuple[str, ...]]:
    found: dict[tuple[ChangeKind, str], list[str]] = defaultdict(list)
    order = list(ChangeKind)
    for change in sorted(changes, key=lambda each: (order.index(each.kind), each.case_number)):
        for reason in dict.fromkeys(_reasons(change, register)):
            found[change.kind, reason].append(change.case_number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _reasons(change: Change, register: Register) -> list[str]:
    """Return why a decision changes; once, without a reason, where it only appears."""
    entry = register.entry(change.key)
    if entry is None:
        return [""]
    if entry.notice is not None and change.kind in {ChangeKind.WITHDRAWN, ChangeKind.EXPIRED}:
        return [f"{entry.notice.ground}（{entry.notice.basis}）"]
    why = entry.pending if change.kind is ChangeKind.PENDING else entry.reasons
    return [f"{each.title}（{each.basis}）" for each in why] or [""]
