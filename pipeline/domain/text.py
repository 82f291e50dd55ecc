"""Text that may hold protected information, and places in it."""

from dataclasses import dataclass
from typing import NewType

RawText = NewType("RawText", str)
"""Text as exported; it may hold protected information and never reaches the public side."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` up to, not including, ``end`` of one text.

    >>> Span(3, 5).overlaps(Span(5, 8))
    False
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse an empty or backward span."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end
