"""How far a record has come, and what the register knows of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.domain.decision import Decision, Received
from pipeline.domain.finding import Finding
from pipeline.domain.staff_act import StaffAct
from pipeline.domain.verdict import Effect, Verdict
from pipeline.redaction.redact import Redaction
from pipeline.redaction.trace import Trace


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


@dataclass(frozen=True, slots=True)
class Inspected:
    """A decision screened and redacted whatever screening said, so that it can be explained."""

    decision: Decision
    verdict: Verdict
    trace: Trace = field(repr=False)
