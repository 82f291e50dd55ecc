"""What several detectors need of a text, read once: its numbers, its labels, and which is whose."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.redaction.digits import DigitRun, digit_runs
from pipeline.redaction.labels import Kind, Label, labels
from pipeline.redaction.model import NormalText

Stretches = Sequence[tuple[int, int]]
_AND = re.compile(r"[\s、,，;；/和或者及与跟以（）()：:]*(?:转\d{1,6})?[\s、,，;；/和或者及与]*")


@dataclass(frozen=True, slots=True)
class Reading(NormalText):
    """A normal text with its runs of digits and its labels.

    ``announced`` tells for the start of a run which label stands before it, if any; ``kinds``
    has the labels of each kind.
    """

    runs: tuple[DigitRun, ...] = field(default=(), repr=False)
    labels: Sequence[Label] = field(default=(), repr=False)
    announced: dict[int, Label] = field(default_factory=dict, repr=False)
    kinds: dict[Kind, list[Label]] = field(default_factory=dict, repr=False)

    def label_of(self, run: DigitRun) -> Kind | None:
        """Return what the words before ``run`` say that it is."""
        label = self.announced.get(run.start)
        return label.kind if label else None

    def of_kind(self, kind: Kind) -> Sequence[Label]:
        """Return the labels of one kind, in order."""
        return self.kinds.get(kind, ())


def read(text: NormalText) -> Reading:
    """Return ``text`` with its numbers and labels; what has been read is not read again."""
    if isinstance(text, Reading):
        return text
    runs, found = digit_runs(text.text), labels(text.text)
    kinds: dict[Kind, list[Label]] = {}
    for label in found:
        kinds.setdefault(label.kind, []).append(label)
    announced = _announced(text.text, runs, found)
    return Reading(text.text, text.offsets, runs, found, announced, kinds)


def _announced(text: str, runs: Sequence[DigitRun], found: Sequence[Label]) -> dict[int, Label]:
    values = {label.value: label for label in found}
    told: dict[int, Label] = {}
    before = -1
    carried: Label | None = None
    for run in runs:
        label = values.get(run.start)
        if label is None and carried is not None:
            gap = _AND.match(text, before)
            label = carried if gap and gap.end() == run.start else None
        if label is not None:
            told[run.start] = label
        before, carried = run.end, label
    return told


def touches(stretches: Stretches, start: int, end: int) -> bool:
    """Say whether ``start``–``end`` shares a character with ``stretches`` (sorted, disjoint).

    >>> touches([(0, 3), (8, 9)], 3, 8), touches([(0, 3), (8, 9)], 2, 4)
    (False, True)
    """
    index = bisect_left(stretches, (end, -1))
    return index > 0 and stretches[index - 1][1] > start
