"""Names that are ordinary words, where a role and what is said of somebody agree: 经理江南陪同."""

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.redaction.names.candidates import Candidate
from pipeline.redaction.names.lexicon import (
    AFTER,
    BEFORE,
    FIRST,
    NAME_TAGS,
    NAMELESS,
    NOT_NAMES,
    ONLY,
    RARE,
    SECOND,
    SURNAME,
    likeness,
    tag,
)
from pipeline.redaction.names.places import places
from pipeline.redaction.names.score import right_of
from pipeline.redaction.names.segments import Segments
from pipeline.redaction.names.veto import PLACE_ENDS

Announced = Sequence[tuple[int, str]]
"""Where a Chinese character follows a role, and whose name that role announces."""
_ODDS: Final = 1.5
_APART: Final = frozenset("，。；：、“\n和与")
_CLEAR: Final = -0.5
_RAREST: Final = -2.0
_LIKELY: Final = 0.3
_UNLIKELY: Final = -1.0
_STRONG: Final = 2.0
_POSSIBLE: Final = -0.6
_GIVEN: Final = 2.0
_SAYS: Final = "r:role"
_ENDS: Final = frozenset({"r:mark", "r:word", "r:end"})
_SHUT: Final = _ENDS | {_SAYS}
_DOES: Final = _ENDS | {"r:verb", "r:weak", "r:func"}
_NEVER: Final = frozenset({"v", "vn", "d", "p", "c", "r", "u", "m", "q", "f", "ns", "nt", "t", ""})
_PERHAPS: Final = frozenset({"ns", "v", "vn", "t"})
_DEEDS: Final = frozenset({"翻译", "调度", "监理"})
"""Roles that are as well what is done to a thing: 翻译文件."""
_NAMING: Final = frozenset("natsibzl")
"""First letters of the parts of speech of words that people are called by."""
_LITTLE: Final = frozenset("pcrumqf")


def word_names(words: Segments, announced: Announced) -> Iterator[Candidate]:
    """Yield such names.

    >>> text = "经理应时陪同检查，应时陈述：“没有。”由电工马力驾驶"
    >>> [use.name for use in word_names(Segments(text), [(2, ""), (22, "")])]
    ['应时', '马力']
    """
    text = words.text
    for start, whose in announced:
        if text[start] not in SURNAME:
            continue
        for name in _readings(words, start):
            listed = name in NOT_NAMES or name in BEFORE or name in AFTER
            if not listed and _is_shown(words, start, name) and not _is_done(words, start):
                yield Candidate(start, start + len(name), name, _ODDS, "l:role", "r:role", whose)


def _readings(words: Segments, start: int) -> Sequence[str]:
    """Return what may be the name at ``start``: a word, or two of no more than three characters."""
    word = words.begin.get(start, "")
    size = len(word)
    if size == 3:
        return (word,)
    if size not in {1, 2}:
        return ()
    after = words.begin.get(start + size, "")
    if not "\u3400" <= after[:1] <= "\u9fff" or size + len(after) > 3 or tag(after) in NAME_TAGS:
        return (word,) if size == 2 else ()
    return (word, word + after) if size == 2 else (word + after,)


def _is_done(words: Segments, start: int) -> bool:
    """Say whether the role is as well what is done to a thing: 翻译文件."""
    return words.before(start) in _DEEDS


def _is_shown(words: Segments, start: int, name: str) -> bool:
    """Say whether the characters and what is said of somebody make a name of it."""
    size = len(words.begin[start])
    if size < 3 == len(name):
        right = right_of(words, start + 3)
        closed = right in _ENDS and likeness(name, 1) > _STRONG
        said = closed or right == _SAYS or _speaks(words, name)
        return said and _is_composed(name, size)
    if size == 1 and right_of(words, start + 2) not in _SHUT:
        return False
    return _is_likely(words, start, name) or _speaks(words, name)


def _is_composed(name: str, first: int) -> bool:
    """Say whether a word and one character, the ``first`` so long, make a name: 王合格, 余生安."""
    family = SURNAME[name[0]]
    if first == 1 and name[-1] in PLACE_ENDS:
        return family > _CLEAR  # 向贵州
    sure = family > _LIKELY and name[-1] not in PLACE_ENDS
    return sure and (name[-1] not in AFTER or name[1] == name[2])


def _is_likely(words: Segments, start: int, word: str) -> bool:
    """Say whether the characters of a word and what follows it speak for a name."""
    right = right_of(words, start + len(word))
    kind = tag(word)
    only = ONLY.get(word[1], 0.0) if len(word) == 2 else 0.0
    likely = len(word) == 2 and only > _LIKELY
    if right == _SAYS:
        unlikely = len(word) == 2 and only < _UNLIKELY
        return (kind not in _NEVER and not unlikely) or (likely and kind in _PERHAPS)
    if likely and right in _ENDS and kind[:1] in {"n", "a", "b"}:
        return True
    if kind[:1] == "a" and right not in _ENDS:
        return False
    return right in _DOES and (not kind or kind[0] in _NAMING) and is_clear(word)


def is_clear(word: str) -> bool:
    """Say whether a word is made of a clear surname and a given name, and is no listed thing."""
    family = SURNAME[word[0]]
    if family <= _CLEAR or word in NAMELESS or word[-1] in PLACE_ENDS:
        return False
    if len(word) == 3:
        given = FIRST.get(word[1], RARE) + SECOND.get(word[2], RARE)
        return family > _LIKELY and given > _GIVEN
    only = ONLY.get(word[1], RARE)
    return only > _LIKELY or (family > _STRONG and only > _POSSIBLE)


def _speaks(words: Segments, word: str) -> bool:
    """Say whether somewhere a part of a sentence begins with the word and tells what it says."""
    if SURNAME[word[0]] <= _RAREST or word in NAMELESS or tag(word)[:1] in _LITTLE:
        return False
    if tag(word)[:1] == "v" and likeness(word, 1) <= _CLEAR:
        return False
    if word[-1] in PLACE_ENDS and tag(word) == "ns":
        return False
    text = words.text
    return any(
        text[start - 1 : start] in _APART and right_of(words, start + len(word)) == _SAYS
        for start in places(text, word)
    )
