"""Names that are not Chinese: with a dot, transliterated, in the dictionary, in Latin letters."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.redaction.names.lexicon import (
    BEFORE,
    CHARS,
    FOREIGN,
    FORMS,
    NAMELESS,
    NOT_NAMES,
    PLACES,
    RUNNING,
    SOUND_TAGS,
    SPELLING,
    SURNAME,
    TRANSLIT,
    UNLISTED,
    WORLD,
    Chars,
    tag,
    transliterates,
)
from pipeline.redaction.names.score import left_of, right_of
from pipeline.redaction.names.segments import Interest, Segments

_SOUNDS: Final = int(Interest.SOUNDS)
_SPELT: Final = "".join(sorted({*TRANSLIT, *SPELLING}))
HEARD: Final = SPELLING | {char for char, heard in TRANSLIT.items() if heard >= 0.0}
_CLOSES: Final = frozenset({"r:role", "r:mark", "r:word", "r:end", "r:verb", "r:weak"})
_IN_PLACE: Final = re.compile(
    r"[^\W\d_在到于的和与是称对从向住系为及把将被经由]{0,3}(?:[村乡镇县旗](?![民长委支主干])|嘎查|苏木|街道|社区|林场|牧场)"
)
"""What follows the name of a place, cut out of it: 乌塔克|其村."""
_COUNT: Final = re.compile("等?[二两三四五六七八九十几][人名位]")
_DOTTED: Final = re.compile(f"[{_SPELT}]{{1,8}}(?:·[{_SPELT}]{{1,10}}){{1,3}}")
_CLEAR: Final = "".join(sorted(char for char, heard in TRANSLIT.items() if heard >= 1.0))
_POINT: Final = re.compile(rf"\.(?<=[{_CLEAR}]{{2}}\.)(?=[{_CLEAR}]{{2}})")
"""A full stop for the dot (．), between characters that are hardly anything but sounds."""
_LATIN: Final = re.compile(
    r"[A-Z](?:[a-z]{1,14}|[A-Z]{1,13}|\.(?=[ ·]))"
    r"(?:[ ·](?:[A-Z]\.|[A-Z][a-z]{0,14}|[A-Z]{1,14})){1,3}(?![A-Za-z])"
)
_LATIN_PARTS: Final = tuple(re.compile(f"{sign}(?<=[A-Za-z.].)(?=[A-Z])") for sign in " ·")
"""Signs between two Latin words: without one there is no such name, and they are found faster."""
_ANDS: Final = frozenset("、，和与及") | {", "}
_GOES_ON: Final = frozenset(" ·.-_@")
_THEIRS: Final = (
    "Email Mail App Phone Tel Fax Mobile Name Date Address Wechat Apple Android Windows Word Excel "
    "Pro Max Plus Mini Vip Online Web Wifi"
)
_NOBODY: Final = frozenset(_THEIRS.split())
"""What somebody's account, device or membership is called."""
_THINGS: Final = frozenset("镇乡村县路街州国市族赛队杯书籍")
_PLACE: Final = frozenset("国州省市县镇乡村山河湖海岛洲城街路队杯港湾")
_WORD_KINDS: Final = frozenset({"w:nr", "w:nrt", "w:nrf", "w:ns", "w:nz", "w:nw"})
_FOND: Final = frozenset("老小")
_FAMILY: Final = 2.0
_CORE: Final = 1.6
_NEARLY: Final = 1.2
_LONGEST: Final = 8
_SIZES: Final = tuple(f"{size}:size" for size in range(7))
_HOPELESS: Final = -6.0
"""No signs make up for less."""
_UNHEARD: Final = -2.0
_NO_CHARS: Final = Chars(0.0, 0.0, 0.0, 0.0, 0.0)


def dotted(words: Segments) -> Iterator[tuple[int, int]]:
    """Yield the names written with a dot, such as 买买提·吐尔逊.

    >>> list(dotted(Segments("其丈夫买买提·吐尔逊称")))
    [(3, 10)]
    """
    text = words.text
    if "·" in text:
        for match in _DOTTED.finditer(text):
            dot = text.index("·", match.start())
            yield _first(words, match.start(), dot), _last(words, dot, match.end())
    for match in _POINT.finditer(text):
        start, end = match.span()
        dot = start
        while dot - start < _LONGEST and text[start - 1 : start] in RUNNING:
            start -= 1
        while end - dot <= _LONGEST and text[end : end + 1] in RUNNING:
            end += 1
        yield _first(words, start, dot), _last(words, dot, end)


def _first(words: Segments, start: int, dot: int) -> int:
    """Return where a name with a dot begins: after a role, or else where a word does."""
    for place in range(start, dot):
        if left_of(words, place)[0] == "l:role":
            return place
    while start < dot - 1 and start not in words.begin:
        start += 1
    return start


def _last(words: Segments, dot: int, end: int) -> int:
    """Return where a name with a dot ends: before a word of time (日前) or a count (二人) in it."""
    if count := _COUNT.search(words.text, dot + 2, end + 1):
        return count.start()
    start, word = words.covering(end - 1)
    runs_on = start == end - 1 > dot + 2 and len(word) > 1
    return start if runs_on and tag(word) == "t" else end


def sounds(words: Segments) -> Iterator[tuple[int, int, float]]:
    """Yield start, end and odds of what may transliterate a name, and of unusual dictionary names.

    >>> [(start, end) for start, end, odds in sounds(Segments("教练卡斯帕罗说")) if odds > 0]
    [(2, 6)]
    """
    done = 0
    for first, word, kind in words.unusual:
        if first < done:
            continue
        if kind & _SOUNDS:
            borders = _run(words, first, done)
            done = borders[-1]
            if len(borders) == 2 and len(word) == 1:
                continue
            for low, start in enumerate(borders):
                for high in range(low + 1, min(low + _LONGEST, len(borders))):
                    end = borders[high]
                    if 2 <= end - start <= _LONGEST and _could_sound(words, start, end):
                        cut = low > 0, high + 1 < len(borders)
                        yield start, end, _odds(words, borders[low : high + 1], cut)
        elif not _is_other(words, first, first + len(word)) and word[0] not in _FOND:
            end = first + len(word)
            yield first, end, _odds(words, (first, end), (False, False))


def _is_other(words: Segments, start: int, end: int) -> bool:
    """Say whether it is a thing, or goods or a place where no role calls for a name."""
    name = words.text[start:end]
    if name in BEFORE or _is_thing(name) or _is_in_place(words.text, end):
        return True
    listed = name in NAMELESS or name in PLACES or name.endswith(("合格", "嘎查", "苏木", "巴格"))
    return listed and left_of(words, start)[0] != "l:role"


def _is_in_place(text: str, end: int) -> bool:
    """Say whether what ends here is cut out of the name of a place."""
    return text[end - 1 : end + 1] == "嘎查" or _IN_PLACE.match(text, end) is not None


def called(words: Segments, start: int) -> int:
    """Return where the foreign name ends that a role before ``start`` announces; 0 for none.

    >>> called(Segments("后卫阿尔代尔、门将"), 2)
    6
    """
    text = words.text
    end = start
    while end - start < _LONGEST and text[end : end + 1] in HEARD:
        end += 1
    while end - start > 2:
        heard = [max(TRANSLIT.get(char, 0.0), 0.0) for char in text[start:end]]
        clear = sum(each > _CORE for each in heard)
        if 2 * clear > len(heard) and right_of(words, end) in _CLOSES and words.is_border(end):
            return 0 if _is_thing(text[start:end]) else end
        end -= 1
    return 0


def _run(words: Segments, first: int, done: int) -> list[int]:
    """Return the borders of words in the run of such characters around ``first``."""
    begin = words.begin
    borders = [first]
    while borders[0] > done:
        start, word = words.covering(borders[0] - 1)
        if start < done or not RUNNING.issuperset(word):
            break
        borders.insert(0, start)
    end = first + len(begin[first])
    borders.append(end)
    while end in begin and _runs_on(begin[end]):
        end += len(begin[end])
        borders.append(end)
    return borders


def _runs_on(word: str) -> bool:
    return RUNNING.issuperset(word) or transliterates(word)


def _could_sound(words: Segments, start: int, end: int) -> bool:
    name = words.text[start:end]
    repeated = name[0] * len(name) == name and len(name) > 2
    fond = name[0] in _FOND or (name[0] == "阿" and words.begin[start] != name)
    if repeated or (fond and len(name) == 2) or _is_other(words, start, end):
        return False
    if SURNAME.get(name[0], UNLISTED) > _FAMILY and words.begin[start] != name:
        return len(name) > 3 and min(TRANSLIT.get(char, _UNHEARD) for char in name[1:]) > _NEARLY
    return any(TRANSLIT.get(char, _UNHEARD) > _CORE for char in name)


def _is_thing(name: str) -> bool:
    return name[-1] in _THINGS or name in NOT_NAMES or name in WORLD or name[-2:] in FORMS


def _odds(words: Segments, borders: Sequence[int], cut: tuple[bool, bool]) -> float:
    """Return the log odds that the words between ``borders`` are a name.

    ``cut`` says whether such characters go on before and after.
    """
    text, start, end = words.text, borders[0], borders[-1]
    heard = [max(TRANSLIT.get(char, _UNHEARD), _UNHEARD) for char in text[start:end]]
    odds = (
        FOREIGN["bias"]
        + FOREIGN["sum"] * sum(heard)
        + FOREIGN["mean"] * sum(heard) / len(heard)
        + FOREIGN["least"] * min(heard)
        + FOREIGN["after"] * CHARS.get(text[end : end + 1], _NO_CHARS).after
    )
    if start:
        odds += FOREIGN["before"] * CHARS.get(text[start - 1], _NO_CHARS).before
    if odds < _HOPELESS:
        return odds
    return odds + _signs(words, borders, cut)


def _signs(words: Segments, borders: Sequence[int], cut: tuple[bool, bool]) -> float:
    """Return what the signs that speak for or against a name add."""
    text, start, end = words.text, borders[0], borders[-1]
    name = text[start:end]
    weight = FOREIGN.get
    odds = weight(_SIZES[min(len(name), 6)], 0.0)
    odds += weight("l:person" if _is_number(text, start) else left_of(words, start)[0], 0.0)
    odds += weight(right_of(words, end), 0.0)
    parts = [words.begin[place] for place in borders[:-1]]
    if len(parts) == 1:
        kind = "w:" + tag(name)[:3]
        odds += weight(kind if kind in _WORD_KINDS else "w:other", 0.0)
    else:
        odds += weight("w:pieces" if len(parts) == len(name) else "w:mixed", 0.0)
    if name in WORLD or any(len(part) > 2 and part in WORLD for part in parts):
        odds += weight("world", 0.0)
    if text[end : end + 1] in _PLACE:
        odds += weight("place", 0.0)
    if cut[0]:
        odds += weight("cut:left", 0.0)
    if cut[1]:
        odds += weight("cut:right", 0.0)
    if len(name) < 4 and name[0] in SURNAME:
        odds += weight("family", 0.0)
    for part in parts:
        if len(part) > 1 and tag(part) not in SOUND_TAGS:
            odds += weight("plain", 0.0)
    return odds


def _is_number(text: str, start: int) -> bool:
    """Say whether the number of a player stands before: 16号."""
    return text[start - 1 : start] == "号" and text[start - 2 : start - 1].isdigit()


def latin(words: Segments) -> Iterator[tuple[int, int]]:
    """Yield names in Latin letters that stand after a role or before a person's particulars."""
    last = 0
    for start, word in words.latin:
        end = start + len(word)
        alone = word not in _NOBODY and words.text[end : end + 1] not in _GOES_ON
        if alone and right_of(words, end) in _CLOSES and _is_called(words, last, start):
            last = end
            yield start, end
    if not any(part.search(words.text) for part in _LATIN_PARTS):
        return
    last = 0
    for match in _LATIN.finditer(words.text):
        start, end = match.span()
        if start and words.text[start - 1].isascii() and words.text[start - 1].isalpha():
            continue
        if _is_called(words, last, start) or right_of(words, end) == "r:role":
            last = end
            yield start, end


def _is_called(words: Segments, last: int, start: int) -> bool:
    """Say whether a role stands before ``start``, or a name that ends at ``last``, and a comma."""
    beside = last > 0 and words.text[last:start] in _ANDS
    return beside or left_of(words, start)[0] == "l:role"
