"""Homes that no word announces: known by what stands beside them.

某某（常山县…5号，身份证号…）, 其岳母家（芳村镇…27号）, （常山县球川镇人，…）,
某某（15幢2单元402室）, 常山县…45号（其住宅）.
"""

import re
from collections.abc import Iterator

from pipeline.redaction.address_form import address_end, is_below_county
from pipeline.redaction.divisions import below_county
from pipeline.redaction.keywords import Keywords
from pipeline.redaction.labels import Kind, Label
from pipeline.redaction.reading import Reading

_FIRM = re.compile(r"公司|[厂店馆局院所]|经营部|合作社|商行|超市|中心|委员会|政府")
_OF_HOMES = ("（其住宅", "（其家", "（其住处", "（自家", "（当事人住宅", "（系其住")
_HOMES_OPEN = ("家（", "家(", "家中（", "家里（", "住处（", "出租房（", "租住房（", "宿舍（")
_PUBLIC_HOUSES = frozenset("商厂酒农国专店行")
"""Before 家（ they make 商家、厂家、酒家 of it."""
_SIGNS = Keywords(
    [*_HOMES_OPEN, *_OF_HOMES, "室）", "室)", "镇人", "乡人", "村人", "街道人", "社区人"]
)
_ROOMS, _NATIVES = _SIGNS.words.index("室）"), _SIGNS.words.index("镇人")
_ROOM_IN_BRACKETS = re.compile(
    r"[^园苑区城府庭村路街][（(]([0-9]{1,3}(?:[幢栋座]|号楼)[0-9]{1,2}(?:单元|-)[0-9]{3,4}室)\Z"
)
_AT = re.compile(r".*(?:在|位于|到|至)")
_SEPARATORS = "（(，,、。；;：:\n\t"
_WHO = re.compile(r".*(?:系|籍贯)")
_FARMLAND = re.compile(r"[\u4e00-\u9fff]{2,3}(?:街道|镇|乡|村)")
_NOT_HOME = re.compile(r"公司|[厂店所局站馆]|中心|场[所地]|位于|地点|[地住]址|单位")


def bare_homes(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield where such a home starts and ends, and by what it is known."""
    text = reading.text
    for label in (*reading.of_kind(Kind.ID), *reading.of_kind(Kind.PHONE)):
        if home := _before(text, label):
            yield *home, "人名之后的地址"
    for which, first, last in _SIGNS.everywhere(text):
        if which >= _NATIVES:
            home, evidence = _native(text, first, last), "籍贯"
        elif which >= _ROOMS:
            room = _ROOM_IN_BRACKETS.search(text, max(0, first - 20), first + 1)
            home, evidence = room.span(1) if room else None, "人名之后的房号"
        elif which >= len(_HOMES_OPEN):
            home, evidence = _dwelling(text, first), "其住宅所在的地址"
        else:
            home, evidence = _in_brackets(text, first, last), "某人家的地址"
        if home:
            yield *home, evidence


def _native(text: str, first: int, last: int) -> tuple[int, int] | None:
    """Return the place before 镇人, of which somebody is, at ``text[first:last]``."""
    start = _after(text, first, _WHO)
    ends = last == len(text) or text[last] in _NATIVE_ENDS
    below = ends and below_county(text, start, last - 1) > start
    return (start, last - 1) if below and is_below_county(text, start, last - 1) else None


def _in_brackets(text: str, first: int, last: int) -> tuple[int, int] | None:
    """Return the address that fills the brackets opened by 家（ at ``text[first:last]``."""
    end = address_end(text, last)
    if end is None or text[max(0, first - 1) : first] in _PUBLIC_HOUSES:
        return None
    closed = text[end : end + 1] in _CLOSING
    return (last, end) if closed and is_below_county(text, last, end) else None


def _dwelling(text: str, end: int) -> tuple[int, int] | None:
    """Return the address that ends at ``end``, before （其住宅）."""
    start = _after(text, end, _AT)
    if address_end(text[start:end], 0) == end - start and is_below_county(text, start, end):
        return start, end
    return None


def _before(text: str, label: Label) -> tuple[int, int] | None:
    """Return the address before ``label``, which tells that a number of a person follows."""
    end = label.start - 1
    while end > 0 and text[end - 1] in _PAUSES:
        end -= 1
    if text[end - 1 : end] not in _HOME_ENDS or text[max(0, end - 6) : end].isdigit():
        return None
    start = _after(text, end, None)
    if end - start < 6 or text[start - 1 : start] in _LABELLED:
        return None
    if below_county(text, start, end) == start and not _FARMLAND.match(text, start, end):
        return None
    whole = address_end(text, start) == end and is_below_county(text, start, end)
    if not whole or _NOT_HOME.search(text, start, end) or _is_of_a_firm(text, start, label):
        return None
    return start, end


def _is_of_a_firm(text: str, start: int, label: Label) -> bool:
    """Say whether an address before a telephone may be that of an agency or a firm."""
    if label.kind is not Kind.PHONE:
        return False
    opened = text[start - 1 : start] in _OPENING
    mobile = text[label.value : label.value + 1] == "1" and text[start - 1 : start] in _PAUSES
    return not (opened or mobile) or _FIRM.search(text, max(0, start - 6), start) is not None


_OPENING = frozenset("（(")
_CLOSING = frozenset("）)")
_LABELLED = frozenset("：:")
_PAUSES = frozenset("，,、;； ")
_HOME_ENDS = frozenset("号室户组村庄楼院元区弄幢栋苑园巷街路寨屯0123456789")
_NATIVE_ENDS = frozenset("，,、。；;）)（( \n\t")


def _after(text: str, end: int, words: re.Pattern[str] | None) -> int:
    """Return where the stretch begins that stops at ``end`` and has no separator nor ``words``."""
    low = max(0, end - 60)
    start = max(low, *(text.rfind(sign, low, end) + 1 for sign in _SEPARATORS))
    said = words.match(text, start, end) if words else None
    return said.end() if said else start
