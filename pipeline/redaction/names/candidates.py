"""Every stretch of text that begins with a Chinese surname and may be a name, with its odds."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.redaction.names.lexicon import (
    FIRST,
    NAME_TAGS,
    ONLY,
    SURNAME,
    WEIGHTS,
    likeness,
    tag,
)
from pipeline.redaction.names.score import head_of, left_of, right_of, shape_of, tail_of
from pipeline.redaction.names.segments import Segments

_FLOOR: Final = -2.5
_CLEAR: Final = 1.5
"""A surname that is hardly anything else: looked at even inside a word."""
_IMPLAUSIBLE: Final = "".join(
    char for char in FIRST if FIRST[char] < -3.2 and ONLY.get(char, 0) < -3.2
)
_SURNAMES: Final = re.compile(
    "(?:"
    + "|".join(word for word in SURNAME if len(word) == 2)
    + "|["
    + "".join(char for char in SURNAME if len(char) == 1)
    + f"])(?=[\u3400-\u9fff])(?=[^{_IMPLAUSIBLE}])"
)
_BIAS: Final = WEIGHTS["bias"]
_BY_SURNAME: Final = WEIGHTS["surname"]
_BY_GIVEN: Final = (0.0, WEIGHTS["given1"], WEIGHTS["given2"])


class Candidate(NamedTuple):
    """``text[start:end]`` may be a name; ``odds`` is the logarithm of the odds.

    ``left`` and ``right`` are the classes of what stands around, ``whose`` what a word before says.
    """

    start: int
    end: int
    name: str
    odds: float
    left: str
    right: str
    whose: str


def candidates(words: Segments) -> Iterator[Candidate]:
    """Yield the candidates of a text, by position, those with one given character first."""
    text, begin = words.text, words.begin
    for match in _SURNAMES.finditer(text):
        start, stop = match.span()
        family = match.group()
        word = begin.get(start)
        if word is None:
            if SURNAME[family] < _CLEAR:
                continue
        elif len(word) > stop - start and not _may_begin(word, family):
            continue
        yield from _readings(words, text, start, stop - start)
        if stop - start == 2 and text[start] in SURNAME:
            yield from _readings(words, text, start, 1)


@lru_cache(maxsize=65536)
def _may_begin(word: str, family: str) -> bool:
    """Say whether a name may begin with this word of the dictionary."""
    if tag(word) in NAME_TAGS:
        return True
    if len(word) > 3 or (len(word) == 3 and SURNAME[family] < 0.0):
        return False
    return SURNAME[family] > 0.5 or len(word) == 2


def _readings(words: Segments, text: str, start: int, surname: int) -> Iterator[Candidate]:
    family = text[start : start + surname]
    head = ""
    for given in (1, 2):
        end = start + surname + given
        name = text[start:end]
        if len(name) < surname + given:
            return
        if given == 2 and not "\u3400" <= text[end - 1] <= "\u9fff":
            return
        like = likeness(name, surname)
        if like < -1.5:
            continue
        if not head:
            head = head_of(words, start)
            left = left_of(words, start)
            base = _BIAS + WEIGHTS[head] + WEIGHTS[left.kind]
            base += SURNAME[family] * _BY_SURNAME
            if surname == 2:
                base += WEIGHTS["compound"]
        odds = base + (like - SURNAME[family]) * _BY_GIVEN[given]
        if odds < _FLOOR - 3:
            continue
        right = right_of(words, end)
        shape = shape_of(words, start, end, surname, right)
        odds += WEIGHTS[right] + WEIGHTS[f"{given}:{shape}"] + WEIGHTS[tail_of(text, start, end)]
        if odds > _FLOOR:
            yield Candidate(start, end, name, odds, left.kind, right, left.whose)
