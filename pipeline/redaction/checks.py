"""Check characters and dates of numbers: evidence for a reading, never a condition to hide."""

from datetime import date
from operator import mul

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_FIRST_BIRTH = 1880
_LAST_BIRTH = 2100


def is_birth_day(digits: str) -> bool:
    """Say whether eight digits are a day on which a living person may have been born.

    >>> is_birth_day("19900230"), is_birth_day("19900228")
    (False, True)
    """
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return False
    year = int(digits[:4])
    return _FIRST_BIRTH <= year <= _LAST_BIRTH and _is_day(year, digits[4:6], digits[6:])


def is_short_birth_day(digits: str) -> bool:
    """Say whether six digits are a day of the twentieth century (15-digit ID)."""
    return len(digits) == 6 and _is_day(1900 + int(digits[:2]), digits[2:4], digits[4:])


def _is_day(year: int, month: str, day: str) -> bool:
    try:
        date(year, int(month), int(day))
    except ValueError:
        return False
    return True


def is_id_number(number: str) -> bool:
    """Say whether 18 characters are an ID number with its right check character (GB 11643)."""
    body = number[:17]
    if len(number) != 18 or not (body.isascii() and body.isdigit()):
        return False
    if not is_birth_day(number[6:14]):
        return False
    total = sum(map(mul, map(int, body), _ID_WEIGHTS))
    return _ID_CHECK[total % 11] == number[17].upper()


def is_credit_code(code: str) -> bool:
    """Say whether 18 characters are a 统一社会信用代码 with its right check character (GB 32100).

    >>> is_credit_code("91350100M000100Y43")
    True
    """
    if len(code) != 18 or any(char not in _CREDIT for char in code):
        return False
    total = sum(
        _CREDIT.index(char) * weight
        for char, weight in zip(code[:17], _CREDIT_WEIGHTS, strict=True)
    )
    return _CREDIT[(31 - total % 31) % 31] == code[17]


def passes_luhn(number: str) -> bool:
    """Say whether the last digit of a card number is right.

    >>> passes_luhn("6222021208001234560")
    False
    """
    total = 0
    for index, char in enumerate(reversed(number)):
        digit = int(char)
        if index % 2:
            digit = digit * 2 - 9 if digit > 4 else digit * 2
        total += digit
    return total % 10 == 0
