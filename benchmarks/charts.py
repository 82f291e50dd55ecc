"""Charts as SVG files: bars, and curves over two logarithmic axes.

Each has a title and a description for those who do not see it, and stands beside a table that
says the same in numbers. Curves differ in their dashes and have their names at their ends: nobody
needs the colours to tell them apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from markupsafe import Markup, escape

from pipeline.site.svg import node, width_of

Point = tuple[float, float]

_STYLE = """
text { font: 14px system-ui, sans-serif; fill: #1f2328; }
.paper { fill: #fff; } .bar { fill: #8c959f; } .ours { fill: #0b5cad; }
.grid { stroke: #d0d7de; } .curve { fill: none; stroke-width: 2.5; }
.curve0 { stroke: #0b5cad; } .dot0 { fill: #0b5cad; }
.curve1 { stroke: #b35900; stroke-dasharray: 8 4; } .dot1 { fill: #b35900; }
.curve2 { stroke: #1a7f37; stroke-dasharray: 3 3; } .dot2 { fill: #1a7f37; }
.curve3 { stroke: #6e40c9; stroke-dasharray: 12 3 3 3; } .dot3 { fill: #6e40c9; }
"""
_WIDTH = 720
_ROW = 36
_LEADING = 18


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, how long it is, and whether it is ours."""

    name: str
    value: float
    ours: bool


def bars(title: str, description: str, unit: str, values: Sequence[Bar]) -> str:
    """Return a bar for each value, in the order given."""
    left = 24 + max(width_of(bar.name) for bar in values) * 14
    room = _WIDTH - left - 110
    greatest = max(bar.value for bar in values) or 1.0
    parts = []
    for place, bar in enumerate(values):
        top, long = 8 + place * _ROW, max(1.0, round(room * bar.value / greatest, 1))
        kind = "ours" if bar.ours else "bar"
        parts += [
            _text(bar.name, left - 10, top + 19, "end"),
            node("rect", kind=kind, x=left, y=top + 4, width=long, height=20),
            _text(f"{told(bar.value)} {unit}", left + long + 8, top + 19),
        ]
    return _drawing(title, description, 16 + _ROW * len(values), parts)


def curves(
    title: str, description: str, axes: tuple[str, str], found: Mapping[str, Sequence[Point]]
) -> str:
    """Return curves of points that are all above nought; ``axes`` names across, then up."""
    plot = _Plot.of([point for points in found.values() for point in points])
    parts = [*plot.grid(), _text(axes[0], plot.left, plot.bottom + 42), _text(axes[1], 8, 18)]
    ends = []
    for number, (name, points) in enumerate(found.items()):
        placed = [plot.place(point) for point in points]
        path = "M" + "L".join(f"{x} {y}" for x, y in placed)
        parts.append(node("path", kind=f"curve curve{number}", d=path))
        parts += (node("circle", kind=f"dot{number}", cx=x, cy=y, r=4) for x, y in placed)
        ends.append((placed[-1][1], name))
    lowest = 0.0
    for y, name in sorted(ends):
        lowest = max(y + 5, lowest + _LEADING)
        parts.append(_text(name, plot.right + 12, lowest))
    return _drawing(title, description, plot.bottom + 52, parts)


def told(value: float) -> str:
    """Return a measure in three digits, or whole where it is greater.

    >>> told(0.01234), told(2.5), told(1234.5)
    ('0.0123', '2.5', '1,234')
    """
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


@dataclass(frozen=True, slots=True)
class _Plot:
    """The room between the axes: what is measured across, and the decades upwards."""

    across: tuple[float, ...]
    low: int
    high: int

    left, top, right, bottom = 64, 34, 610, 300

    @classmethod
    def of(cls, points: Sequence[Point]) -> "_Plot":
        """Return the room in which all points lie."""
        low = floor(log10(min(y for _, y in points)))
        high = max(low + 1, ceil(log10(max(y for _, y in points))))
        return cls(tuple(sorted({x for x, _ in points})), low, high)

    def place(self, point: Point) -> Point:
        """Return where a point lies in the drawing."""
        first, last = log10(self.across[0]), log10(self.across[-1])
        share = (log10(point[0]) - first) / (last - first) if last > first else 0.5
        height = (log10(point[1]) - self.low) / (self.high - self.low)
        x = self.left + 20 + (self.right - self.left - 40) * share
        return round(x, 1), round(self.bottom - (self.bottom - self.top) * height, 1)

    def grid(self) -> Iterator[Markup]:
        """Yield a line and its number for each decade, and a number for each measure across."""
        for power in range(self.low, self.high + 1):
            y = self.place((self.across[0], 10.0**power))[1]
            yield node("path", kind="grid", d=f"M{self.left} {y}H{self.right}")
            yield _text(f"{10.0**power:,.10g}", self.left - 8, y + 5, "end")
        for value in self.across:
            x = self.place((value, 10.0**self.low))[0]
            yield _text(f"{value:,.0f}", x, self.bottom + 20, "middle")


def _text(text: str, x: float, y: float, anchor: str = "start") -> Markup:
    return node("text", escape(text), x=round(x, 1), y=round(y, 1), text_anchor=anchor)


def _drawing(title: str, description: str, height: int, parts: Sequence[Markup]) -> str:
    drawing = node(
        "svg",
        node("title", escape(title), id="title"),
        node("desc", escape(description), id="desc"),
        node("style", escape(_STYLE)),
        node("rect", kind="paper", width=_WIDTH, height=height),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {height}",
        width=_WIDTH,
        height=height,
        role="img",
        aria_labelledby="title desc",
    )
    return f"{drawing}\n"
