"""What the styles and the numbering of a Word document say about a paragraph or run."""

import re
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

_T = TypeVar("_T")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset({"0", "false", "off", "none"})
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the descendant at ``path`` of local w: names, or ``None``."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def value(element: etree._Element | None, *path: str) -> str:
    """Return the ``w:val`` of the descendant at ``path``, or empty."""
    found = child(element, *path)
    return "" if found is None else found.get(W + "val", "")


def toggle(properties: etree._Element | None, name: str) -> bool | None:
    """Return whether the on/off property ``name`` is set; ``None`` when it is not said.

    >>> toggle(None, "vanish") is None
    True
    """
    found = child(properties, name)
    return None if found is None else found.get(W + "val", "true").lower() not in _OFF


@dataclass(frozen=True, slots=True)
class Style:
    """One style with what it inherits already filled in; ``None`` where nobody says."""

    level: int | None = None
    hidden: bool | None = None
    centred: bool | None = None
    strong: bool | None = None
    numbering: tuple[str, int] | None = None


_PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id, with the default paragraph style under an empty id."""

    by_id: dict[str, Style] = field(default_factory=dict)

    def __getitem__(self, style_id: str) -> Style:
        """Return the style, or a plain one for an unknown id."""
        return self.by_id.get(style_id, self.by_id.get("", _PLAIN) if not style_id else _PLAIN)


def parse_styles(root: etree._Element | None) -> Styles:
    """Return the styles part, each style merged with those it is based on."""
    if root is None:
        return Styles()
    elements = {e.get(W + "styleId", ""): e for e in root.iterfind(W + "style")}
    hidden = toggle(child(root, "docDefaults", "rPrDefault", "rPr"), "vanish")
    base = Style(hidden=hidden)
    merged = {key: _merge(key, elements, base) for key in elements}
    default = next(
        (
            key
            for key, e in elements.items()
            if e.get(W + "type") == "paragraph" and e.get(W + "default", "0") not in _OFF
        ),
        None,
    )
    merged[""] = merged[default] if default is not None else base
    return Styles(merged)


def _merge(key: str, elements: dict[str, etree._Element], base: Style) -> Style:
    chain: list[etree._Element] = []
    seen: set[str] = set()
    while key in elements and key not in seen:
        seen.add(key)
        chain.append(elements[key])
        key = value(elements[key], "basedOn")
    style = base
    for element in reversed(chain):
        style = _over(style, element)
    return style


def _over(under: Style, element: etree._Element) -> Style:
    paragraph, run = child(element, "pPr"), child(element, "rPr")
    return Style(
        level=_first(_outline_level(paragraph), _named_level(value(element, "name")), under.level),
        hidden=_first(toggle(run, "vanish"), under.hidden),
        centred=_first(is_centred(paragraph), under.centred),
        strong=_first(is_strong(run), under.strong),
        numbering=_first(numbering_of(paragraph), under.numbering),
    )


def _first(*values: _T | None) -> _T | None:
    return next((v for v in values if v is not None), None)


def _named_level(name: str) -> int | None:
    if match := _HEADING_NAME.fullmatch(name.strip()):
        return min(int(match[1]), 6)
    return 1 if name.strip().lower() in {"title", "标题"} else None


def _outline_level(properties: etree._Element | None) -> int | None:
    text = value(properties, "outlineLvl")
    return min(int(text) + 1, 10) if text.isdecimal() else None


def heading_level(properties: etree._Element | None, style: Style) -> int:
    """Return the heading level 1–6 of a paragraph, 0 for body text."""
    level = _first(_outline_level(properties), style.level) or 0
    return min(level, 6) if level < 10 else 0


def is_centred(properties: etree._Element | None) -> bool | None:
    """Return whether a paragraph is centred; ``None`` when it is not said."""
    alignment = value(properties, "jc")
    return alignment == "center" if alignment else None


def is_strong(properties: etree._Element | None) -> bool | None:
    """Return whether run properties make a title: bold, or at least 18 pt (小二)."""
    bold, size = toggle(properties, "b"), value(properties, "sz")
    if bold is None and not size.isdecimal():
        return None
    return bool(bold) or (size.isdecimal() and int(size) >= 36)


def numbering_of(properties: etree._Element | None) -> tuple[str, int] | None:
    """Return (list id, level from 0) of a paragraph; ``None`` when it is not said."""
    found = child(properties, "numPr")
    if found is None:
        return None
    level = value(found, "ilvl")
    return value(found, "numId"), int(level) if level.isdecimal() else 0
