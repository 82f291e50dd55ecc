"""Number plates (GA 36): province, letter, five or six more.

New energy, trailer, coach, police, embassy and temporary plates, and those of electric bicycles;
broken by dots, spaces and lines.
"""

import re
from collections.abc import Iterable

from pipeline.domain.protected import Category, Confidence, Finding
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.numbers import finder
from pipeline.redaction.reading import Stretches, read

_GAP = r"[ \r\n·.-]{0,4}"
_SEAT = f"{_GAP}[A-Za-z0-9〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_CIVIL = re.compile(
    f"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]{_GAP}[A-Za-z]"
    f"(?:{_SEAT}){{4}}(?:{_SEAT}{{1}}(?:{_GAP}[A-Za-z0-9](?![A-Za-z0-9]))?|{_GAP}[挂学警港澳领试超临])"
)
_BICYCLE = re.compile(
    r"(?:[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])?·?"
    r"[\u4e00-\u9fff]{2,3}[·\s-]?(?:[A-Z]?\d{5,7})(?!\d)"
)
_OTHER = re.compile(
    r"使\d{6}|WJ[ ·]?[\u4e00-\u9fff]?[ ·]?\d{4}[0-9A-Z]|(?<![A-Z])[A-Z]{2}\d{5}(?![0-9])"
)
_LABEL = re.compile(
    r"(?:车牌|牌照|号牌|车号|车牌号码?|电动(?:自行)?车牌)(?:号码?)?[为是：:\s“\"（(]{0,4}"
)
_LABELLED = re.compile(
    r"[\u4e00-\u9fff]{0,4}[·\s]?[A-Za-z0-9][A-Za-z0-9·\s*×-]{3,10}[挂学警港澳领试超临]?"
)


class Plate:
    """Finds number plates by form and after 车牌."""

    name = "plate"

    def find(
        self, text: NormalText, known: Known, protected: Stretches
    ) -> Iterable[Finding | Kept]:
        """Return every number plate of ``text``."""
        del known
        found: list[Finding] = []
        add = finder(read(text), protected, Category.PLATE, self.name, found)
        for plate in _CIVIL.finditer(text.text):
            if sum(char.isdigit() for char in plate.group()) >= 1:
                add(*plate.span(), "机动车号牌的形式")
        for label in _LABEL.finditer(text.text):
            value = _LABELLED.match(text.text, label.end())
            if value and any(char.isdigit() for char in value.group()):
                start, end = value.span()
                add(
                    start,
                    end - (len(value.group()) - len(value.group().rstrip())),
                    "标签表明为号牌",
                    Confidence.CERTAIN,
                )
        return found
