"""The order of the stages, once, top to bottom.

All or nothing: the register changes in one transaction, visitors' view by one switch. Between
the two, whatever stops the run leaves the old site, and the next run heals.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.correction.marks import Marks
from pipeline.domain.annual import Tally
from pipeline.domain.basis import Basis
from pipeline.domain.decision import Decision, Received, Unreadable
from pipeline.domain.faults import BadSiteError, Fault, LeakFoundError
from pipeline.domain.finding import Finding
from pipeline.domain.tally import tally_of
from pipeline.domain.upkeep import AnnualDue, StalePage
from pipeline.domain.verdict import Effect, Reason, Verdict
from pipeline.examination import Examined, Remembered, Standing, examine, receive
from pipeline.lifecycle.staff import LEAK_GATE
from pipeline.policy.load import load_policy
from pipeline.policy.model import Policy
from pipeline.program import program_digest
from pipeline.projection.read import open_projection
from pipeline.projection.write import read_mark, write_projection
from pipeline.publication import keep_private, memorandum_of, projection_of, publish
from pipeline.redaction.recogniser import load_engine
from pipeline.register import KeptRegister, Register, model, open_kept, text_digest
from pipeline.register.model import Allowance, Reconciliation
from pipeline.register.spool import spooled
from pipeline.release import Release, run_lock
from pipeline.settings import Settings
from pipeline.site.build import build_site
from pipeline.site.statistics import annual_due
from pipeline.site.tables.areas import Items
from pipeline.site.tables.model import Table
from pipeline.site.tables.read import load_tables
from pipeline.site.tables.review import stale_pages
from pipeline.verification.model import Expectation, VerifiedSite
from pipeline.verification.verify import Memory, verify

Step = Callable[[str, int, int], None]
"""Told of progress: the title of the step, how much is done, and of how much."""

ACTOR = "gongshi rebuild"

_LEAKING = Reason(
    LEAK_GATE,
    Effect.HOLD,
    "发布前核验在成品页面中发现疑似应隐去的内容",
    Basis("中华人民共和国个人信息保护法", "第二十五条"),
    "人工核对文书，在扩展列“应隐去内容”标明应隐去的内容后重新导出",
)


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
) -> Rebuilt:
    """Bring register and site to what should stand on ``today``; release the site.

    ``allowed`` is a person's word after the brake had stopped a run. Raises a ``GongshiError``
    that says in one line why nothing changed.
    """
    policy = load(settings)
    tables = load_tables(settings.folders.content)
    with run_lock(settings.folders.state / "lock"), open_agency_register(settings) as register:
        intake = receive(settings, exports, today=today)
        step("读取导出", len(intake.received), len(intake.received))
        engine = load_engine(settings.recogniser).digest
        marks = Marks.of(register.corrections.amendments())
        records = tuple(map(marks.put_on, intake.received))
        night = _Night(settings, policy, tables, today, step, engine, marks)
        done = _reconciled(records, register, night, allowed)
        try:
            verified = _verified(register, night)
        except LeakFoundError as leak:
            stopped = night.stopping(leak)
            night = _Night(settings, policy, tables, today, step, engine, marks, stopped)
            done = done.then(_reconciled(records, register, night))
            verified = _verified(register, night)
        step("核验", len(verified.digests), len(verified.digests))
        register.mark_seen(today=today, actor=ACTOR)
        released = publish(verified, settings, register, today=today)
    faults = intake.faults + tuple(_nameless(intake.received))
    with open_projection(projection_of(settings)) as public:
        annual = annual_due(public.annual(), today=today)
    stale = stale_pages(tables, policy, today=today)
    return Rebuilt(
        done, faults, released, night.doubted, night.findings, night.unreadable, stale, annual
    )


def _nameless(records: Sequence[Received]) -> Iterator[Fault]:
    """Yield what is wrong with records whose 文号 is not known: no status will ever tell it."""
    for record in records:
        if isinstance(record, Unreadable) and record.case_number is None:
            yield from record.faults


def _reconciled(
    records: Sequence[Received],
    register: Register,
    night: "_Night",
    allowed: Allowance | None = None,
) -> Reconciliation:
    """Examine everything first, then write the register at once: others wait only for that."""
    work = night.settings.folders.state / "work"
    work.mkdir(parents=True, exist_ok=True, mode=0o700)
    with spooled(night.received(records, register), work) as received:
        return register.reconcile(
            received, night.policy, today=night.today, actor=ACTOR, allowed=allowed
        )


def _verified(register: Register, night: "_Night") -> VerifiedSite:
    """Build the site from the register and verify what was built.

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
    tree = settings.folders.state / "work" / "site"
    built = build_site(settings, projection, tree)
    night.step("建站", built.planned, built.planned)
    memory = Memory(tree.with_name("site.verified.sqlite"), program_digest())
    return verify(tree, night.expectation(projection), memory=memory)


@dataclass(slots=True)
class _Night:
    """What one run knows and nothing else may: the hidden values, for the leak gate."""

    settings: Settings
    policy: Policy
    tables: tuple[Table, ...]
    today: date
    step: Step
    engine: str
    marks: Marks
    stopped: frozenset[str] = frozenset()
    doubted: int = 0
    hidden: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    unreadable: dict[str, tuple[Fault, ...]] = field(default_factory=dict)

    def received(self, records: Sequence[Received], register: Register) -> Iterator[model.Received]:
        """Yield each record as the register wants it: examined, unchanged or nameless."""

        def recall(sources: Mapping[str, str]) -> Remembered:
            acts = register.acts_of(sources)
            standing = register.unchanged_among(sources, self.policy.digest, self.engine)
            return Remembered(standing, acts)

        items = Items.of(self.tables)
        stopped = register.held_by(_LEAKING.rule, self.policy.digest, self.engine)
        examined = examine(records, self.policy, self.settings, today=self.today, recall=recall)
        for done, each in enumerate(examined, start=1):
            self.step("筛查和隐去", done, len(records))
            yield self._told(each, stopped, items)

    def stopping(self, leak: LeakFoundError) -> frozenset[str]:
        """Return the addresses of the decisions in whose pages alone the gate found something.

        They are held and the others go out. Raises the leak again when it is elsewhere, or in
        more pages than may leave at once: then something is wrong with the site itself.
        """
        pages = {f"decisions/{slug}.html": slug for slug in self.hidden}
        few = max(1, int(self.policy.removal_limit * len(pages)))
        if self.stopped or not leak.paths <= pages.keys() or len(leak.paths) > few:
            raise leak
        return frozenset(pages[path] for path in leak.paths)

    def expectation(self, projection: Path) -> Expectation:
        """Return what the built site is held against."""
        with open_projection(projection) as public:
            return Expectation.of_rows(
                public.rows(),
                hidden=self.hidden,
                public_values=self.settings.public_values,
                listed={table.kind.path: table.numbers for table in self.tables},
                base_url=self.settings.site.url,
            )

    def _told(
        self, each: Examined | Standing, stopped: Mapping[str, str], items: Items
    ) -> model.Received:
        if each.findings and each.record.case_number:
            self.findings[each.record.case_number.display] = each.findings
        if isinstance(each, Standing):
            return model.Unchanged(each.record.case_number.key, _tally(each.record, items))
        if each.record.case_number is None:
            return model.Nameless()
        self.doubted += each.is_doubted
        digests = model.Digests(each.source, self.policy.digest, self.engine)
        if isinstance(each.record, Unreadable):
            self.unreadable[each.record.case_number.key] = each.record.faults
            return model.Examined(
                case_number=each.record.case_number,
                digests=digests,
                verdict=None,
                acts_seen=each.acts,
                corrections_seen=self.marks.known(each.record.case_number.key),
            )
        verdict = each.verdict
        number = each.record.case_number
        if number.slug in self.stopped or stopped.get(number.key) == each.source:
            verdict = Verdict((*verdict.reasons, _LEAKING))
        publishable = verdict.effect is Effect.PUBLISH
        cleared = each.redaction.cleared if each.redaction and publishable else None
        if cleared and each.redaction:
            self.hidden[cleared.slug] = each.redaction.hidden
        return model.Examined(
            case_number=each.record.case_number,
            digests=digests,
            verdict=verdict,
            cleared=cleared,
            text_digest=text_digest(each.record),
            decided_on=each.record.decided_on,
            events=each.record.events,
            published_before=each.record.published_before,
            credit_class=each.record.credit_class,
            acts_seen=each.acts,
            corrections_seen=self.marks.known(number.key),
            tally=_tally(each.record, items),
        )


def _tally(decision: Decision, items: Items) -> Tally | None:
    return tally_of(decision, items.area_of(decision.violation_kind))
