"""What the style sheets inside a page hide. Sheets outside of it are never fetched."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from soupsieve import SelectorSyntaxError

from pipeline.intake.html_style import hides, shows

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_PRINT_ONLY = re.compile(r"@media[^{]*\bprint\b[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_MOST_RULES = 500
_MOST_LOOKS = 1_000_000
"""Elements times rules above which a page is not read: to look longer is no reading."""


class TooMuchMarkupError(Exception):
    """A page has more tags, or more style for them, than any 决定书."""


def hidden_by_sheet(page: BeautifulSoup) -> frozenset[int]:
    """Return the identities (``id``) of elements that the page's own style sheets hide.

    A later rule takes back only what a rule with a part of the same selector hid
    (``.tab`` … ``.tab.active``): where the cascade is in doubt, hidden stays hidden. Rules for
    print only are left aside. Raises ``TooMuchMarkupError``.
    """
    css = "\n".join(sheet.get_text() for sheet in page.find_all("style"))
    hiding: dict[str, set[int]] = {}
    elements, looks = len(page.find_all()) if css else 0, 0
    for selector, declarations in _rules(css):
        if len(hiding) >= _MOST_RULES:
            break
        if looks > _MOST_LOOKS:
            raise TooMuchMarkupError
        looks += elements * (hides(declarations) or shows(declarations))
        if hides(declarations):
            hiding.setdefault(selector, set()).update(_selected(page, selector))
        elif shows(declarations) and (undone := [part for part in hiding if part in selector]):
            shown = _selected(page, selector)
            for part in undone:
                hiding[part] -= shown
    return frozenset().union(*hiding.values())


def _rules(css: str) -> Iterator[tuple[str, str]]:
    for selectors, declarations in _RULE.findall(_PRINT_ONLY.sub("", _COMMENT.sub("", css))):
        for selector in selectors.split(","):
            yield selector.strip(), declarations


def _selected(page: BeautifulSoup, selector: str) -> set[int]:
    """Return the identities of what a selector selects; nothing when it is not understood."""
    if not selector or selector.startswith("@"):
        return set()
    try:
        return {id(tag) for tag in page.select(selector)}
    except (SelectorSyntaxError, NotImplementedError, ValueError, RecursionError):
        return set()
