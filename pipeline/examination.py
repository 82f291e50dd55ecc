"""Exports → what may be published: intake, screening, case file and redaction, in this order.

Writes nothing. ``gongshi check`` prints the result; ``gongshi rebuild`` hands it to the register.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from pipeline.casefile.check import check, gate_reasons
from pipeline.domain.asked_day import AskedDay
from pipeline.domain.decision import Decision, Organ, Received, Unreadable
from pipeline.domain.finding import Finding
from pipeline.domain.staff_act import StaffAct
from pipeline.domain.verdict import Effect, Verdict
from pipeline.intake.join import JoinSettings
from pipeline.intake.read import Earlier, Intake, read_exports
from pipeline.lifecycle.staff import lifted
from pipeline.policy.model import Policy
from pipeline.redaction.recogniser import Engine, load_engine
from pipeline.redaction.redact import Redaction, redact
from pipeline.screening.screen import screen, screen_unreadable
from pipeline.settings import Settings

BATCH = 500
"""Records that are looked up in the register at once."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the register knows of some decisions, by key.

    ``standing`` are those whose last result still stands; ``acts`` is what staff decided of them.
    """

    standing: frozenset[str] = frozenset()
    acts: Mapping[str, tuple[StaffAct, ...]] = field(default_factory=dict)


Recall = Callable[[Mapping[str, str]], Remembered]
"""Given key → source digest of a batch: what the register knows of it."""


@dataclass(frozen=True, slots=True)
class Screened:
    """A record after screening. ``source`` is the digest of its export and of the verdict.

    The verdict is part of the digest because it may change with the day and not the export;
    before the day ``until`` it does not.
    """

    record: Received
    verdict: Verdict
    source: str
    findings: tuple[Finding, ...] = ()
    until: date = date.max


@dataclass(frozen=True, slots=True)
class Examined:
    """A record after redaction. ``redaction`` is ``None`` where screening said no.

    ``findings`` are what its case file lacks; those that are gates are reasons of the verdict too.
    What a person released of this very export is no reason any more; ``acts`` is the number of
    acts of staff known. Before the day ``until`` screening gives the same answers.
    """

    record: Received
    verdict: Verdict
    source: str
    redaction: Redaction | None = field(default=None, repr=False)
    findings: tuple[Finding, ...] = ()
    acts: int = 0
    until: date = date.max

    @property
    def is_doubted(self) -> bool:
        """Whether it is held because redaction is in doubt, and for nothing else."""
        return self.redaction is not None and self.verdict.effect is not Effect.PUBLISH


@dataclass(frozen=True, slots=True)
class Standing:
    """A record whose last result still stands; ``source`` and ``until`` as in ``Screened``."""

    record: Decision
    source: str
    findings: tuple[Finding, ...] = ()
    until: date = date.max


def receive(
    settings: Settings, exports: Path, *, today: date, earlier: Earlier | None = None
) -> Intake:
    """Read the exports; raises ``BadExportError`` when they cannot be trusted as a whole."""
    agency = settings.agency
    organ = Organ(agency.name, agency.code)
    return read_exports(exports, JoinSettings(today=today, organ=organ), earlier=earlier)


def examine(
    records: Iterable[Received],
    policy: Policy,
    settings: Settings,
    *,
    today: date,
    recall: Recall = lambda _: Remembered(),
) -> Iterator[Examined | Standing]:
    """Yield every record screened and, where it may be published, redacted.

    Raises ``BadSettingsError`` when the recogniser of the settings cannot be used.
    """
    engine = load_engine(settings.recogniser)
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
                yield _redact(each, acts, policy, settings.public_values, engine)


@dataclass(frozen=True, slots=True)
class Inspected:
    """A decision screened and redacted whatever screening said, so that it can be explained."""

    decision: Decision
    verdict: Verdict
    redaction: Redaction = field(repr=False)


def inspect(decision: Decision, policy: Policy, settings: Settings, *, today: date) -> Inspected:
    """Screen and redact one decision; for the eyes of staff only."""
    engine = load_engine(settings.recogniser)
    redaction = redact(decision, policy, public_values=settings.public_values, engine=engine)
    screened = _screen(decision, policy, today).verdict.reasons
    return Inspected(decision, Verdict(screened or redaction.doubts), redaction)


def _screen(record: Received, policy: Policy, today: date) -> Screened:
    findings: tuple[Finding, ...] = ()
    day = AskedDay.of(today)
    if isinstance(record, Unreadable):
        verdict = screen_unreadable(record)
    else:
        findings = check(record, policy, today=day)
        screened = screen(record, policy, today=day)
        verdict = Verdict(screened.reasons + gate_reasons(findings))
    reasons = ";".join(f"{each.rule}:{each.effect}:{each.adverse}" for each in verdict.reasons)
    source = hashlib.sha256(f"{record.digest}|{reasons}".encode()).hexdigest()
    return Screened(record, verdict, source, findings, day.until)


def _redact(
    screened: Screened,
    acts: tuple[StaffAct, ...],
    policy: Policy,
    public_values: frozenset[str],
    engine: Engine,
) -> Examined:
    record, source = screened.record, screened.source
    verdict = lifted(screened.verdict, acts, source)
    redaction = None
    if isinstance(record, Decision) and verdict.effect is Effect.PUBLISH:
        redaction = redact(record, policy, public_values=public_values, engine=engine)
        verdict = lifted(Verdict(verdict.reasons + redaction.doubts), acts, source)
    return Examined(
        record=record,
        verdict=verdict,
        source=source,
        redaction=redaction,
        findings=screened.findings,
        acts=len(acts),
        until=screened.until,
    )
