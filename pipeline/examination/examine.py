"""The stages up to redaction, in their order. Writes nothing but what a stopped run had done."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, tee
from pathlib import Path
from typing import Self

from pipeline.casefile.check import check, gate_reasons
from pipeline.domain.asked_day import AskedDay
from pipeline.domain.decision import Decision, Organ, Received, Unreadable
from pipeline.domain.staff_act import StaffAct
from pipeline.domain.verdict import Effect, Verdict
from pipeline.examination.model import Examined, Inspected, Recall, Remembered, Screened, Standing
from pipeline.examination.unfinished import Made, Unfinished
from pipeline.intake.join import JoinSettings
from pipeline.intake.read import Changes, Earlier, Intake, read_changes, read_exports
from pipeline.lifecycle.staff import lifted
from pipeline.policy.model import Policy
from pipeline.redaction.recogniser import Engine, load_engine
from pipeline.redaction.redact import Redaction, redact
from pipeline.redaction.trace import trace
from pipeline.screening.screen import screen, screen_unreadable
from pipeline.settings import Settings
from pipeline.workers.model import HERE, Workers, mapped

BATCH = 500
"""Records that are looked up in the register at once."""


def receive(settings: Settings, exports: Path, *, today: date) -> Intake:
    """Read the exports; raises ``BadExportError`` when they cannot be trusted as a whole."""
    return read_exports(exports, _joining(settings, today))


def receive_changes(settings: Settings, exports: Path, earlier: Earlier, *, today: date) -> Changes:
    """Read of the exports what changed; raises ``BadExportError`` like ``receive``."""
    return read_changes(exports, _joining(settings, today), earlier)


def _joining(settings: Settings, today: date) -> JoinSettings:
    return JoinSettings(today=today, organ=Organ(settings.agency.name, settings.agency.code))


def examine(
    records: Iterable[Received],
    policy: Policy,
    settings: Settings,
    *,
    today: date,
    recall: Recall = lambda _: Remembered(),
    workers: Workers = HERE,
    unfinished: Unfinished | None = None,
) -> Iterator[Examined | Standing]:
    """Yield every record screened and, where it may be published, redacted.

    Screening is done here, where the register is asked; redaction, which costs ten times as
    much, by ``workers``, unless it is there from a run that was stopped (``unfinished``). Raises
    ``BadSettingsError`` when the recogniser of the settings cannot be used, and what the workers
    raise.
    """
    redact_one = _Redacting(policy, settings.public_values, settings.recogniser)
    redact_one.engine()
    screened = _screened(records, policy, today, recall)
    asked, waiting = tee(_Asked.of(each, unfinished) for each in screened)
    with mapped(workers, redact_one, (each.decision for each in asked)) as redactions:
        for each, made in zip(waiting, redactions, strict=True):
            if isinstance(each.so_far, Standing):
                yield each.so_far
                continue
            if made and each.decision and unfinished:
                unfinished.keep(each.decision, made.redaction)
            yield _examined(each.so_far, made.redaction if made else each.redaction)


@dataclass(frozen=True, slots=True)
class _Lifted:
    """A record after screening, without what a person released of it by ``acts``."""

    screened: Screened
    acts: tuple[StaffAct, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Asked:
    """How far a record is: ``decision`` is to be redacted, unless ``redaction`` is there."""

    so_far: Standing | _Lifted
    decision: Decision | None = field(default=None, repr=False)
    redaction: Redaction | None = field(default=None, repr=False)

    @classmethod
    def of(cls, each: Standing | _Lifted, unfinished: Unfinished | None) -> Self:
        """Return what is to be asked of a worker for a record."""
        if isinstance(each, Standing) or each.verdict.effect is not Effect.PUBLISH:
            return cls(each)
        record = each.screened.record
        if not isinstance(record, Decision):
            return cls(each)
        redaction = unfinished.find(record) if unfinished else None
        return cls(each, None if redaction else record, redaction)


@dataclass(frozen=True, slots=True)
class _Redacting:
    """Redaction with everything that it needs: it can be sent to another process."""

    policy: Policy
    public_values: frozenset[str]
    recogniser: str

    def engine(self) -> Engine:
        return load_engine(self.recogniser)

    def __call__(self, decision: Decision | None) -> Made | None:
        if decision is None:
            return None
        engine = self.engine()
        return Made(redact(decision, self.policy, public_values=self.public_values, engine=engine))


def _screened(
    records: Iterable[Received], policy: Policy, today: date, recall: Recall
) -> Iterator[Standing | _Lifted]:
    remaining = iter(records)
    while batch := list(islice(remaining, BATCH)):
        screened = [_screen(record, policy, today) for record in batch]
        known = recall(
            {
                each.record.case_number.key: each.source
                for each in screened
                if isinstance(each.record, Decision)
            }
        )
        for each in screened:
            record = each.record
            if isinstance(record, Decision) and record.case_number.key in known.standing:
                yield Standing(record, each.source, each.findings, each.until)
            else:
                acts = known.acts.get(record.case_number.key, ()) if record.case_number else ()
                yield _Lifted(each, acts, lifted(each.verdict, acts, each.source))


def inspect(decision: Decision, policy: Policy, settings: Settings, *, today: date) -> Inspected:
    """Screen and redact one decision; for the eyes of staff only."""
    engine = load_engine(settings.recogniser)
    redaction = redact(decision, policy, public_values=settings.public_values, engine=engine)
    screened = _screen(decision, policy, today).verdict.reasons
    told = trace(decision, policy, public_values=settings.public_values, engine=engine)
    return Inspected(decision, Verdict(screened or redaction.doubts), told)


def _screen(record: Received, policy: Policy, today: date) -> Screened:
    day = AskedDay.of(today)
    findings = () if isinstance(record, Unreadable) else check(record, policy, today=day)
    if isinstance(record, Unreadable):
        verdict = screen_unreadable(record)
    else:
        screened = screen(record, policy, today=day)
        verdict = Verdict(screened.reasons + gate_reasons(findings))
    reasons = ";".join(f"{each.rule}:{each.effect}:{each.adverse}" for each in verdict.reasons)
    source = hashlib.sha256(f"{record.digest}|{reasons}".encode()).hexdigest()
    return Screened(record, verdict, source, findings, day.until)


def _examined(each: _Lifted, redaction: Redaction | None) -> Examined:
    screened, verdict = each.screened, each.verdict
    if redaction is not None:
        verdict = lifted(Verdict(verdict.reasons + redaction.doubts), each.acts, screened.source)
    return Examined(
        record=screened.record,
        verdict=verdict,
        source=screened.source,
        redaction=redaction,
        findings=screened.findings,
        acts=len(each.acts),
        until=screened.until,
    )
