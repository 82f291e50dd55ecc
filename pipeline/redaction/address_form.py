"""The form of an address: where one that begins at some place ends, and whether it tells a home."""

import re

from pipeline.redaction.divisions import below_county

_JOINT = "的因在被曾将把并且其及了着对从"
_STOP = '，。；;：:、！？!?《》“”"()（）\\[\\]【】{}<>\t'
_MARKS = (
    "特别行政区|自治[区州县旗]|街道办事处|街道|居委会|居民委员会|村委会|村民委员会|村民小组|社区|小区|花园|"
    "家园|公寓|大厦|大院|广场|宿舍|农场|林场|开发区|新村|大街|大道|胡同|单元|号楼|公馆|别墅|豪庭|华府|名邸|名苑|"
    "[省市州盟县区旗镇乡村路街道巷弄里坊号组队社屯庄寨湾坪沟塘苑城园庭府湖居邸寓楼幢栋座层室户房院岙坞垄畈坑岭桥桁埠浜港滩坝畔轩阁郡墅庐舍棟#]"
)
_NAME = f"[^{_STOP}{_JOINT}\\s]"
_ELEMENT = re.compile(
    f"[ \\r\\n]{{0,4}}{_NAME}{{0,14}}?(?:[\\r\\n] {{0,4}}{_NAME}{{0,6}}?)?(?:{_MARKS})"
    r"(?:[（(][^（）()，。\n]{1,12}[)）])? ?"
)
_ROOM = re.compile(r"[A-Za-z]?[0-9][0-9A-Za-z-]{0,8}(?![0-9])(?: ?[室号户])?")
_ROOM_ALONE = re.compile(r"[0-9]{1,3}-[0-9]{1,4}(?:-[0-9]{2,4})?(?![0-9-])(?:室|号)?")
_BROKEN = re.compile(r"[\r\n]")
_NOT_BROKEN = re.compile(r"[人员时日月年电证话案局所罚款]")
DEFINITE = re.compile(r"[0-9一二三四五六七八九十]|[村路街巷弄苑园区屯庄寨楼镇乡]|街道")
"""What an address has that leads further than to a county."""


def address_end(text: str, start: int) -> int | None:
    """Return where the address ends that begins at ``start``; ``None`` when none does."""
    at = start
    while True:
        element = _ELEMENT.match(text, at)
        if element is None:
            break
        if at > start and not _goes_on(text, at, element):
            break
        broken = _BROKEN.search(text, at, element.end())
        if broken and _NOT_BROKEN.search(text, broken.end(), element.end()):
            break
        at = element.end()
    if at == start:
        alone = _ROOM_ALONE.match(text, start)
        return alone.end() if alone else None
    if room := _ROOM.match(text, at):
        at = room.end()
    return at - (len(text[start:at]) - len(text[start:at].rstrip()))


_CONTINUES = re.compile(
    r"(?:[0-9A-Za-z#一二三四五六七八九十-]{1,8}(?:号楼|[号楼幢栋座层室户房#单组队期区]|单元))"
    r"|(?:附[0-9]{1,4}号)|[\u4e00-\u9fff]{1,6}[0-9]{1,3}-[0-9]{1,4}|[^\s]{1,10}?(?:小区|花园|家园|公寓|大厦|苑|城(?=[A-Za-z]?[0-9])|[0-9]{1,4}[幢栋号座])"
)


def _goes_on(text: str, at: int, element: re.Match[str]) -> bool:
    """After a house number only parts of a house go on; prose would be swallowed otherwise."""
    if text[at - 1] not in "号室户组房":
        return True
    part = _CONTINUES.match(text, at)
    return part is not None and part.end() <= element.end() + 10


def is_below_county(text: str, start: int, end: int) -> bool:
    """Say whether the address ``text[start:end]`` names more than a county."""
    below = below_county(text, start, end)
    return below < end and DEFINITE.search(text, below, end) is not None
