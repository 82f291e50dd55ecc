"""Calendar dates in the forms that exports use."""

import re
import unicodedata
from datetime import date

_DIGITS = str.maketrans("〇○零一二三四五六七八九元ΟO", "000123456789100")
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(\d{4})年(\d{1,2})月(\d{1,2})日?",
        r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})",
        r"(\d{4})(\d{2})(\d{2})",
    )
)
_CLOCK = re.compile(r"[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s*$")
_CHINESE = re.compile(
    r"([〇○零ΟO一二三四五六七八九]{4})年([一二三四五六七八九十正元]{1,3})月"
    r"([一二三四五六七八九十廿卅初]{1,4})日?"
)


def parse_date(text: str) -> date:
    """Return the day written in ``text`` in any usual form (LAW.md §3, dates).

    >>> parse_date("二〇二一年十二月三十一日").isoformat(), parse_date("2021.5.3").isoformat()
    ('2021-12-31', '2021-05-03')

    Raises ``ValueError`` (without the text) for another form or a day that does not exist.
    """
    plain = "".join(_CLOCK.sub("", unicodedata.normalize("NFKC", text)).split())
    for form in _FORMS:
        if match := form.fullmatch(plain):
            return _day(*map(int, match.groups()))
    if match := _CHINESE.fullmatch(plain):
        year, month, day = match.groups()
        return _day(int(year.translate(_DIGITS)), _ordinal(month), _ordinal(day))
    raise ValueError("不是日期")


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("日期不存在") from None


def _ordinal(text: str) -> int:
    text = text.replace("正", "一").replace("元", "一").removeprefix("初")
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    base = (int(tens.translate(_DIGITS)) if tens else 1) * 10 if ten else 0
    return base + (int(ones.translate(_DIGITS)) if ones else 0)
