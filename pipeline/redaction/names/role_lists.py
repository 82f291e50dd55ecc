"""Lists of people by role, called like things: 施工员郑州、资料员常熟; 执法人员江南、高扬."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from pipeline.redaction.names.candidates import Candidate
from pipeline.redaction.names.lexicon import (
    AFTER,
    BEFORE,
    NAMELESS,
    NOT_NAMES,
    SURNAME,
    likeness,
)
from pipeline.redaction.names.score import right_of
from pipeline.redaction.names.segments import Segments
from pipeline.redaction.names.veto import PLACE_ENDS

_LONGEST: Final = 6
_SHORTEST: Final = 2
_HAN: Final = re.compile("[\u3400-\u9fff]+")
_COUNT: Final = re.compile("等?[0-9一二三两四五六七八九十]{1,3}[人名位]")
_ODDS: Final = 1.0
_ROLE: Final = 5.0
_FARTHEST: Final = 14
_RAREST: Final = -2.0
_LEAST: Final = -1.0
"""What the items of a list must be like on the average."""
_ACTS: Final = frozenset({"r:role", "r:verb", "r:word", "r:weak"})
_SHUT: Final = frozenset({"r:role", "r:word", "r:mark", "r:end"})
_ENDS: Final = _ACTS | {"r:mark", "r:end"}

Places = Sequence[tuple[int, int]]


def role_lists(words: Segments, announced: Sequence[tuple[int, str]]) -> Iterator[Candidate]:
    """Yield the items of such lists; ``announced`` tells what follows a role, and whose it is.

    >>> text = "执法人员江南、高扬巡查"
    >>> [use.name for use in role_lists(Segments(text), [(4, "OFFICER")])]
    ['江南', '高扬']
    """
    text = words.text
    whose = {at: one for at, one in announced if "、" in text[at + 2 : at + 4]}
    if not whose:
        return
    for start, one in whose.items():
        if text[start] in SURNAME and (items := _items(words, start)):
            yield from _named(words, items, one)
    yield from _side_by_side(words, whose, announced)


def _items(words: Segments, start: int) -> Places:
    """Return the items of a list, the last as long as what follows makes it; none for no list."""
    text, begin = words.text, words.begin
    items: list[tuple[int, int]] = []
    worded = False
    while len(items) < _LONGEST and (comma := text.find("、", start + 2, start + 4)) > 0:
        items.append((start, comma))
        worded = worded or len(begin.get(start, "")) == comma - start
        start = comma + 1
    if not worded and len(begin.get(start, "")) < _SHORTEST:
        return ()
    end = _end(words, start, _ACTS)
    return [*items, (start, end)] if end and not _is_role(text, end) else ()


def _named(words: Segments, items: Places, whose: str) -> Iterator[Candidate]:
    """Yield the items, one of them a word, if all may be names and together are like names.

    Of a list whose people are counted (等21人) those that may be.
    """
    names = [words.text[start:end] for start, end in items]
    begin = words.begin
    if not any(begin.get(start) == name for (start, _), name in zip(items, names, strict=True)):
        return  # what else names are made of says enough
    people = [place for place, name in zip(items, names, strict=True) if _may_be(name)]
    if len(people) < len(items) and _COUNT.match(words.text, items[-1][1]) is None:
        return
    if sum(likeness(name, 1) for name in names) > _LEAST * len(names):
        for start, end in people:
            name = words.text[start:end]
            yield Candidate(start, end, name, _ODDS, "l:role", "r:role", whose)


def _may_be(name: str) -> bool:
    """Say whether an item begins with a surname and is no listed thing."""
    if SURNAME.get(name[0], _RAREST) <= _RAREST or not _HAN.fullmatch(name):
        return False
    if len(name) == 3 and name[-1] in PLACE_ENDS:
        return False
    listed = name in NOT_NAMES or name in NAMELESS or name in BEFORE or name in AFTER
    return not listed and name[-2:] not in BEFORE


def _side_by_side(
    words: Segments, whose: dict[int, str], announced: Sequence[tuple[int, str]]
) -> Iterator[Candidate]:
    """Yield what stands after roles in items beside each other: 施工员郑州、资料员常熟.

    ``whose`` has the items before an enumeration comma, ``announced`` all that follow a role.
    """
    text = words.text
    group: list[tuple[int, int]] = []
    for (one, _), (other, _) in pairwise(announced):
        if one not in whose or not one < other <= one + _FARTHEST:
            continue
        comma = text.index("、", one)
        if comma > other or not text[comma + 1 : other].isalpha():
            continue
        if not group or group[-1][0] != one:
            yield from _counted(words, group, whose)
            group = [(one, comma)]
        if end := _end(words, other, _ENDS):
            group.append((other, end))
    yield from _counted(words, group, whose)


def _counted(
    words: Segments, group: Sequence[tuple[int, int]], whose: dict[int, str]
) -> Iterator[Candidate]:
    if len(group) > 1:
        yield from _named(words, group, whose[group[0][0]])


def _end(words: Segments, start: int, closing: frozenset[str]) -> int:
    """Return where a name of three or two characters at ``start`` may end; 0 for nowhere."""
    text = words.text
    for end in (start + 3, start + 2):
        if not _HAN.fullmatch(text, start, end) or not words.is_border(end):
            continue
        right = right_of(words, end)
        if end == start + 3:
            ends = text[end - 1] not in AFTER
        else:
            ends = len(words.begin.get(start, "")) == 2 or right in _SHUT
        if ends and right in closing:
            return end
    return 0


def _is_role(text: str, place: int) -> bool:
    """Say whether a role begins here: 原审被告人 is called nothing yet."""
    cues = (BEFORE.get(text[place : place + size]) for size in (2, 3, 4))
    return any(cue is not None and cue.weight > _ROLE for cue in cues)
