"""What is known of names and of the words around them, read once from the files in ``data``."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

import rjieba

from pipeline.redaction.divisions import DIVISIONS

NAME_TAGS: Final = frozenset({"nr", "nrt", "nrfg"})
SOUND_TAGS: Final = frozenset({"ns", "nz", "nt", "nw", "", *NAME_TAGS})

RARE: Final = 0.8
"""A character too rare to be listed: names have more of these than running text."""
_LIKELY: Final = 4.5
UNLISTED: Final = -1.0
"""A surname that is not listed."""


class Cue(NamedTuple):
    """A word before a name: how strongly it calls for one, and whose name it then is."""

    weight: float
    whose: str


class Chars(NamedTuple):
    """What one character adds to the odds: in a given name, and beside a name."""

    only: float
    first: float
    second: float
    before: float
    after: float


def _rows(name: str) -> list[list[str]]:
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line and line[0] != "#"]


def _scores(name: str, column: int = 1) -> dict[str, float]:
    return {row[0]: int(row[column]) / 10 for row in _rows(name)}


def _words(name: str) -> frozenset[str]:
    return frozenset(word for row in _rows(name) for word in row)


def _before() -> dict[str, Cue]:
    cues: dict[str, Cue] = {}
    for weight, whose, *words in _rows("left.txt"):
        for word in words:
            cues.setdefault(word, Cue(int(weight) / 10, "" if whose == "-" else whose))
    return cues


SURNAME: Final = _scores("surnames.txt")
COMPOUND_FIRST: Final = frozenset(word[0] for word in SURNAME if len(word) == 2)
FIRST: Final = _scores("given.txt", 1)
SECOND: Final = _scores("given.txt", 2)
ONLY: Final = _scores("given.txt", 3)
TRANSLIT: Final = _scores("translit.txt")
RUNNING: Final = frozenset(char for char, score in TRANSLIT.items() if score > -0.5)
WORLD: Final = _words("world.txt")
SPELLING: Final = frozenset("".join(_words("spelling.txt")))
_TRADITIONAL: Final = {ord(pair[0]): pair[1] for pair in _words("traditional.txt")}
_ANY_TRADITIONAL: Final = re.compile(f"[{''.join(map(chr, _TRADITIONAL))}]")
PLACES: Final = {name[:-1] for name in DIVISIONS if name[-1] in "省市县区旗盟" and len(name) > 2}
_WORDS: Final = _words("dictionary_words.txt") | PLACES
ORDINARY: Final = _words("ordinary.txt")
SELDOM: Final = ORDINARY | {word for word in _WORDS if len(word) == 2}
"""Words of two characters that are the names of few people."""
NOT_NAMES: Final = _words("not_names.txt")
NAMELESS: Final = _words("goods.txt") | {word for word in _WORDS if len(word) > 2}
"""Goods, places and words of a dictionary: no names where nothing calls for one."""
THINGS: Final = frozenset(
    "楼卡刀瓦边机室房费证表单位处所级型式车件店品员器厂棚库因家库里内者物款额法权案"
)
BEFORE: Final = _before()
AFTER: Final = {word: int(weight) / 10 for weight, *words in _rows("right.txt") for word in words}
FORMS: Final = _words("forms.txt")
PARTS: Final = sorted(_words("parts.txt"))
JAPANESE: Final = sorted(_words("japanese.txt"))
ORGAN_ENDS: Final = _words("organs.txt")
WEIGHTS: Final = {row[0]: int(row[1]) / 100 for row in _rows("weights.txt")}
CHARS: Final = {row[0]: Chars(*(int(cell) / 10 for cell in row[1:])) for row in _rows("chars.txt")}
FOREIGN: Final = {row[0]: int(row[1]) / 100 for row in _rows("foreign.txt")}


def _lengths(words: Iterable[str], key: int) -> dict[str, tuple[int, ...]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for word in words:
        found[word[key]].add(len(word))
    return {char: tuple(sorted(sizes, reverse=True)) for char, sizes in found.items()}


BEFORE_SIZES: Final = _lengths(BEFORE, -1)
"""By last character, the lengths of words in ``BEFORE``, longest first."""
AFTER_SIZES: Final = _lengths(AFTER, 0)
"""By first character, the lengths of words in ``AFTER``, longest first."""


def simplified(text: str) -> str:
    """Return the text with the traditional characters of names made simple, one for one.

    >>> simplified("證人陳偉稱")
    '证人陈伟称'
    """
    return text if _ANY_TRADITIONAL.search(text) is None else text.translate(_TRADITIONAL)


@lru_cache(maxsize=65536)
def tag(word: str) -> str:
    """Return the part of speech of a word in jieba's dictionary; empty where it knows none.

    The dictionary takes many words for names; those that are seldom one are tagged ``nw``.

    >>> tag("公司"), tag("陈述"), tag("许可证"), tag("王建国")
    ('n', 'nw', 'n', 'nr')
    """
    pairs: list[tuple[str, str]] = rjieba.tag(word, False)
    if len(pairs) != 1:
        return ""
    kind = pairs[0][1]
    if kind in NAME_TAGS and len(word) < 4:
        if kind == "nr" and word[-1] in THINGS:
            return "n"
        if word in ORDINARY:
            return "nw"
        if kind == "nr" and len(word) == 3 and word[0] in SURNAME and word[:2] not in SURNAME:
            return kind if likeness(word, 1) > _LIKELY else "nw"
    return kind


@lru_cache(maxsize=65536)
def transliterates(word: str) -> bool:
    """Say whether a longer word that the dictionary takes for a name is one by its sounds.

    >>> transliterates("戈尔巴乔夫"), transliterates("李瑞环")
    (True, False)
    """
    if len(word) < 3 or tag(word) not in SOUND_TAGS or not tag(word):
        return False
    heard = [TRANSLIT.get(char, -2.0) for char in word]
    return sum(heard) > 1.2 * len(heard) and sum(each > 1.6 for each in heard) > 1


@lru_cache(maxsize=65536)
def likeness(name: str, surname: int) -> float:
    """Return how much more likely ``name`` is a Chinese name than other text (log ratio).

    ``surname`` is the number of characters of the surname.
    """
    score = SURNAME.get(name[:surname], UNLISTED)
    given = name[surname:]
    if len(given) == 1:
        return score + ONLY.get(given, RARE)
    return score + FIRST.get(given[0], RARE) + SECOND.get(given[1], RARE)
