"""Names that are not Chinese: with a dot, transliterated, in Latin letters."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.redaction.names.lexicon import NAME_TAGS, TRANSLIT, tag
from pipeline.redaction.names.score import left_of, right_of
from pipeline.redaction.names.segments import Segments

_RUN: Final = "".join(char for char, score in TRANSLIT.items() if score > -1.0)
_DOTTED: Final = re.compile(f"[{_RUN}]{{1,8}}(?:·[{_RUN}]{{1,10}}){{1,3}}")
_TRANSLITERATED: Final = re.compile(f"[{_RUN}]{{3,}}")
_LATIN: Final = re.compile(
    r"\b[A-Z][a-z]{1,14}(?:[ ·](?:[A-Z]\.|[A-Z][a-z]{1,14})){1,3}\b|\b[A-Z]{2,14}(?:[ ·][A-Z]{1,14}){1,3}\b"
)
_PLACE: Final = frozenset("国州省市县镇乡村山河湖海岛洲城街路")
_BEFORE_LATIN: Final = frozenset({"l:role"})


def dotted(text: str) -> Iterator[tuple[int, int]]:
    """Yield the names written with a dot, such as 买买提·吐尔逊.

    >>> list(dotted("证人买买提·吐尔逊称"))
    [(2, 9)]
    """
    if "·" in text:
        for match in _DOTTED.finditer(text):
            yield match.span()


def transliterated(words: Segments) -> Iterator[tuple[int, int, float]]:
    """Yield runs of characters that transliterate a name, and the odds (log) that they do."""
    text = words.text
    for match in _TRANSLITERATED.finditer(text):
        start, end = _trim(words, *match.span())
        size = end - start
        if not 3 <= size <= 9:
            continue
        odds = sum(TRANSLIT[char] for char in text[start:end]) / size * min(size, 5) / 2 - 4.0
        covered = words.begin.get(start)
        if covered == text[start:end]:
            kind = tag(covered)
            odds += 3.0 if kind in NAME_TAGS else -6.0
        if text[end : end + 1] in _PLACE:
            odds -= 4.0
        left, right = left_of(words, start), right_of(words, end)
        odds += {"l:role": 2.5, "l:person": 1.5, "l:weak": 0.5, "l:mark": 0.5, "l:place": 0.0}.get(left.kind, 0.0)
        odds += {"r:role": 2.0, "r:word": 1.0, "r:weak": 1.0, "r:mark": 0.3}.get(right, -0.5)
        yield start, end, odds


def _trim(words: Segments, start: int, end: int) -> tuple[int, int]:
    """Give back the words at either border that only happen to be written with such characters."""
    while start < end and words.begin.get(start) is None:
        start += 1
    while start < end:
        word = words.begin.get(start, "")
        if len(word) > 1 and tag(word) not in NAME_TAGS and start + len(word) <= end and len(word) < end - start:
            start += len(word)
        else:
            break
    while start < end and words.end.get(end) is None:
        end -= 1
    while start < end:
        word = words.end.get(end, "")
        if len(word) > 1 and tag(word) not in NAME_TAGS and tag(word) not in {"ns", "nz"} and end - len(word) > start:
            end -= len(word)
        else:
            break
    return start, end


def latin(words: Segments) -> Iterator[tuple[int, int]]:
    """Yield names in Latin letters that stand after a role or before a person's particulars."""
    for match in _LATIN.finditer(words.text):
        start, end = match.span()
        if left_of(words, start).kind in _BEFORE_LATIN or right_of(words, end) == "r:role":
            yield start, end
