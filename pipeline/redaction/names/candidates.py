"""Every stretch of text that begins with a Chinese surname and may be a name, with its odds."""

from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.redaction.names.lexicon import (
    COMPOUND_FIRST,
    SURNAME,
    UNLISTED,
    WEIGHTS,
    likeness,
)
from pipeline.redaction.names.score import head_of, left_of, right_of, shape_of, tail_of
from pipeline.redaction.names.segments import Interest, Segments

_FLOOR: Final = -2.5
_BEGINS: Final = int(Interest.BEGINS)
_ENDS: Final = int(Interest.ENDS)
_BIAS: Final = WEIGHTS["bias"]
_HOPELESS: Final = -99.0
_LEAST_LIKE: Final = -1.5
_LEAST_LIKE_WEAK: Final = -0.5
SHAPES: Final = ("0:", "1:", "2:")
_SHAPED: Final = tuple(
    max((weight for key, weight in WEIGHTS.items() if key.startswith(shape)), default=0.0)
    for shape in SHAPES
)
_GAIN: Final = tuple(
    best + max(weight for key, weight in WEIGHTS.items() if key.startswith("r:"))
    for best in _SHAPED
)
_LOWEST: Final = (
    _FLOOR
    - max(_GAIN)
    - max(weight for key, weight in WEIGHTS.items() if key.startswith("l:"))
    - max(weight for key, weight in WEIGHTS.items() if key.startswith("h:"))
)
_CALLED: Final = 2.5
"""What a role before and a clear end give back to a name with an ambiguous last character."""
_CLOSING: Final = frozenset({"r:role", "r:mark"})
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


def candidates(words: Segments) -> list[Candidate]:
    """Return the candidates of a text, where a word begins or with the last character of one."""
    text = words.text
    found: list[Candidate] = []
    for start, word, kind in words.marked:
        if kind & _BEGINS:
            if word[0] in COMPOUND_FIRST and text[start : start + 2] in SURNAME:
                _read(words, start, 2, found)
            if word[0] in SURNAME:
                _read(words, start, 1, found)
        if kind & _ENDS:
            _read(words, start + len(word) - 1, 1, found)
    return found


@lru_cache(maxsize=131072)
def _by_letter(name: str, surname: int) -> float:
    """Return what the characters alone say of a name; ``_HOPELESS`` when it is none."""
    given = len(name) - surname
    if not name.isalpha() or name[-1] < "\u3400" or name[-1] > "\u9fff":
        return _HOPELESS
    like = likeness(name, surname)
    family = SURNAME.get(name[:surname], UNLISTED)
    if like < (_LEAST_LIKE if family > 0.5 else _LEAST_LIKE_WEAK):
        return _HOPELESS
    odds = _BIAS + family * _BY_SURNAME + (like - family) * _BY_GIVEN[given]
    if surname == 2:
        odds += WEIGHTS["compound"]
    return odds + WEIGHTS[tail_of(name)]


def _read(words: Segments, start: int, surname: int, found: list[Candidate]) -> None:
    """Add to ``found`` the readings with one and with two given characters at ``start``."""
    text = words.text
    left = ""
    around = 0.0
    for given in (1, 2):
        end = start + surname + given
        if end > words.size:
            return
        name = text[start:end]
        odds = _by_letter(name, surname)
        if odds < _LOWEST:
            continue
        if not left:
            left, whose = left_of(words, start)
            around = WEIGHTS[head_of(words, start)] + WEIGHTS[left]
        odds += around
        if odds < _FLOOR - _GAIN[given]:
            continue
        right = right_of(words, end)
        odds += WEIGHTS[right]
        if left == "l:role" and right in _CLOSING and tail_of(name) == "t:free":
            odds += _CALLED
        if odds < _FLOOR - _SHAPED[given]:
            continue
        odds += WEIGHTS[SHAPES[given] + shape_of(words, start, end, surname, right)]
        if odds > _FLOOR:
            found.append(Candidate(start, end, name, odds, left, right, whose))
