"""An optional recogniser of the bureau's own (a model, a list) beside our detectors.

``gongshi.yaml`` names it as ``recogniser: package.module:factory`` (docs/recogniser.md). It can
only add: what it returns is hidden besides what we find, its words never reach trace or page, and
it cannot touch what stays (文号, statutes, public numbers) nor the names that the fields tell,
for these our own rules decide.
"""

import hashlib
import importlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import Protocol

from ahocorasick_rs import AhoCorasick

from pipeline.domain.faults import BadSettingsError, Fault, Place
from pipeline.domain.protected import Category, Confidence, Finding
from pipeline.redaction.detectors import DETECTORS
from pipeline.redaction.engine import ENGINE
from pipeline.redaction.model import Detector, Kept, Known, NormalText
from pipeline.redaction.normalise import normalise

NAME = "recogniser"
EVIDENCE = "本单位自备的识别器"
_REMEDY = "改正识别器，或者删去这一项；写法见 docs/recogniser.md"
_ANYONE = "OTHER"


class Recogniser(Detector, Protocol):
    """A detector with a ``version``: it changes with whatever may change its findings."""

    @property
    def version(self) -> str:
        """The version of program and model; a new one has every decision examined anew."""
        ...


@dataclass(frozen=True, slots=True)
class Engine:
    """The detectors that are asked and the digest of what they are: equal digests, equal finds."""

    detectors: tuple[Detector, ...] = DETECTORS
    digest: str = ENGINE


OWN = Engine()
"""Our own detectors and no recogniser: the default."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A recogniser that can only add: what it says is checked, its words are not used."""

    recogniser: Recogniser
    setting: str
    name: str = NAME

    def find(
        self, text: NormalText, known: Known, protected: Sequence[tuple[int, int]]
    ) -> Iterable[Finding | Kept]:
        """Return what the recogniser finds, everywhere it stands, outside what stays.

        Raises ``BadSettingsError`` without any text when the recogniser fails or its answer is no
        finding in the text.
        """
        found = [
            (each, *place)
            for each in self._asked(text, known, protected)
            if (place := _place(each, text, self.setting))
        ]
        values = {text.text[start:end]: each for each, start, end in found if end - start > 1}
        again = ((values[text.text[s:e]], s, e) for s, e in _occurrences(text.text, values))
        told = _Told.of(text.text, known)
        return [
            _plain(each, text, *rest)
            for each, start, end in sorted({*found, *again}, key=lambda place: place[1:])
            if not told.covers(start, end)
            for rest in _outside(start, end, protected)
        ]

    def _asked(
        self, text: NormalText, known: Known, protected: Sequence[tuple[int, int]]
    ) -> list[Finding]:
        try:
            answer = list(self.recogniser.find(text, known, protected))
        except MemoryError:
            raise  # the machine's fault, not the recogniser's
        except Exception as error:  # noqa: BLE001 - the message may hold protected text
            raise _broken(self.setting, f"识别器运行出错（{type(error).__name__}）") from None
        if not all(isinstance(each, (Finding, Kept)) for each in answer):
            raise _broken(self.setting, "识别器返回的不是 Finding")
        return [each for each in answer if isinstance(each, Finding)]


@cache
def load_engine(setting: str) -> Engine:
    """Return our detectors and, last, the recogniser that ``setting`` names; empty: none.

    Raises ``BadSettingsError`` when it cannot be imported or made or has no version.
    """
    if not setting:
        return OWN
    module_name, _, factory_name = setting.partition(":")
    try:
        module = importlib.import_module(module_name)
        factory: Callable[[], Recogniser] = getattr(module, factory_name)
    except Exception as error:  # noqa: BLE001 - anything may happen in foreign code
        raise _broken(setting, f"不能导入识别器（{type(error).__name__}）") from None
    try:
        recogniser = factory()
    except Exception as error:  # noqa: BLE001 - the same
        raise _broken(setting, f"识别器没有建成（{type(error).__name__}）") from None
    version = getattr(recogniser, "version", None)
    if (
        not callable(getattr(recogniser, "find", None))
        or not isinstance(version, str)
        or not version
    ):
        raise _broken(setting, "识别器应有 find 方法和不为空的 version")
    return Engine((*DETECTORS, Guarded(recogniser, setting)), _digest(setting, version, module))


def _digest(setting: str, version: str, module: ModuleType) -> str:
    """Return the digest of our engine, of the recogniser's identity and of its source file."""
    total = hashlib.sha256(f"{ENGINE}|{setting}|{len(version)}|{version}|".encode())
    source = getattr(module, "__file__", None)
    if source and Path(source).is_file():
        total.update(Path(source).read_bytes())
    return total.hexdigest()


def _broken(setting: str, problem: str) -> BadSettingsError:
    fault = Fault(Place("gongshi.yaml", "recogniser", setting), problem, _REMEDY)
    return BadSettingsError([fault])


def _place(finding: Finding, text: NormalText, setting: str) -> tuple[int, int] | None:
    """Return where a finding stands in the normal text; ``None``: on nothing that is seen."""
    start, end, offsets = finding.span.start, finding.span.end, text.offsets
    if end > (len(text.text) if offsets is None else offsets[len(text.text)]):
        raise _broken(setting, "识别器返回的位置超出文本")
    if offsets is not None:
        start, end = bisect_left(offsets, start), bisect_left(offsets, end)
    return (start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class _Told:
    """Where the names stand that the fields tell; ``reach`` is how far any begun so far goes."""

    starts: Sequence[int]
    reach: Sequence[int]

    @classmethod
    def of(cls, text: str, known: Known) -> "_Told":
        told = [each.name for each in known.parties] + [each.name for each in known.persons]
        names = {name for each in told if len(name := normalise(each).text.strip()) > 1}
        places = sorted(_occurrences(text, names))
        reach = list(accumulate((end for _, end in places), max))
        return cls([start for start, _ in places], reach)

    def covers(self, start: int, end: int) -> bool:
        """Say whether ``start``–``end`` lies inside one such name."""
        index = bisect_right(self.starts, start) - 1
        return index >= 0 and self.reach[index] >= end


def _occurrences(text: str, values: Iterable[str]) -> Iterator[tuple[int, int]]:
    wanted = sorted(values)
    if wanted:
        for _, start, end in AhoCorasick(wanted).find_matches_as_indexes(text, overlapping=True):
            yield start, end


def _outside(start: int, end: int, stays: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the parts of ``start``–``end`` outside ``stays`` (sorted, disjoint)."""
    index = max(bisect_left(stays, (start, -1)) - 1, 0)
    while index < len(stays) and stays[index][0] < end:
        low, high = stays[index]
        if start < low:
            yield start, low
        start = max(start, high)
        index += 1
    if start < end:
        yield start, end


def _plain(finding: Finding, text: NormalText, start: int, end: int) -> Finding:
    """Return the finding in our words: no label, no evidence and no certainty of its own."""
    doubtful = finding.confidence is Confidence.DOUBTFUL
    return Finding(
        span=text.original(start, end),
        category=finding.category,
        detector=NAME,
        evidence=EVIDENCE,
        confidence=Confidence.DOUBTFUL if doubtful else Confidence.PROBABLE,
        whose=_ANYONE if finding.category is Category.PERSON else "",
    )
