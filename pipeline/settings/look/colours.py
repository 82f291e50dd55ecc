"""Colours of the screen and how well they stand off from each other (WCAG 2.1, 1.4.3)."""

import re
from collections.abc import Iterable
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

_WRITTEN = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})", re.ASCII)
_STEPS = 100
_LEAST_COLOUR = 40


@dataclass(frozen=True, slots=True)
class Colour:
    """An opaque sRGB colour, each part from 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, written: str) -> "Colour":
        """Return the colour written as ``#rgb`` or ``#rrggbb``; raises ``ValueError``.

        >>> Colour.parse("#fff"), str(Colour.parse("#16406B"))
        (Colour(red=255, green=255, blue=255), '#16406b')
        """
        if not _WRITTEN.fullmatch(written):
            raise ValueError("not #rgb or #rrggbb")
        digits = written[1:]
        if len(digits) == 3:
            digits = "".join(digit * 2 for digit in digits)
        return cls(*bytes.fromhex(digits))

    def __str__(self) -> str:
        """Return the colour as CSS reads it."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """Relative luminance, 0 for black and 1 for white."""
        red, green, blue = (_linear(part) for part in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    @property
    def is_grey(self) -> bool:
        """Whether no part stands out enough to be seen as a colour."""
        parts = (self.red, self.green, self.blue)
        return max(parts) - min(parts) < _LEAST_COLOUR

    def shaded(self, share: float) -> "Colour":
        """Return the colour lighter, or darker where ``share`` is negative; hue and strength stay.

        ``share`` is how far it goes to white (1) or to black (-1).

        >>> str(Colour.parse("#1b6b3a").shaded(0.5)), str(Colour.parse("#1b6b3a").shaded(-1))
        ('#69d994', '#000000')
        """
        hue, lightness, strength = rgb_to_hls(self.red / 255, self.green / 255, self.blue / 255)
        end = 1 if share > 0 else 0
        parts = hls_to_rgb(hue, lightness + (end - lightness) * abs(share), strength)
        return Colour(*(round(part * 255) for part in parts))

    def lightened(self, least: float, *grounds: "Colour") -> "Colour":
        """Return the colour as much lighter as it takes to stand off from ``grounds``."""
        return self._shaded_until(1, least, grounds)

    def darkened(self, least: float, *grounds: "Colour") -> "Colour":
        """Return the colour as much darker as it takes to stand off from ``grounds``."""
        return self._shaded_until(-1, least, grounds)

    def _shaded_until(self, end: int, least: float, grounds: Iterable["Colour"]) -> "Colour":
        shades = (self.shaded(end * step / _STEPS) for step in range(_STEPS + 1))
        fit = (each for each in shades if all(contrast(each, on) >= least for on in grounds))
        return next(fit, self.shaded(end))


WHITE, BLACK = Colour(255, 255, 255), Colour(0, 0, 0)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, the same either way.

    >>> contrast(WHITE, BLACK), round(contrast(WHITE, Colour.parse("#767676")), 2)
    (21.0, 4.54)
    """
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def _linear(part: int) -> float:
    value = part / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
