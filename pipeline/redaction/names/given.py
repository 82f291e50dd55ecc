"""Given names that stand alone where no surname was written: 慧敏已到场, 让慧敏和建国来, 佳佳."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from pipeline.redaction.names.forms import OPEN, Form
from pipeline.redaction.names.lexicon import FIRST, NAME_TAGS, ONLY, RARE, SECOND, tag
from pipeline.redaction.names.places import occurrences
from pipeline.redaction.names.score import left_of, right_of
from pipeline.redaction.names.segments import Segments
from pipeline.redaction.names.veto import organ_end

_LEAST: Final = 1.0
_FIRSTS: Final = "".join(sorted(char for char, like in FIRST.items() if like >= _LEAST))
_SECONDS: Final = "".join(sorted(char for char, like in SECOND.items() if like >= _LEAST))
_PETS: Final = "".join(sorted(char for char, like in ONLY.items() if like >= _LEAST))
_NAME: Final = f"([{_FIRSTS}][{_SECONDS}])"
_AT_FIRST: Final = re.compile(_NAME)
_BEGINNING: Final = re.compile(rf"[，。；！？：\n@,对跟向]{_NAME}(?:(?<![对跟向]..)|(?=[说讲道]))")
_TWICE: Final = re.compile(rf"([{_PETS}])\1(?!\1)")
_SURE: Final = 4.5
_BESIDE: Final = 4.0
_ACTS: Final = frozenset({"r:weak", "r:word", "r:role", "r:verb"})
_NO_ACT: Final = frozenset("的之所处家前后时个牌")
_YOU: Final = frozenset("你我他她您咱")
_STOPS: Final = frozenset("，。！？")
_BINDS: Final = frozenset("和与、")
_QUOTES: Final = frozenset('“”"「」『』《》‘’')
_TAGS: Final = frozenset({"", "nz", *NAME_TAGS})
_BEFORE_PET: Final = OPEN | {"l:noun"}
_AFTER_PET: Final = _ACTS | {"r:mark", "r:end"}


def given_names(words: Segments, firms: Sequence[str]) -> Iterator[Form]:
    """Yield such names, each with the least that makes one sure.

    What is a part of one of ``firms``, of any organisation, or in quotes somewhere, stays.

    >>> text = "慧敏已到场。瑞丰已注销，瑞丰公司不服。接送佳佳。"
    >>> [form.given for form in given_names(Segments(text), ())]
    ['慧敏', '佳佳']
    """
    found = [*_beginning(words), *_doubled(words)]
    if found:
        brands = _brands(words, {form.given for form in found}, "\n".join(firms))
        yield from (form for form in found if form.given not in brands)


def _brands(words: Segments, givens: Collection[str], firms: str) -> set[str]:
    """Return those that are part of a name of something, here or in the names of ``firms``."""
    text = words.text
    brands = {given for given in givens if given in firms}
    for start, end, given in occurrences(text, sorted(givens)):
        if text[start - 1 : start] in _QUOTES or organ_end(words, end) is not None:
            brands.add(given)
    return brands


def _beginning(words: Segments) -> Iterator[Form]:
    """Yield a very likely given name that begins a sentence about somebody, and one beside it."""
    first = _AT_FIRST.match(words.text)
    rest = _BEGINNING.finditer(words.text, first.end() if first else 0)
    for match in (first, *rest) if first else rest:
        start, end = match.span(1)
        given = match.group(1)
        if FIRST[given[0]] + SECOND[given[1]] < _SURE or start not in words.begin:
            continue
        if given in words.begin[start] or not words.is_border(end):
            continue
        if _is_somebody(words, start, end):
            yield Form(start, end, "", given, "句首的名")
            if other := _beside(words, end):
                yield Form(end + 1, end + 3, "", other, "并列的名")


def _is_somebody(words: Segments, start: int, end: int) -> bool:
    """Say whether what stands around lets the characters between be somebody."""
    before, after = words.text[start - 1 : start], words.text[end : end + 1]
    if before == "@":
        return not after.isalnum()
    if after in _STOPS:
        return before in _STOPS
    return after in _YOU or (after not in _NO_ACT and right_of(words, end) in _ACTS)


def _beside(words: Segments, end: int) -> str:
    """Return the given name that 和, 与 or 、 binds to one that ends at ``end``; empty for none."""
    given = words.text[end + 1 : end + 3]
    if words.text[end : end + 1] not in _BINDS or len(given) < 2 or not words.is_border(end + 3):
        return ""
    like = FIRST.get(given[0], RARE) + SECOND.get(given[1], RARE)
    return given if like > _BESIDE and tag(given) in {"", *NAME_TAGS} else ""


def _is_called(words: Segments, start: int, end: int) -> bool:
    """Say whether a doubled word can only be a name: 其女儿甜甜，."""
    return left_of(words, start)[0] == "l:role" and right_of(words, end) in {"r:mark", "r:end"}


def _doubled(words: Segments) -> Iterator[Form]:
    """Yield a doubled character that is somebody's pet name and no word: 佳佳."""
    text = words.text
    for match in _TWICE.finditer(text):
        start, end = match.span()
        name = match.group()
        if start not in words.begin or not words.is_border(end):
            continue
        if tag(name) not in _TAGS and not _is_called(words, start, end):
            continue
        after = text[end : end + 1]
        if text[start - 1 : start] == name[0] or after in _NO_ACT:
            continue
        acts = after == "会" or right_of(words, end) in _AFTER_PET
        if acts and left_of(words, start)[0] in _BEFORE_PET:
            yield Form(start, end, "", name, "叠字的名")
