"""Check characters of 统一社会信用代码 (GB 32100) and 公民身份号码 (GB 11643)."""

import re
from datetime import date

_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_ID = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, at, 31) for at in range(17))
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

PLACEHOLDER = "0" * 17 + "X"
"""Written for an individual business that has no 统一社会信用代码 (LAW.md 2.9, field 3)."""


def is_uscc(code: str) -> bool:
    """Say whether ``code`` is a 统一社会信用代码 with a right check character.

    >>> is_uscc("91330822MA28F0000A"), is_uscc("00000000000000000X")
    (False, False)
    """
    if not _USCC.fullmatch(code) or code == PLACEHOLDER:
        return False
    values = map(_USCC_ALPHABET.index, code[:17])
    total = sum(value * weight for value, weight in zip(values, _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[(31 - total % 31) % 31] == code[17]


def is_identity_number(number: str) -> bool:
    """Say whether ``number`` is a 公民身份号码 of 18 with a day that exists and its check."""
    if not _ID.fullmatch(number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17]
