"""Look again at what visitors see now, and at the tree to go back to; change nothing.

What a rebuild verified once may since have been touched by another hand, and what is hidden today
may not have been hidden on the day a page was built: so every file is read, and held against
everything that today's exports hide.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from pipeline.correction.marks import Marks
from pipeline.domain.faults import BadSiteError, LeakFoundError
from pipeline.examination import Examined, Remembered, examine, receive
from pipeline.night import Step
from pipeline.projection.read import open_projection
from pipeline.publication import memorandum_of, projection_of
from pipeline.rebuild import load, open_agency_register
from pipeline.register import Register
from pipeline.release import run_lock
from pipeline.release.manifest import survey, tree_digest
from pipeline.settings import Settings
from pipeline.site.tables.read import load_tables
from pipeline.verification.again import Seen, look_again
from pipeline.verification.messages import fault_message, leak_message
from pipeline.verification.model import Expectation
from pipeline.workers.model import ALONE, Crew

_SHOWN_NOW, _BEFORE = "公示的网站", "上一版网站"


@dataclass(frozen=True, slots=True)
class Rechecked:
    """One tree that was read whole and in which nothing was wrong."""

    title: str
    files: int


def recheck(
    settings: Settings,
    exports: Path,
    *,
    today: date,
    every: bool,
    step: Step = lambda *_: None,
    crew: Crew = ALONE,
) -> tuple[Rechecked, ...]:
    """Read the public tree, and with ``every`` the one before and the map of what is gone.

    ``crew`` are those who do the work. Raises ``LeakFoundError`` when something that must be
    hidden was found, ``BadSiteError`` when there is no site, a tree is not as a release left it,
    or a page stands that has left.
    """
    current = settings.folders.site / "current"
    if not current.is_dir():
        raise BadSiteError("还没有公示过网站，没有可以核验的。先运行 gongshi rebuild")
    with run_lock(settings.folders.state / "lock"), open_agency_register(settings) as register:
        expectation = _expectation(settings, exports, register, today, step, crew)
    known = frozenset(memorandum_of(settings).end()[1].trees)
    leaks: dict[str, Mapping[str, int]] = {}
    faults: list[str] = []
    done: list[Rechecked] = []
    for title, tree in _trees(current.resolve(), every=every):
        told = partial(step, f"核验{title}")
        seen = look_again(tree, expectation, workers=crew.site, told=told)
        seen.faults.extend(_touched(tree, known))
        _tell(seen, title, leaks, faults)
        done.append(Rechecked(title, seen.files))
    if every:
        _tell(_maps(settings, expectation), "state", leaks, faults)
    if leaks:
        raise LeakFoundError(leak_message(leaks, "核验未通过", "请立即撤下并重新运行"), leaks)
    if faults:
        raise BadSiteError(fault_message(faults, "核验未通过：已公示的网站"))
    return tuple(done)


def _tell(seen: Seen, title: str, leaks: dict[str, Mapping[str, int]], faults: list[str]) -> None:
    leaks.update({f"{title} {path}": kinds for path, kinds in seen.leaks.items()})
    faults += [f"{title} {fault}" for fault in seen.faults]


def _trees(current: Path, *, every: bool) -> Iterator[tuple[str, Path]]:
    yield _SHOWN_NOW, current
    others = (path for path in sorted(current.parent.iterdir()) if path.is_dir())
    for other in others if every else ():
        if other != current:
            yield _BEFORE, other


def _touched(tree: Path, known: frozenset[str]) -> Iterator[str]:
    """Yield a fault when the tree is not one that a release left behind, byte by byte."""
    if known and tree_digest(survey(tree, dict)) not in known:
        yield "不是发布时留下的样子，有文件被别的程序改动、增加或删去"


def _maps(settings: Settings, expectation: Expectation) -> Seen:
    folder = settings.folders.state / "nginx"
    return look_again(folder, expectation) if folder.is_dir() else Seen()


def _expectation(
    settings: Settings,
    exports: Path,
    register: Register,
    today: date,
    step: Step,
    crew: Crew,
) -> Expectation:
    """Return everything that the exports hide, however long ago it was published."""
    marks = Marks.of(register.corrections.amendments())
    intake = receive(settings, exports, today=today)
    records = tuple(map(marks.put_on, intake.received))

    def recall(sources: Mapping[str, str]) -> Remembered:
        return Remembered(acts=register.acts_of(sources))

    hidden: dict[str, frozenset[str]] = {}
    examined = examine(
        records,
        load(settings),
        settings,
        today=today,
        recall=recall,
        workers=crew.redacting,
    )
    for done, each in enumerate(examined, start=1):
        if isinstance(each, Examined) and each.redaction:
            hidden[each.redaction.cleared.slug] = each.redaction.hidden
        step("筛查和隐去", done, len(records))
    tables = load_tables(settings.folders.content)
    with open_projection(projection_of(settings)) as public:
        return Expectation.of_rows(
            public.rows(),
            hidden=hidden,
            public_values=settings.public_values,
            listed={table.kind.path: table.numbers for table in tables},
            base_url=settings.site.url,
        )
