"""Amounts of money as whole 分. Parses digits, 万元 and capital numerals; never rounds."""

import re
import unicodedata
from decimal import Decimal
from typing import NewType

Fen = NewType("Fen", int)
"""One hundredth of a yuan."""

_DIGITS = {
    c: i
    for i, row in enumerate(
        ("零〇○", "壹一", "贰二两貳", "叁三參", "肆四", "伍五", "陆六陸", "柒七", "捌八", "玖九")
    )
    for c in row
}
_UNITS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_SECTIONS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


def parse_yuan(text: str) -> Fen:
    """Return the amount written in digits, in 元.

    >>> parse_yuan("￥12,000.50元")
    1200050

    Raises ``ValueError`` for anything that is not a plain amount of whole 分.
    """
    return _scaled(text, 100)


def parse_wan(text: str) -> Fen:
    """Return the amount written in digits, in 万元 (双公示 columns 20 and 21).

    >>> parse_wan("0.2")
    200000
    """
    return _scaled(text, 1_000_000)


def _scaled(text: str, factor: int) -> Fen:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    plain = re.sub(r"^(?:人民币)?(?:¥|RMB)?|(?:万?元整?)?$", "", plain)
    if not re.fullmatch(r"-?[0-9]{1,15}(?:\.[0-9]+)?", plain):
        raise ValueError("不是金额")
    amount = Decimal(plain) * factor
    if amount != amount.to_integral_value():
        raise ValueError("金额不是整分")
    return Fen(int(amount))


def parse_capital(text: str) -> Fen:
    """Return the amount written in (capital) Chinese numerals.

    >>> parse_capital("人民币壹万贰仟元整")
    1200000
    >>> parse_capital("叁佰零伍元肆角贰分")
    30542

    Raises ``ValueError`` when the words are not an amount.
    """
    match = re.fullmatch(
        r"(?:人民币)?(?P<yuan>[^元圆角分整正]+)[元圆](?:(?P<jiao>.)角)?零?(?:(?P<fen>.)分)?[整正]?",
        unicodedata.normalize("NFKC", text).replace(" ", ""),
    )
    if match is None:
        raise ValueError("不是大写金额")
    small = [_DIGITS.get(match[unit] or "零", -1) for unit in ("jiao", "fen")]
    if min(small) < 0:
        raise ValueError("不是大写金额")
    return Fen(parse_numeral(match["yuan"]) * 100 + small[0] * 10 + small[1])


def parse_numeral(text: str) -> int:
    """Return the whole number written in Chinese numerals.

    >>> parse_numeral("壹拾贰万零叁佰")
    120300

    Raises ``ValueError`` when a character is not a numeral.
    """
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _SECTIONS:
            total = (
                (total + section + digit) * _SECTIONS[char]
                if char in "亿億"
                else (total + (section + digit) * _SECTIONS[char])
            )
            section = digit = 0
        else:
            raise ValueError("不是数字")
    return total + section + digit


def format_yuan(amount: Fen) -> str:
    """Return the amount for a page.

    >>> format_yuan(Fen(1200050)), format_yuan(Fen(200000))
    ('12,000.50元', '2,000元')
    """
    yuan, fen = divmod(amount, 100)
    return f"{yuan:,}.{fen:02}元" if fen else f"{yuan:,}元"
