"""Number plates (GA 36): province, letter, five or six more.

New energy, trailer, coach, police, embassy and temporary plates, and those of electric bicycles;
broken by dots, spaces and lines. The numbers of frame and engine lead to the owner as the plate
does.
"""

import re
from collections.abc import Iterable

from pipeline.domain.protected import Category, Finding
from pipeline.redaction.labels import Kind
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.numbers import Add, finder
from pipeline.redaction.reading import Reading, Stretches, read

_PROVINCES = frozenset(
    "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼军空海北沈兰济南广成"
)
_SEPARATORS = " \r\n·.-"
_GAP = f"[{_SEPARATORS}]{{0,4}}"
_SPOKEN = "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖"
_ARMED = re.compile(r"WJ[ ·]?[\u4e00-\u9fff]?[ ·]?[0-9]{4,5}[0-9A-Za-z]?(?![0-9A-Za-z])")
_LETTER = re.compile(f"[A-Za-z](?:(?<=[{''.join(_PROVINCES)}{_SEPARATORS}].)|(?<=W)(?=J))")
_NUMBER = re.compile(
    f"[A-Za-z]{_GAP}[临试超]?(?:{_GAP}[A-Za-z0-9{_SPOKEN}]){{4}}"
    f"(?:{_GAP}(?:[A-Za-z0-9{_SPOKEN}]){{1}}(?:{_GAP}[A-Za-z0-9](?![A-Za-z0-9])|[挂学警试超临])?"
    f"|{_GAP}[挂学警港澳领试超临])(?![A-Za-z0-9])"
)
_LABELLED = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:[· ]{1,2}[\u4e00-\u9fff]{1,4})?[· ]{0,2}"
    r"[A-Za-z0-9](?:[· \r\n*×.-]{0,3}[A-Za-z0-9*×]){3,9}[挂学警港澳领试超临]?"
)
_VEHICLE = re.compile(r"[A-Za-z0-9](?:[ */·.-]?[A-Za-z0-9*]){4,28}")


class Plate:
    """Finds number plates by form and after 车牌."""

    name = "plate"

    def find(
        self, text: NormalText, known: Known, protected: Stretches
    ) -> Iterable[Finding | Kept]:
        """Return every number plate of ``text``."""
        del known
        reading = read(text)
        found: list[Finding] = []
        add = finder(reading, protected, Category.PLATE, self.name, found)
        for letter in _LETTER.finditer(reading.text):
            start = _province(reading.text, letter.start())
            if start is None:
                if letter.group() == "W" and (armed := _ARMED.match(reading.text, letter.start())):
                    add(*armed.span(), "武警号牌的形式")
                continue
            plate = _NUMBER.match(reading.text, letter.start())
            if plate and _has_number(plate.group()):
                add(start, plate.end(), "机动车号牌的形式")
        for run in reading.runs:
            if len(run.digits) == 6 and reading.text[run.start - 1 : run.start] == "使":
                add(run.start - 1, run.end, "使馆号牌的形式")
        for label in reading.of_kind(Kind.PLATE):
            value = _LABELLED.match(reading.text, label.value)
            if value and _has_number(value.group()):
                add(*value.span(), "标签表明为号牌")
        _of_vehicles(reading, add)
        return found


def _of_vehicles(reading: Reading, add: Add) -> None:
    for label in reading.of_kind(Kind.VEHICLE):
        value = _VEHICLE.match(reading.text, label.value)
        if value and sum(map(str.isdigit, value.group())) >= 3:
            add(*value.span(), "标签表明为车架号或者发动机号")


def _province(text: str, letter: int) -> int | None:
    """Return where the province before the letter of a plate stands, if there is one."""
    at = letter - 1
    while at >= max(0, letter - 4) and text[at] in _SEPARATORS:
        at -= 1
    return at if at >= 0 and text[at] in _PROVINCES else None


def _has_number(plate: str) -> bool:
    return any(char.isdigit() or char in _SPOKEN for char in plate)
