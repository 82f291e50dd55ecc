"""Charts of counts as drawings. Each stands beside a table that says the same in numbers."""

from collections.abc import Sequence

from markupsafe import Markup

from pipeline.site.svg import node, picture, words, wrapped

Counts = Sequence[tuple[str, int]]
"""What is counted, and how many."""

_WIDTH = 320
_LABEL, _NUMBER = 104, 44
_ROW, _BAR = 34, 18
_LINE = 15


def bars(name: str, title: str, counts: Counts) -> Markup:
    """Return a bar for each count, in the order given; a count of 0 has no bar but its number."""
    greatest = max((count for _, count in counts), default=0) or 1
    room = _WIDTH - _LABEL - _NUMBER
    parts = []
    for place, (label, count) in enumerate(counts):
        top = place * _ROW + (_ROW - _BAR) // 2
        length = round(room * count / greatest, 1)
        lines = wrapped(label, 7)[:2]
        foot = place * _ROW + _ROW / 2 + 5 - (len(lines) - 1) * _LINE / 2
        bar = node("rect", kind="bar", x=_LABEL, y=top, width=length, height=_BAR)
        told = words((f"{count:,}",), _LABEL + length + 6, top + 14, 0, kind="bar-number")
        named = words(lines, _LABEL - 8, foot, _LINE, kind="bar-label")
        parts.append(node("g", named, bar, told))
    return picture(name, title, (_WIDTH, max(1, len(counts)) * _ROW), *parts)


def columns(name: str, title: str, counts: Counts) -> Markup:
    """Return a column for each count over a common ground, as for the months of a year."""
    greatest = max((count for _, count in counts), default=0) or 1
    high, top = 120, 22
    step = _WIDTH / max(1, len(counts))
    parts = []
    for place, (label, count) in enumerate(counts):
        height = round(high * count / greatest, 1)
        middle = round(step * (place + 0.5), 1)
        left, thick = round(middle - step * 0.3, 1), round(step * 0.6, 1)
        bar = node("rect", kind="bar", x=left, y=top + high - height, width=thick, height=height)
        number = words((f"{count:,}",), middle, top + high - height - 6, 0, kind="column-text")
        named = words((label,), middle, top + high + 18, 0, kind="column-text")
        parts.append(node("g", bar, number if count else Markup(""), named))
    ground = node("path", kind="chart-ground", d=f"M0 {top + high}H{_WIDTH}")
    return picture(name, title, (_WIDTH, top + high + 26), *parts, ground)
