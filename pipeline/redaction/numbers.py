"""What the detectors of numbers share: turning a stretch of the normal text into a finding."""

from collections.abc import Callable

from pipeline.domain.protected import Category, Confidence, Finding
from pipeline.redaction.digits import DigitRun
from pipeline.redaction.reading import Reading, Stretches, touches

Add = Callable[..., None]


def finder(
    reading: Reading, protected: Stretches, category: Category, detector: str, into: list[Finding]
) -> Add:
    """Return a function that adds the finding ``(start, end, evidence, confidence)``.

    Positions are those of the normal text; what touches a protected stretch is not added.
    """

    def add(
        start: int, end: int, evidence: str, confidence: Confidence = Confidence.CERTAIN
    ) -> None:
        if not touches(protected, start, end):
            span = reading.original(start, end)
            into.append(Finding(span, category, detector, evidence, confidence))

    return add


def glued(reading: Reading, run: DigitRun) -> bool:
    """Say whether a Latin letter stands right before ``run``: part of a code, not a number."""
    return (
        run.start > 0
        and reading.text[run.start - 1].isascii()
        and reading.text[run.start - 1].isalpha()
    )
