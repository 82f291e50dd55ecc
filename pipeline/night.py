"""What one night knows: the hidden values, for the leak gate, and what earlier nights remember.

It turns what came of each decision into what the register wants, and forgets it with the process.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from heapq import merge
from operator import itemgetter
from pathlib import Path

from pipeline.correction.marks import Marks
from pipeline.domain.annual import Tally
from pipeline.domain.basis import Basis
from pipeline.domain.decision import Decision, Received, Unreadable
from pipeline.domain.faults import Fault, LeakFoundError
from pipeline.domain.finding import Finding
from pipeline.domain.tally import tally_of
from pipeline.domain.verdict import Effect, Reason, Verdict
from pipeline.examination import Examined, Remembered, Standing, Unfinished, Work, examine
from pipeline.intake.memory import Memory, Result
from pipeline.lifecycle.staff import LEAK_GATE
from pipeline.policy.model import Policy
from pipeline.program import program_digest
from pipeline.projection.read import open_projection
from pipeline.redaction.recogniser import load_engine
from pipeline.register import Register, model, text_digest
from pipeline.settings import Settings
from pipeline.site.tables.areas import Items
from pipeline.site.tables.model import Table
from pipeline.verification.model import Expectation
from pipeline.workers.model import ALONE, Crew

Step = Callable[[str, int, int], None]
"""Told of progress: the title of the step, how much is done, and of how much."""

_FEW = 5
"""So many decisions may be held because they leak, where they are no more than half of them."""

_LEAKING = Reason(
    LEAK_GATE,
    Effect.HOLD,
    "发布前核验在成品页面中发现疑似应隐去的内容",
    Basis("中华人民共和国个人信息保护法", "第二十五条"),
    "人工核对文书，在扩展列“应隐去内容”标明应隐去的内容后重新导出",
)


@dataclass(slots=True)
class Night:
    """What one run knows and nothing else may: the hidden values, for the leak gate."""

    settings: Settings
    policy: Policy
    tables: tuple[Table, ...]
    today: date
    step: Step
    engine: str
    marks: Marks
    memory: Memory = field(repr=False)
    unfinished: Unfinished = field(repr=False)
    crew: Crew = ALONE
    stopped: frozenset[str] = frozenset()
    doubted: int = 0
    hidden: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    unreadable: dict[str, tuple[Fault, ...]] = field(default_factory=dict)

    def standing(self, digests: Mapping[str, str], register: Register) -> Mapping[str, Result]:
        """Return the results that stand: nothing that they rest on has changed, the day included.

        ``digests`` are those of what the export says of each decision, by key. When the exports are
        read again because some decisions leak, the register has the others and this night knows
        what they hide: they stand too.
        """
        marked = {key: self.marks.digest_of(key, digest) for key, digest in digests.items()}
        found = self.memory.results(marked, self.today)
        sources = {key: result.source for key, result in found.items()}
        known = register.unchanged_among(sources, self.policy.digest, self.engine)
        if self.hidden:  # this is a second reading
            known |= {key for key, each in found.items() if each.number.slug in self.hidden}
        return {key: found[key] for key in known}

    def received(
        self, records: Collection[Received], standing: Mapping[str, Result], register: Register
    ) -> Iterator[model.Received]:
        """Yield each record as the register wants it: examined, unchanged or nameless.

        In order of 文号, whatever had to be read again.
        """
        remembered = (((False, key), self._as_it_was(result)) for key, result in standing.items())
        examined = ((_key(each), told) for each, told in self._examined(records, register))
        for _, told in merge(remembered, examined, key=itemgetter(0)):
            yield told

    def _examined(
        self, records: Collection[Received], register: Register
    ) -> Iterator[tuple[Examined | Standing, model.Received]]:

        def recall(sources: Mapping[str, str]) -> Remembered:
            acts = register.acts_of(sources)
            standing = register.unchanged_among(sources, self.policy.digest, self.engine)
            return Remembered(standing, acts)

        items = Items.of(self.tables)
        stopped = register.held_by(_LEAKING.rule, self.policy.digest, self.engine)
        total = len(records)
        examined = examine(
            map(self.marks.put_on, records),
            self.policy,
            self.settings,
            today=self.today,
            recall=recall,
            workers=self.crew.redacting,
            unfinished=self.unfinished,
        )
        for done, each in enumerate(examined, start=1):
            self.step("筛查和隐去", done, total)
            yield each, self._told(each, stopped, items)

    def without(self, leak: LeakFoundError) -> "Night":
        """Return the night once more, in which the decisions that leak are held.

        The gate found what they hide on their own pages or beside them on others. Raises the leak
        again when it is nobody's, or of more decisions than may leave at once: then something is
        wrong with the site itself.
        """
        slugs = leak.slugs & self.hidden.keys()
        share = int(self.policy.removal_limit * len(self.hidden))
        few = max(1, share, min(_FEW, len(self.hidden) // 2))
        if self.stopped or not slugs or len(slugs) > few:
            raise leak
        hidden = {slug: values for slug, values in self.hidden.items() if slug not in slugs}
        return replace(self, stopped=slugs, hidden=hidden, doubted=0)

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

    def _as_it_was(self, result: Result) -> model.Unchanged:
        if result.findings:
            self.findings[result.number.display] = result.findings
        return model.Unchanged(result.number.key, result.tally)

    def _keep(self, each: Examined | Standing, record: Decision, items: Items) -> None:
        self.memory.keep_result(
            Result(
                number=record.case_number,
                digest=record.digest,
                source=each.source,
                since=self.today,
                until=each.until,
                findings=each.findings,
                tally=_tally(record, items),
            )
        )

    def _told(
        self, each: Examined | Standing, stopped: Mapping[str, str], items: Items
    ) -> model.Received:
        if each.findings and each.record.case_number:
            self.findings[each.record.case_number.display] = each.findings
        if isinstance(each.record, Decision):
            self._keep(each, each.record, items)
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


def _key(each: Examined | Standing) -> tuple[bool, str]:
    number = each.record.case_number
    return number is None, number.key if number else ""


def _tally(decision: Decision, items: Items) -> Tally | None:
    return tally_of(decision, items.area_of(decision.violation_kind))


def redaction_digest(settings: Settings) -> str:
    """Return the digest of what redaction rests on beside program, policy and decision."""
    parts = (load_engine(settings.recogniser).digest, sorted(settings.public_values))
    return sha256(repr(parts).encode()).hexdigest()


def open_memory(settings: Settings, policy: Policy, tables: Sequence[Table], engine: str) -> Memory:
    """Open what is remembered of earlier exports, when nothing that it rests on has changed."""
    agency, items = settings.agency, Items.of(tables).found
    parts = (program_digest(), policy.digest, engine, agency.name, agency.code, items)
    context = sha256(repr(parts).encode()).hexdigest()
    return Memory(settings.folders.state / "work" / "exports.sqlite", context)


def open_unfinished(settings: Settings, policy: Policy, engine: str) -> Unfinished:
    """Open what a stopped run had redacted, as far as nothing that it rests on has changed."""
    work = Work(policy.digest, engine, settings.public_values)
    return Unfinished(settings.folders.state / "work" / "unfinished.sqlite", work)
