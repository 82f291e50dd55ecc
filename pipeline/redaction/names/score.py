"""How likely a stretch of text is a Chinese name: its characters, its words, what stands around."""

from typing import Final

from pipeline.redaction.names.lexicon import (
    AFTER,
    AFTER_SIZES,
    BEFORE,
    BEFORE_SIZES,
    NAME_TAGS,
    ONLY,
    RARE,
    SECOND,
    Cue,
    likeness,
    tag,
)
from pipeline.redaction.names.segments import (
    LEFT_CLASSES,
    PERSONISH,
    RIGHT_CLASSES,
    Segments,
    word_class,
)

_GIVEN_LIKE: Final = 0.5
_SELDOM: Final = 3.0
_DATES: Final = frozenset("年月日时分")
_CALLS: Final = frozenset({"r:role", "r:word"})


def left_of(words: Segments, start: int) -> tuple[str, str]:
    """Return the class of what ends at ``start``, and whose name it announces."""
    text = words.text
    last = text[start - 1 : start]
    if last in _MARKS:
        return _MARK if start else _START
    if last in _LABELLING:
        return _labelled(text, start - 1)
    for length in BEFORE_SIZES.get(last, ()):
        if length <= start and (found := _CUES.get(text[start - length : start])):
            return found
    if last in _DATES and text[start - 2 : start - 1].isdigit():
        return _WEAK
    word = words.before(start)
    return (LEFT_CLASSES[word] if word else "l:inside"), ""


def _labelled(text: str, end: int) -> tuple[str, str]:
    """Return the class of a sign that follows a word which ends at ``end``: 证人：."""
    for length in BEFORE_SIZES.get(text[end - 1 : end], ()):
        if length <= end and (found := _CUES.get(text[end - length : end])):
            return found if found[0] == "l:role" else _MARK
    return _MARK


def _cue(word: str, cue: Cue) -> tuple[str, str]:
    if cue.weight > 5:
        return "l:role", cue.whose
    if len(word) > 1:
        return "l:word", ""
    return _WEAK if word.isalnum() else _MARK


def right_of(words: Segments, end: int) -> str:
    """Return the class of what begins at ``end``."""
    if end >= words.size:
        return "r:end"
    text = words.text
    for length in AFTER_SIZES.get(text[end], ()):
        if found := _SIGNS.get(text[end : end + length]):
            return found
    word = words.begin.get(end)
    return "r:inside" if word is None else RIGHT_CLASSES[word]


def _sign(word: str, weight: float) -> str:
    if weight > 4:
        return "r:role"
    if len(word) == 1:
        return "r:weak" if word.isalnum() else "r:mark"
    return "r:word"


_THINGS: Final = frozenset({"inside", "name", "place", "verb", "noun"})
_PLAIN_WORDS: Final = _THINGS | {"person"}
_ANY_WORDS: Final = _PLAIN_WORDS | {"char", "func", "mark", "digit", "latin"}
_START: Final = ("l:start", "")
_MARK: Final = ("l:mark", "")
_WEAK: Final = ("l:weak", "")
_LABELLING: Final = frozenset("：: ")
_CUES: Final = {word: _cue(word, cue) for word, cue in BEFORE.items()}
_SIGNS: Final = {word: _sign(word, weight) for word, weight in AFTER.items()}
_MARKS: Final = (
    frozenset(char for char, sizes in BEFORE_SIZES.items() if sizes == (1,) and not char.isalnum())
    - _LABELLING
) | {""}
"""Signs that end a sentence or a part of one, whatever stands before; so does the beginning."""


def lefts(last: str) -> frozenset[str]:
    """Return every class that ``left_of`` may tell where ``last`` stands right before."""
    if last in _MARKS:
        return frozenset({_MARK[0] if last else _START[0]})
    if last in _LABELLING:
        return frozenset({"l:role", _MARK[0]})
    cues = frozenset(_CUES[word][0] for word in _CUES if word[-1] == last)
    if last in _CUES:
        return cues
    found = cues | _classes("l:", last, _PLAIN_WORDS if last in PERSONISH else _THINGS)
    return found | {_WEAK[0]} if last in _DATES else found


def rights(first: str) -> frozenset[str]:
    """Return every class that ``right_of`` may tell where ``first`` stands right after."""
    if not first:
        return frozenset({"r:end"})
    signs = frozenset(_SIGNS[word] for word in _SIGNS if word[0] == first)
    return signs if first in _SIGNS else signs | _classes("r:", first, _PLAIN_WORDS)


def _classes(side: str, char: str, words: frozenset[str]) -> frozenset[str]:
    """Return the classes of words that begin or end with ``char``; ``words``: the longer ones."""
    plain = {*words, word_class(char)} if "\u3400" <= char <= "\u9fff" else _ANY_WORDS
    return frozenset(side + kind for kind in plain)


def tail_of(name: str) -> str:
    """Return whether the last character may as well be the word after a shorter name."""
    if name[-1] not in AFTER:
        return "t:no"
    if len(name) == 2:
        return "t:no" if ONLY.get(name[-1], RARE) > _GIVEN_LIKE else "t:free"
    return "t:both" if SECOND.get(name[-1], RARE) > _GIVEN_LIKE else "t:free"


def shape_of(words: Segments, start: int, end: int, surname: int, right: str) -> str:
    """Return how the dictionary cuts ``text[start:end]``: the sharpest sign of what it is."""
    begin = words.begin
    if surname == 1 and len(begin.get(start, "")) == 1:
        # The usual cuts: every character a word, or the given name one word.
        given = begin[start + 1]
        if len(given) == 1 and (end == start + 2 or len(begin[start + 2]) == 1):
            return "single"
        if len(given) == 2 and end == start + 3:
            return "given" if tag(given) in NAME_TAGS else word_class(given)
    return _unusual(words, start, end, surname, right)


def _unusual(words: Segments, start: int, end: int, surname: int, right: str) -> str:
    begin, text = words.begin, words.text
    position = start
    shape = "single"
    while position < end:
        word = begin.get(position)
        if word is None:
            start_of, word = words.covering(position)
            position = start_of
        stop = position + len(word)
        if stop > end:
            return "recut" if right in _CALLS else "cross"
        if len(word) > 1:
            named = tag(word) in NAME_TAGS
            if position <= start and stop == end:
                if not named:
                    if tag(word) != "nw":
                        return "word"
                    return "seldom" if likeness(word, surname) > _SELDOM else "rarely"
                return "name" if likeness(text[start:end], surname) > 5 else "oddname"
            if position <= start:
                shape = "headname" if named else ("single" if stop == start + surname else "head")
            elif stop == end and position == start + surname:
                shape = "given" if named else "" + word_class(word)
            else:
                shape = "odd"
        position = stop
    return shape
