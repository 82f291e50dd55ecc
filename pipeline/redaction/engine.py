"""The flow of detection: normalise, protect, ask every detector. Deterministic.

``ENGINE`` is the digest of this program part and of its dictionaries: two equal digests find
the same in the same text.
"""

import hashlib
from collections.abc import Iterable, Sequence
from importlib import resources
from importlib.resources.abc import Traversable

from pipeline.domain.protected import Finding
from pipeline.redaction.detectors import DETECTORS
from pipeline.redaction.model import Detection, Detector, Kept, Known
from pipeline.redaction.normalise import normalise
from pipeline.redaction.protect import protect
from pipeline.redaction.reading import read


def detect(text: str, known: Known, *, detectors: Sequence[Detector] = DETECTORS) -> Detection:
    """Return everything in ``text`` that must be hidden and what was considered and kept.

    Offsets are those of ``text``. Findings are in order and may overlap: what the policy shows
    must not swallow what it hides (``decide``). A detector that fails stops the run.
    """
    reading = read(normalise(text))
    stretches = protect(reading, known)
    protected = [(each.start, each.end) for each in stretches]
    findings: list[Finding] = []
    kept = [
        Kept(reading.original(each.start, each.end), each.kind, "protect", each.reason)
        for each in stretches
    ]
    for detector in detectors:
        for result in detector.find(reading, known, protected):
            if isinstance(result, Finding):
                findings.append(result)
            else:
                kept.append(result)
    return Detection(tuple(sorted(findings)), tuple(sorted(kept)))


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
