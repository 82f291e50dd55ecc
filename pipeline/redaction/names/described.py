"""Names whose role is told behind them, though they be words: 高峰（值班员）, 江山系该店店员."""

from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.redaction.names.candidates import Candidate
from pipeline.redaction.names.lexicon import AFTER, BEFORE, NAME_TAGS, NOT_NAMES, SURNAME, tag
from pipeline.redaction.names.segments import Segments
from pipeline.redaction.names.word_names import is_clear

_ODDS: Final = 1.5
_BRACKETS: Final = {"）": "（", ")": "("}
_OPENING: Final = frozenset("（(")
_AFTER: Final = frozenset("，。；、）)")
"""What ends the part of a sentence that tells somebody's role."""
_REACH: Final = 12
_OUTSIDE: Final = frozenset("，。；、：\n")
_SIGNS: Final = _OUTSIDE | frozenset("（）()“” ")


def described(words: Segments, roles: Iterable[tuple[int, int, str]]) -> Iterator[Candidate]:
    """Yield the names before those of the ``roles`` that say who somebody is.

    >>> text = "高峰（值班员）称，江山系该店店员。"
    >>> [use.name for use in described(Segments(text), [(3, 6, ""), (14, 16, "")])]
    ['高峰', '江山']
    """
    text = words.text
    for role, stop, whose in roles:
        after = text[stop : stop + 1]
        if after not in _AFTER:
            continue
        low = max(0, role - _REACH)
        bracket = _BRACKETS.get(after)
        if text[role - 1 : role] in _OPENING:
            end = role - 1
        elif bracket:
            end = text.rfind(bracket, low, role)
        else:
            end = max(text.rfind("系", low, role), text.rfind("是", low, role))
        if end < 2 or not _SIGNS.isdisjoint(text[end + 1 : role]):
            continue
        for start in (end - 3, end - 2):
            apart = start == 0 or (start > 0 and text[start - 1] in _OUTSIDE)
            if apart and _is_name(words, start, text[start:end]):
                yield Candidate(start, end, text[start:end], _ODDS, "l:role", "r:role", whose)


def _is_name(words: Segments, start: int, name: str) -> bool:
    """Say whether a word can be what somebody is called."""
    if words.begin.get(start) != name or name[0] not in SURNAME:
        return False
    if name in NOT_NAMES or name in BEFORE or name in AFTER:
        return False
    return tag(name) in NAME_TAGS or is_clear(name)
