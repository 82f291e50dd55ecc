"""The flow of detection: normalise, protect, ask every detector. Deterministic.

``ENGINE`` is the digest of this program part and of its dictionaries: two equal digests find
the same in the same text.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from importlib import resources
from importlib.resources.abc import Traversable

from pipeline.domain.protected import Category, Finding
from pipeline.redaction.detectors import DETECTORS
from pipeline.redaction.model import PLACE, Detection, Detector, Kept, Known, NormalText
from pipeline.redaction.names import NAMES
from pipeline.redaction.normalise import normalise
from pipeline.redaction.protect import protect
from pipeline.redaction.reading import read

_MAY_HOLD_NAMES = frozenset(
    {Category.PERSON, Category.HEALTH, Category.MINOR, Category.MARKED, Category.SOCIAL_ACCOUNT}
)


def detect(text: str, known: Known, *, detectors: Sequence[Detector] = DETECTORS) -> Detection:
    """Return everything in ``text`` that must be hidden and what was considered and kept.

    Offsets are those of ``text``. Findings are in order and may overlap: what the policy shows
    must not swallow what it hides (``decide``). A detector that fails stops the run.
    """
    reading = read(normalise(text))
    stretches = protect(reading, known)
    protected = [(each.start, each.end) for each in stretches]
    findings: list[Finding] = []
    weighed: list[Kept] = []
    for detector in detectors:
        if detector is NAMES:
            protected = _with_found(protected, findings, reading)
        for result in detector.find(reading, known, protected):
            if isinstance(result, Kept):
                weighed.append(result)
            else:
                findings.append(result)
    findings.sort(key=PLACE)
    return Detection(tuple(findings), reading, stretches, tuple(weighed))


def _with_found(
    protected: list[tuple[int, int]], findings: Iterable[Finding], reading: NormalText
) -> list[tuple[int, int]]:
    """Return ``protected`` and the numbers and addresses found: no name is looked for in them."""
    found = (_place(f, reading) for f in findings if f.category not in _MAY_HOLD_NAMES)
    merged: list[tuple[int, int]] = []
    for start, end in sorted([*protected, *found]):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _place(finding: Finding, reading: NormalText) -> tuple[int, int]:
    """Return where a finding stands in the normal text."""
    span, offsets = finding.span, reading.offsets
    if offsets is None:
        return span.start, span.end
    return bisect_left(offsets, span.start), bisect_left(offsets, span.end)


def _sources(folder: Traversable) -> Iterable[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _sources(entry)
        elif not entry.name.endswith(".pyc"):
            yield entry.name, entry.read_bytes()


def _digest() -> str:
    total = hashlib.sha256()
    for name, content in _sources(resources.files("pipeline.redaction")):
        total.update(f"{name}:{len(content)}:".encode())
        total.update(content)
    return total.hexdigest()


ENGINE = _digest()
