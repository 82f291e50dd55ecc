"""Why each thing was hidden or kept: positions, kinds and reasons; never the text."""

from dataclasses import dataclass

from pipeline.domain.protected import Category, Confidence
from pipeline.redaction.mask import Hidden
from pipeline.redaction.model import Kept


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One thing that was hidden. ``start`` and ``end`` count characters of the flat text."""

    start: int
    end: int
    category: Category
    detector: str
    evidence: str
    basis: str
    confidence: Confidence

    @classmethod
    def of(cls, hidden: Hidden) -> "Entry":
        """Return the entry of a hidden finding."""
        finding = hidden.finding
        return cls(
            finding.span.start,
            finding.span.end,
            finding.category,
            finding.detector,
            finding.evidence,
            str(hidden.basis),
            finding.confidence,
        )


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that redaction did to one decision, in the order of its flat text."""

    hidden: tuple[Entry, ...]
    kept: tuple[Kept, ...]
    engine: str
    policy: str
