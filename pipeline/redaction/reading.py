"""What several detectors need of a text, read once: its numbers, its labels, and which is whose."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from pipeline.redaction.columns import column_labels
from pipeline.redaction.digits import DigitRun, digit_runs
from pipeline.redaction.labels import Kind, Label, labels
from pipeline.redaction.model import NormalText

Stretches = Sequence[tuple[int, int]]
_AND = re.compile(r"[\s、,，;；/和或者及与跟以（）()：:]*(?:转\d{1,6})?[\s、,，;；/和或者及与]*")


@dataclass(frozen=True, slots=True)
class Reading(NormalText):
    """A normal text with its runs of digits and its labels.

    ``announced`` tells for the start of a run what the label before it says, if there is one;
    ``kinds`` has the labels of each kind, ``starting`` the run that starts at an offset.
    """

    runs: tuple[DigitRun, ...] = field(default=(), repr=False)
    labels: Sequence[Label] = field(default=(), repr=False)
    announced: dict[int, Kind] = field(default_factory=dict, repr=False)
    kinds: dict[Kind, list[Label]] = field(default_factory=dict, repr=False)
    starting: dict[int, DigitRun] = field(default_factory=dict, repr=False)

    def label_of(self, run: DigitRun) -> Kind | None:
        """Return what the words before ``run`` say that it is."""
        return self.announced.get(run.start)

    def runs_called(self, kind: Kind) -> Sequence[DigitRun]:
        """Return the runs that a label announces as of one kind, in order."""
        return [self.starting[at] for at, told in self.announced.items() if told is kind]

    def of_kind(self, kind: Kind) -> Sequence[Label]:
        """Return the labels of one kind, in order."""
        return self.kinds.get(kind, ())


def read(text: NormalText) -> Reading:
    """Return ``text`` with its numbers and labels; what has been read is not read again."""
    if isinstance(text, Reading):
        return text
    runs = digit_runs(text.text)
    found = labels(text.text)
    if columns := [*column_labels(text.text)]:
        found = sorted([*found, *columns], key=attrgetter("start"))
    kinds: dict[Kind, list[Label]] = {}
    for label in found:
        kinds.setdefault(label.kind, []).append(label)
    announced = _announced(text.text, runs, found)
    starting = {run.start: run for run in runs}
    return Reading(text.text, text.offsets, runs, found, announced, kinds, starting)


def _announced(text: str, runs: Sequence[DigitRun], found: Sequence[Label]) -> dict[int, Kind]:
    values = {label.value: label.kind for label in found}
    told: dict[int, Kind] = {}
    before = -1
    carried: Kind | None = None
    for run in runs:
        kind = values.get(run.start)
        if kind is None and carried is not None:
            gap = _AND.match(text, before)
            kind = carried if gap and gap.end() == run.start else None
        if kind is not None:
            told[run.start] = kind
        before, carried = run.end, kind
    return told


def touches(stretches: Stretches, start: int, end: int) -> bool:
    """Say whether ``start``–``end`` shares a character with ``stretches`` (sorted, disjoint).

    >>> touches([(0, 3), (8, 9)], 3, 8), touches([(0, 3), (8, 9)], 2, 4)
    (False, True)
    """
    index = bisect_left(stretches, (end, -1))
    return index > 0 and stretches[index - 1][1] > start
