"""Birth dates: a day beside 出生 or 生于. Dates of decisions, acts and service stay."""

import re
from collections.abc import Iterable

from pipeline.domain.protected import Category, Finding
from pipeline.redaction.labels import Kind
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.numbers import finder
from pipeline.redaction.reading import Stretches, read

_NUMERAL = "〇零○Oo一二三四五六七八九十廿卅元正初0-9"
_DAY = (
    f"[{_NUMERAL}]{{2,4}}\\s?年\\s?[{_NUMERAL}]{{1,3}}\\s?月(?:\\s?[{_NUMERAL}]{{1,4}}\\s?[日号]?)?"
    r"|[0-9]{4}\s?[-./·]\s?[0-9]{1,2}(?:\s?[-./·]\s?[0-9]{1,2})?|[12][0-9]{7}(?![0-9])"
)
_SEXES = tuple(
    re.compile(f"{sex}[，,、；;\\s]{{1,2}}(?P<day>{_DAY})(?=[\\s，,、；;出生日）)。]|$)")
    for sex in "男女"
)
_AFTER = re.compile(f"{_DAY}|[{_NUMERAL}]{{1,3}}月[{_NUMERAL}]{{1,3}}日")
_BEFORE = re.compile(f"(?:{_DAY})[\\s，,(（]{{0,3}}$")


class BirthDate:
    """Finds days on which people were born."""

    name = "birth_date"

    def find(
        self, text: NormalText, known: Known, protected: Stretches
    ) -> Iterable[Finding | Kept]:
        """Return every birth date of ``text``."""
        del known
        reading = read(text)
        found: list[Finding] = []
        add = finder(reading, protected, Category.BIRTH_DATE, self.name, found)
        for label in reading.of_kind(Kind.BIRTH):
            low = max(0, label.start - 24)
            before = _BEFORE.search(reading.text, low, label.start)
            if before:
                unit = reading.text[label.start] in "日年"
                add(before.start(), label.start + unit, "出生日期")
            elif after := _AFTER.match(reading.text, label.value):
                add(*after.span(), "出生日期")
        for pattern in _SEXES:
            for sex in pattern.finditer(reading.text):
                add(*sex.span("day"), "性别之后的出生日期")
        return found
