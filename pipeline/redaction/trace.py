"""Why each thing was hidden or kept: positions, kinds and reasons; never the text."""

from dataclasses import dataclass

from pipeline.domain.protected import Category, Confidence
from pipeline.redaction.mask import Hidden
from pipeline.redaction.model import Kept


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
