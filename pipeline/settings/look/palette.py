"""The colours that a bureau may set, for light and for dark pages, and what they are checked for.

Whoever sets ``brand`` alone gets the others made from it, each with enough contrast by the way it
is made. What is set is taken as it is, or refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.settings.look.colours import BLACK, WHITE, Colour, contrast

LEAST = 4.5
"""Contrast that every text has at least (WCAG 2.1, 1.4.3, level AA)."""

_COMFORTABLE, _DEEP = 7.0, 9.0

Colours = Mapping[str, Colour]


@dataclass(frozen=True, slots=True)
class Use:
    """What a colour is for: ``title`` for people, ``token`` the custom property of ``site.css``."""

    title: str
    token: str


USES: Mapping[str, Use] = {
    "brand": Use("页首和按钮的底色", "brand"),
    "on_brand": Use("页首和按钮上的文字", "brand-ink"),
    "rule": Use("页首下面的细线", "rule"),
    "mark": Use("数字、图形、标题下面的线", "mark"),
    "accent": Use("提示框的边", "accent"),
    "link": Use("链接", "link"),
    "visited": Use("看过的链接", "link-seen"),
}
"""Every colour that can be set. ``rule`` is an ornament; all others are checked."""


def _colours(**written: str) -> Colours:
    return {key: Colour.parse(value) for key, value in written.items()}


@dataclass(frozen=True, slots=True)
class Scheme:
    """Light or dark: its grounds by name, and its own colours, all as ``site.css`` has them."""

    key: str
    grounds: Colours
    delivered: Colours


LIGHT = Scheme(
    "light",
    _colours(paper="#fff", ground="#f4f5f2", flag="#fdf3e1"),
    _colours(
        brand="#16406b",
        on_brand="#fff",
        rule="#b3261e",
        mark="#16406b",
        accent="#b3261e",
        link="#0b4f8f",
        visited="#58418a",
    ),
)
DARK = Scheme(
    "dark",
    _colours(paper="#171b20", ground="#101317", flag="#352a16"),
    _colours(
        brand="#12304f",
        on_brand="#f3f6f9",
        rule="#9c3b32",
        mark="#8cc2f5",
        accent="#ff8a7a",
        link="#8cc2f5",
        visited="#c3b0f0",
    ),
)


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of light and of dark pages, by the keys of ``USES``."""

    light: Colours
    dark: Colours


@dataclass(frozen=True, slots=True)
class Weak:
    """A colour that does not stand off from ``ground``: ``ratio`` is what was measured."""

    scheme: str
    key: str
    ground: Colour
    ratio: float


def palette_of(light: Colours, dark: Colours) -> Palette:
    """Return the whole palette from what was set for light and for dark pages."""
    brand = light.get("brand")
    base = dark.get("brand") or (brand.shaded(-0.25).darkened(_DEEP, WHITE) if brand else None)
    return Palette(
        light={**LIGHT.delivered, **(_light_from(brand) if brand else {}), **light},
        dark={**DARK.delivered, **(_dark_from(base) if base else {}), **dark},
    )


def weak_in(palette: Palette) -> tuple[Weak, ...]:
    """Return each colour that has too little contrast, with its worst background."""
    return tuple(
        weak
        for scheme, colours in ((LIGHT, palette.light), (DARK, palette.dark))
        for key in USES
        if (weak := _worst(scheme, colours, key)) and weak.ratio < LEAST
    )


def _worst(scheme: Scheme, colours: Colours, key: str) -> Weak | None:
    if key in {"brand", "rule"}:
        return None
    grounds = [colours["brand"]] if key == "on_brand" else list(scheme.grounds.values())
    ground = min(grounds, key=lambda each: contrast(colours[key], each))
    return Weak(scheme.key, key, ground, contrast(colours[key], ground))


def _light_from(brand: Colour) -> Colours:
    deep = brand.darkened(LEAST, *LIGHT.grounds.values())
    return _made(brand, rule=brand.shaded(-0.35), strong=deep)


def _dark_from(brand: Colour) -> Colours:
    pale = brand.lightened(_COMFORTABLE, *DARK.grounds.values())
    return _made(brand, rule=brand.shaded(0.3), strong=pale)


def _made(brand: Colour, *, rule: Colour, strong: Colour) -> Colours:
    """Return what follows from ``brand``; links stay as delivered where ``strong`` is grey."""
    around = {"brand": brand, "on_brand": _readable_on(brand), "rule": rule}
    return around if strong.is_grey else around | dict.fromkeys(("mark", "accent", "link"), strong)


def _readable_on(ground: Colour) -> Colour:
    """Return white or black: one of the two always has a contrast of 4.5."""
    return WHITE if contrast(WHITE, ground) >= LEAST else BLACK
