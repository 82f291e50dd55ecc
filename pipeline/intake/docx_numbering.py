"""The numbers that Word shows before a paragraph but does not keep in its text."""

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.intake.docx_styles import W, child, value

BULLET = "•"
_ONES = "〇一二三四五六七八九"
_MAX_LEVEL = 8


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of one document; counts as paragraphs are read from top to bottom."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def label(self, list_id: str, level: int) -> str:
        """Return the label of the next paragraph: a number, ``BULLET``, or empty for none."""
        levels = self.levels.get(list_id)
        if levels is None or level > _MAX_LEVEL:
            return ""
        form = levels.get(level, _Level())
        self._counts[list_id, level] = self._counts.get((list_id, level), form.start - 1) + 1
        for deeper in range(level + 1, _MAX_LEVEL + 1):
            self._counts.pop((list_id, deeper), None)
        if form.form == "bullet":
            return BULLET
        return re.sub(r"%(\d)", lambda match: self._counter(list_id, int(match[1]) - 1), form.text)

    def _counter(self, list_id: str, level: int) -> str:
        form = self.levels[list_id].get(level, _Level())
        return _numeral(self._counts.get((list_id, level), form.start), form.form)


def parse_numbering(root: etree._Element | None) -> Numbering:
    """Return the numbering part; overrides of a list win over its abstract list."""
    if root is None:
        return Numbering()
    abstract = {
        e.get(W + "abstractNumId", ""): _levels(e) for e in root.iterfind(W + "abstractNum")
    }
    lists: dict[str, dict[int, _Level]] = {}
    for element in root.iterfind(W + "num"):
        levels = dict(abstract.get(value(element, "abstractNumId"), {}))
        for override in element.iterfind(W + "lvlOverride"):
            levels |= _levels(override)
            level, start = override.get(W + "ilvl", ""), value(override, "startOverride")
            if level.isdecimal() and start.isdecimal():
                old = levels.get(int(level), _Level())
                levels[int(level)] = _Level(old.form, old.text, int(start))
        lists[element.get(W + "numId", "")] = levels
    lists.pop("0", None)
    return Numbering(lists)


def _levels(parent: etree._Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for element in parent.iterfind(W + "lvl"):
        level, start = element.get(W + "ilvl", ""), value(element, "start")
        if level.isdecimal() and child(element, "lvlText") is not None:
            found[int(level)] = _Level(
                value(element, "numFmt") or "decimal",
                value(element, "lvlText"),
                int(start) if start.isdecimal() else 1,
            )
    return found


def _numeral(number: int, form: str) -> str:
    if form == "none":
        return ""
    if form.startswith(("chinese", "japanese", "taiwanese", "ideographDigital")):
        return chinese_numeral(number)
    if form in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if form in {"lowerLetter", "upperLetter"} and 1 <= number <= 26:
        return chr(ord("a" if form == "lowerLetter" else "A") + number - 1)
    return str(number)


def chinese_numeral(number: int) -> str:
    """Return a small number as Chinese headings write it.

    >>> [chinese_numeral(n) for n in (3, 10, 12, 20, 35, 100)]
    ['三', '十', '十二', '二十', '三十五', '100']
    """
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return _ONES[ones]
    return ("" if tens == 1 else _ONES[tens]) + "十" + (_ONES[ones] if ones else "")
