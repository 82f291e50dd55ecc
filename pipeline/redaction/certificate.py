"""Certificates of persons: passports, travel and residence permits, military, enforcement cards.

By label, because most look like anything; passports and permits for Hong Kong and Macao also by
their form where they stand alone.
"""

import re
from collections.abc import Iterable, Iterator
from string import ascii_letters, ascii_uppercase

from pipeline.domain.protected import Category, Confidence, Finding
from pipeline.redaction.digits import DigitRun
from pipeline.redaction.labels import Kind
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.numbers import Add, finder
from pipeline.redaction.reading import Reading, Stretches, read

_VALUE = re.compile(
    r"(?:[\u4e00-\u9fff]{0,6}字?第?)?[A-Za-z0-9*](?:[ ().·\r\n-]{0,2}[A-Za-z0-9*]){3,24}[)]?号?"
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_YEAR = re.compile(r"(?<![0-9A-Za-z])(?:19|20)[0-9]{2}\Z")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PROVINCE = f"[{_PROVINCES}]"
_OFFICER = re.compile(f"(?:(?<=[（(、，])|(?={_PROVINCE}[A-Z]))(?P<code>{_PROVINCE}[A-Z]?)$")
_OFFICER_ENDS = frozenset(_PROVINCES + ascii_uppercase)
_OF_SKILL = "资格|执业|操作|上岗|毕业|学位"
_BARE = re.compile(
    r"证(?<=[（(，,、 ]证)(?:"
    r"(?<=[\u4e00-\u9fff].证)(?<![证照书件本表单批文牌编号墅房屋室楼幢车船].证)件?号|"
    rf"(?:(?<=[师员].证)|(?<=(?:{_OF_SKILL})证.证)|(?<=(?:{_OF_SKILL})证书.证))书编?号"
    r")码?[：:为是 ]{0,3}"
)
"""What stands before is looked at behind the first character: a pattern that begins with one
character is found many times as fast."""
_NAME = r"[\u4e00-\u9fff]{2,4}"
_BRACKET = r"(?:[（(][^（()）\n]{0,20}[）)])?"
_OFFICERS = re.compile(
    r"(?:执法(?:人员|队员)|检查人员|监督员|监察员|办案人员|调查人员|勘验人|询问人|记录人)[：: ]?"
    rf"{_NAME}{_BRACKET}(?:[、，,和 ]{_NAME}{_BRACKET}){{0,3}}\Z"
)
_AND = frozenset("、，,/和及")
_OFFICE = re.compile(r"[（(][\u4e00-\u9fff]{0,4}[A-Z]?\Z")
_CLOSING = frozenset("）)")
_LABELLED = "标签表明为个人证件号码"
_HEAD = re.compile(r"[A-Za-z]{1,3}[ \r\n·.-]{0,4}")
_FORMS = re.compile(
    r"(?<![A-Za-z0-9-])(?:[EeGgPpSsDd][A-Ha-hJ-Nj-nP-Zp-z]?[0-9]{7,8}|[HhMm][0-9]{8}(?:[0-9]{2})?"
    r"|[A-Za-z]{3}[0-9]{12}|[A-Za-z]{1,2}[0-9]{6}\([0-9Aa]\))(?![A-Za-z0-9-])"
    r"|[军士文义离退兵]字?第[0-9]{4,8}\s?号"
)
# What can stand right before the digits of such a number: to look at it is faster than to search.
_FORM_HEADS = frozenset(ascii_letters + "第")


class Certificate:
    """Finds numbers of certificates that belong to one person."""

    name = "certificate"

    def find(
        self, text: NormalText, known: Known, protected: Stretches
    ) -> Iterable[Finding | Kept]:
        """Return every number of a personal certificate."""
        del known
        reading = read(text)
        found: list[Finding] = []
        add = finder(reading, protected, Category.CERTIFICATE, self.name, found)
        _by_label(reading, add)
        if "证" in reading.text:
            _by_bare_label(reading, add)
        _of_officers(reading, add)
        for run in reading.runs:
            if 6 <= len(run.digits) <= 12:
                _by_form(reading, run, add)
        return found


def _by_label(reading: Reading, add: Add) -> None:
    for label in reading.of_kind(Kind.CERTIFICATE):
        for value in _values(reading.text, label.value):
            add(*value, _LABELLED)
        head = _HEAD.match(reading.text, label.value)
        if head and (run := reading.starting.get(head.end())):
            add(head.start(), run.end, _LABELLED)
    for run in reading.runs_called(Kind.CERTIFICATE):
        add(*run.span(0, run.whole), _LABELLED)


def _values(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield the numbers that begin ``at`` one place and follow one another: 浙A1234、浙A1235."""
    while (value := _VALUE.match(text, at)) and sum(map(str.isdigit, value.group())) >= 4:
        if text[value.end() : value.end() + 1] == "年" and _YEAR.search(value.group()):
            return
        yield value.span()
        at = value.end() + 1
        if text[value.end() : at] not in _AND or _prefix(text, at) != _prefix(text, value.start()):
            return


def _prefix(text: str, at: int) -> int:
    """Return how many characters stand before the first letter or digit of a number."""
    head = _HAN.match(text, at)
    return head.end() - at if head else 0


def _by_bare_label(reading: Reading, add: Add) -> None:
    """Find 钱小荷（证号浙A0612345）: after a person, not after the name of a licence."""
    for label in _BARE.finditer(reading.text):
        for value in _values(reading.text, label.end()):
            add(*value, "人名之后的证号", Confidence.PROBABLE)


def _of_officers(reading: Reading, add: Add) -> None:
    """Find the number in brackets after the name of an officer: 执法人员钱小荷（33080012345）."""
    text = reading.text
    for run in reading.runs:
        start, end = run.start, run.end
        if text[end : end + 1] not in _CLOSING:
            continue
        if not (6 <= end - start <= 14 and text[start:end] == run.digits):
            continue
        office = _OFFICE.search(text, max(0, start - 6), start)
        if (
            office
            and "号" not in office.group()
            and _OFFICERS.search(text, max(0, start - 41), office.start())
        ):
            add(office.start() + 1, end, "执法人员之后的证号", Confidence.PROBABLE)


def _by_form(reading: Reading, run: DigitRun, add: Add) -> None:
    before = reading.text[run.start - 1 : run.start]
    if 8 <= len(run.digits) <= 11 and before in _OFFICER_ENDS:
        officer = _OFFICER.search(reading.text, max(0, run.start - 3), run.start)
        if officer:
            add(officer.start("code"), run.end, "执法证件号码的形式", Confidence.PROBABLE)
    if before in _FORM_HEADS:
        for low in range(max(0, run.start - 3), run.start):
            if form := _FORMS.match(reading.text, low):
                add(*form.span(), "证件号码的形式", Confidence.PROBABLE)
                break
