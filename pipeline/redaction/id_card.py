"""公民身份号码 (GB 11643): 17 digits and a check character; 15 digits before 1999.

A failed check character is still hidden: a mistyped number identifies a person almost as well as
a right one. So is anything long enough after a label (身份证号), and a number that somebody has
masked in part, because region and birth date identify too.
"""

import re
from collections.abc import Iterable
from typing import Final

from pipeline.domain.protected import Category, Confidence, Finding
from pipeline.redaction.checks import is_birth_day, is_id_number, is_short_birth_day
from pipeline.redaction.digits import DigitRun
from pipeline.redaction.labels import Kind
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.numbers import Add, finder, glued
from pipeline.redaction.reading import Reading, Stretches, read

_LENGTHS = (15, 17, 18)
_LAST = re.compile(r"[ \r\n.·_-]{0,4}([Xx×*])(?![A-Za-z0-9])")
_PARTLY = re.compile(
    r"[0-9](?<![0-9A-Za-z].)[0-9 ]{2,16}[*×●xX#■□]{3,14}[0-9*]{0,6}[0-9Xx*](?![0-9A-Za-z])"
)
_LABELLED = re.compile(r"[0-9A-Za-z*×][0-9A-Za-z*×() ._\r\n-]{4,24}[0-9A-Za-z*×]")
_VEILED = re.compile(r"[*×●■#xX]{2,14}[0-9]{0,8}[Xx]?(?![0-9A-Za-z])")
_STARS = frozenset("*×xX●#■□")
_REGIONS: Final = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")


class IdCard:
    """Finds ID numbers by form, by label, and masked in part."""

    name = "id_card"

    def find(
        self, text: NormalText, known: Known, protected: Stretches
    ) -> Iterable[Finding | Kept]:
        """Return every ID number of ``text``."""
        del known
        reading = read(text)
        found: list[Finding] = []
        add = finder(reading, protected, Category.ID_CARD, self.name, found)
        for run in reading.runs:
            if len(run.digits) >= 15:
                _by_form(reading, run, add)
        _by_label(reading, add)
        if _may_be_masked(reading):
            for part in _PARTLY.finditer(reading.text):
                if sum(map(str.isdigit, part.group())) >= 6 and len(part.group()) >= 15:
                    add(*part.span(), "部分遮盖的身份证号", Confidence.PROBABLE)
        return found


def _may_be_masked(reading: Reading) -> bool:
    """Say whether signs stand where somebody may have masked a number in part."""
    text = reading.text
    if not _STARS.isdisjoint([text[run.end : run.end + 1] for run in reading.runs]):
        return True
    return any(star in text and star * 3 in text for star in _STARS)


def _by_form(reading: Reading, run: DigitRun, add: Add) -> None:
    free_from = 0
    for first, last in run.windows(_LENGTHS):
        if first < free_from or (first == 0 and glued(reading, run)):
            continue
        start, end = run.span(first, last)
        number = run.digits[first:last]
        if last - first == 17:
            tail = _LAST.match(reading.text, end) if last == len(run.digits) else None
            if tail is None:
                continue
            number, end = number + "X", tail.end()
        if (evidence := _reading_of(number)) is not None:
            add(start, end, *evidence)
            free_from = last


def _reading_of(number: str) -> tuple[str, Confidence] | None:
    if number[0] == "0":
        return None
    if len(number) == 15:
        good = _REGIONS.match(number) is not None and is_short_birth_day(number[6:12])
        return ("十五位身份证号的形式", Confidence.PROBABLE) if good else None
    if is_id_number(number):
        return "身份证号，校验码相符", Confidence.CERTAIN
    if is_birth_day(number[6:14]):
        return "身份证号的形式，校验码不符", Confidence.PROBABLE
    if number[17] in "Xx" and _REGIONS.match(number) and number[6:8] in {"19", "20"}:
        return "身份证号的形式，日期有误", Confidence.DOUBTFUL
    return None


def _by_label(reading: Reading, add: Add) -> None:
    for run in reading.runs_called(Kind.ID):
        if len(run.digits) >= 8:
            start, end = run.span(0, min(run.whole, 18))
            tail = _VEILED.match(reading.text, end) or _LAST.match(reading.text, end)
            add(start, tail.end() if tail else end, "标签表明为身份证号")
    for label in reading.of_kind(Kind.ID):
        if label.value in reading.starting:
            continue
        value = _LABELLED.match(reading.text, label.value)
        if value and sum(map(str.isdigit, value.group())) >= 4:
            add(*value.span(), "标签表明为证件号码")
