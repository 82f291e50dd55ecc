"""What looks like a name and is none: places, issuing codes, organisations, brands."""

import re
from functools import lru_cache
from typing import Final

from pipeline.redaction.names.candidates import Candidate
from pipeline.redaction.names.lexicon import (
    AFTER,
    FORMS,
    NAME_TAGS,
    NAMELESS,
    NOT_NAMES,
    ORDINARY,
    ORGAN_ENDS,
    PLACES,
    SELDOM,
    SOUND_TAGS,
    SURNAME,
    WORLD,
    likeness,
    tag,
)
from pipeline.redaction.names.segments import Segments

PLACE_ENDS: Final = frozenset(
    "村镇县乡路街区市省州屯寨庄巷桥湾坝沟塘社组厂店局院所站队庭科司厅部队族氏证"
)
_PLACE_TAILS: Final = frozenset("籍塔寺庙弄岭坞垄垅畈埠墩圩岙垟淤塆圳仓")
_CLEAR_NAME: Final = 5.0
_SETTLEMENTS: Final = frozenset("村镇乡屯庄")
_SEAT: Final = re.compile("[（(]([\u4e00-\u9fff]{2,4}?)[省市]?[）)]")
"""Where a company has its seat, in its name: 华强（深圳）动漫有限公司."""
_ISSUE: Final = re.compile(r"\s{0,4}[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】年]")
_BRAND: Final = re.compile(r"[”\"』」》]?(?:牌(?!照|号|坊|友|九|局|桌)|品牌|商标|系列)")
_BRANDING: Final = frozenset('”"』」》牌品商系')
_OPENING: Final = {"”": "“", '"': '"', "』": "『", "」": "「"}
_SAID: Final = frozenset("称叫")
"""What says before a quote that somebody is called so: 自称“赵国强”."""
_GOODS: Final = frozenset(
    "酱酒茶面饼鸭香鞋服装剪刀糕粉油药膏丸锅奶饰店馆堂楼厅烟娃偶壳砖膜轮坠镜带裤条汤味"
)
_TRADE: Final = ("专卖", "专营", "专柜", "旗舰", "连锁", "加盟", "超市", "老字号")
_OUTSIDE: Final = frozenset(
    "，。；、：,;:（）()！？!? \n的于在因与和及以将向对从是系为被把等有已曾又也均未不经到去至称说"
) | {""}
_DOUBTFUL_SURNAME: Final = 0.0
_WEAK: Final = -0.5
_PLACE_REACH: Final = 3
_MOVING: Final = frozenset("着了起过")

_ACTS: Final = frozenset({"r:weak", "r:word", "r:role", "r:verb"})
_STILL: Final = frozenset({"r:mark", "r:end", "r:noun", "r:char", "r:digit", "r:place"})
_DOES: Final = frozenset({"r:role", "r:word", "r:verb"})
_WORD_PRICE: Final = 2.0
_PLAUSIBLE: Final = 8.0
_SPEAKING: Final = 3.0
"""How like a name a listed word is that is believed to say or sign something."""
_IDLE_PRICE: Final = 4.0
_ACTING_PRICE: Final = 1.0
_RARE: Final = -9.0
_CLEAR: Final = 2.5
_DOUBTFUL_FIRST: Final = 1.0
_REACH: Final = 24
_QUOTED: Final = 12
_UNITS: Final = frozenset("余万元斤米包单时车年月日家户方双卷盘支项平全")
_CAPITALS: Final = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟零整元圆")
_DIGITS: Final = frozenset("0123456789.一二三四五六七八九十百千万亿两几")
_LITTLE: Final = frozenset(AFTER) | frozenset(
    "内里中上下边旁外间底头面者们性式型类等品物费款金额率票卡证单表"
)
_NAMES_END: Final = frozenset({"r:role", "r:mark", "r:weak", "r:word", "r:end"})
_NEVER: Final = frozenset(
    {"v", "vn", "d", "p", "c", "r", "u", "m", "q", "f", "zg", "ns", "nt", "t"}
)
_FIRMS: Final = ("公司", "商行", "餐厅", "饭店", "酒店")
_SHOPS: Final = frozenset("店厂铺馆坊")
_LINKS: Final = frozenset("vpcdruf")
_BREAKS: Final = frozenset({"所在", "所属", "名下", "对方", "家", "家里", "家中", "自己", "烈士"})
"""Words that no name of an organisation has after the name of a person."""


def is_place(name: str, odds: float) -> bool:
    """Say whether the last character makes a place, a code or a thing of the name.

    >>> is_place("龙潭镇", 1.0), is_place("王小村", 6.0)
    (True, False)
    """
    return name[-1] in PLACE_ENDS and odds < (7.0 if len(name) == 3 else 9.0) - 2.0


def _is_place(use: Candidate) -> bool:
    """Say whether a candidate is a place; more are, where nothing calls for a name."""
    name = use.name
    if is_place(name, use.odds):
        return True
    if not _is_quiet(use):
        return False
    of_family = name[1] == "家" and name[-1] in PLACE_ENDS | _PLACE_TAILS
    settled = name[-1] in _SETTLEMENTS and len(name) == 3
    return of_family or settled or (name[-1] in _PLACE_TAILS and use.odds < _CLEAR_NAME)


@lru_cache(maxsize=4096)
def is_form(name: str) -> bool:
    """Say whether a title or a relation stands in the place of the given name.

    >>> is_form("周女士"), is_form("周慧敏")
    (True, False)
    """
    if len(name) == 2 and name[0] in "阿老小":
        return True
    surname = 2 if name[:2] in SURNAME else 1
    return name[surname:] in FORMS or name[-1] in "氏记" or "某" in name


def is_amount(text: str, start: int) -> bool:
    """Say whether a unit after a number begins here, 25万元中, or capital numerals, 伍仟元."""
    if text[start] in _CAPITALS and text[start + 1 : start + 2] in _CAPITALS:
        return True
    return start > 0 and text[start] in _UNITS and text[start - 1] in _DIGITS


def is_code(text: str, end: int) -> bool:
    """Say whether a bracketed year follows: an issuing code such as 桂政发〔2004〕."""
    return text[end : end + 1] in "〔[（(【 \n" and _ISSUE.match(text, end) is not None


def organ_end(words: Segments, end: int) -> int | None:
    """Return where the organisation ends whose name goes on at ``end``; None when none does.

    Only words that can stand inside such a name are walked over.

    >>> text = "张小泉剪刀有限公司被查"
    >>> organ_end(Segments(text), 3)
    9
    """
    text = words.text
    seat = _past_seat(text, end)
    if seat == end and text[end : end + 1] in _OUTSIDE:
        return None
    if text[end] in _BRANDING and (_BRAND.match(text, end) or _is_traded(words, end)):
        return end + 1
    position = seat
    while not words.is_border(position):
        position += 1
    if tag(words.begin.get(position, "")) == "ns" and position == end:
        return None
    return _walked(words, end, position)


def _walked(words: Segments, end: int, position: int) -> int | None:
    """Return where the last word is over that such a name may end with, from ``position`` on."""
    text = words.text
    last: int | None = None
    while position < min(words.size, end + _REACH):
        if (seat := _past_seat(text, position)) != position:
            position = seat
            continue
        word = words.begin[position]
        position += len(word)
        if not word.isalnum() or word.isascii() or word in _BREAKS:
            return position if last is None and _is_traded(words, position - 1) else last
        if _ends_organ(word, position - len(word) - end, text[position : position + 1]):
            last = position
        elif last is not None or _links(word):
            break
    return last


def _past_seat(text: str, place: int) -> int:
    """Return where the brackets end in which a company tells its seat; ``place`` if it does not."""
    seat = _SEAT.match(text, place) if text[place : place + 1] in "（(" else None
    return seat.end() if seat and seat.group(1) in PLACES else place


def _is_traded(words: Segments, quote: int) -> bool:
    """Say whether goods or a shop follow a closing quote: what stands in it is their name."""
    if (opening := _OPENING.get(words.text[quote])) is None:
        return False
    begin = words.text.rfind(opening, max(0, quote - _QUOTED), quote)
    if begin > 0 and words.text[begin - 1] in _SAID:
        return False
    if words.text.startswith(_TRADE, quote + 1):
        return True
    word = words.begin.get(quote + 1, "")
    return len(word) > 1 and word[-1] in _GOODS and tag(word)[:1] == "n"


def _ends_organ(word: str, before: int, after: str) -> bool:
    """Say whether an organisation or place may end with ``word``, ``before`` characters on.

    ``after`` is the character that follows: 站着 is no station.
    """
    if word.endswith(_FIRMS) or (word[-1] in _SHOPS and len(word) > 1 and tag(word)[:1] == "n"):
        return True
    if word not in ORGAN_ENDS:
        return False
    if word in PLACE_ENDS:
        return before + len(word) < _PLACE_REACH and after not in _MOVING
    return before > 0 or len(word) > 1


def _links(word: str) -> bool:
    """Say whether a word binds parts of a sentence and so stands in no name."""
    kind = tag(word)
    return kind[:1] in _LINKS and (len(word) == 1 or kind != "vn")


def is_phrase(words: Segments, use: Candidate) -> bool:
    """Say whether a word and what follows or precedes it only look like a name: 仓库内, 应严格.

    >>> text = "在仓库内发现"
    >>> is_phrase(Segments(text), Candidate(1, 4, "仓库内", 0.0, "l:weak", "r:verb", ""))
    True
    """
    start, end = use.start, use.end
    word = words.begin.get(start, "")
    size = end - start
    if len(word) < size and word in NOT_NAMES:
        return True
    if 2 <= len(word) < size and tag(word) not in NAME_TAGS:
        return words.text[end - 1] in _LITTLE or (word in ORDINARY and use.odds < _WEAK)
    if size == 3 and use.odds < _WEAK and SURNAME.get(word, 1.0) < _DOUBTFUL_SURNAME:
        given = words.begin.get(start + 1, "")
        return len(given) > 1 and tag(given) not in {*NAME_TAGS, ""}
    return False


def is_word(words: Segments, use: Candidate) -> bool:
    """Say whether an ordinary word stands where nothing calls for a name.

    Names that are words (高兴, 时光) need a role before them and a fitting word or mark after.
    """
    word = words.begin.get(use.start, "")
    if _is_idle(use) and use.name in SELDOM:
        return True
    if len(word) != use.end - use.start or tag(word) in NAME_TAGS:
        return False
    if use.left != "l:role":
        return not (use.right == "r:role" and tag(word) == "nw")
    return use.right not in _NAMES_END or tag(word) in _NEVER


def _is_quiet(use: Candidate) -> bool:
    """Say whether nothing around a candidate calls for a name, nor is it part of a sentence."""
    return use.left != "l:role" and use.right in _STILL


def _is_nameless(use: Candidate) -> bool:
    """Say whether it is a listed word that nothing calls for and that says nothing either."""
    name = use.name
    if name not in NAMELESS and not name.endswith("合格"):
        return False
    if use.left == "l:role":
        return use.right != "r:role" and tag(name) == "t"  # 员工凌晨离开
    least = _SPEAKING if use.right == "r:role" else _PLAUSIBLE
    return likeness(name, 1) < least or _is_quiet(use)


def _is_idle(use: Candidate) -> bool:
    """Say whether nothing calls for a name and it does nothing either: of goods, 方太、海尔."""
    return use.left != "l:role" and use.right not in _DOES


def word_price(use: Candidate) -> float:
    """Return what it costs a word to be a name: less where it does something and is no thing."""
    if _is_idle(use) and (use.name in SELDOM or tag(use.name) == "n"):
        return _IDLE_PRICE
    acts = use.right in _ACTS and tag(use.name) in SOUND_TAGS and use.name not in ORDINARY
    return _ACTING_PRICE if acts else _WORD_PRICE


def is_titled(words: Segments, use: Candidate) -> bool:
    """Say whether the surname of somebody with a title follows a word: 向|李局长.

    >>> is_titled(Segments("向李局长汇报"), Candidate(0, 2, "向李", 0.0, "", "", ""))
    True
    """
    name = use.name
    if len(name) != 2 or SURNAME.get(name[1], _RARE) < _CLEAR or SURNAME[name[0]] > _DOUBTFUL_FIRST:
        return False
    return words.begin.get(use.end) in FORMS


def stays(words: Segments, use: Candidate) -> bool:
    """Say whether a candidate is one of the look-alikes that its own text and neighbours betray."""
    text, name, start, end = words.text, use.name, use.start, use.end
    return (
        name in NOT_NAMES
        or name in WORLD
        or _is_nameless(use)
        or text[end - 1 : end + 1] in FORMS
        or (_is_place(use) and text[start - 1 : start] != "@")
        or is_form(name)
        or is_titled(words, use)
        or is_amount(text, start)
        or is_code(text, end)
        or is_phrase(words, use)
    )
