"""One plain form for text: equal values look equal, however they were written.

Undoes entities (done by ``texts``), width, invisible characters, Chinese numerals in runs, letters
that stand for digits, and separators put between the digits of a number.
"""

import re
import unicodedata
from functools import lru_cache

_MARKS = (
    *((mark, "") for mark in "\u200b\u200c\u200d\u2060\u00ad\ufeff\u200e\u200f"),
    ("\u00a0", " "),
    ("\u3000", " "),
    ("\u041e", "O"),
    ("\u043e", "o"),
    *zip("，：；（）！？％～．－＊￥", ",:;()!?%~.-*¥", strict=True),
)
_NUMERALS = str.maketrans("〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "0001234567891234567891")
_NUMERAL = "[〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺]"
_NUMERAL_RUN = re.compile(rf"{_NUMERAL}(?:[ \-.·]?{_NUMERAL}){{6,}}")
_LOOKALIKES = str.maketrans("OolI|", "00111")
_LOOKALIKE_RUN = re.compile(r"[0-9OolI|]{11,}")
_SINGLE = re.compile(
    r"[0-9](?<![0-9][0-9])(?P<gap>[ \-.·_—–*/,、|]{1,3})[0-9](?:(?P=gap)[0-9]){5,}(?![0-9])"
)
_LETTER = re.compile(r"[A-Za-z0-9]")


def plain(text: str) -> str:
    """Return ``text`` in the form in which shapes and values are looked for.

    >>> plain("１３８-００\u200b00 一三八〇〇〇〇一二三四")
    '138-0000 13800001234'
    >>> plain("1 3 8 0 0 0 0 1 2 3 4")
    '13800001234'
    """
    for mark, narrow in _MARKS:
        if mark in text:
            text = text.replace(mark, narrow)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = _NUMERAL_RUN.sub(lambda match: match[0].translate(_NUMERALS), text)
    text = _SINGLE.sub(lambda match: match[0].replace(match["gap"], ""), text)
    return _LOOKALIKE_RUN.sub(_as_digits, text)


def squeezed(text: str) -> str:
    """Return plain ``text`` without spaces, for comparing values.

    >>> squeezed("张 三 A12")
    '张三A12'
    """
    return "".join(text.split())


@lru_cache(maxsize=100_000)
def form_of(value: str) -> str:
    """Return the form in which a short value is compared: plain and squeezed."""
    return squeezed(plain(value))


def squeezed_lines(text: str) -> str:
    """Return plain ``text`` squeezed, with its lines kept apart."""
    for blank in " \t\r\f\v":
        if blank in text:
            text = text.replace(blank, "")
    return text


def _as_digits(match: re.Match[str]) -> str:
    """Return a run with its letters as digits, if it stands alone and is mostly digits."""
    found, around = match[0], match.string
    if found.isdigit() or sum(map(str.isdigit, found)) < 4:
        return found
    neighbours = (
        around[max(0, match.start() - 1) : match.start()] + around[match.end() : match.end() + 1]
    )
    return found if _LETTER.search(neighbours) else found.translate(_LOOKALIKES)
