"""People spoken of where no full name may stand at all: 慧敏女士, 强哥, “黄说：”, “孔、刘两人”."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.redaction.keywords import Keywords
from pipeline.redaction.names.forms import CLOSE, OPEN, Form
from pipeline.redaction.names.lexicon import (
    FIRST,
    NAME_TAGS,
    NOT_NAMES,
    ONLY,
    RARE,
    SECOND,
    SURNAME,
    UNLISTED,
    WORLD,
    tag,
)
from pipeline.redaction.names.places import places
from pipeline.redaction.names.score import left_of, right_of
from pipeline.redaction.names.segments import Segments

_COURTEOUS: Final = frozenset(
    {"先生", "女士", "夫人", "同志", "老人", "老师", "师傅", "大爷", "大妈", "阿姨", "奶奶"}
)
_KIN: Final = frozenset("哥姐叔婶嫂爷伯")
_RANKS: Final = frozenset("大二三四五六七八九小老表堂帅的师学干亲哥姐")
_SAYS: Final = Keywords(word + sign for word in "说问答道" for sign in "：:，“")
_BEFORE_SAYING: Final = frozenset({"，", "。", "；", "“", "\n", ""})
_COUNTED: Final = re.compile(
    "、[\u4e00-\u9fff](?:、[\u4e00-\u9fff]){0,4}(?=等?[二两三四五六][人名位])"
)
_LITTLE: Final = re.compile("小(?=[\u4e00-\u9fff]{2})")
_NAMED: Final = re.compile(
    r"姓([\u4e00-\u9fff])[，,、 ]?名?叫?(\1[\u4e00-\u9fff]{1,2})(?![\u4e00-\u9fff])"
)
"""姓操，叫操建军."""
_PET: Final = re.compile("小([\u4e00-\u9fff])")
_NAMING: Final = frozenset({"ns", "nz", "nw", "", *NAME_TAGS})
_BEFORE_LITTLE: Final = OPEN | {"l:noun"}
_KINDRED: Final = frozenset("家族祠县楼庄裔先后门宗祖谱夫兄姐妹弟菌体")
_GIVEN: Final = 1.5
_CALLED_PET: Final = 0.0
_PET_LEAST: Final = 1.8
_LITTLE_GIVEN: Final = 3.0
_CERTAIN_GIVEN: Final = 5.0
_SPEAKS: Final = -1.0
_FOND: Final = 0.5
_FOND_CLEAR: Final = 1.5
_CLEAR: Final = 2.0
_LISTED: Final = 0.0


def spoken(words: Segments) -> Iterator[Form]:
    """Yield such forms.

    >>> text = "慧敏女士到场。强哥说好。黄说：“是。”孔、刘两人离开。"
    >>> [text[form.start : form.end] for form in spoken(Segments(text))]
    ['慧敏女士', '强哥', '黄', '孔', '刘']
    """
    for start, word in words.titles:
        if word in _COURTEOUS:
            yield from _courteous(words, start, word)
        elif word in _KIN:
            yield from _kin(words, start)
    for _, end, _ in _SAYS.everywhere(words.text):
        family = words.text[max(0, end - 1) : end]
        apart = words.text[max(0, end - 2) : max(0, end - 1)] in _BEFORE_SAYING
        if apart and SURNAME.get(family, UNLISTED) > _CLEAR:
            yield Form(end - 1, end, family, "", "姓氏单用")
        elif _is_speaker(words, end - 2):
            yield Form(end - 2, end, words.text[end - 2], "", "说话人")
    for named in _NAMED.finditer(words.text) if "姓" in words.text else ():
        yield Form(*named.span(2), named.group(1), named.group(2)[1:], "说明的姓和名")
    yield from _counted(words)
    if "氏" in words.text:
        yield from _clans(words)
    yield from _little(words)
    yield from _pets(words)


def _courteous(words: Segments, title: int, word: str) -> Iterator[Form]:
    start = title - 2
    given = words.text[max(0, start) : title]
    if start not in words.begin or not given.isalpha() or given[0] in "老小":
        return
    like = FIRST.get(given[0], RARE) + SECOND.get(given[1], RARE)
    kind = tag(given)
    parts = words.begin[start] == given or len(words.begin[start]) == 1
    named = not kind or kind in NAME_TAGS or like > _CERTAIN_GIVEN
    if parts and named and like > _GIVEN and left_of(words, start)[0] in OPEN:
        yield Form(start, title + len(word), "", given, "名加称谓")


def _kin(words: Segments, title: int) -> Iterator[Form]:
    start = title - 1
    given = words.begin.get(start, "")
    if len(given) != 1 or given in _RANKS or ONLY.get(given, UNLISTED) <= _FOND:
        return
    left = left_of(words, start)[0]
    opens = left in OPEN or (left == "l:noun" and ONLY[given] > _FOND_CLEAR)
    if opens and right_of(words, title + 1) in CLOSE:
        yield Form(start, title + 1, "", given, "名加称谓")


def _pets(words: Segments) -> Iterator[Form]:
    """Yield 小 before one character: after a role, 服务员小美, or where it can only be a name."""
    begin = words.begin
    for match in _PET.finditer(words.text):
        (start, end), given = match.span(), match.group(1)
        if begin.get(start) != "小" or begin.get(start + 1) != given:
            continue
        before = left_of(words, start)[0]
        least = _CALLED_PET if before == "l:role" else _PET_LEAST
        if before in OPEN and ONLY.get(given, RARE) > least and right_of(words, end) in CLOSE:
            yield Form(start, end, "", given, "“小”加名")


def _counted(words: Segments) -> Iterator[Form]:
    for match in _COUNTED.finditer(words.text):
        places = range(max(0, match.start() - 1), match.end(), 2)
        families = [words.text[place] for place in places]
        least = min(SURNAME.get(family, UNLISTED) for family in families)
        if least > _LISTED and places[0] in words.begin:
            for place, family in zip(places, families, strict=True):
                yield Form(place, place + 1, family, "", "姓氏并列")


def _is_speaker(words: Segments, start: int) -> bool:
    """Say whether a word begins here that is as well a surname and a given character: 罗干说：."""
    word = words.begin.get(start, "")
    if len(word) != 2 or words.text[max(0, start - 1) : start] not in _BEFORE_SAYING:
        return False
    if SURNAME.get(word[0], UNLISTED) <= _CLEAR or ONLY.get(word[1], UNLISTED) <= _SPEAKS:
        return False
    return tag(word) in _NAMING and word not in WORLD and word not in NOT_NAMES


def _clans(words: Segments) -> Iterator[Form]:
    """Yield 杜氏 where somebody is meant: no firm, no house, no kin follows."""
    text = words.text
    for place in places(text, "氏"):
        start, end = place - 1, place + 1
        family = text[max(0, start) : place]
        if SURNAME.get(family, UNLISTED) <= _CLEAR or text[end : end + 1] in _KINDRED:
            continue
        if left_of(words, start)[0] in OPEN and right_of(words, end) in CLOSE:
            yield Form(start, end, family, "", "姓氏加“氏”")


def _little(words: Segments) -> Iterator[Form]:
    """Yield 小 before a likely given name that is no other word: 小慧敏."""
    for match in _LITTLE.finditer(words.text):
        start = match.start()
        end = start + 3
        if words.begin.get(start) != "小" or not words.is_border(end):
            continue
        given = words.text[start + 1 : end]
        like = FIRST.get(given[0], RARE) + SECOND.get(given[1], RARE)
        named = words.begin[start + 1] != given or tag(given) in _NAMING
        stands = left_of(words, start)[0] in _BEFORE_LITTLE and right_of(words, end) in CLOSE
        if named and stands and like > _LITTLE_GIVEN:
            yield Form(start, end, "", given, "“小”加名")
