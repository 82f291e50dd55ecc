"""One plain form for text: equal values look equal, however they were written.

Undoes entities (done by ``texts``), width, invisible characters, digits of other scripts, Chinese
numerals in runs, letters that stand for digits, writing from right to left, and separators put
between the digits of a number.
"""

import re
import unicodedata
from functools import lru_cache

_REVERSED = re.compile("\u202e([^\u202c\u2069\n]*)")
_UNSEEN = (
    "\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""Characters that are not seen: controls, marks of direction, joiners, fillers, selectors, tags."""
_UPON = "\u0300-\u036f\u0483-\u0489\u20d0-\u20ff"
"""Strokes, rings and boxes set upon a character."""
_ODD = re.compile(f"[{_UNSEEN}]")
_HEAPED = re.compile(f"(?<=[0-9])[{_UPON}]+")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_RARE = re.compile(f"[{_UPON}\u0660-\u1fff\ua620-\uabff\U00010000-\U0001ffff]")
"""Where digits of other scripts are, and what is set upon one; most texts have neither."""
_MARKS = (
    *((mark, " ") for mark in "\u00a0\u1680\u2028\u2029\u202f\u2800\u3000"),
    *((chr(blank), " ") for blank in range(0x2000, 0x200B)),
    *((dash, "-") for dash in "\u2010\u2011\u2012\u2015\u2212\u2043\ufe58\ufe63"),
    *((dot, "·") for dot in "\u2022\u2027\u2219\u22c5\u30fb\uff65\u25cf\u25e6"),
    *((letter, "O") for letter in "\u041e\u039f"),
    *((letter, "o") for letter in "\u043e\u03bf"),
    *((letter, "l") for letter in "\u04cf\u0406\u0399\u2223"),
    *zip("，：；（）！？％～．－＊￥", ",:;()!?%~.-*¥", strict=True),
)
_TAG_LETTERS = {0xE0000 + code: code for code in range(0x20, 0x7F)}
_NUMERALS = str.maketrans("〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "0001234567891234567891")
_NUMERAL = "[〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺0-9]"
_NUMERAL_RUN = re.compile(
    rf"[〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺](?:[ \-.·]?{_NUMERAL}){{6,}}"
)
_LOOKALIKES = str.maketrans("OolI|", "00111")
_LOOKALIKE_RUN = re.compile(r"[0-9OolI|]{11,}")
_SINGLE = re.compile(
    r"[0-9](?<![0-9][0-9])(?P<gap>[ \-.·_—–*/,、|]{1,3})[0-9](?:(?P=gap)[0-9]){5,}(?![0-9])"
)
_LETTER = re.compile(r"[A-Za-z0-9]")
_AFTER = re.compile(r"[Xx]?(?![A-Za-z0-9])")
"""What may follow a number: the check character of an ID, and nothing that goes on."""


def plain(text: str) -> str:
    """Return ``text`` in the form in which shapes and values are looked for.

    >>> plain("１３８-００\u200b00 一三八〇〇〇〇一二三四")
    '138-0000 13800001234'
    >>> plain("1 3 8 0 0 0 0 1 2 3 4")
    '13800001234'
    """
    if _ODD.search(text):
        if "\u202e" in text:
            text = _REVERSED.sub(lambda match: match[1][::-1], text)
        text = _ODD.sub("", text.translate(_TAG_LETTERS))
    for mark, narrow in _MARKS:
        if mark in text:
            text = text.replace(mark, narrow)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    if _RARE.search(text):
        text = _OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text)
        text = _HEAPED.sub("", text)
    text = _NUMERAL_RUN.sub(lambda match: match[0].translate(_NUMERALS), text)
    text = _SINGLE.sub(_in_one, text)
    return _LOOKALIKE_RUN.sub(_as_digits, text)


def squeezed(text: str) -> str:
    """Return plain ``text`` without spaces, for comparing values.

    >>> squeezed("张 三 A12")
    '张三A12'
    """
    return "".join(text.split())


@lru_cache(maxsize=10_000)
def form_of(value: str) -> str:
    """Return the form in which a short value is compared: plain and squeezed."""
    return squeezed(plain(value))


def squeezed_lines(text: str) -> str:
    """Return plain ``text`` squeezed, with its lines kept apart."""
    for blank in " \t\r\f\v":
        if blank in text:
            text = text.replace(blank, "")
    return text


def _in_one(match: re.Match[str]) -> str:
    """Return digits that stood apart side by side; twice if the first may end another word."""
    joined, before = (
        match[0].replace(match["gap"], ""),
        match.string[max(0, match.start() - 1) : match.start()],
    )
    return f"{joined} {joined[1:]}" if before.isascii() and before.isalpha() else joined


def _as_digits(match: re.Match[str]) -> str:
    """Return a run with its letters as digits, if it stands alone and is mostly digits."""
    found, around = match[0], match.string
    if found.isdigit() or sum(map(str.isdigit, found)) < 4:
        return found
    before = around[max(0, match.start() - 1) : match.start()]
    if _LETTER.search(before) or not _AFTER.match(around, match.end()):
        return found
    return found.translate(_LOOKALIKES)
