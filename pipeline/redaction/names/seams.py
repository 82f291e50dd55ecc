"""Names with blanks inside: padded in a form (王　伟) or broken by the end of a line."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.redaction.names.candidates import Candidate, candidates, may_cross
from pipeline.redaction.names.lexicon import AFTER, SURNAME, likeness
from pipeline.redaction.names.places import occurrences
from pipeline.redaction.names.segments import PERSONISH, Segments

_SEAMS: Final = tuple(
    re.compile(f"{blank}(?<=[\u3400-\u9fff].)[ \t\r\n]{{0,7}}(?=[\u3400-\u9fff])", re.DOTALL)
    for blank in " \t\r\n"
)
"""By the first blank: what begins with a class is looked for five times as slowly."""
_LIKELY: Final = frozenset(name for name, score in SURNAME.items() if score > 0.0)
_FIRSTS: Final = frozenset(name[0] for name in SURNAME)
_LABEL: Final = re.compile("(?:[姓签] {0,8}名|[人员者])(?:[：:] {0,4}| {1,4})\\Z")
_WIDER: Final = 2
"""By so much, the character itself too, the second gap of a name may be wider."""
_PADDED: Final = 3.0
_LABELLED: Final = 0.0
_WRAPPED: Final = 15
_WINDOW: Final = 6
_SURE: Final = 2.0


def seams(text: str) -> list[tuple[int, int]]:
    """Return the stretches of blanks between two Chinese characters."""
    return sorted(match.span() for seam in _SEAMS for match in seam.finditer(text))


def without(text: str, gaps: Sequence[tuple[int, int]]) -> tuple[str, list[int], list[int]]:
    """Return the text without the gaps, where each piece begins in it, and where in ``text``."""
    pieces, starts, origins = [], [], []
    position = length = 0
    for start, end in [*gaps, (len(text), len(text))]:
        pieces.append(text[position:start])
        starts.append(length)
        origins.append(position)
        length += start - position
        position = end
    return "".join(pieces), starts, origins


def again(
    text: str, gaps: Sequence[tuple[int, int]], names: Sequence[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield where known names stand with blanks inside, as start and end in ``text`` and name."""
    whole = [name for name in names if len(name) > 1]
    if not gaps or not whole:
        return
    plain, starts, origins = without(text, gaps)
    for start, end, name in occurrences(plain, whole):
        first = bisect_right(starts, start) - 1
        last = bisect_right(starts, end - 1) - 1
        if first != last:
            yield (
                origins[first] + start - starts[first],
                origins[last] + end - starts[last],
                name,
            )


def padded(text: str, gaps: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield names written with blanks between their characters, with the name.

    >>> text = "负责人：王  伟，陈 建 国"
    >>> list(padded(text, seams(text)))
    [(4, 8, '王伟'), (9, 14, '陈建国')]
    """
    ends = dict(gaps)
    done = 0
    for start, end in gaps:
        first = start - 1
        if first < done or SURNAME.get(text[first], -9.0) <= -1.0:
            continue
        places = [first, end]
        third = ends.get(end + 1, 0)
        if 0 < third - end <= end - start + _WIDER and "\n" not in text[end:third]:
            places.append(third)
        last = places[-1]
        alone = not _is_han(text[max(0, first - 1) : first]) or text[first - 1] in PERSONISH
        after = text[last + 1 : last + 2]
        if alone and (after in AFTER or not _is_han(after)) and "\n" not in text[first:last]:
            name = "".join(text[place] for place in places)
            listed = 0 < done == first - 1 and text[done] == "、"
            labelled = listed or _LABEL.search(text, max(0, first - 16), first) is not None
            if likeness(name, 1) > (_LABELLED if labelled else _PADDED):
                done = last + 1
                yield first, last + 1, name


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _near_surname(text: str, end: int) -> bool:
    return not _LIKELY.isdisjoint(text[max(0, end - 3) : end])


def broken(text: str, gaps: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, Candidate]]:
    """Yield names that the end of a full line breaks, with the candidate in the joined text."""
    previous = 0
    for start, end in gaps:
        newline = "\n" in text[start:end]
        full = start - previous >= _WRAPPED
        if newline:
            previous = end
        if not newline or not full or not _near_surname(text, start):
            continue
        before = text[max(0, start - _WINDOW) : start]
        joined = before + text[end : end + _WINDOW]
        cut = len(before)
        places = [place for place in range(max(1, cut - 3), cut) if joined[place] in _FIRSTS]
        if not any(may_cross(joined, place, cut, _SURE) for place in places):
            continue
        for use in candidates(Segments(joined)):
            if use.start < cut < use.end and use.start > 0 and use.odds > _SURE:
                yield start - (cut - use.start), end + (use.end - cut), use
