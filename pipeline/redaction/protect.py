"""What no detector may touch: 文号, statutes, public numbers. Looked at before anything else.

Reasons are kept with each stretch, so that the trace can say why a number stays.
"""

import re
from collections.abc import Iterable, Iterator

from pipeline.redaction.checks import is_birth_day, is_credit_code, is_id_number
from pipeline.redaction.labels import Kind
from pipeline.redaction.model import Known, Stretch
from pipeline.redaction.reading import Reading, touches

_NUMERAL = "〇零○一二三四五六七八九十百千0-9"
_YEARS = {
    bracket: re.compile(rf"{re.escape(bracket)}\s?(?:19|20)\d\d\s?[〕\]】）)]")
    for bracket in "〔[【（("
}
_TAIL = re.compile(r"\s?(?:年\s?)?(?:第\s?)?\d{1,8}(?:[-之]\d{1,4})?\s?号?")
_COURT_TAIL = re.compile(r"[^\W_]{1,14}?\d{1,7}(?:[-之]\d{1,3})?号")
_CODE = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,22}+"
    r"(?:(?<=[\u4e00-\u9fff]{2})[（(][\u4e00-\u9fff]{1,6}+[）)][\u4e00-\u9fff]{1,12}+)?$"
)
"""The agency may be told in brackets: 常公（天马）行罚决字."""
_CODE_STOP = re.compile(
    r".*(?:[的了和与为以及由将在第]|作出|收到|送达|下达|依据|根据|按照|[编文]号|文书)"
)
_ARTICLE = re.compile(f"第[{_NUMERAL}]{{1,8}}[条款项目章节](?:之[一二三四五六七八九十])?")
_TITLE = re.compile(r"《[^《》]{1,80}》")
_LETTER = "关于"
"""In titles of what is written about somebody; a law that has it in its title is read as well."""
_LONG_NUMBER = 11
"""Digits in one row: no title of a law has as many, every telephone and identity number has."""
_LAW_WORDS = (
    "法 条例 办法 规定 规则 细则 决定 标准 通知 意见 解释 目录 公约 规范 规程 基准 准则 制度 清单 "
    "程序 通则 章程 批复 公告 导则 指南 大纲 要求 名录 命令 令 方案 函 复函 答复 纪要 要点 ） )"
)
_LAW_ENDS = tuple(f"{word}》" for word in _LAW_WORDS.split())
_USCC = re.compile(
    r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{2}\d{6}[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{10}(?![0-9A-Za-z])"
)
_CODE_VALUE = re.compile(r"[0-9A-Za-z][0-9A-Za-z .\-_/]{3,40}")


_PROVINCES = frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼")
"""Before the number of a licence: 许可证号：浙DB5700123. Before other numbers it tells a person."""


def protect(reading: Reading, known: Known) -> tuple[Stretch, ...]:
    """Return the stretches that stay, sorted and disjoint."""
    text = reading.text
    found = [
        *_case_numbers(text),
        *_statutes(reading, known),
        *_credit_codes(reading),
        *_public_numbers(reading),
        *_told(text, known.public_values),
    ]
    return _disjoint(found)


def _case_numbers(text: str) -> Iterator[Stretch]:
    for year in _years(text):
        start, end = year.span()
        if tail := _TAIL.match(text, end):
            window = text[max(0, start - 22) : start]
            if code := _CODE.search(window):
                cut = _CODE_STOP.match(code.group())
                start -= len(code.group()) - (cut.end() if cut else 0)
            yield Stretch(start, tail.end(), "文号", "文号予以保留")
        elif (tail := _COURT_TAIL.match(text, end)) and "权" not in tail.group():
            yield Stretch(start, tail.end(), "文号", "裁判文书案号予以保留")


def _years(text: str) -> Iterator[re.Match[str]]:
    """Yield each year in brackets; the text is searched for those brackets that it holds."""
    for bracket, pattern in _YEARS.items():
        if bracket in text:
            yield from pattern.finditer(text)


def _statutes(reading: Reading, known: Known) -> Iterator[Stretch]:
    for article in _ARTICLE.finditer(reading.text):
        yield Stretch(*article.span(), "法条", "法律条款予以保留")
    numbers = [
        (run.start, run.end)
        for run in reading.runs
        if len(run.digits) >= _LONG_NUMBER or run.start in reading.announced
    ]
    names = [person.name for person in known.persons]
    for title in _TITLE.finditer(reading.text):
        words = title.group()
        if words.endswith(_LAW_ENDS) and not (
            _LETTER in words
            or touches(numbers, *title.span())
            or any(name in words for name in names)
        ):
            yield Stretch(*title.span(), "法规名称", "法律文件名称予以保留")


def _credit_codes(reading: Reading) -> Iterator[Stretch]:
    text = reading.text
    for run in reading.runs:
        rest = text[run.start : run.start + 16]
        if not (rest.isascii() and rest.isalnum()):
            continue
        code = next(
            (found for low in (2, 1, 0) if (found := _USCC.match(text, max(0, run.start - low)))),
            None,
        )
        if code is None or reading.label_of(run) is Kind.ID:
            continue
        value = code.group().upper()
        if not is_birth_day(value[6:14]) and _is_organisation(value):
            yield Stretch(*code.span(), "统一社会信用代码", "第7至14位不是出生日期，为组织的代码")


def _is_organisation(code: str) -> bool:
    """Say whether a number in the form of a credit code is one, and not a card or a wrong ID."""
    if code[:17].isdigit():
        return not code.startswith("62") and is_credit_code(code)
    return True


def _public_numbers(reading: Reading) -> Iterator[Stretch]:
    for label in reading.of_kind(Kind.PUBLIC_NUMBER):
        start = label.value
        if reading.text.startswith("许可证", label.start):
            start += reading.text[start : start + 1] in _PROVINCES
        value = _CODE_VALUE.match(reading.text, start)
        if value and any(map(str.isdigit, value.group())):
            number = "".join(filter(str.isalnum, value.group()))
            if not is_id_number(number[:18]):
                yield Stretch(label.value, value.end(), "编号", "标签表明为公开的编号")


def _told(text: str, values: Iterable[str]) -> Iterator[Stretch]:
    for value in values:
        start = text.find(value)
        while value and start >= 0:
            yield Stretch(start, start + len(value), "公开信息", "登记为公开的号码")
            start = text.find(value, start + len(value))


def _disjoint(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    merged: list[Stretch] = []
    for each in sorted(stretches):
        if merged and each.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Stretch(last.start, max(last.end, each.end), last.kind, last.reason)
        else:
            merged.append(each)
    return tuple(merged)
