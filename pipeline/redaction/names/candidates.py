"""Every stretch of text that begins with a Chinese surname and may be a name, with its odds."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Final, NamedTuple

from pipeline.redaction.names.lexicon import (
    CHARS,
    COMPOUND_FIRST,
    FIRST,
    ONLY,
    RARE,
    SECOND,
    SURNAME,
    WEIGHTS,
    Chars,
)
from pipeline.redaction.names.score import head_of, left_of, right_of, shape_of, tail_of
from pipeline.redaction.names.segments import Interest, Segments

_FLOOR: Final = -2.5
_BEGINS: Final = int(Interest.BEGINS)
_ENDS: Final = int(Interest.ENDS)
_NO_NAME: Final = -99.0
_MANY: Final = 50_000
_SURNAME_STEPS: Final = (-2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0)
_GIVEN_STEPS: Final = (-2.0, -1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5)
_WHOLE: Final = frozenset({"name", "oddname", "seldom", "rarely", "word"})
_TAILS: Final = ("t:no", "t:both", "t:free")
_WHOLE_TAILS: Final = {tail: f"whole:{tail}" for tail in _TAILS}
_SHAPES: Final = ("0:", "1:", "2:")
_NOTHING: Final = Chars(0.0, 0.0, 0.0, 0.0, 0.0)


def _most(keys: Iterable[str]) -> float:
    return max(WEIGHTS[key] for key in keys)


def _begin_with(prefix: str) -> list[str]:
    return [key for key in WEIGHTS if key.startswith(prefix)]


def _closing(given: int, tail: str) -> dict[str, float]:
    """Return what each end adds after a name of that length with such a last character."""
    last = WEIGHTS.get(f"{tail}:{given}", 0.0)
    return {
        right: WEIGHTS[right] + last + WEIGHTS.get(f"{tail}:{given}:{right}", 0.0)
        for right in _begin_with("r:")
    }


_CLOSE: Final = ({}, *({tail: _closing(given, tail) for tail in _TAILS} for given in (1, 2)))
_SHAPED: Final = (
    {},
    *(
        {
            tail: _most(_begin_with(f"{given}:")) + max(0.0, WEIGHTS[_WHOLE_TAILS[tail]])
            for tail in _TAILS
        }
        for given in (1, 2)
    ),
)
_LEAST: Final = _FLOOR - _most(_begin_with("l:")) - _most(_begin_with("h:"))
_LOWEST: Final = (
    {},
    *(
        {tail: _LEAST - _SHAPED[given][tail] - max(_CLOSE[given][tail].values()) for tail in _TAILS}
        for given in (1, 2)
    ),
)
"""By the length of the given name and by its last character: no sign can make up for less."""


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
    """What one character adds to the odds as the only, the first and the second of a given name."""

    only: float
    first: float
    second: float
    only_tail: str
    second_tail: str


_NONE: Final = _Letter(_NO_NAME, _NO_NAME, _NO_NAME, "t:no", "t:no")


class _Letters(dict[str, _Letter]):
    """The letters met so far, forgotten when too many."""

    def __missing__(self, char: str) -> _Letter:
        if len(self) >= _MANY:
            self.clear()
        found = self[char] = _letter(char) if "\u3400" <= char <= "\u9fff" else _NONE
        return found


def _letter(char: str) -> _Letter:
    own = CHARS.get(char, _NOTHING)
    only, first, second = (scores.get(char, RARE) for scores in (ONLY, FIRST, SECOND))
    return _Letter(
        only * WEIGHTS["given1"] + _step("o", only, _GIVEN_STEPS) + own.only,
        first * WEIGHTS["given2"] + _step("a", first, _GIVEN_STEPS) + own.first,
        second * WEIGHTS["given2"] + _step("b", second, _GIVEN_STEPS) + own.second,
        tail_of("一" + char),
        tail_of("一一" + char),
    )


def _step(scale: str, value: float, steps: tuple[float, ...]) -> float:
    return WEIGHTS.get(f"{scale}:{bisect_left(steps, value)}", 0.0)


_LETTERS: Final = _Letters()
_FAMILIES: Final = {
    name: WEIGHTS["bias"]
    + score * WEIGHTS["surname"]
    + _step("s", score, _SURNAME_STEPS)
    + (WEIGHTS["compound"] if len(name) == 2 else 0.0)
    for name, score in SURNAME.items()
}
"""For each surname what it adds to the odds."""
_BEFORE: Final = {char: own.before for char, own in CHARS.items()}
_AFTER: Final = {char: own.after for char, own in CHARS.items()}


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
    text = words.text
    end = start + surname + 1
    if end > words.size:
        return
    one, two, tail, second_tail = _likely(text, start, end)
    if one < _LOWEST[1][tail] and two < _LOWEST[2][second_tail]:
        return
    left, whose = left_of(words, start)
    around = WEIGHTS[head_of(words, start)] + WEIGHTS[left]
    for given, stop, likely, last in (
        (1, end, one + around, tail),
        (2, end + 1, two + around, second_tail),
    ):
        if likely < _LOWEST[given][last] - _LEAST + _FLOOR:
            continue
        right = right_of(words, stop)
        odds = likely + _CLOSE[given][last][right]
        if odds < _FLOOR - _SHAPED[given][last]:
            continue
        odds += _shape(words, start, stop, surname, right, last)
        if odds > _FLOOR:
            found.append(Candidate(start, stop, text[start:stop], odds, left, right, whose))


def _likely(text: str, start: int, end: int) -> tuple[float, float, str, str]:
    """Return what the characters of both readings and beside them add, and the classes of the last.

    ``end`` is where the reading with one given character ends.
    """
    family = _FAMILIES[text[start : end - 1]]
    if start:
        family += _BEFORE.get(text[start - 1], 0.0)
    first = _LETTERS[text[end - 1]]
    if end == len(text):
        return family + first.only, _NO_NAME, first.only_tail, first.only_tail
    second = _LETTERS[text[end]]
    return (
        family + first.only + _AFTER.get(text[end], 0.0),
        family + first.first + second.second + _AFTER.get(text[end + 1 : end + 2], 0.0),
        first.only_tail,
        second.second_tail,
    )


def _shape(words: Segments, start: int, stop: int, surname: int, right: str, last: str) -> float:
    """Return what the dictionary's cut adds; ``last`` is the class of the last character."""
    shape = shape_of(words, start, stop, surname, right)
    odds = WEIGHTS[_SHAPES[stop - start - surname] + shape]
    return odds + WEIGHTS[_WHOLE_TAILS[last]] if shape in _WHOLE else odds
