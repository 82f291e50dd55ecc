"""Words for drawings: inline SVG without styles or scripts, coloured by the classes of site.css."""

import unicodedata
from math import ceil

from markupsafe import Markup, escape

Attribute = str | int | float
_CLOSING = "，。、；：）》”"


def node(name: str, *inside: Markup, **attributes: Attribute) -> Markup:
    """Return one element. ``kind`` is its class; an underscore in a name stands for a hyphen.

    >>> str(node("path", kind="flow-line", d="M1 2V3"))
    '<path class="flow-line" d="M1 2V3"></path>'
    """
    named = {("class" if key == "kind" else key.replace("_", "-")): value
             for key, value in attributes.items()}  # fmt: skip
    written = "".join(f' {key}="{escape(value)}"' for key, value in named.items())
    return Markup(f"<{name}{written}>{''.join(inside)}</{name}>")  # noqa: S704 - escaped above


def words(lines: tuple[str, ...], x: float, y: float, leading: int, **look: Attribute) -> Markup:
    """Return lines of text one below the other, the first with its foot at ``y``.

    Each text is a group of its own, so that no two numbers ever grow together.
    """
    texts = (
        node("g", node("text", escape(line), x=x, y=y + i * leading, **look))
        for i, line in enumerate(lines)
    )
    return Markup("").join(texts)


def picture(name: str, title: str, size: tuple[int, int], *inside: Markup) -> Markup:
    """Return the whole drawing; a screen reader hears ``title``, and the list or table after it.

    ``name`` is its identity on the page, ``size`` its width and height in units of the drawing.
    """
    width, height = size
    return node(
        "svg",
        node("title", escape(title), id=f"{name}-title"),
        *inside,
        kind="drawing",
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_labelledby=f"{name}-title",
    )


def width_of(text: str) -> float:
    """Return how wide text is, in ems.

    >>> width_of("罚款"), width_of("12")
    (2.0, 1.2)
    """
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.6 for c in text)


def wrapped(text: str, width: float) -> tuple[str, ...]:
    """Return ``text`` in lines of at most ``width`` ems, about as long as each other.

    No line begins with a closing mark; such a mark may stand out.

    >>> wrapped("没收违法所得", 4)
    ('没收违', '法所得')
    """
    lines: list[str] = []
    line, rest = "", width_of(text)
    for character in text:
        even = rest / ceil(rest / width) if rest > width else width
        if line and width_of(line + character) > even + 0.5 and character not in _CLOSING:
            lines.append(line)
            rest -= width_of(line)
            line = ""
        line += character
    return (*lines, line) if line else tuple(lines)
