"""Where the words of a text are, by jieba's dictionary, and what kind of word stands somewhere."""

from enum import IntFlag, auto
from itertools import accumulate
from typing import Final

import rjieba

from pipeline.redaction.names.lexicon import (
    COMPOUND_FIRST,
    FORMS,
    NAME_TAGS,
    RUNNING,
    SOUND_TAGS,
    SURNAME,
    TRANSLIT,
    tag,
    transliterates,
)

_FUNCTION: Final = frozenset("vdpcury")
_KINDS: Final = {"ns": "place", "v": "verb", "d": "verb"}
PERSONISH: Final = frozenset("人员者长师工商手家夫妻子女兄弟姐妹友父母爷奶叔姨婶嫂侄甥婿媳孙徒犯")


def word_class(word: str) -> str:
    """Return the class of a word that stands beside a possible name.

    >>> word_class("，"), word_class("工程师"), word_class("2020")
    ('mark', 'person', 'digit')
    """
    if word.isascii():
        return _plain_class(word)
    if len(word) == 1:
        if not word.isalnum():
            return "mark"
        if word in PERSONISH:
            return "person"
        return "func" if tag(word)[:1] in _FUNCTION else "char"
    kind = tag(word)
    known = "name" if kind in NAME_TAGS else _KINDS.get(kind[:2]) or _KINDS.get(kind[:1])
    return known or ("person" if word[-1] in PERSONISH else "noun")


def _plain_class(word: str) -> str:
    if word.isdigit():
        return "digit"
    return "latin" if word[0].isalnum() or len(word) > 1 else "mark"


class _Classes(dict[str, str]):
    """What ``left`` and ``right`` of the score say of a word, worked out once for each word."""

    def __init__(self, side: str) -> None:
        super().__init__()
        self._side = side

    def __missing__(self, word: str) -> str:
        if len(self) >= _MANY:
            self.clear()
        found = self[word] = self._side + word_class(word)
        return found


class Interest(IntFlag):
    """Why a word is worth a look."""

    NONE = 0
    BEGINS = auto()
    """A Chinese name may begin with it."""
    ENDS = auto()
    """Its last character is hardly anything but a surname."""
    NAME = auto()
    """The dictionary has it for an unusual name."""
    SOUNDS = auto()
    """Its characters transliterate."""
    TITLE = auto()
    """It may follow a surname in the place of the given name."""
    COMPOUND = auto()
    """A name may begin with it whose surname has two characters."""
    LATIN = auto()
    """It is spelt like one name in Latin letters."""


def _interest(word: str) -> int:
    found = Interest.NONE
    first = SURNAME.get(word[0], _ABSENT)
    size = len(word)
    named = size > 1 and tag(word) in NAME_TAGS
    if (first > _RARELY or word[0] in COMPOUND_FIRST) and (
        size == 1
        or named
        or word in SURNAME
        or (size == 2 and first > _RARELY_HEADS)
        or (size == 3 and first > -1.0)
    ):
        found |= Interest.BEGINS
        if word[0] in COMPOUND_FIRST:
            found |= Interest.COMPOUND
    if size > 1 and SURNAME.get(word[-1], _ABSENT) > _CLEAR:
        found |= Interest.ENDS
    if named and (size > 3 or word[0] not in SURNAME):
        found |= Interest.NAME
    if _sounds(word) or transliterates(word):
        found |= Interest.SOUNDS
    if word in FORMS or _is_titled(word, named=named):
        found |= Interest.TITLE
    if size > 2 and word.isascii() and word.isalpha() and word.istitle():
        found |= Interest.LATIN
    return int(found)


def _sounds(word: str) -> bool:
    """Say whether a transliterated name may be found around a word."""
    if not RUNNING.issuperset(word) or all(TRANSLIT[char] <= _CORE for char in word):
        return False
    if len(word) == 1:
        return SURNAME.get(word, _ABSENT) < _FAMILIAR
    return tag(word) in SOUND_TAGS


def _is_titled(word: str, *, named: bool) -> bool:
    """Say whether the dictionary has a surname and a title for one word: 陆先生."""
    family = 2 if word[:2] in SURNAME else 1
    title = word[family:]
    return title in FORMS and (named or (len(title) > 1 and word[:family] in SURNAME))


class _Interests(dict[str, int]):
    """The interest of words, worked out once for each word and forgotten when too many.

    ``dull`` are the words of none, which most are: to find one in a set is quicker.
    """

    def __init__(self) -> None:
        super().__init__()
        self.dull: set[str] = set()

    def __missing__(self, word: str) -> int:
        if len(self) + len(self.dull) >= _MANY:
            self.clear()
            self.dull.clear()
        found = _interest(word)
        if found:
            self[word] = found
        else:
            self.dull.add(word)
        return found


_ABSENT: Final = -9.0
_RARELY: Final = -3.0
_RARELY_HEADS: Final = -1.0
_CLEAR: Final = 1.5
_CORE: Final = 1.6
_FAMILIAR: Final = 2.0
_MANY: Final = 100_000
_INTERESTS: Final = _Interests()
_TITLE: Final = int(Interest.TITLE)
_LATIN: Final = int(Interest.LATIN)
_UNUSUAL: Final = int(Interest.NAME | Interest.SOUNDS)
LEFT_CLASSES: Final = _Classes("l:")
RIGHT_CLASSES: Final = _Classes("r:")


class Segments:
    """The words of one text: ``begin`` has them by position, ``marked`` those to look at.

    Of these, ``titles`` may follow a surname, ``unusual`` may belong to a name that is not Chinese,
    ``latin`` may be one.
    """

    __slots__ = ("begin", "latin", "marked", "size", "text", "titles", "unusual")

    def __init__(self, text: str) -> None:
        pieces: list[str] = rjieba.cut(text, False)
        self.text = text
        self.size = len(text)
        places = accumulate(map(len, pieces), initial=0)
        self.begin: dict[int, str] = dict(zip(places, pieces, strict=False))
        dull = _INTERESTS.dull
        self.marked = [
            (start, word, kind)
            for start, word in self.begin.items()
            if word not in dull and (kind := _INTERESTS[word])
        ]
        self.titles = [(start, word) for start, word, kind in self.marked if kind & _TITLE]
        self.latin = [(start, word) for start, word, kind in self.marked if kind & _LATIN]
        self.unusual = [marked for marked in self.marked if marked[2] & _UNUSUAL]

    def is_border(self, position: int) -> bool:
        """Say whether a word ends at ``position`` and the next may begin."""
        return position in self.begin or position == self.size

    def before(self, position: int) -> str:
        """Return the word that ends at ``position``; empty where none does."""
        begin = self.begin
        if position == 0 or not (position in begin or position == self.size):
            return ""
        position -= 1
        while position not in begin:
            position -= 1
        return begin[position]

    def covering(self, position: int) -> tuple[int, str]:
        """Return the start of the word that covers ``position``, and the word."""
        begin = self.begin
        start = min(position, self.size - 1)
        while start not in begin:
            start -= 1
        return start, begin[start]
