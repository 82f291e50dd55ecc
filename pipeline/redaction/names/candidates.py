"""Every stretch of text that begins with a Chinese surname and may be a name, with its odds."""

from typing import Final, NamedTuple

from pipeline.domain.protected import Confidence
from pipeline.redaction.names.characters import (
    BEFORE_NAME,
    FLOOR,
    NO_NAME,
    Ending,
    Reading,
    Readings,
)
from pipeline.redaction.names.lexicon import WEIGHTS
from pipeline.redaction.names.score import left_of, right_of, shape_of
from pipeline.redaction.names.segments import Interest, Segments

_BEGINS: Final = int(Interest.BEGINS)
_COMPOUND_BEGINS: Final = int(Interest.COMPOUND)
_ENDS: Final = int(Interest.ENDS)
_WHOLE: Final = frozenset({"name", "oddname", "seldom", "rarely", "word"})
_CERTAIN: Final = 5.0
_PROBABLE: Final = 1.5
_PLAIN: Final = Readings(1)
_COMPOUND: Final = Readings(2)
_LAST_OF_WORD: Final = Readings(1, "h:last")


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


def candidates(words: Segments, closed: bytearray | None = None) -> list[Candidate]:
    """Return the candidates of a text, where a word begins or with the last character of one.

    None begins where ``closed`` is set.
    """
    found: list[Candidate] = []
    text = words.text
    shut = closed or bytes(words.size)
    for start, word, kind in words.marked:
        if shut[start]:
            continue
        if kind & _BEGINS:
            if kind & _COMPOUND_BEGINS and (reading := _COMPOUND[text[start : start + 4]]):
                _weigh(words, start, 2, reading, found)
            if reading := _PLAIN[text[start : start + 3]]:
                _weigh(words, start, 1, reading, found)
        if kind & _ENDS:
            last = start + len(word) - 1
            reading = _LAST_OF_WORD[text[last : last + 3]]
            if reading and not shut[last]:
                _weigh(words, last, 1, reading, found)
    return found


def confidence_of(odds: float, use: Candidate) -> Confidence:
    """Return how sure it is that a candidate of such odds, its price paid, is a name."""
    if odds >= _CERTAIN:
        return Confidence.CERTAIN
    least = 0.0 if use.left == "l:role" or use.right == "r:role" else _PROBABLE
    return Confidence.PROBABLE if odds >= least else Confidence.DOUBTFUL


def may_cross(text: str, start: int, place: int, odds: float) -> bool:
    """Say whether some name that begins at ``start`` and ends past ``place`` may exceed ``odds``.

    Asked before the words of a text are known: they are taken for the best that can end and begin
    with the characters that stand around.
    """
    before, most = BEFORE_NAME[text[start - 1 : start]]
    least = odds - FLOOR - before - most
    for readings, size in ((_PLAIN, 3), (_LAST_OF_WORD, 3), (_COMPOUND, 4)):
        end = start + size
        if end > place and (reading := readings[text[start:end]]):
            one, one_least, two, _, two_ending = reading
            if end - 1 > place and one - one_least > least:
                return True
            after, two_least = two_ending.after[text[end : end + 1]]
            if two + after - two_least > least:
                return True
    return False


def _weigh(
    words: Segments, start: int, surname: int, reading: Reading, found: list[Candidate]
) -> None:
    """Add to ``found`` the readings with one and with two given characters at ``start``.

    The neighbours are looked at one after another, and only while they can make a name of it.
    """
    one, one_least, two, one_ending, two_ending = reading
    text = words.text
    end = start + surname + 1
    before, most = BEFORE_NAME[text[start - 1 : start]]
    one += before
    after, two_least = two_ending.after[text[end + 1 : end + 2]]
    two += before + after
    if one + most < one_least and two + most < two_least:
        return
    left, whose = left_of(words, start)
    beside = WEIGHTS[left]
    if one + beside >= one_least:
        odds, right = _ended(words, start, end, surname, one + beside, one_ending)
        if odds > FLOOR:
            found.append(Candidate(start, end, text[start:end], odds, left, right, whose))
    if two + beside >= two_least:
        end += 1
        odds, right = _ended(words, start, end, surname, two + beside, two_ending)
        if odds > FLOOR:
            found.append(Candidate(start, end, text[start:end], odds, left, right, whose))


def _ended(
    words: Segments, start: int, end: int, surname: int, odds: float, ending: Ending
) -> tuple[float, str]:
    """Return the odds with what follows and how the dictionary cuts it, and what follows."""
    right = right_of(words, end)
    odds += ending.right[right]
    if odds < ending.shaped:
        return NO_NAME, right
    shape = shape_of(words, start, end, surname, right)
    odds += ending.shapes[shape]
    return odds + ending.whole if shape in _WHOLE else odds, right
