"""Every stretch of text that begins with a Chinese surname and may be a name, with its odds."""

from typing import Final, NamedTuple

from pipeline.redaction.names.lexicon import (
    COMPOUND_FIRST,
    FIRST,
    ONLY,
    RARE,
    SECOND,
    SURNAME,
    WEIGHTS,
)
from pipeline.redaction.names.score import head_of, left_of, right_of, shape_of, tail_of
from pipeline.redaction.names.segments import Interest, Segments

_FLOOR: Final = -2.5
_BEGINS: Final = int(Interest.BEGINS)
_ENDS: Final = int(Interest.ENDS)
_BIAS: Final = WEIGHTS["bias"]
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
_BOTH: Final = 1.5
"""What a role before and a strong sign after add together."""
_ENDED: Final = 4.0
"""What a mark gives back when the last character is a word that never stands before one."""
_NEVER_LAST: Final = frozenset("以任于与和由从向对将把被让给为因自经")
_CLOSING: Final = frozenset({"r:role", "r:mark"})
_BY_SURNAME: Final = WEIGHTS["surname"]
_BY_GIVEN: Final = (0.0, WEIGHTS["given1"], WEIGHTS["given2"])
_NO_NAME: Final = -99.0
_MANY: Final = 50_000


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


class _Letter(NamedTuple):
    """What one character says as the only, the first and the second of a given name.

    Each place has the log ratio and what it adds to the odds.
    """

    only: float
    only_odds: float
    first: float
    first_odds: float
    second: float
    second_odds: float
    only_free: bool
    second_free: bool


_NONE: Final = _Letter(*(_NO_NAME,) * 6, False, False)


class _Letters(dict[str, _Letter]):
    """The letters met so far, forgotten when too many."""

    def __missing__(self, char: str) -> _Letter:
        if len(self) >= _MANY:
            self.clear()
        found = self[char] = _letter(char) if "\u3400" <= char <= "\u9fff" else _NONE
        return found


def _letter(char: str) -> _Letter:
    only, first, second = (scores.get(char, RARE) for scores in (ONLY, FIRST, SECOND))
    last_of_two, last_of_three = tail_of("一" + char), tail_of("一一" + char)
    return _Letter(
        only,
        only * _BY_GIVEN[1] + WEIGHTS[last_of_two],
        first,
        first * _BY_GIVEN[2],
        second,
        second * _BY_GIVEN[2] + WEIGHTS[last_of_three],
        last_of_two == "t:free",
        last_of_three == "t:free",
    )


_LETTERS: Final = _Letters()
_FAMILIES: Final = {
    name: (
        _BIAS + family * _BY_SURNAME + (WEIGHTS["compound"] if len(name) == 2 else 0.0),
        _LEAST_LIKE - family if family > 0.5 else _LEAST_LIKE_WEAK - family,
    )
    for name, family in SURNAME.items()
}
"""For each surname what it adds to the odds, and the least the given name must be like one."""


def candidates(words: Segments, closed: bytearray | None = None) -> list[Candidate]:
    """Return the candidates of a text, where a word begins or with the last character of one.

    None begins where ``closed`` is set.
    """
    found: list[Candidate] = []
    text = words.text
    for start, word, kind in words.marked:
        if closed and closed[start]:
            continue
        if kind & _BEGINS:
            if word[0] in COMPOUND_FIRST and text[start : start + 2] in SURNAME:
                _read(words, start, 2, found)
            if word[0] in SURNAME:
                _read(words, start, 1, found)
        if kind & _ENDS:
            last = start + len(word) - 1
            if not (closed and closed[last]):
                _read(words, last, 1, found)
    return found


def _read(words: Segments, start: int, surname: int, found: list[Candidate]) -> None:
    """Add to ``found`` the readings with one and with two given characters at ``start``."""
    text, size = words.text, words.size
    end = start + surname + 1
    if end > size:
        return
    family, least = _FAMILIES[text[start : end - 1]]
    first = _LETTERS[text[end - 1]]
    one = family + first.only_odds if first.only >= least else _NO_NAME
    two, free = _NO_NAME, False
    if end < size:
        second = _LETTERS[text[end]]
        if first.first + second.second >= least:
            two = family + first.first_odds + second.second_odds
            free = second.second_free
    if one < _LOWEST and two < _LOWEST:
        return
    left, whose = left_of(words, start)
    around = WEIGHTS[head_of(words, start)] + WEIGHTS[left]
    for given, stop, likely, ambiguous in (
        (1, end, one + around, first.only_free),
        (2, end + 1, two + around, free),
    ):
        if likely < _FLOOR - _GAIN[given]:
            continue
        right = right_of(words, stop)
        odds = likely + WEIGHTS[right]
        if right in _CLOSING:
            odds += _closed(left, text[stop - 1 : stop + 1], right, ambiguous=ambiguous)
        if odds < _FLOOR - _SHAPED[given]:
            continue
        odds += WEIGHTS[SHAPES[given] + shape_of(words, start, stop, surname, right)]
        if odds > _FLOOR:
            found.append(Candidate(start, stop, text[start:stop], odds, left, right, whose))


def _closed(left: str, last: str, right: str, *, ambiguous: bool) -> float:
    """Return what a clear end adds: more after a role; an ambiguous last character is forgiven.

    ``last`` is the last character of the name and the one after it.
    """
    called = left == "l:role"
    extra = _BOTH if called and right == "r:role" else 0.0
    if not ambiguous:
        return extra
    if (last[1:] == "的") if right == "r:role" else (last[0] in _NEVER_LAST):
        return extra + _ENDED
    return extra + _CALLED if called else extra
