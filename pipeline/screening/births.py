"""出生: what words and numbers tell about the age of people, and where they stand.

Only evidence is gathered here; whose it is and what follows is for ``pipeline.screening.minors``.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from pipeline.domain.dates import parse_date
from pipeline.domain.money import parse_numeral

_NUMBER = re.compile(r"[1-9](?:[ \-]?[0-9]){13,16}[ \-]?[0-9Xx]?")
_DATE = (
    r"[12]\d{3}[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?|[12]\d{3}[年.\-/]\d{1,2}月?"
    r"|(?:19|20)\d{2}[01]\d[0-3]\d|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十正元]{1,3}月"
    r"(?:[一二三四五六七八九十廿卅]{1,4}日)?|(?:19|20)\d\d年"
)
_BORN = re.compile(
    rf"(?P<first>{_DATE})[,、(]?(?:出生|生)(?![产效活成态意鲜物育])"
    rf"|(?:出生(?:日期|年月日?|时间|年份|于)?|(?<![发产])生于|生日)[\s::|为是]*(?P<second>{_DATE})"
)
_AGE = re.compile(r"(?P<age>\d{1,3}|[一二三四五六七八九十两]{1,4})(?:周|虚)?$")
_AGE_LABEL = re.compile(r"年龄[\s::|为是约]*(?P<age>\d{1,3})(?![\d\-~.至%])")
_GENERAL_AFTER = re.compile(
    r"岁?\s*(?:以[上下内前后外]|之[前后]|及|或|至|到|[\-~—–]|的?(?:儿童|婴|幼|宝宝|未成年|少年|人群)"
    r"|段|组|者|的(?:人|自然人|公民)|左右的人)"
)
_GENERAL_BEFORE = re.compile(
    r"(?:[未不已年]满|[大小长差]|未达|不足|[至到\-~—–]|适[用龄合]|超过|[大小低高]于|达到?|[<>≤≥]|满)\s*$"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Somebody at ``place`` of the text was born on ``latest_birth`` at the latest."""

    place: int
    latest_birth: date


def age_on(birth: date, day: date) -> int:
    """Return the full years between ``birth`` and ``day``; the birthday itself does not count.

    周岁 begin on the day after the birthday.

    >>> age_on(date(2000, 5, 3), date(2018, 5, 3)), age_on(date(2000, 5, 3), date(2018, 5, 4))
    (17, 18)
    """
    return day.year - birth.year - ((day.month, day.day) <= (birth.month, birth.day))


def birth_in_number(number: str) -> date | None:
    """Return the day of birth in a 公民身份号码 of 18 or 15 places; ``None`` for other numbers."""
    bare = re.sub(r"[\s\-]", "", number)
    if re.fullmatch(r"[1-9]\d{16}[\dXx]", bare):
        return _valid(bare[6:14])
    return _valid(f"19{bare[6:12]}") if re.fullmatch(r"[1-9]\d{14}", bare) else None


def evidence(text: str, decided_on: date) -> tuple[Evidence, ...]:
    """Return all that ``text`` (in NFKC) says about days of birth and ages, in its order.

    An age is taken as of ``decided_on``; an age that no person is meant by (“3岁以上”) is left out.
    """
    found = [*_numbers(text), *_births(text), *_ages(text, decided_on)]
    return tuple(sorted(found, key=lambda item: item.place))


def _numbers(text: str) -> Iterator[Evidence]:
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"[\s\-]", "", match[0])
        birth = birth_in_number(digits) if len(digits) == 18 else None
        if birth:
            yield Evidence(match.start(), birth)


def _births(text: str) -> Iterator[Evidence]:
    if not any(word in text for word in ("出生", "生于", "生日", "日生", "月生", "年生")):
        return
    for match in _BORN.finditer(text):
        birth = _latest(match["first"] or match["second"])
        if birth:
            yield Evidence(match.start(), birth)


def _ages(text: str, decided_on: date) -> Iterator[Evidence]:
    place = text.find("岁")
    while place >= 0:
        before = text[max(0, place - 12) : place]
        match = _AGE.search(before)
        if match and not _is_general(before[: match.start()], text[place : place + 8]):
            yield from _aged(place - len(before) + match.start(), match["age"], decided_on)
        place = text.find("岁", place + 1)
    if "年龄" in text:
        for labelled in _AGE_LABEL.finditer(text):
            if text[labelled.end() : labelled.end() + 1] not in {"岁", "周"}:
                yield from _aged(labelled.start(), labelled["age"], decided_on)


def _is_general(before: str, after: str) -> bool:
    return bool(_GENERAL_BEFORE.search(before) or _GENERAL_AFTER.match(after))


def _aged(place: int, words: str, decided_on: date) -> Iterator[Evidence]:
    age = int(words) if words.isdigit() else parse_numeral(words)
    if 0 < age < 130 and age < decided_on.year:
        day = min(decided_on.day, 28)
        yield Evidence(place, date(decided_on.year - age, decided_on.month, day))


def _latest(words: str) -> date | None:
    """Return the last day that ``words``, a day, a month or a year, can mean."""
    with suppress(ValueError):
        return parse_date(words)
    match = re.fullmatch(r"(\d{4})[年.\-/](?:(\d{1,2})月?)?", words)
    if not match or not 1 <= int(match[2] or 12) <= 12:
        return None
    year, month = int(match[1]), int(match[2] or 12)
    return date(year, month, monthrange(year, month)[1]) if year else None


def _valid(digits: str) -> date | None:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return birth if birth.year >= 1880 else None
