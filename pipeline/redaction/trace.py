"""Why each thing was hidden or kept: positions, kinds and reasons; never the text."""

from dataclasses import dataclass

from pipeline.domain.decision import Decision
from pipeline.domain.protected import Category, Confidence
from pipeline.policy.model import Policy
from pipeline.redaction.decide import hidden_findings, shown_findings
from pipeline.redaction.engine import detect
from pipeline.redaction.flatten import flatten
from pipeline.redaction.mask import Hidden
from pipeline.redaction.model import Kept
from pipeline.redaction.recogniser import OWN, Engine
from pipeline.redaction.seeds import known_of


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One thing that was found. ``start`` and ``end`` count characters of the flat text.

    ``whose`` is the name of a member of ``Whose`` for a name, else empty; ``placeholder`` is what
    readers see in its place.
    """

    start: int
    end: int
    category: Category
    detector: str
    evidence: str
    basis: str
    confidence: Confidence
    whose: str = ""
    placeholder: str = ""

    @classmethod
    def of(cls, hidden: Hidden) -> "Entry":
        """Return the entry of a finding, with the article under which the policy decided."""
        finding = hidden.finding
        return cls(
            finding.span.start,
            finding.span.end,
            finding.category,
            finding.detector,
            finding.evidence,
            str(hidden.basis),
            finding.confidence,
            finding.whose,
            hidden.placeholder,
        )


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that redaction did to one decision, in the order of its flat text.

    ``shown`` was found and stays because the policy publishes it (the punished person's name).
    """

    hidden: tuple[Entry, ...]
    kept: tuple[Kept, ...]
    engine: str
    policy: str
    shown: tuple[Entry, ...] = ()


def trace(
    decision: Decision, policy: Policy, *, public_values: frozenset[str], engine: Engine = OWN
) -> Trace:
    """Return what ``redact`` does to ``decision`` and why.

    Made for the one decision that somebody asks about: a night redacts thousands and tells of none.
    """
    flat = flatten(decision)
    known = known_of(decision, public_values)
    detection = detect(flat.text, known, detectors=engine.detectors)
    hidden = hidden_findings(flat.text, detection.findings, policy)
    shown = shown_findings(detection.findings, policy)
    entries, stays = tuple(map(Entry.of, hidden)), tuple(map(Entry.of, shown))
    return Trace(entries, detection.kept, engine.digest, policy.digest, stays)
