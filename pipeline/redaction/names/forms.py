"""Later and looser forms of a name: 周女士, 小周, 阿伟, 慧敏, 周某, 周, and nicknames in quotes."""

import re
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Final, NamedTuple

from pipeline.redaction.keywords import Keywords
from pipeline.redaction.names.lexicon import (
    AFTER,
    BEFORE,
    FIRST,
    FORMS,
    NAME_TAGS,
    ONLY,
    RARE,
    SECOND,
    SURNAME,
    tag,
)
from pipeline.redaction.names.places import occurrences
from pipeline.redaction.names.score import left_of, right_of
from pipeline.redaction.names.segments import Segments

_MASKED: Final = re.compile(
    "([\u4e00-\u9fff])(?:某某|某)(?:[甲乙丙丁戊己庚辛]|[1-9](?!\\d))?(?![记家氏年月日天时地处种个些])"
)
_FAMILIAR: Final = tuple(re.compile(f"{fond}([\u4e00-\u9fff])") for fond in "老小")
_ADDRESS: Final = frozenset({"先生", "女士", "小姐", "太太"})
_LINKS: Final = frozenset("于向和时任从")
"""Surnames that are as well words between others."""
_CALLED_BY: Final = frozenset({"l:role", "l:mark", "l:start"})
_OLD_MEN: Final = frozenset("头汉爹")
_LAST_LEAST: Final = 0.3
_LAST_SURE: Final = 2.0
_TELLS: Final = frozenset("说讲")
_ELDERS: Final = frozenset({"妈妈", "爸爸", "妈", "爸", "爷爷", "奶奶", "外公", "外婆", "家长"})
_SHUT: Final = frozenset({"r:mark", "r:role", "r:end"})
_VERBS: Final = frozenset("任")
"""Surnames that say before a title that somebody holds it."""
_FOND: Final = re.compile(r"阿([\u4e00-\u9fff])")
_TRULY: Final = "身份 真实 真名 本名 原名 另案 在逃 已判 另处 未到案 绰号 外号 姓名"
_WANTED: Final = Keywords(bracket + word for bracket in "（(" for word in _TRULY.split())
_QUOTED: Final = re.compile(r"[“\"「『‘']([^“”\"」』’'\n，。；]{1,6})[”\"」』’']\Z")
_SHAPED: Final = re.compile(
    "“([小老阿大][\u4e00-\u9fff]|[\u4e00-\u9fff]{1,2}[哥姐弟妹爷叔嫂姨婶伯])”"
)
_SOLD: Final = frozenset("票奖促样窖卖牌吃店酒菜米麦车货料件包号费面药茶油")
"""What a short word in quotes ends with that tells a thing: “小票”."""
_CALLED_SO: Final = (
    "绰号 外号 诨号 诨名 浑名 花名 混名 小名 乳名 别名 别号 曾用名 化名 又名 人称 自称 网名 昵称 "
    "微信名 艺名 代号 同伴 同伙 朋友 好友 网友 男子 女子 老乡 同乡 工友"
)
_NICKNAMES: Final = Keywords(_CALLED_SO.split())
_NICK: Final = re.compile(
    r"(?:叫做|叫|为|是|系|:|：)? ?[“\"「『‘']([^”\"」』’'\n，。；]{1,10})[”\"」』’']"
)
OPEN: Final = frozenset(
    {"l:role", "l:mark", "l:weak", "l:word", "l:func", "l:verb", "l:start", "l:person"}
)
CLOSE: Final = frozenset({"r:role", "r:mark", "r:weak", "r:word", "r:func", "r:verb", "r:end"})
_CLEAR: Final = 2.6
_FOND_LEAST: Final = 0.8
_FOND_SURE: Final = -1.5
_FAMILIAR_LEAST: Final = 1.5
_RAREST: Final = -2.0
_GIVEN_LIKE: Final = 2.5
_GIVEN_APART: Final = 0.0
_CALLED: Final = frozenset({"l:role", "l:mark", "l:start", "l:verb"})
_APART: Final = frozenset({"l:mark", "l:start", "l:role"})


class Form(NamedTuple):
    """A loose form at ``text[start:end]``; ``family`` or ``given`` is what it shows of the name."""

    start: int
    end: int
    family: str
    given: str
    reason: str


def titled(words: Segments, families: Collection[str]) -> Iterator[Form]:
    """Yield 周女士, 周师傅, 周某, 小周: a surname with something in the place of the given name."""
    text = words.text
    for start, word in words.titles:
        yield from _one_titled(words, families, start, word)
    if "某" in text:
        yield from _masked(words, families)
    for match in chain.from_iterable(fond.finditer(text) for fond in _FAMILIAR):
        family = match.group(1)
        if family not in families and SURNAME.get(family, -1.0) <= _FAMILIAR_LEAST:
            continue
        start, end = match.span()
        if not _opens(words, start, end) and left_of(words, start)[0] != "l:role":
            continue
        if text[end : end + 1] in _OLD_MEN and words.is_border(end + 1):
            end += 1
        if right_of(words, end) in CLOSE:
            yield Form(start, end, family, "", "姓氏加“老、小”")


def _masked(words: Segments, families: Collection[str]) -> Iterator[Form]:
    """Yield 周某, 周某甲, 欧阳某某, and 周某敏, of which only the middle is hidden."""
    text = words.text
    for match in _MASKED.finditer(text):
        start, end, family = match.start(), match.end(), match.group(1)
        if text[end - 1] == "某" and _is_last(words, end):
            end += 1
        double = text[start - 1 : start + 1]
        if SURNAME.get(double, -1.0) > 1.0 or (len(double) == 2 and double in families):
            yield Form(start - 1, end, double, "", "姓氏加“某”")
        elif start not in words.begin and tag(double) == "ns":
            continue  # 浙江某某公司
        elif family in _LINKS and left_of(words, start)[0] not in _CALLED_BY:
            continue  # 毕业于某学院
        elif _is_family(words, start, family) or family in families:
            yield Form(start, end, family, "", "姓氏加“某”")


def _is_family(words: Segments, start: int, family: str) -> bool:
    """Say whether a character before 某 is a surname; a rare one only after a role."""
    like = SURNAME.get(family)
    if like is None or like > 0.0:
        return like is not None
    return like > _RAREST and left_of(words, start)[0] == "l:role"


def _is_last(words: Segments, place: int) -> bool:
    """Say whether one character is the last of a name, and no word that goes on: 吕某林，."""
    last = words.text[place : place + 1]
    like = ONLY.get(last, -1.0)
    if like <= _LAST_LEAST or last in AFTER or not words.is_border(place + 1):
        return False
    return like > _LAST_SURE or right_of(words, place + 1) in _SHUT


def _one_titled(
    words: Segments, families: Collection[str], start: int, word: str
) -> Iterator[Form]:
    text = words.text
    end = start + len(word)
    if word in FORMS:
        family = text[max(0, start - 2) : start]
        family = family if family in SURNAME else family[-1:]
        start -= len(family)
        title = word
    else:
        if word in BEFORE:  # 班主任 is no 主任 of the name 班
            return
        family = word[:2] if word[:2] in SURNAME and word[2:] in FORMS else word[0]
        title = word[len(family) :]
    strength = SURNAME.get(family, -1.0)
    addressed = title in _ADDRESS and family in SURNAME and strength > _RAREST
    known = family in families and start in words.begin
    if strength <= 0.0 and not addressed and not known:
        return
    if start not in words.begin:
        if family not in families or not words.is_border(start + len(family)):
            return
    elif not _opens(words, start, end) and not (addressed and strength > _CLEAR):
        return
    if len(title) == 1 and not _is_short(words, start, end, known=family in families):
        return
    if family in families or (strength > 1.0 and family not in _VERBS) or addressed:
        yield Form(start, end, family, "", "姓氏加称谓")


def _is_short(words: Segments, start: int, end: int, *, known: bool) -> bool:
    """Say whether a surname with one character stands for somebody: 胡总, and 胡哥 once known."""
    called = words.text[end - 1] == "总" and left_of(words, start)[0] in _CALLED
    return (known or called) and right_of(words, end) in CLOSE


def _opens(words: Segments, start: int, end: int) -> bool:
    """Say whether a word may begin here and none longer than the form covers it."""
    word = words.begin.get(start)
    return word is not None and len(word) <= end - start and left_of(words, start)[0] in OPEN


def _quoted(words: Segments) -> Iterator[Form]:
    """Yield what has the form of a nickname in quotes after a role: 屠夫“小胖”."""
    for nick in _SHAPED.finditer(words.text) if "“" in words.text else ():
        if nick.group(1)[-1] not in _SOLD and left_of(words, nick.start())[0] == "l:role":
            yield Form(nick.start(1), nick.end(1), "", nick.group(1), "绰号")


def nicknamed(words: Segments, lasts: Collection[str]) -> Iterator[Form]:
    """Yield 阿伟 and what stands in quotes after 绰号; ``lasts`` are last characters of names."""
    text = words.text
    if "阿" in text:
        for match in _FOND.finditer(text):
            start, end = match.span()
            word = words.begin.get(start, "")
            if not word or len(word) > 2 or (len(word) == 2 and tag(word) not in NAME_TAGS):
                continue
            last = match.group(1)
            known = last in lasts
            right = right_of(words, end)
            least = _FOND_SURE if right == "r:role" else _FOND_LEAST
            before = left_of(words, start)[0]
            if not known and (ONLY.get(last, 0) < least or before not in OPEN):
                continue
            if known or right in CLOSE or (right == "r:digit" and before in _APART):
                yield Form(start, end, "", last, "“阿”加名")
    for _, _, end in _NICKNAMES.everywhere(text):
        if nick := _NICK.match(text, end):
            yield Form(nick.start(1), nick.end(1), "", nick.group(1), "绰号")
    yield from _quoted(words)
    for _, start, _ in _WANTED.everywhere(text):
        if nick := _QUOTED.search(text, max(0, start - 8), start):
            yield Form(nick.start(1), nick.end(1), "", nick.group(1), "绰号")


def given_alone(words: Segments, givens: Collection[str], taken: bytearray) -> Iterator[Form]:
    """Yield the given names of known people where they stand without the surname."""
    text = words.text
    usable = sorted(given for given in givens if len(given) == 2)
    for start, end, given in occurrences(text, usable):
        if taken[start] or start not in words.begin:
            continue
        before, after = left_of(words, start)[0], right_of(words, end)
        opens = before in OPEN or tag(words.before(start)) == "t"  # 去年志强答应
        if not opens or (after not in CLOSE and words.begin.get(end) not in _ELDERS):
            continue
        apart = before in _APART and after != "r:mark"
        like = FIRST.get(given[0], RARE) + SECOND.get(given[1], RARE)
        kind = tag(given)
        sure = apart and (after == "r:role" or text[end : end + 1] in _TELLS)
        named = not kind or kind in NAME_TAGS or sure
        if named and (sure or like > (_GIVEN_APART if apart else _GIVEN_LIKE)):
            yield Form(start, end, "", given, "名")


def family_alone(words: Segments, families: Collection[str], taken: bytearray) -> Iterator[Form]:
    """Yield surnames of known people where one stands alone between words."""
    clear = {f for f in families if len(f) == 1 and SURNAME.get(f, -1.0) > _CLEAR}
    if not clear:
        return
    for start, family, _ in words.marked:
        if family not in clear or taken[start]:
            continue
        end = start + 1
        left, right = left_of(words, start)[0], right_of(words, end)
        if left in {"l:mark", "l:weak", "l:func", "l:word"} and right in {
            "r:weak",
            "r:word",
            "r:verb",
            "r:role",
        }:
            yield Form(start, end, family, "", "姓氏单用")
