"""The values that the steps of redaction hand to each other, and what a detector is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final, NamedTuple, Protocol

from pipeline.domain.party import PartyKind, Role
from pipeline.domain.protected import Category, Finding
from pipeline.domain.text import Span


@dataclass(frozen=True, slots=True)
class NormalText:
    """Text in one plain form, with the way back to the original.

    ``text`` is what detectors read. ``offsets`` has one entry more than ``text`` has characters:
    the index in the original of each character and of the end; ``None`` when nothing moved.
    """

    text: str = field(repr=False)
    offsets: Sequence[int] | None = field(default=None, repr=False)

    def original(self, start: int, end: int) -> Span:
        """Return the span of the original text that ``text[start:end]`` came from."""
        if self.offsets is None:
            return Span(start, end)
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A punished party as the structured fields name it."""

    name: str = field(repr=False)
    kind: PartyKind | None = None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Another person as the structured fields name them."""

    name: str = field(repr=False)
    role: Role = Role.OTHER


@dataclass(frozen=True, slots=True)
class Known:
    """What the structured fields tell before a word of text is read. All of it optional.

    ``values`` are protected values told outright (numbers, addresses, marked passages).
    ``homes`` are home addresses, so that the same address is hidden wherever it stands.
    ``public_values`` are numbers that stay: agency telephones, the treasury's account.
    """

    parties: tuple[KnownParty, ...] = ()
    persons: tuple[KnownPerson, ...] = ()
    values: tuple[tuple[str, Category], ...] = field(default=(), repr=False)
    homes: tuple[str, ...] = field(default=(), repr=False)
    public_values: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Kept:
    """Something that was considered and stays, with the reason; shown in the trace."""

    span: Span
    kind: str
    detector: str
    reason: str


class Stretch(NamedTuple):
    """Characters of the normal text that stay, and why."""

    start: int
    end: int
    kind: str
    reason: str


PLACE: Final = attrgetter("span.start", "span.end")
"""What findings and what is kept are ordered by."""


@dataclass(frozen=True, slots=True)
class Detection:
    """All that was found in ``text``, in original offsets and in order.

    ``protected`` is what no detector might touch, ``weighed`` what detectors kept.
    """

    findings: tuple[Finding, ...]
    text: NormalText = field(repr=False, compare=False)
    protected: tuple[Stretch, ...] = ()
    weighed: tuple[Kept, ...] = ()

    @property
    def kept(self) -> tuple[Kept, ...]:
        """All that was considered and kept, in order; only a trace asks for it."""
        original = self.text.original
        stays = (
            Kept(original(start, end), kind, "protect", reason)
            for start, end, kind, reason in self.protected
        )
        return tuple(sorted([*stays, *self.weighed], key=PLACE))


class Detector(Protocol):
    """Finds one kind of protected information. Pure: same text, same findings.

    Linear in the length of the text, whatever the text. ``protected`` holds the stretches of
    ``text.text`` (文号, statutes, public numbers) that no detector may touch, sorted and disjoint,
    as ``(start, end)``.
    """

    @property
    def name(self) -> str:
        """The name in traces."""
        ...

    def find(
        self, text: NormalText, known: Known, protected: Sequence[tuple[int, int]]
    ) -> Iterable[Finding | Kept]:
        """Return what to hide and what was considered and kept, in original offsets."""
        ...
