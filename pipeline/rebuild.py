"""The order of the stages, once, top to bottom.

All or nothing: the register changes in one transaction, visitors' view by one switch. Between
the two, whatever stops the run leaves the old site, and the next run heals.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.domain.decision import Received, Unreadable
from pipeline.domain.faults import Fault
from pipeline.examination import Examined, Standing, examine, receive
from pipeline.policy.load import load_policy
from pipeline.policy.model import Policy
from pipeline.projection.read import open_projection
from pipeline.projection.write import read_mark, write_projection
from pipeline.redaction.recogniser import load_engine
from pipeline.register import Register, model, open_register, text_digest
from pipeline.register.model import Reconciliation
from pipeline.release import Release, release, run_lock
from pipeline.settings import Settings
from pipeline.site.build import build_site
from pipeline.verification.model import Expectation
from pipeline.verification.verify import verify

Step = Callable[[str, int, int], None]
"""Told of progress: the title of the step, how much is done, and of how much."""

ACTOR = "gongshi rebuild"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a run did: the register's account, faults of the export, what visitors see now.

    ``doubted`` is the number of decisions that wait only because redaction is in doubt.
    """

    reconciliation: Reconciliation
    faults: tuple[Fault, ...]
    release: Release
    doubted: int = 0


def load(settings: Settings) -> Policy:
    """Return the policy that the settings name; raises ``BadSettingsError``."""
    return load_policy(settings.policy, folders=(settings.folders.policies,))


def open_agency_register(settings: Settings) -> Register:
    """Open the register of the agency: a URL of the settings or the file in the state folder."""
    settings.folders.state.mkdir(parents=True, exist_ok=True, mode=0o700)
    return open_register(settings.register or settings.folders.state / "register.sqlite")


def rebuild(settings: Settings, exports: Path, *, today: date, step: Step) -> Rebuilt:
    """Bring register and site to what should stand on ``today``; release the site.

    Raises a ``GongshiError`` that says in one line why nothing changed.
    """
    policy = load(settings)
    state = settings.folders.state
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    with run_lock(state / "lock"), open_agency_register(settings) as register:
        intake = receive(settings, exports, today=today)
        step("读取导出", len(intake.received), len(intake.received))
        night = _Night(settings, policy, today, step, load_engine(settings.recogniser).digest)
        done = register.reconcile(
            night.received(intake.received, register), policy, today=today, actor=ACTOR
        )
        projection = state / "public.sqlite"
        write_projection(projection, register.public_changes(read_mark(projection)))
        tree = state / "work" / "site"
        built = build_site(settings, projection, tree)
        step("建站", built.planned, built.planned)
        verified = verify(tree, night.expectation(projection))
        step("核验", len(verified.digests), len(verified.digests))
        register.mark_seen(today=today, actor=ACTOR)
        released = release(verified.tree, settings.folders.site, verified=verified.digests)
    return Rebuilt(done, intake.faults, released, night.doubted)


@dataclass(slots=True)
class _Night:
    """What one run knows and nothing else may: the hidden values, for the leak gate."""

    settings: Settings
    policy: Policy
    today: date
    step: Step
    engine: str
    doubted: int = 0
    hidden: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def received(self, records: Sequence[Received], register: Register) -> Iterator[model.Received]:
        """Yield each record as the register wants it: examined, unchanged or nameless."""

        def fresh(sources: Mapping[str, str]) -> frozenset[str]:
            return register.unchanged_among(sources, self.policy.digest, self.engine)

        examined = examine(records, self.policy, self.settings, today=self.today, fresh=fresh)
        for done, each in enumerate(examined, start=1):
            self.step("筛查和隐去", done, len(records))
            yield self._told(each)

    def expectation(self, projection: Path) -> Expectation:
        """Return what the built site is held against."""
        with open_projection(projection) as public:
            return Expectation.of_rows(
                public.rows(),
                hidden=self.hidden,
                public_values=self.settings.public_values,
                base_url=self.settings.site.url,
            )

    def _told(self, each: Examined | Standing) -> model.Received:
        if isinstance(each, Standing):
            return model.Unchanged(each.record.case_number.key)
        if each.record.case_number is None:
            return model.Nameless()
        self.doubted += each.is_doubted
        digests = model.Digests(each.source, self.policy.digest, self.engine)
        if isinstance(each.record, Unreadable):
            return model.Examined(
                case_number=each.record.case_number, digests=digests, verdict=None
            )
        cleared = each.redaction.cleared if each.redaction and each.is_publishable else None
        if cleared and each.redaction:
            self.hidden[cleared.slug] = each.redaction.hidden
        return model.Examined(
            case_number=each.record.case_number,
            digests=digests,
            verdict=each.verdict,
            cleared=cleared,
            text_digest=text_digest(each.record),
            decided_on=each.record.decided_on,
            events=each.record.events,
        )
