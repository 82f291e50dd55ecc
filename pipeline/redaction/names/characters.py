"""What the characters of a reading alone say of it, remembered by their string."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final, NamedTuple

from pipeline.redaction.names.lexicon import (
    BEFORE,
    CHARS,
    FIRST,
    ONLY,
    RARE,
    SECOND,
    SURNAME,
    WEIGHTS,
    Chars,
)
from pipeline.redaction.names.score import lefts, rights, tail_of

FLOOR: Final = -2.5
"""The odds that a candidate must exceed."""
NO_NAME: Final = -99.0
"""The odds of what is none, whatever is added."""
_MANY: Final = 20_000
_SURNAME_STEPS: Final = (-2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0)
_GIVEN_STEPS: Final = (-2.0, -1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5)
_NOTHING: Final = Chars(0.0, 0.0, 0.0, 0.0, 0.0)


def most(feature: str) -> float:
    """Return the largest weight of the features that begin with ``feature``."""
    return max(weight for key, weight in WEIGHTS.items() if key.startswith(feature))


class _Before(dict[str, tuple[float, float]]):
    """By the character before a name: what it adds, and the most that the word adds it ends."""

    def __missing__(self, last: str) -> tuple[float, float]:
        """Work it out for a character not met before."""
        if len(self) >= _MANY:
            self.clear()
        most = max(map(WEIGHTS.__getitem__, lefts(last)))
        found = self[last] = CHARS.get(last, _NOTHING).before, most
        return found


class _After(dict[str, tuple[float, float]]):
    """By the character after a name: what it adds, and what is needed to look at its word."""

    def __init__(self, shaped: float, right: dict[str, float]) -> None:
        super().__init__()
        self._shaped = shaped
        self._right = right

    def __missing__(self, first: str) -> tuple[float, float]:
        """Work it out for a character not met before."""
        if len(self) >= _MANY:
            self.clear()
        most = max(map(self._right.__getitem__, rights(first)))
        found = self[first] = CHARS.get(first, _NOTHING).after, self._shaped - most
        return found


BEFORE_NAME: Final = _Before()


@dataclass(frozen=True, slots=True)
class Ending:
    """What is to be added after a given name of one length with one class of last character.

    ``after`` tells by the character that follows what that adds and what a reading needs before
    its end is looked at; ``least`` is the least of that; ``shaped`` what it needs before its shape
    is; ``right`` has what each end adds, ``shapes`` what each shape does, ``whole`` what is added
    for a word of the dictionary.
    """

    after: dict[str, tuple[float, float]]
    least: float
    shaped: float
    right: dict[str, float]
    shapes: dict[str, float]
    whole: float


def _ending(given: int, tail: str) -> Ending:
    last = WEIGHTS.get(f"{tail}:{given}", 0.0)
    right = {
        key: weight + last + WEIGHTS.get(f"{tail}:{given}:{key}", 0.0)
        for key, weight in WEIGHTS.items()
        if key.startswith("r:")
    }
    whole = WEIGHTS[f"whole:{tail}"]
    shaped = FLOOR - (most(f"{given}:") + max(0.0, whole))
    least = shaped - max(right.values())
    shapes = {key[2:]: weight for key, weight in WEIGHTS.items() if key.startswith(f"{given}:")}
    return Ending(_After(shaped, right), least, shaped, right, shapes, whole)


_ENDINGS: Final = {
    (given, tail): _ending(given, tail) for given in (1, 2) for tail in ("t:no", "t:both", "t:free")
}
MOST_BEFORE: Final = most("l:") + max(0.0, *(own.before for own in CHARS.values()))
"""The most that is added by what stands before."""
MOST_AFTER: Final = max(0.0, *(own.after for own in CHARS.values()))
"""The most that the character after adds, besides the end."""


class Reading(NamedTuple):
    """The odds by characters of the readings with one and with two given, and what may end them.

    The string shows what follows a name with one given character: ``one`` has that added, and
    ``one_least`` is what it needs before its end is looked at.
    """

    one: float
    one_least: float
    two: float
    one_ending: Ending
    two_ending: Ending


class Readings(dict[str, Reading | None]):
    """The readings of strings: a surname and the two characters after it, fewer at the end.

    ``None`` for what no neighbours could make a name. ``surname`` is the number of its characters;
    ``head`` the feature of where it stands, by default that a word begins with it, which may as
    well be a word before a name; ``before`` the most that can be added by what stands there.
    Forgotten when there are too many.
    """

    def __init__(self, surname: int, head: str = "", *, before: float = MOST_BEFORE) -> None:
        super().__init__()
        self._before = before
        self._surname = surname
        self._head = head

    def __missing__(self, string: str) -> Reading | None:
        """Return the reading of a string not met before, and remember it."""
        if len(self) >= _MANY:
            self.clear()
        found = self[string] = self._read(string[: self._surname], string[self._surname :])
        return found

    def _read(self, surname: str, given: str) -> Reading | None:
        score = SURNAME.get(surname)
        if score is None or not given or not _is_han(given[0]):
            return None
        odds = (
            WEIGHTS["bias"]
            + score * WEIGHTS["surname"]
            + _step("s", score, _SURNAME_STEPS)
            + (WEIGHTS["compound"] if len(surname) == 2 else 0.0)
            + WEIGHTS[self._head or ("h:free" if surname[0] in BEFORE else "h:no")]
        )
        one_ending = _ENDINGS[1, tail_of("一" + given[0])]
        after, one_least = one_ending.after[given[1:]]
        one, two, two_ending = odds + _only(given) + after, NO_NAME, one_ending
        if _is_han(given[1:]):
            two, two_ending = odds + _both(given), _ENDINGS[2, tail_of("一" + given)]
        most_before = self._before
        if one + most_before < one_least and two + most_before + MOST_AFTER < two_ending.least:
            return None
        return Reading(one, one_least, two, one_ending, two_ending)


def _only(given: str) -> float:
    """Return what a character adds as the only one of a given name."""
    like = ONLY.get(given[0], RARE)
    own = CHARS.get(given[0], _NOTHING)
    return like * WEIGHTS["given1"] + _step("o", like, _GIVEN_STEPS) + own.only


def _both(given: str) -> float:
    """Return what two characters add as a given name."""
    first, second = FIRST.get(given[0], RARE), SECOND.get(given[1], RARE)
    return (
        (first + second) * WEIGHTS["given2"]
        + _step("a", first, _GIVEN_STEPS)
        + _step("b", second, _GIVEN_STEPS)
        + CHARS.get(given[0], _NOTHING).first
        + CHARS.get(given[1], _NOTHING).second
    )


def _step(scale: str, value: float, steps: tuple[float, ...]) -> float:
    return WEIGHTS.get(f"{scale}:{bisect_left(steps, value)}", 0.0)


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
