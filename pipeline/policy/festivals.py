"""The statutory holidays of a year that has not been announced yet: a projection, no more.

全国年节及纪念日放假办法 (2024 revision): 元旦 1 day, 春节 4 from its eve, 清明 1, 劳动节 2, 端午 1,
中秋 1, 国庆 3; a holiday on a weekend is made up for on the next working day. How days are moved
to make longer breaks is only known from the State Council's notice.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Final

_LUNAR: Final[Mapping[int, tuple[tuple[int, int], ...]]] = MappingProxyType(
    {  # month and day of 春节, 清明, 端午, 中秋, computed with lunar_python 1.4.8
        2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
        2028: ((1, 26), (4, 4), (5, 28), (10, 3)),
        2029: ((2, 13), (4, 4), (6, 16), (9, 22)),
        2030: ((2, 3), (4, 5), (6, 5), (9, 12)),
        2031: ((1, 23), (4, 5), (6, 24), (10, 1)),
        2032: ((2, 11), (4, 4), (6, 12), (9, 19)),
        2033: ((1, 31), (4, 4), (6, 1), (9, 8)),
        2034: ((2, 19), (4, 5), (6, 20), (9, 27)),
        2035: ((2, 8), (4, 5), (6, 10), (9, 16)),
        2036: ((1, 28), (4, 4), (5, 30), (10, 4)),
        2037: ((2, 15), (4, 4), (6, 18), (9, 24)),
        2038: ((2, 4), (4, 5), (6, 7), (9, 13)),
        2039: ((1, 24), (4, 5), (5, 27), (10, 2)),
        2040: ((2, 12), (4, 4), (6, 14), (9, 20)),
        2041: ((2, 1), (4, 4), (6, 3), (9, 10)),
        2042: ((1, 22), (4, 4), (6, 22), (9, 28)),
        2043: ((2, 10), (4, 5), (6, 11), (9, 17)),
        2044: ((1, 30), (4, 4), (5, 31), (10, 5)),
        2045: ((2, 17), (4, 4), (6, 19), (9, 25)),
        2046: ((2, 6), (4, 4), (6, 8), (9, 15)),
        2047: ((1, 26), (4, 5), (5, 29), (10, 4)),
        2048: ((2, 14), (4, 4), (6, 15), (9, 22)),
        2049: ((2, 2), (4, 4), (6, 4), (9, 11)),
        2050: ((1, 23), (4, 4), (6, 23), (9, 30)),
    }
)


@cache
def projected_holidays(year: int) -> frozenset[date] | None:
    """Return the days off of ``year`` beside weekends; ``None`` past the table."""
    if year not in _LUNAR:
        return None
    off: set[date] = set()
    for holiday in sorted(_statutory(year)):
        day = holiday
        while day.weekday() >= 5 or day in off:
            day += timedelta(1)
        off.add(day)
    return frozenset(off)


def _statutory(year: int) -> Iterator[date]:
    spring, qingming, duanwu, autumn = (date(year, *day) for day in _LUNAR[year])
    yield date(year, 1, 1)
    yield from (spring + timedelta(offset) for offset in range(-1, 3))
    yield from (qingming, date(year, 5, 1), date(year, 5, 2), duanwu, autumn)
    yield from (date(year, 10, day) for day in (1, 2, 3))
