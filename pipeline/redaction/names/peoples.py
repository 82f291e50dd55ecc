"""Names that known parts betray: Mongolian, Tibetan, Uyghur and Yi words, Japanese surnames."""

from collections.abc import Iterator
from typing import Final

from pipeline.redaction.keywords import Keywords
from pipeline.redaction.names.lexicon import FIRST, JAPANESE, PARTS, RARE, SECOND, tag
from pipeline.redaction.names.score import left_of, right_of
from pipeline.redaction.names.segments import Segments

_PARTS: Final = Keywords(PARTS)
_FAMILIES: Final = Keywords(JAPANESE)
_LAST: Final = frozenset(
    "郎子美男夫雄介彦树平治造助明宏之人一二三江代枝惠香奈菜纪史司志正吉作道弘机道资务康"
)
_SECOND: Final = frozenset("郎子夫雄介彦助之")
_FIRST: Final = frozenset(
    "一二三千大太小久广文元正由市庄吉寿孝志邦利良幸明英茂和典昌昭信俊保宣勇美贞真纯纪重修荣弘"
    "直哲晋浩泰健康清博敏隆雅晴晶智裕道善义龙优翔辉龟彩惠绘亚友光史弓圭拓亮宗政春秀"
)
"""With what given names of two characters in Japan mostly begin."""
_CLOSE: Final = frozenset({"r:role", "r:mark", "r:weak", "r:word", "r:end"})
_AFTER: Final = _CLOSE | {"r:verb"}
_LEFT: Final = frozenset({"l:role", "l:mark", "l:start", "l:weak", "l:word"})
_CALLED: Final = 4.0
_LIKELY: Final = 1.0
_PERHAPS: Final = 0.0
_GIVEN: Final = 1.0
_WHOLE_GIVEN: Final = -2.0
_NO_PERSON: Final = frozenset({"ns", "nt"})

Found = tuple[int, int, float]


def composed(words: Segments) -> Iterator[Found]:
    """Yield start, end and odds of names that are made of such words.

    >>> [(start, end) for start, end, _ in composed(Segments("店长其其格、证人扎西多吉称"))]
    [(2, 5), (8, 12)]
    """
    text = words.text
    first = last = count = 0
    for _, start, end in _PARTS.longest(text):
        if start == last and count:
            last, count = end, count + 1
            continue
        yield from _composed(words, first, last, count)
        first, last, count = start, end, 1
    yield from _composed(words, first, last, count)


def _composed(words: Segments, start: int, end: int, count: int) -> Iterator[Found]:
    if not count or start not in words.begin:
        return
    left, right = left_of(words, start)[0], right_of(words, end)
    if left not in _LEFT or right not in _CLOSE:
        return
    if left == "l:role" or right == "r:role":
        yield start, end, _CALLED
    elif count > 1:
        yield start, end, _LIKELY


def japanese(words: Segments) -> Iterator[Found]:
    """Yield start, end and odds of Japanese names: a frequent surname and a likely given name.

    >>> [(start, end) for start, end, _ in japanese(Segments("证人山本一郎的证言"))]
    [(2, 6)]
    """
    text = words.text
    for _, start, stop in _FAMILIES.longest(text):
        if start not in words.begin:
            continue
        if _is_whole(words, start, stop):
            yield start, stop + 2, _LIKELY
            continue
        for end in (stop + 2, stop + 3, stop + 1):
            given = text[stop:end]
            if len(given) == end - stop and given.isalpha() and given[-1] in _LAST:
                right = right_of(words, end)
                if right not in _AFTER:
                    continue
                left = left_of(words, start)[0]
                if left == "l:role" or right == "r:role":
                    yield start, end, _CALLED
                    break
                if left in _LEFT and len(given) > 1 and given[-1] in _SECOND:
                    yield start, end, _LIKELY
                    break
                shown = left in _LEFT or (left == "l:func" and right == "r:mark")
                if shown and len(given) == 2 and _is_given(words, stop, given):
                    yield start, end, _PERHAPS
                    break


def _is_given(words: Segments, start: int, given: str) -> bool:
    """Say whether two characters are likely a given name and no word of the dictionary."""
    like = FIRST.get(given[0], RARE) + SECOND.get(given[1], RARE)
    return (like > _GIVEN or given[0] in _FIRST) and words.begin.get(start) != given


def _is_whole(words: Segments, start: int, family: int) -> bool:
    """Say whether the dictionary has a surname, up to ``family``, and a given name for one word."""
    word = words.begin[start]
    if len(word) != family - start + 2 or tag(word)[:2] in _NO_PERSON:
        return False
    return FIRST.get(word[-2], RARE) + SECOND.get(word[-1], RARE) > _WHOLE_GIVEN
