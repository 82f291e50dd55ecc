"""Measures of the official form (GB/T 9704—2012): what DOCX and browser agree on.

Lengths are in millimetres, sizes of type in points.
"""

from dataclasses import dataclass

from pipeline.paper.model import Role

PAGE = (210, 297)
TOP, RIGHT, BOTTOM, LEFT = 37, 26, 35, 28
"""The margins of 5.2.1: 天头 37 mm, 订口 28 mm, a text area of 156 × 225 mm."""

LETTERHEAD_TOP = 30
"""信函格式 (10.1): the letterhead begins 30 mm below the edge of the page."""

RED_LINE = 170
"""信函格式 (10.1): the red lines are 170 mm long, in the middle of the page."""

LINE = 28.95
"""22 lines of 16 pt on 225 mm (5.2.3)."""


@dataclass(frozen=True, slots=True)
class Face:
    """How a paragraph is set. The fonts are those that Windows and WPS bring along."""

    font: str
    size: float
    bold: bool = False


FACES = {
    Role.LETTERHEAD: Face("宋体", 30, bold=True),
    Role.NUMBER: Face("仿宋", 16),
    Role.TITLE: Face("宋体", 22, bold=True),
    Role.ADDRESSEE: Face("仿宋", 16),
    Role.HEADING: Face("黑体", 16),
    Role.BODY: Face("仿宋", 16),
    Role.WEB: Face("仿宋", 16),
    Role.NOTE: Face("仿宋", 14),
    Role.SIGNER: Face("仿宋", 16),
    Role.DATE: Face("仿宋", 16),
}


def width(text: str) -> float:
    """Return the width of a line in characters of full width.

    >>> width("2026年11月20日")
    7.0
    """
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def right_indents(signer: str, day: str) -> tuple[float, float]:
    """Return how far signer and date stand from the right, in characters (7.3.5.1).

    The date stands four from the edge and the signer in the middle above it; where the signer is
    too long for that, it keeps to the edge and the date moves in.

    >>> right_indents("某局", "2026年11月20日"), right_indents("某" * 21, "2026年11月20日")
    ((6.5, 4.0), (0.0, 7.0))
    """
    half = (width(day) - width(signer)) / 2
    return (4 + half, 4.0) if 4 + half >= 0 else (0.0, -half)
