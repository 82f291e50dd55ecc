"""Numbers that tell who somebody is, by their shape, in plain text.

Written apart from redaction and on purpose more suspicious: whatever is found stops the release.
"""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date

_SEPARATOR = r"[ \t]*[\-.·_—–*/,、| ][ \t]*"
_REGION = re.compile(r"[0-9][0-9 \t\-.·_—–*/,、|]{9,}[0-9XxХ×]")
_SHORTEST = 11
_NEAR = 50
_RUN = re.compile(r"[0-9]{11,}")
_NO_DIGITS = re.compile(r"[^0-9Xx]+")
_ID = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}[ \-.·_*]{0,2}(?P<year>1[89]|20)[ \-.·_*]{0,2}(?P<rest>[0-9]{2})"
    r"[ \-.·_*]{0,2}(?P<month>0[1-9]|1[0-2])[ \-.·_*]{0,2}(?P<day>0[1-9]|[12][0-9]|3[01])"
    r"[ \-.·_*]{0,2}[0-9]{3}[ \-.·_*]{0,2}[0-9XxХ×](?![0-9])"
)
_ID_BY_FOURS = re.compile(
    r"(?<![0-9])[0-9]{4}([ \-.·])[0-9]{4}(?:\1[0-9]{4}){2}\1[0-9][0-9Xx](?![0-9])"
)
_CUE = re.compile(
    "身份证|证件号|身份号|卡号|账号|帐号|账户|帐户|电话|联系方式|座机|手机|致电|来电|传真|Tel|TEL|tel"
)
_ID_OLD = re.compile(
    r"[^0-9\n]{0,12}(?P<number>[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3})"
    r"(?![0-9])"
)
_MOBILE_SPLIT = re.compile(
    rf"(?<![0-9])(?P<number>1[3-9][0-9](?P<a>{_SEPARATOR})[0-9]{{4}}(?P=a)[0-9]{{4}}"
    rf"|1[3-9][0-9](?P<b>{_SEPARATOR})[0-9]{{3}}(?P=b)[0-9]{{5}}"
    rf"|1[3-9][0-9]{{2}}(?P<c>{_SEPARATOR})[0-9]{{4}}(?P=c)[0-9]{{3}}"
    rf"|1[3-9][0-9]{{3}}{_SEPARATOR}[0-9]{{6}}|1[3-9][0-9]{{4}}{_SEPARATOR}[0-9]{{5}}"
    rf"|1[3-9][0-9]{_SEPARATOR}(?!(?:19|20)[0-9]{{2}}[01])[0-9]{{8}}"
    rf"|1[3-9][0-9]{{5}}{_SEPARATOR}[0-9]{{4}})(?![0-9])"
)
_CARD_SPLIT = re.compile(
    r"(?<![0-9])62[0-9]{2}([ \-.·])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{1,3})?(?![0-9])"
)
_OFFICIAL = re.compile(
    "财政|国库|非税|罚没款|罚没专户|代收银行|缴至|缴到|缴入|上缴|缴纳罚款|本机关|本局|我局|"
    "咨询|监督|举报|投诉|服务热线|办公"
)
"""Words before a landline or an account that make it the organ's or the treasury's."""
_ACCOUNT = re.compile(r"[^0-9\n]{0,8}(?P<number>[0-9](?:[ \-]?[0-9]){7,31})(?![0-9])")
_LANDLINE = re.compile(
    r"[^0-9\n]{0,6}(?P<number>(?:\(?0[0-9]{2,3}\)?[\- ]{0,2})?[2-8][0-9]{2,3}[\- ]?[0-9]{4})"
    r"(?![0-9])"
)
_PLATE = re.compile(
    r"(?P<number>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-NP-Z][·•.\- ]?(?!B/T|B [0-9])"
    r"(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳领试超]|[A-HJ-NP-Z0-9]{6}))"
    r"(?![A-Za-z0-9]|[\-/—][0-9])"
)
_STANDARD = re.compile(
    r"[\u4e00-\u9fff](?:GB|DB|HJ|QB|JB|SB|NY|LY|CJ|JG|SN|WS|YY|AQ|TS|CC|SC)[ 0-9]"
)
_EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}@[A-Za-z0-9\-]{1,63}"
    r"(?:\.[A-Za-z0-9\-]{1,63}){0,5}\.[A-Za-z]{2,20}(?![A-Za-z0-9])"
)
_IMAGE = re.compile(r"@[0-9]x\.(?:png|jpe?g|svg|webp|gif)$")
_HEX = re.compile(r"[0-9a-f]{32,}")
_DIGEST = re.compile(r"[0-9a-f]{64}(?<![0-9A-Za-z].{64})(?![0-9A-Za-z])")
"""SHA-256 of a text, which pages show; one in some thousands holds what looks like a number."""
_ADDRESS = re.compile(
    r"(?<![0-9A-Za-z\-])(?:19|20)[0-9]{2}/[0-9]{1,8}-(?=[0-9]*[a-f])[0-9a-f]{10}(?![0-9A-Za-z])"
)
"""The address of a decision: year, number, and ten digits of a hash, one of them a letter at least.
Of the numbers that begin like a telephone's, one in some dozens would look like one."""


def shapes_in(text: str, allowed: Collection[str]) -> Iterator[str]:
    """Yield the kind of each suspicious number in plain ``text``, in Chinese; never the number.

    ``allowed`` are public numbers as digits only and public mail addresses in lower case. The
    kinds in ``WHERE_TOLD`` are suspicious only where a case is told.
    """
    text = _DIGEST.sub(lambda match: match[0] if match[0].isdigit() else " ", text)
    text = _ADDRESS.sub(" ", text)
    for region in _REGION.finditer(text):
        number = digits(region[0])
        if len(number) >= _SHORTEST and number not in allowed:
            yield from _in_region(text, region, allowed)
    for plate in _PLATE.finditer(text):
        if _is_plate(plate) and plate[0] not in allowed:
            yield "车牌号码"
    for cue in _CUE.finditer(text):
        yield from _after_cue(text, cue, allowed)
    yield from _mails_in(text, allowed)


def _after_cue(text: str, cue: re.Match[str], allowed: Collection[str]) -> Iterator[str]:
    """Yield what follows a word that announces a number."""
    kind, pattern = _ANNOUNCED.get(cue[0], _PHONE)
    match = pattern.match(text, cue.end())
    if match is None or digits(match["number"]) in allowed:
        return
    near = max(0, cue.start() - _NEAR, _line(text, cue))
    if kind not in WHERE_TOLD or not _OFFICIAL.search(text, near, cue.end()):
        yield kind


def _line(text: str, cue: re.Match[str]) -> int:
    """Return where the sentence or line of ``cue`` begins."""
    return max(text.rfind(stop, 0, cue.start()) for stop in "\n。；") + 1


def _mails_in(text: str, allowed: Collection[str]) -> Iterator[str]:
    at, end = text.find("@"), 0
    while at >= 0:
        match = _EMAIL.search(text, max(end, at - 64), at + 140)
        if match and not _IMAGE.search(match[0]) and match[0].lower() not in allowed:
            yield "电子邮箱"
        end = match.end() if match else end
        at = text.find("@", max(at + 1, end))


def _in_region(text: str, region: re.Match[str], allowed: Collection[str]) -> Iterator[str]:
    """Yield what a stretch of digits and separators holds."""
    for run in _RUN.finditer(text, *region.span()):
        kind = _kind_of_run(text, run)
        if kind and run[0] not in allowed:
            yield kind
    for kind, pattern, accept in _SPLIT:
        for match in pattern.finditer(region[0]):
            if accept(match) and digits(match[0]) not in allowed:
                yield kind


def digits(text: str) -> str:
    """Return the digits of ``text``, and an X at the end of a number.

    >>> digits("0570-502 1234"), digits("33082219800301001x")
    ('05705021234', '33082219800301001X')
    """
    return text if text.isdecimal() and text.isascii() else _NO_DIGITS.sub("", text).upper()


def _kind_of_run(text: str, run: re.Match[str]) -> str | None:
    """Return what a run of at least eleven digits is. IDs are found by their own pattern."""
    number, before = run[0], text[max(0, run.start() - 40) : run.start()]
    if len(number) in {11, 13, 15} and re.fullmatch(r"(?:86|0086)?1[3-9][0-9]{9}", number):
        glued = re.search(r"[0-9A-Za-z.]+\Z", before)
        after = re.match(r"[0-9A-Za-z]*", text[run.end() : run.end() + 64])
        token = f"{glued[0] if glued else ''}{number}{after[0] if after else ''}"
        if _HEX.search(token) or re.search(r"[0-9]\.\Z", before):
            return None
        return None if after and after[0][:1].isalpha() and glued else "手机号码"
    is_card = 16 <= len(number) <= 19 and number.startswith("62") and _luhn(number)
    return "银行卡号" if is_card else None


def _is_id(match: re.Match[str]) -> bool:
    """Whether the middle is a real day, and the whole is not an organisation's credit code."""
    number = digits(match[0].translate({0x425: "X", 0xD7: "X"}))
    year = int(match["year"] + match["rest"])
    try:
        date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    return year >= 1880 and (_mod_11_2(number) or not _is_credit_code(number))


def _is_id_by_fours(match: re.Match[str]) -> bool:
    whole = _ID.fullmatch(digits(match[0]))
    return bool(whole and _is_id(whole))


def _is_card(match: re.Match[str]) -> bool:
    return _luhn(digits(match[0]))


def _is_plate(match: re.Match[str]) -> bool:
    bare = re.sub(r"[·•.\- ]", "", match[0])
    return not _STANDARD.match(match[0]) and sum(map(str.isdigit, bare)) >= 2


def _always(_: re.Match[str]) -> bool:
    return True


_Shape = tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]]

_SPLIT: tuple[_Shape, ...] = (
    ("身份证件号码", _ID, _is_id),
    ("身份证件号码", _ID_BY_FOURS, _is_id_by_fours),
    ("手机号码", _MOBILE_SPLIT, _always),
    ("银行卡号", _CARD_SPLIT, _is_card),
)
"""Looked for in stretches of digits and separators."""

_PHONE = ("固定电话", _LANDLINE)
_ANNOUNCED = {
    **dict.fromkeys(("身份证", "证件号", "身份号"), ("身份证件号码", _ID_OLD)),
    **dict.fromkeys(("卡号", "账号", "帐号", "账户", "帐户"), ("账号", _ACCOUNT)),
}
"""Cue → kind and pattern behind it. Others are telephones."""

WHERE_TOLD = frozenset({"固定电话", "账号"})
"""Landlines and accounts stand on many pages, and are somebody's only where a case is told."""


def _mod_11_2(number: str) -> bool:
    """GB 11643: the check character of an ID number."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(d) * w for d, w in zip(number[:17], weights, strict=True))
    return "10X98765432"[total % 11] == number[17]


def _is_credit_code(number: str) -> bool:
    """GB 32100: the check character of a 统一社会信用代码, here one of digits only."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if number[0] not in "159" or any(char not in alphabet for char in number):
        return False
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(number[:17]))
    return alphabet[(31 - total % 31) % 31] == number[17]


def _luhn(number: str) -> bool:
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(number))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
