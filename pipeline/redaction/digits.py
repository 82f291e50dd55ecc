"""Numbers as people write them: one scan for everything that could be read as a long number.

A run is digits of any script with at most four separators between them: ``138-1234 5678``,
``一三八…``, ``壹叁捌…``, ``①③⑧…``, ``13O1234567l``. Nothing is rewritten in the text: a run carries
its plain digits and where each stands. Whether a run is a telephone or an order number is for the
detectors; borders inside a run are kept, because two numbers may stand side by side.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

_CHINESE = "〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺貳叄參陸弌弍弎"
_CHINESE_PLAIN = "00012345678912345678912336123"
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨❶❷❸❹❺❻❼❽❾➀➁➂➃➄➅➆➇➈➊➋➌➍➎➏➐➑➒⓵⓶⓷⓸⓹⓺⓻⓼⓽"
_CIRCLED_PLAIN = "0" + "123456789" * 5
_ALIKE = "OoQIil|"
_ALIKE_PLAIN = "0001111"
_DIGIT = f"0-9{_CHINESE}{_CIRCLED}"
_SEPARATOR = r" \r\n.·_-"
_NEXT = f"[{_SEPARATOR}]{{0,4}}[{_DIGIT}{_ALIKE}]"
_MORE = f"[{_DIGIT}{_ALIKE}]*(?:[{_SEPARATOR}]{{1,4}}[{_DIGIT}{_ALIKE}]+)*"
_RUN = re.compile(f"[{_DIGIT}]{_NEXT * 4}{_MORE}")
"""Five digits or more. Written out, because a counted group takes three times as long."""
_PART = re.compile(f"[0-9{_ALIKE}]+|[{_CHINESE}]+|[{_CIRCLED}]+")
_PLAIN = str.maketrans(
    _CHINESE + _CIRCLED + _ALIKE, _CHINESE_PLAIN + _CIRCLED_PLAIN + _ALIKE_PLAIN, " \r\n.·_-"
)
_LEAD = frozenset("OoIl|")


class DigitRun:
    """A stretch that reads as a number of five digits or more.

    ``start`` and ``end`` are offsets in the normal text, ``digits`` its plain ASCII digits. The
    rest is worked out when it is asked for: of most numbers (days, amounts) it never is.
    """

    def __init__(self, start: int, end: int, stretch: str, after: str) -> None:
        self.start = start
        self.end = end
        self._plain = stretch.isascii() and stretch.isdigit()
        self.digits = stretch if self._plain else stretch.translate(_PLAIN)
        self._stretch = stretch
        self._after = after

    @cached_property
    def _parts(self) -> list[tuple[int, int]]:
        """What stands together and is of one script; look-alikes at either end are apart."""
        stretch = self._stretch
        if self._plain:
            return [(0, len(stretch))]
        first = stretch[0] in _LEAD
        body = len(stretch.rstrip(_ALIKE))
        head = [(0, 1)] if first else []
        tail = [(body, len(stretch))] if body < len(stretch) else []
        return [*head, *(part.span() for part in _PART.finditer(stretch, first, body)), *tail]

    @cached_property
    def borders(self) -> list[int]:
        """The counts of digits at which a number may begin or end.

        0, the length, and wherever a separator stands or the script changes.
        """
        return list(accumulate((high - low for low, high in self._parts), initial=0))

    @cached_property
    def whole(self) -> int:
        """How many digits belong together for sure.

        Neither the 一 of ``6222…7一张`` nor the number of a list or a year that follows.
        """
        if self._plain:
            return len(self.digits)
        return _whole(self._stretch, self.borders, self._after)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where digits ``first`` up to, not including, ``last`` stand."""
        if self._plain:
            return self.start + first, self.start + last
        low = bisect_right(self.borders, first) - 1
        high = bisect_left(self.borders, last) - 1
        return (
            self.start + self._parts[low][0] + first - self.borders[low],
            self.start + self._parts[high][0] + last - self.borders[high],
        )

    def windows(self, lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield each (first, last) between borders whose length is one of ``lengths``, rising."""
        if self._plain:
            if len(self.digits) in lengths:
                yield 0, len(self.digits)
            return
        if len(self.digits) < lengths[0]:
            return
        ends = set(self.borders)
        for first in self.borders:
            for length in lengths:
                if first + length in ends:
                    yield first, first + length

    def inner(self, first: int, last: int) -> list[int]:
        """Return the borders between ``first`` and ``last``, counted from ``first``."""
        low, high = bisect_right(self.borders, first), bisect_left(self.borders, last)
        return [border - first for border in self.borders[low:high]]


def digit_runs(text: str) -> tuple[DigitRun, ...]:
    """Return every run of ``text``, in order."""
    runs: list[DigitRun] = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        if text[start - 1 : start] in _LEAD:
            before = text[start - 2 : start - 1]
            if not (before.isascii() and before.isalnum()):
                start -= 1
        runs.append(DigitRun(start, end, text[start:end], text[end : end + 1]))
    return tuple(runs)


_COUNTED = re.compile(f"[0-9{_SEPARATOR}]*[0-9]([{_CHINESE}]{{1,2}})")
_NEXT_LINE = re.compile(r".*[\r\n][ \t]*", re.DOTALL)
_UNITS = frozenset("年月日元时条章节项人米")
_LIST_SIGNS = frozenset("、.．)）:：") | _UNITS


def _whole(stretch: str, borders: list[int], after: str) -> int:
    if stretch[-1] in _CHINESE and _COUNTED.fullmatch(stretch) is not None:
        return borders[-2]
    if after not in _LIST_SIGNS:
        return borders[-1]
    if line := _NEXT_LINE.match(stretch):
        rest = len(stretch[line.end() :].translate(_PLAIN))
        return borders[-1] - rest if rest <= 4 else borders[-1]
    if after in _UNITS and len(borders) > 2 and borders[-1] - borders[-2] <= 4:
        return borders[-2]
    return borders[-1]
