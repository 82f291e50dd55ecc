"""Telephone numbers: mobile by form, landlines by area code or label, 400 numbers, extensions.

The agency's own telephone stays: it is on the line of the agency, or told in the settings.
"""

import re
from collections.abc import Iterable
from typing import Final

from pipeline.domain.protected import Category, Confidence, Finding
from pipeline.redaction.digits import DigitRun
from pipeline.redaction.keywords import Keywords
from pipeline.redaction.labels import Kind
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.numbers import Add, finder, glued
from pipeline.redaction.payment_order import follows_payment_order
from pipeline.redaction.reading import Reading, Stretches, read

_MOBILE = (11, 13, 15)
_LAND = (10, 11, 12)
_FREE_CUTS: Final[tuple[list[int], ...]] = ([], [3], [3, 6], [6], [4], [4, 7], list(range(1, 10)))
_EXTENSION = re.compile(
    r" ?- ?\d{1,6}(?!\d)|\s?(?:转|分机|ext\.?|转分机)\s?(?:分机)?号?\s?\d{1,6}(?!\d)"
)
_VEILED = re.compile(
    r"1(?<![0-9A-Za-z]1)[3-9][0-9][ -]?[0-9]{0,4}[ -]?[*×●xX]{3,8}[ -]?[0-9]{0,4}(?![0-9A-Za-z])"
)
_VEILS = Keywords(["***", "×××", "●●●", "xxx", "XXX"])
_AREA = re.compile(r"0(?:10|2\d|[3-9]\d\d)")
_BEFORE = re.compile(r"(?:[+]|[+(（]{0,2}(?:00)?86[)）]?[\s-]?|[(（]?0\d{2,3}[)）-]\s?)$")
_PREFIX_ENDS = frozenset("+6)）-")
_BRACKETED = re.compile(r"[(（]\s?0\d{2,3}\s?[)）]\s?$")
_OWN = re.compile(
    r"监督电话|投诉电话|举报电话|咨询电话|服务热线|值班电话|我局|本局|本机关|我大队|本大队|我中队|我队|"
    r"我所|本所|我委|本委|我厅|我支队|本支队|管理局|执法局|监督局|环境局|[监健务输护保障]局|卫健委|人民政府|"
    r"人民法院|复议机关|执法大队|监督所|执法队|法规科|法制科|执法科|综合科|监察科|政策法规|办公室|"
    r"办事窗口|受理窗口|行政服务中心"
)
_THEIRS = re.compile(
    r"当事人|投诉人|举报人|本人|被处罚|姓名|法定代表人|负责人|经营者|公司|[店厂]|身份证|消费者|证人|受害人|"
    r"住址|家住|机主|户主|房东|其|你|他|她"
)
_LETTERS_OK = ("tel", "TEL", "Tel", "phone", "Phone", "mob", "Mob", "T", "M", "V", "v")


_IN_FOURS = [4, 8]
"""The digits between blanks of an account; those of a telephone stand by three and four."""


class Phone:
    """Finds telephone numbers that are not the agency's own."""

    name = "phone"

    def find(
        self, text: NormalText, known: Known, protected: Stretches
    ) -> Iterable[Finding | Kept]:
        """Return every telephone number of ``text``."""
        del known
        reading = read(text)
        found: list[Finding] = []
        kept: list[Kept] = []
        add = finder(reading, protected, Category.PHONE, self.name, found)
        for run in reading.runs:
            if len(run.digits) >= 7:
                _number(reading, run, add, kept)
        if _VEILS.everywhere(reading.text):
            for veiled in _VEILED.finditer(reading.text):
                add(*veiled.span(), "部分遮盖的手机号码", Confidence.PROBABLE)
        return [*found, *kept]


def _number(reading: Reading, run: DigitRun, add: Add, kept: list[Kept]) -> None:
    spoken = glued(reading, run) and not reading.text.endswith(_LETTERS_OK, 0, run.start)
    free_from = 0
    for first, last in run.windows(_MOBILE):
        if first < free_from or (first == 0 and spoken):
            continue
        inside = last - first < len(run.digits) and run.inner(first, last) == _IN_FOURS
        if inside and reading.label_of(run) is Kind.ACCOUNT:
            continue
        if _is_mobile(run.digits[first:last]):
            start, end = run.span(first, last)
            add(_with_prefix(reading.text, start), _with_extension(reading.text, end), "手机号码")
            free_from = last
    if free_from or spoken:
        return
    kind = reading.label_of(run)
    if kind is Kind.PHONE:
        start, end = run.span(0, run.whole)
        _landline(reading, start, end, "标签表明为电话号码", add, kept)
        return
    if kind is None and (found := _by_area(reading, run)):
        _landline(reading, *found, "区号加号码", add, kept)


def _by_area(reading: Reading, run: DigitRun) -> tuple[int, int] | None:
    """Return where a landline or a 400 number stands in a run that no label announces."""
    low = max(0, run.start - 8)
    if run.digits[0] in "23456789" and _BRACKETED.search(reading.text, low, run.start):
        last = next((n for n in run.borders if n in {7, 8}), 0)
        return run.span(0, last) if last else None
    for first, last in run.windows(_LAND):
        number = run.digits[first:last]
        inner = run.inner(first, last)
        if number[:3] in {"400", "800"} and len(number) == 10 and inner in _FREE_CUTS:
            return run.span(first, last)
        area = _AREA.match(number)
        if area is None or number[area.end()] not in "23456789":
            continue
        if len(number) - area.end() not in {7, 8}:
            continue
        start, end = run.span(first, last)
        if not inner or inner[0] == area.end() or _is_spread(reading.text[start:end], inner):
            return start, end
    return None


def _is_spread(stretch: str, inner: list[int]) -> bool:
    """Say whether gaps stand in odd places of a number that is not a row of dates."""
    return len(inner) >= 9 or not any(sign in stretch for sign in ".-·_")


def _is_mobile(number: str) -> bool:
    if len(number) == 15:
        number = number.removeprefix("00")
    if len(number) == 13:
        number = number.removeprefix("86")
    return len(number) == 11 and number[0] == "1" and number[1] in "3456789"


def _landline(
    reading: Reading, start: int, end: int, evidence: str, add: Add, kept: list[Kept]
) -> None:
    line = reading.text.rfind("\n", max(0, start - 90), start)
    before = reading.text[max(line + 1, start - 90) : start].rpartition("。")[2]
    end = _with_extension(reading.text, end)
    if _is_own(before) or (
        _THEIRS.search(before) is None and follows_payment_order(reading.text, start)
    ):
        span = reading.original(start, end)
        kept.append(Kept(span, Category.PHONE.chinese, Phone.name, "执法机关公开的电话"))
        return
    add(_with_prefix(reading.text, start), end, evidence, Confidence.PROBABLE)


def _is_own(before: str) -> bool:
    """Say whether the words before a number speak of the agency, and of nobody else after it."""
    own = max((match.end() for match in _OWN.finditer(before)), default=-1)
    theirs = max((match.end() for match in _THEIRS.finditer(before)), default=-1)
    return own > theirs


def _with_prefix(text: str, start: int) -> int:
    if start == 0 or not (text[start - 1] in _PREFIX_ENDS or text[start - 1].isspace()):
        return start
    prefix = _BEFORE.search(text, max(0, start - 9), start)
    return prefix.start() if prefix else start


def _with_extension(text: str, end: int) -> int:
    extension = _EXTENSION.match(text, end)
    return extension.end() if extension else end
