"""The steps of a procedure as a drawing, from top to bottom, with the ways out at its side."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.site.svg import node, picture, words, wrapped

_BOX, _EXIT = 196, 120
"""Widths of a step and of a way out, in units of the drawing; a character is 14."""
_LEFT, _BETWEEN, _DOWN = 4, 30, 26
_LEADING, _PADDING = 20, 11


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``period`` is how long it may take, ``otherwise`` what ends the procedure here."""

    name: str
    period: str = ""
    otherwise: str = ""


def drawn(name: str, title: str, steps: Sequence[Step]) -> Markup:
    """Return the drawing of ``steps``; ``name`` is its identity on the page."""
    ways_out = any(step.otherwise for step in steps)
    width = 2 * _LEFT + _BOX + (_BETWEEN + _EXIT if ways_out else 0)
    parts: list[Markup] = []
    top = _LEFT
    for number, step in enumerate(steps, start=1):
        height = _height(step)
        if number > 1:
            parts.append(_arrow(f"M{_LEFT + _BOX // 2} {top - _DOWN}V{top - 6}", 0))
        ends = number in {1, len(steps)}
        parts.append(_step(step, number, top, height, is_end=ends))
        top += height + _DOWN
    return picture(name, title, (width, top - _DOWN + _LEFT), *parts)


def _step(step: Step, number: int, top: int, height: int, *, is_end: bool) -> Markup:
    box = _box(_LEFT, top, _BOX, height, "flow-end" if is_end else "flow-step")
    lines = _lines(step, number)
    named = words(lines, _LEFT + _BOX / 2, _first(top, height, lines), _LEADING, kind="flow-name")
    if not step.otherwise:
        return node("g", box, named)
    left = _LEFT + _BOX + _BETWEEN
    told = wrapped(step.otherwise, _EXIT / 14 - 1)
    middle = top + height // 2
    return node(
        "g",
        box,
        named,
        _arrow(f"M{_LEFT + _BOX} {middle}H{left - 6}", -90),
        _box(left, top, _EXIT, height, "flow-exit"),
        words(told, left + _EXIT / 2, _first(top, height, told), _LEADING, kind="flow-name"),
    )


def _lines(step: Step, number: int) -> tuple[str, ...]:
    period = wrapped(f"（{step.period}）", _BOX / 14 - 1) if step.period else ()
    return (*wrapped(f"{number} {step.name}", _BOX / 14 - 1), *period)


def _height(step: Step) -> int:
    most = max(len(_lines(step, 10)), len(wrapped(step.otherwise, _EXIT / 14 - 1)))
    return most * _LEADING + 2 * _PADDING


def _first(top: int, height: int, lines: tuple[str, ...]) -> float:
    """Return where the first line stands so that all are in the middle of the box."""
    return top + (height - len(lines) * _LEADING) / 2 + 15


def _box(x: int, y: int, width: int, height: int, kind: str) -> Markup:
    rounding = min(height // 2, 21) if kind == "flow-end" else 4
    return node("rect", kind=kind, x=x, y=y, width=width, height=height, rx=rounding)


def _arrow(line: str, turn: int) -> Markup:
    """Return a line and its head; ``turn`` in degrees, 0 points down and -90 to the right."""
    x, y = _end_of(line)
    head = node("path", kind="flow-head", d="M-5 -6H5L0 2Z",
                transform=f"translate({x} {y}) rotate({turn})")  # fmt: skip
    return node("path", kind="flow-line", d=line) + head


def _end_of(line: str) -> tuple[int, int]:
    start, way, end = line[1:].partition("V" if "V" in line else "H")
    x, y = map(int, start.split())
    return (x, int(end) + 4) if way == "V" else (int(end) + 4, y)
