"""Which elements of a page a reader does not see, by their tags and attributes.

Hidden text never comes through: it may be a deleted passage, a note or a template.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from bs4 import Tag

UNSEEN_TAGS = frozenset({
    "script", "style", "head", "meta", "link", "title", "base", "noscript", "template", "textarea",
    "input", "select", "option", "datalist", "button", "iframe", "frame", "frameset", "noframes",
    "object", "embed", "applet", "svg", "math", "audio", "video", "canvas", "map", "area", "img",
    "nav", "footer", "del", "s", "strike", "dialog", "rt", "rp", "progress", "meter",
})  # fmt: skip
"""Elements whose content is never part of the document: machinery, controls, deletions."""

_UNSEEN_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar"})
_GONE = re.compile(
    r"display:none|mso-hide:(?:all|yes)|content-visibility:hidden|opacity:0*\.?0+%?(?=;|!|$)"
    r"|(?<![a-z-])(?:text-indent|left|top):-(?:999|\d{4,})|clip:rect\(0[^1-9)]*\)"
    r"|mso-(?:element|special-character):comment|text-decoration[^;:]*:[^;]*line-through"
)
_SHOWN = re.compile(r"(?:^|;)display:(?!none|inherit|initial|unset)[a-z]")
_INVISIBLE = re.compile(r"visibility:(?:hidden|collapse)")
_VISIBLE = re.compile(r"visibility:visible")
_NO_SIZE = re.compile(r"font(?:-size:|:[^;]*?(?<![\d.]))0*\.?0+(?:[a-z%]+)?(?=[;!/]|$)")
_SIZE = re.compile(r"font-size:(?!inherit)[^;]*[1-9a-z]")
_RELATIVE = re.compile(r"font-size:[\d.]+(?:em|%)")
_OFFICE_COMMENT = re.compile(r"\bmsocom")
_PREFORMATTED = frozenset({"pre", "listing", "xmp"})
_KEEPS_LINES = re.compile(r"white-space:(?:pre|break-spaces)")
_WHITE = re.compile(r"(?:^|;)color:(?:white|#fff(?:fff)?|rgb\(255,255,255\))(?=;|!|$)")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color|-image)?:(?!transparent|none|white|#fff)")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)


class Sight(NamedTuple):
    """What text inherits from the elements around it: whether it has a size and is visible."""

    sized: bool = True
    visible: bool = True

    @property
    def clear(self) -> bool:
        """Whether text here can be seen."""
        return self.sized and self.visible


def is_unseen(tag: Tag) -> bool:
    """Say whether an element, with all that is in it, is not seen or not part of the text."""
    if tag.name in UNSEEN_TAGS or (tag.name == "header" and not _inside_article(tag)):
        return True
    if not tag.attrs:
        return False
    if _OFFICE_COMMENT.search(_attribute(tag, "class").lower()):
        return True
    if "hidden" in tag.attrs or _attribute(tag, "role").lower() in _UNSEEN_ROLES:
        return True
    style = _compact(_attribute(tag, "style"))
    white = _WHITE.search(style) or _attribute(tag, "color").lower() in {"white", "#fff", "#ffffff"}
    return bool(_GONE.search(style)) or (bool(white) and not _on_colour(tag))


def sight_in(tag: Tag, outer: Sight) -> Sight:
    """Return how text directly in ``tag`` is seen, given how it is around it."""
    style = _compact(_attribute(tag, "style"))
    if not style:
        return outer
    sized, visible = outer
    if _NO_SIZE.search(style):
        sized = False
    elif _SIZE.search(style) and not _RELATIVE.search(style):
        sized = True
    if _INVISIBLE.search(style):
        visible = False
    elif _VISIBLE.search(style):
        visible = True
    return Sight(sized, visible)


def keeps_lines(tag: Tag) -> bool:
    """Say whether line breaks of the source are line breaks on the page, as in ``<pre>``."""
    style = _attribute(tag, "style")
    return tag.name in _PREFORMATTED or (
        "white-space" in style.lower() and bool(_KEEPS_LINES.search(_compact(style)))
    )


def hides(declarations: str) -> bool:
    """Say whether CSS declarations hide an element or its text."""
    plain = _compact(declarations)
    return any(rule.search(plain) for rule in (_GONE, _INVISIBLE, _NO_SIZE))


def shows(declarations: str) -> bool:
    """Say whether CSS declarations undo ``display:none``.

    >>> shows("display: block"), shows("display:none")
    (True, False)
    """
    return bool(_SHOWN.search(_compact(declarations)))


def is_shown_inline(tag: Tag) -> bool:
    """Say whether the element's own style attribute overrules a style sheet that hides it."""
    return shows(_attribute(tag, "style"))


def _inside_article(tag: Tag) -> bool:
    return tag.find_parent(["article", "main"]) is not None


def _on_colour(tag: Tag) -> bool:
    """Say whether white letters stand on a colour, as in the heading row of a table."""
    for element in (tag, *tag.parents):
        if _attribute(element, "bgcolor") or _attribute(element, "background"):
            return True
        if _BACKGROUND.search(_compact(_attribute(element, "style"))):
            return True
    return False


@lru_cache(maxsize=4096)
def _compact(style: str) -> str:
    return "".join(_COMMENT.sub("", style).lower().split())


def _attribute(tag: Tag, name: str) -> str:
    value = tag.attrs.get(name, "")
    return value if isinstance(value, str) else " ".join(value)
