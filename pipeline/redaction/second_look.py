"""The second pass: what detection still finds in a text that has been cleared."""

from collections.abc import Mapping
from dataclasses import replace

from pipeline.domain.cleared import ClearedText
from pipeline.domain.protected import Category
from pipeline.policy.model import Policy
from pipeline.redaction.decide import hidden_findings
from pipeline.redaction.engine import detect
from pipeline.redaction.flatten import Flat
from pipeline.redaction.model import Known, KnownPerson


def remains(
    flat: Flat, texts: Mapping[str, ClearedText], known: Known, policy: Policy
) -> tuple[Category, ...]:
    """Return the kinds that are still found outside the masks; nothing is the good answer."""
    text, masks = _shown(flat, texts)
    told = replace(known, values=(), persons=known.persons + _labels(texts))
    found = hidden_findings(text, detect(text, told).findings, policy)
    left = {
        each.finding.category
        for each in found
        if not all(masks[each.finding.span.start : each.finding.span.end])
    }
    return tuple(kind for kind in Category if kind in left)


def _labels(texts: Mapping[str, ClearedText]) -> tuple[KnownPerson, ...]:
    """Return the placeholders of names as known people, so that their borders are certain."""
    runs = (run for text in texts.values() for run in text if run.mask is Category.PERSON)
    return tuple(KnownPerson(label) for label in sorted({run.text for run in runs}))


def _shown(flat: Flat, texts: Mapping[str, ClearedText]) -> tuple[str, bytes]:
    """Return the flat text as readers will see it, and for each character whether it is masked."""
    pieces: list[str] = []
    masks = bytearray()
    at = 0
    for segment in flat.segments:
        between = flat.text[at : segment.start]
        pieces.append(between)
        masks += bytes(len(between))
        for run in texts[segment.place]:
            pieces.append(run.text)
            masks += (b"\0" if run.mask is None else b"\1") * len(run.text)
        at = segment.end
    return "".join(pieces), bytes(masks)
