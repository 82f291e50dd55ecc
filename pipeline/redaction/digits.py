"""Numbers as people write them: one scan for everything that could be read as a long number.

A run is digits of any script with at most four separators between them: ``138-1234 5678``,
``一三八…``, ``壹叁捌…``, ``①③⑧…``, ``13O1234567l``. Nothing is rewritten in the text: a run carries
its plain digits and where each stands. Whether a run is a telephone or an order number is for the
detectors; borders inside a run are kept, because two numbers may stand side by side.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

_CHINESE = "〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺貳叄參陸弌弍弎"
_CHINESE_PLAIN = "00012345678912345678912336123"
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨❶❷❸❹❺❻❼❽❾➀➁➂➃➄➅➆➇➈➊➋➌➍➎➏➐➑➒⓵⓶⓷⓸⓹⓺⓻⓼⓽"
_CIRCLED_PLAIN = "0" + "123456789" * 5
_ALIKE = "OoQIil|"
_ALIKE_PLAIN = "0001111"
_DIGIT = f"0-9{_CHINESE}{_CIRCLED}"
_SEPARATOR = r" \r\n.·_-"
_RUN = re.compile(f"[{_DIGIT}](?:[{_SEPARATOR}]{{0,4}}[{_DIGIT}{_ALIKE}]){{4,}}")
_PLAIN = {digit: digit for digit in "0123456789"} | dict(
    zip(_CHINESE + _CIRCLED + _ALIKE, _CHINESE_PLAIN + _CIRCLED_PLAIN + _ALIKE_PLAIN, strict=True)
)
_LEAD = frozenset("OoIl|")
_CLASS = dict.fromkeys(_CHINESE, 1) | dict.fromkeys(_CIRCLED, 2)


class DigitRun(NamedTuple):
    """A stretch that reads as a number of five digits or more.

    ``start`` and ``end`` are offsets in the normal text, ``digits`` its plain ASCII digits.
    ``places`` has the offset of each digit; ``None`` when they stand side by side.
    ``borders`` are the counts of digits at which a number may begin or end: 0, the length, and
    wherever a separator stands or the script changes. ``whole`` is how many digits belong together
    for sure: neither the 一 of ``6222…7一张`` nor the number of a list or a year that follows.
    """

    start: int
    end: int
    digits: str
    places: tuple[int, ...] | None = None
    borders: tuple[int, ...] = ()
    whole: int = 0

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where digits ``first`` up to, not including, ``last`` stand."""
        if self.places is None:
            return self.start + first, self.start + last
        return self.places[first], self.places[last - 1] + 1

    def windows(self, lengths: frozenset[int]) -> Iterator[tuple[int, int]]:
        """Yield each (first, last) between two borders whose length is one of ``lengths``.

        Linear: from each border at most ``max(lengths)`` digits are looked at.
        """
        limit = max(lengths)
        for index, first in enumerate(self.borders):
            for last in self.borders[index + 1 : index + 1 + limit]:
                if last - first > limit:
                    break
                if last - first in lengths:
                    yield first, last

    def inner(self, first: int, last: int) -> list[int]:
        """Return the borders between ``first`` and ``last``, counted from ``first``."""
        low, high = bisect_right(self.borders, first), bisect_left(self.borders, last)
        return [border - first for border in self.borders[low:high]]


def digit_runs(text: str) -> tuple[DigitRun, ...]:
    """Return every run of ``text``, in order."""
    return tuple(_run(text, *match.span()) for match in _RUN.finditer(text))


def _run(text: str, start: int, end: int) -> DigitRun:
    if start and text[start - 1] in _LEAD:
        before = text[start - 2 : start - 1]
        if not (before.isascii() and before.isalnum()):
            start -= 1
    stretch = text[start:end]
    if stretch.isascii() and stretch.isdigit():
        return DigitRun(start, end, stretch, None, (0, end - start), end - start)
    return _mixed(stretch, start, end, text[end : end + 1])


def _mixed(stretch: str, start: int, end: int, after: str) -> DigitRun:
    digits: list[str] = []
    places: list[int] = []
    borders: list[int] = []
    before = -1
    body = len(stretch.rstrip(_ALIKE))
    for index, char in enumerate(stretch):
        plain = _PLAIN.get(char)
        if plain is None:
            before = -1
            continue
        script = _CLASS.get(char, 0) if index < body and (index or char not in _LEAD) else 3
        if script != before:
            borders.append(len(digits))
            before = script
        digits.append(plain)
        places.append(start + index)
    borders.append(len(digits))
    whole = _whole(stretch, borders, after)
    return DigitRun(start, end, "".join(digits), tuple(places), tuple(borders), whole)


_COUNTED = re.compile(f"[0-9{_SEPARATOR}]*[0-9]([{_CHINESE}]{{1,2}})")
_NEXT_LINE = re.compile(r".*[\r\n][ \t]*", re.DOTALL)
_UNITS = frozenset("年月日元时条章节项人米")
_LIST_SIGNS = frozenset("、.．)）:：") | _UNITS


def _whole(stretch: str, borders: list[int], after: str) -> int:
    if _COUNTED.fullmatch(stretch) is not None:
        return borders[-2]
    line = _NEXT_LINE.match(stretch)
    if line is not None and after in _LIST_SIGNS:
        rest = sum(char in _PLAIN for char in stretch[line.end() :])
        return borders[-1] - rest if rest <= 4 else borders[-1]
    if after in _UNITS and len(borders) > 2 and borders[-1] - borders[-2] <= 4:
        return borders[-2]
    return borders[-1]
