"""The order of the stages, once, top to bottom.

All or nothing: the register changes in one transaction, visitors' view by one switch. Between
the two, whatever stops the run leaves the old site, and the next run heals.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from pipeline.correction.marks import Marks
from pipeline.domain.faults import BadSiteError, Fault, LeakFoundError
from pipeline.domain.finding import Finding
from pipeline.domain.upkeep import AnnualDue, StalePage
from pipeline.examination import receive_changes
from pipeline.intake.read import Earlier
from pipeline.night import Night, Step, open_memory, open_unfinished, redaction_digest
from pipeline.policy.load import load_policy
from pipeline.policy.model import Policy
from pipeline.program import program_digest
from pipeline.projection.read import open_projection
from pipeline.projection.write import read_mark, write_projection
from pipeline.publication import keep_private, memorandum_of, projection_of, publish
from pipeline.register import KeptRegister, Register, model, open_kept
from pipeline.register.model import Allowance, Reconciliation
from pipeline.register.spool import spooled
from pipeline.release import Release, run_lock
from pipeline.settings import Settings
from pipeline.site.build import build_site
from pipeline.site.statistics import annual_due
from pipeline.site.tables.read import load_tables
from pipeline.site.tables.review import stale_pages
from pipeline.verification.model import VerifiedSite
from pipeline.verification.verify import Memory, verify
from pipeline.workers.model import ALONE, Crew

ACTOR = "gongshi rebuild"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a run did: the register's account, faults of the export, what visitors see now.

    ``doubted`` is the number of decisions that wait only because redaction is in doubt;
    ``findings`` what the case file of a decision lacks, by its 文号 as written;
    ``unreadable`` what is wrong with a record that cannot be read, by the key of its 文号;
    ``stale`` the lists to be looked at again, ``annual`` whether last year's figures are there.
    """

    reconciliation: Reconciliation
    faults: tuple[Fault, ...]
    release: Release
    doubted: int = 0
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    unreadable: Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)
    stale: tuple[StalePage, ...] = ()
    annual: AnnualDue | None = None


def load(settings: Settings) -> Policy:
    """Return the policy that the settings name; raises ``BadSettingsError``."""
    return load_policy(settings.policy, folders=(settings.folders.policies,))


def open_agency_register(settings: Settings) -> KeptRegister:
    """Open the register of the agency, with the 备查簿 that follows it."""
    keep_private(settings.folders.state)
    return open_kept(settings.register_place, memorandum_of(settings))


def rebuild(
    settings: Settings,
    exports: Path,
    *,
    today: date,
    step: Step,
    allowed: Allowance | None = None,
    crew: Crew = ALONE,
) -> Rebuilt:
    """Bring register and site to what should stand on ``today``; release the site.

    ``allowed`` is a person's word after the brake had stopped a run; ``crew`` are those who do the
    work. Raises a ``GongshiError`` that says in one line why nothing changed.
    """
    policy = load(settings)
    tables = load_tables(settings.folders.content)
    engine = redaction_digest(settings)
    with (
        run_lock(settings.folders.state / "lock"),
        open_agency_register(settings) as register,
        open_memory(settings, policy, tables, engine) as memory,
        open_unfinished(settings, policy, engine) as unfinished,
    ):
        marks = Marks.of(register.corrections.amendments())
        night = Night(
            settings, policy, tables, today, step, engine, marks, memory, unfinished, crew
        )
        faults, done = _reconciled(exports, register, night, allowed)
        looked = Memory(_tree(settings).with_name("site.verified.sqlite"), program_digest())
        try:
            verified = _verified(register, night, looked)
        except LeakFoundError as leak:
            night = night.without(leak)
            faults, again = _reconciled(exports, register, night)
            done = done.then(again)
            verified = _verified(register, night, looked)
        register.mark_seen(today=today, actor=ACTOR)
        released = publish(verified, settings, register, today=today)
    with open_projection(projection_of(settings)) as public:
        annual = annual_due(public.annual(), today=today)
    stale = stale_pages(tables, policy, today=today)
    return Rebuilt(
        done, faults, released, night.doubted, night.findings, night.unreadable, stale, annual
    )


def _reconciled(
    exports: Path, register: Register, night: Night, allowed: Allowance | None = None
) -> tuple[tuple[Fault, ...], Reconciliation]:
    """Read and examine everything first, then write the register at once: others wait for that.

    Returns the faults of the exports too. What they say is not in memory while the site is built.
    """
    today = night.today
    faults, results = _read(exports, register, night)
    work = night.settings.folders.state / "work"
    work.mkdir(parents=True, exist_ok=True, mode=0o700)
    with spooled(results, work) as received:
        done = register.reconcile(received, night.policy, today=today, actor=ACTOR, allowed=allowed)
    return faults, done


def _read(
    exports: Path, register: Register, night: Night
) -> tuple[tuple[Fault, ...], Iterator[model.Received]]:
    """Return the faults of the exports, and what comes of each record as it is examined.

    The records are read as they are examined: on a first load they are more than memory holds.
    """
    earlier = Earlier(night.memory, lambda digests: night.standing(digests, register))
    intake = receive_changes(night.settings, exports, earlier, today=night.today)
    night.step("读取导出", len(intake), len(intake))
    nameless = (fault for record in intake.received.nameless for fault in record.faults)
    faults = (*intake.faults, *nameless)  # no status will ever tell those of the nameless
    return faults, night.received(intake.received, intake.standing, register)


def _tree(settings: Settings) -> Path:
    """Return where the site is built."""
    return settings.folders.state / "work" / "site"


def _verified(register: Register, night: Night, looked: Memory) -> VerifiedSite:
    """Build the site from the register and verify what was built; ``looked`` is of looks before.

    Raises ``BadSiteError`` when a page changed in a run that failed and tonight's export does not
    bring its decision: nobody knows any more what the leak gate must look for in it.
    """
    unknown = sorted(n for slug, n in register.unverified().items() if slug not in night.hidden)
    if unknown:
        raise BadSiteError(
            f"未发布：上次运行未通过核验的 {len(unknown)} 件决定不在这次导出中，无法核验"
            f"（{'、'.join(unknown[:5])}）。请把它们放回导出后重新运行"
        )
    settings = night.settings
    projection = projection_of(settings)
    write_projection(projection, register.public_changes(read_mark(projection)))
    tree = _tree(settings)
    built = build_site(settings, projection, tree, workers=night.crew.site)
    night.step("建站", built.planned, built.planned)
    return verify(
        tree,
        night.expectation(projection),
        memory=looked,
        workers=night.crew.site,
        told=partial(night.step, "核验"),
    )
