"""One written cell → the text that is shown, or what is wrong with it. Never repeats the cell."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from pipeline.domain.dates import parse_date
from pipeline.site.tables.model import Cell

LONGEST = 2000
"""Characters of a cell."""

_ID_CARD = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_WORDS = re.compile(r"[^\W_]|%")
"""Something is said: a form that was taken over with its dots is not."""
_CERTIFICATE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff〔〕()（）\-]{4,30}")
_PHONE = re.compile(r"(?:0\d{2,3}-?)?\d{7,8}(?:-\d{1,5})?|1[0-9]{2,4}|[48]00-?\d{3}-?\d{4}")
_BETWEEN_PHONES = re.compile(r"[、,，;；/ ]+")


class BadCellError(ValueError):
    """A cell cannot be shown; ``problem`` and ``remedy`` are for the officer."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


def read_cell(written: str, cell: Cell) -> str:
    """Return the text of a cell: days in ISO form, everything else trimmed.

    Raises ``BadCellError``, also for a number of an identity card or a mobile telephone in any
    column: no list is the place for them.
    """
    text = "\n".join(line.strip() for line in written.strip().splitlines())
    if not text:
        return ""
    if not _WORDS.search(text):
        raise BadCellError("还是样式，没有填写", "换成实际内容；确实没有的写“无”")
    if len(text) > LONGEST:
        raise BadCellError("文字过长", f"缩到 {LONGEST} 字以内")
    plain = unicodedata.normalize("NFKC", text)
    if _ID_CARD.search(plain):
        raise BadCellError("疑似公民身份号码", "清单不公开身份号码，请删去")
    if cell is not Cell.CERTIFICATE and _MOBILE.search(plain):
        raise BadCellError("疑似手机号码", "个人手机号码不公开，请改用办公电话")
    return _READERS[cell](text)


def day_of(text: str) -> date:
    """Return the day of a cell that ``read_cell`` made."""
    return date.fromisoformat(text)


def _day(text: str) -> str:
    try:
        return parse_date(text).isoformat()
    except ValueError:
        raise BadCellError("不是日期", "写成 2026-01-31 的样式") from None


def _certificate(text: str) -> str:
    if not _CERTIFICATE.fullmatch(text):
        raise BadCellError("不是证件编号", "照证件上的编号填写")
    return text


def _phone(text: str) -> str:
    numbers = _BETWEEN_PHONES.split(unicodedata.normalize("NFKC", text))
    if not all(_PHONE.fullmatch(number) for number in numbers):
        raise BadCellError("不是办公电话", "写成 0570-5000000 的样式，几个电话用顿号隔开")
    return "、".join(numbers)


_READERS: Mapping[Cell, Callable[[str], str]] = {
    Cell.TEXT: str,
    Cell.DAY: _day,
    Cell.UNTIL: _day,
    Cell.CERTIFICATE: _certificate,
    Cell.PHONE: _phone,
}
