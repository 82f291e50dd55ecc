"""Lists of things in which a few items look like names: 木糖醇、姜黄素、高粱红、司盘60."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.redaction.names.candidates import Candidate

_STOPS: Final = "，。；：,;:\n（）()"
_ITEM: Final = re.compile(f"[^、{_STOPS}]{{1,40}}")
_REACH: Final = 400
_FEWEST: Final = 4
_SURE: Final = 4.0
"""Odds by itself from which a name is hidden in whatever list it stands."""
_PEOPLE: Final = re.compile(
    r"笔录|证言|证词|陈述|供述|辩解|身份证|户口|签名|签字|等人|[二两三四五六七八九十\d][人名位]|夫妇|夫妻|证人|同志|"
    r"先生|女士|亲属|家属|村民|居民|参加|出席|人员|负责人"
)
_AFTER: Final = 24
_CALLED: Final = frozenset({"told", "l:role"})
_DOES: Final = frozenset({"r:role", "r:verb", "r:word"})
_STOCK: Final = re.compile(
    "种有|栽植有|陈列有|储存有|种植(?![户：:人员者])|品种|商品有|原料|成分|[测检验]项目|课程有|断面"
)
"""What is said of plants, goods and matters, not of people."""
_BEFORE: Final = 6
_WATERS: Final = frozenset("溪河江湖港浦泉潭")

Pick = tuple[float, Candidate]
Spans = Sequence[tuple[int, int]]


def without_things(text: str, picks: Sequence[Pick]) -> list[Pick]:
    """Return ``picks``, by place, without those that fill an item of a list of things.

    A list is one of things when it has at least four items, no more than half hold a pick, none
    of these is called or does something, and nothing in or beside it speaks of people. A name that
    stands elsewhere as well stays.

    >>> text = "配料：木糖醇、麦芽糖、姜黄素、辣椒红"
    >>> without_things(text, [(0.0, Candidate(11, 14, "姜黄素", 0.0, "l:mark", "r:mark", ""))])
    []
    """
    if "、" not in text:
        return list(picks)
    things: set[int] = set()
    starts = [use.start for _, use in picks]
    done = 0
    for _, use in picks:
        beside = text[use.start - 1 : use.start], text[use.end : use.end + 1]
        if use.start >= done and "、" in beside and (items := _list_around(text, use)):
            done = items[-1][1]
            group = picks[bisect_left(starts, items[0][0]) : bisect_left(starts, done)]
            things.update(_things(text, items, group))
    elsewhere = {use.name for _, use in picks if use.start not in things}
    return [p for p in picks if p[1].start not in things or p[1].name in elsewhere]


def _list_around(text: str, use: Candidate) -> Spans:
    """Return the items of the list around a pick; none when it stands in no list."""
    low = max(0, use.start - _REACH)
    begin = max(low, *(text.rfind(stop, low, use.start) + 1 for stop in _STOPS))
    items = list(_items(text, begin))
    return items if len(items) > 1 and items[-1][1] >= use.end else ()


def _items(text: str, at: int) -> Iterator[tuple[int, int]]:
    while item := _ITEM.match(text, at):
        yield item.span()
        if text[item.end() : item.end() + 1] != "、" or "等" in item.group()[2:]:
            return
        at = item.end() + 1


def _things(text: str, items: Spans, group: Sequence[Pick]) -> Iterator[int]:
    """Yield the starts of the picks that are things, if the items make a list of things."""
    if _PEOPLE.search(text, max(0, items[0][0] - _AFTER), items[-1][1] + _AFTER):
        return
    if any(use.left in _CALLED or use.right in _DOES for _, use in group):
        return
    starts = [use.start for _, use in group]
    named = len({bisect_right(items, (start, len(text))) for start in starts})
    waters = [use for _, use in group if use.name[-1] in _WATERS]
    ends = {end for _, end in items}
    few = len(items) < _FEWEST or (2 * named > len(items) and not _is_stock(text, items))
    if len(waters) < 2 and few:
        return
    if 2 * named > len(items) and any(use.end not in ends for _, use in group):
        return  # 堆放王强、李明家的砖
    for _, use in group:
        fills = use.end in ends or text.startswith("等", use.end)
        if use.odds < _SURE and (fills or use in waters):
            yield use.start


def _is_stock(text: str, items: Spans) -> bool:
    """Say whether what announces a list says that it is one of things: 现场种有杜英、杨梅."""
    start, end = items[0]
    return _STOCK.search(text, max(0, start - _BEFORE), end) is not None
