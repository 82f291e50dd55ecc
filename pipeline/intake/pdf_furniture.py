"""Take away what belongs to the paper and not to the decision: page numbers, running heads."""

import re
from collections import Counter

from pipeline.intake.pdf_lines import Line
from pipeline.intake.pdf_page import Grid, Page

_BAND = 0.12
"""The share of the page's height, at its top and at its foot, where running heads stand."""

_DASHES = r"[\s—–－\-~·•|]*"
_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十]{1,4})"
_PAGE_NUMBER = re.compile(
    rf"{_DASHES}(?:"
    rf"第\s*{_NUMBER}\s*页(?:\s*[,，/、（(]?\s*共\s*{_NUMBER}\s*页[）)]?)?"
    rf"|共\s*{_NUMBER}\s*页[\s,，/]*第\s*{_NUMBER}\s*页"
    r"|\d{1,4}\s*/\s*\d{1,4}"
    r"|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
    rf"){_DASHES}"
)
_DASHED_NUMBER = re.compile(r"[—–－\-~·•]+\s*\d{1,4}\s*[—–－\-~·•]+")
_BARE_NUMBER = re.compile(r"\d{1,4}")


def body_of(pages: tuple[Page, ...]) -> tuple[tuple[str, ...], tuple[Line | Grid, ...]]:
    """Return (running heads, each once; the lines and tables of the text proper).

    A running head is kept once, because it may be the only place of a secrecy mark.
    """
    repeated = _repeated(pages)
    heads: dict[str, str] = {}
    body: list[Line | Grid] = []
    for index, page in enumerate(pages):
        for line in page.content:
            if isinstance(line, Grid):
                body.append(line)
            elif _is_page_number(line, page, index):
                continue
            elif _in_band(line, page) and _pattern(line) in repeated:
                heads.setdefault(_pattern(line), line.text)
            else:
                body.append(line)
    return tuple(heads.values()), tuple(body)


def _repeated(pages: tuple[Page, ...]) -> frozenset[str]:
    """Return what stands in the bands of at least two pages and of two thirds of them."""
    seen = Counter(
        pattern
        for page in pages
        for pattern in {_pattern(line) for line in page.lines if _in_band(line, page)}
    )
    enough = max(2, -(-2 * len(pages) // 3))
    return frozenset(pattern for pattern, times in seen.items() if times >= enough)


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _in_band(line: Line, page: Page) -> bool:
    return line.bottom > page.height * (1 - _BAND) or line.top < page.height * _BAND


def _is_page_number(line: Line, page: Page, index: int) -> bool:
    if line not in (page.lines[0], page.lines[-1]):
        return False
    text = line.text.replace(" ", "")
    if _PAGE_NUMBER.fullmatch(line.text) or _DASHED_NUMBER.fullmatch(text):
        return True
    bare = _BARE_NUMBER.fullmatch(text)
    return bool(bare) and _in_band(line, page) and int(text) == index + 1
