"""Bring the public site to every mirror, in three steps over all of them.

1. What has left the site goes from the tree that a mirror shows, and ``gone.map`` is brought.
2. The tree that it does not show is brought up to ours; nothing is sent twice, so a run that
   was cut off goes on where it stopped.
3. ``current`` is switched. Only now do visitors of that mirror see the new site.

What may stay in step 1 is known without asking the register: our two trees hold nothing that has
left the site (``pipeline.release.previous``). A file of the mirror that is in neither of them may
show it, and is replaced by ours or goes. A mirror that was left out for more than one release may
show a mixture until step 3: that is better than what is gone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.domain.faults import BadSettingsError, Fault, NotDeployedError, Place
from pipeline.operations.mirror import rsync
from pipeline.operations.mirror.seal import SUFFIX, seal
from pipeline.publication import keep_private
from pipeline.release import run_lock
from pipeline.release.shown import CURRENT, TREES, Shown, other_colour, shown
from pipeline.settings import FILE_NAME, Settings

_COLOURS = frozenset({"blue", "green"})
_MAP = "gone.map"


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one mirror: files brought, files removed, before visitors saw it or not."""

    mirror: str
    brought: int = 0
    removed: int = 0
    is_new: bool = False


@dataclass(slots=True)
class _Visit:
    """One mirror on the way through the steps."""

    mirror: str
    idle: str = ""
    done: bool = False
    brought: int = 0
    removed: set[str] = field(default_factory=set)
    fault: str = ""


def deploy(settings: Settings) -> tuple[Brought, ...]:
    """Bring every mirror of the settings up to our site.

    Raises ``NotDeployedError`` with a line for each mirror that failed; the others are done.
    """
    mirrors = _mirrors(settings)
    keep_private(settings.folders.state)
    with run_lock(settings.folders.state / "lock"):
        ours = shown(settings.folders.site)
        visits = [_Visit(mirror) for mirror in mirrors]
        _each(visits, lambda visit: _remove(visit, ours, settings))
        _each(visits, lambda visit: _bring(visit, ours, settings))
        _each(visits, _switch)
    _refuse(visits)
    return tuple(Brought(v.mirror, v.brought, len(v.removed), not v.done) for v in visits)


def check(settings: Settings) -> None:
    """Compare what every mirror shows with our site, byte by byte; change nothing.

    Raises ``NotDeployedError`` with a line for each mirror that differs.
    """
    ours = shown(settings.folders.site)
    visits = [_Visit(mirror) for mirror in _mirrors(settings)]
    _each(visits, lambda visit: _compare(visit, ours))
    _refuse(visits)


def _mirrors(settings: Settings) -> tuple[str, ...]:
    place = Place(FILE_NAME, "mirrors")
    if not settings.mirrors:
        raise BadSettingsError([Fault(place, "没有填写", "每行一个：用户@服务器:/路径 或者 /路径")])
    own = settings.folders.site.resolve()
    for mirror in settings.mirrors:
        if mirror.startswith("/") and own in [(there := Path(mirror).resolve()), *there.parents]:
            raise BadSettingsError([Fault(place, "目的地就是本机的网站", "换一个地方")])
    return tuple(mirror.rstrip("/") for mirror in settings.mirrors)


def _each(visits: list[_Visit], step: Callable[[_Visit], None]) -> None:
    """Take a step at every mirror that has not failed; one that fails stops no other."""
    for visit in visits:
        if visit.fault:
            continue
        try:
            step(visit)
        except rsync.MirrorError as error:
            visit.fault = str(error)


def _refuse(visits: list[_Visit]) -> None:
    failed = [f"{visit.mirror}：{visit.fault}" for visit in visits if visit.fault]
    if failed:
        raise NotDeployedError("\n".join([*failed, "其余的已完成。处理后再次运行，会从中断处继续"]))


def _remove(visit: _Visit, ours: Shown, settings: Settings) -> None:
    rsync.make_folders(visit.mirror, [f"{TREES}/{colour}" for colour in sorted(_COLOURS)])
    live = _live(visit.mirror)
    visit.idle = other_colour(live)
    if live is not None:
        place = f"{visit.mirror}/{TREES}/{live}"
        now = rsync.compare(ours.tree.folder, place)
        visit.done = now.is_empty
        stale = _stale(now, ours, place)
        rsync.remove(place, stale & now.removed)
        rsync.replace(ours.tree.folder, place, stale & now.changed)
        visit.removed |= stale
    table = settings.folders.state / "nginx" / _MAP
    if table.exists():
        rsync.bring_file(table, f"{visit.mirror}/{_MAP}")


def _stale(now: rsync.Difference, ours: Shown, place: str) -> frozenset[str]:
    """Return the files at a mirror that are in neither of our trees."""
    differing = now.changed | now.removed
    if not differing or not ours.previous.folder.is_dir():
        return differing
    before = rsync.compare(ours.previous.folder, place)
    return differing & (before.changed | before.removed)


def _bring(visit: _Visit, ours: Shown, settings: Settings) -> None:
    if visit.done:
        _sign(f"{visit.mirror}/{TREES}/{other_colour(visit.idle)}", ours, settings)
        return
    place = f"{visit.mirror}/{TREES}/{visit.idle}"
    told = rsync.bring(ours.tree.folder, place, other_colour(visit.idle))
    visit.brought = len(told.added | told.changed)
    if not rsync.compare(ours.tree.folder, place).is_empty:
        raise rsync.MirrorError("同步后仍与本机不同，可能有别的程序在改动它")
    _sign(place, ours, settings)


def _sign(place: str, ours: Shown, settings: Settings) -> None:
    """Lay the signed list beside a tree that is like ours, whether or not it was so before."""
    if settings.signing_key:
        listed = seal(ours.tree, settings.signing_key, settings.folders.state / "mirror")
        for path, suffix in zip(listed, SUFFIX, strict=True):
            rsync.bring_file(path, f"{place}{suffix}")


def _switch(visit: _Visit) -> None:
    if visit.done:
        return
    rsync.set_link(visit.mirror, CURRENT, f"{TREES}/{visit.idle}")
    if _live(visit.mirror) != visit.idle:
        raise rsync.MirrorError(f"{CURRENT} 没有切换成功，对方可能不支持链接")


def _compare(visit: _Visit, ours: Shown) -> None:
    live = _live(visit.mirror)
    if live is None:
        raise rsync.MirrorError("还没有同步过")
    found = rsync.compare(ours.tree.folder, f"{visit.mirror}/{TREES}/{live}", every_byte=True)
    if not found.is_empty:
        count = len(found.added | found.changed | found.removed)
        raise rsync.MirrorError(f"有 {count} 个文件与本机不同")


def _live(mirror: str) -> str | None:
    """Return the colour that a mirror shows, ``None`` before the first time."""
    target = rsync.read_link(mirror, CURRENT)
    if target is None:
        return None
    folder, _, colour = target.rpartition("/")
    if folder != TREES or colour not in _COLOURS:
        raise rsync.MirrorError(f"{CURRENT} 不是本程序留下的链接，请移走它")
    return colour
