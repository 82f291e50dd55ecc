"""Reads single cells of one row into values, and collects what is wrong with them.

A fault never shows the cell: it names the place, the kind of mistake and the remedy.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.dates import parse_date
from pipeline.domain.faults import Fault, Place
from pipeline.domain.money import Fen, parse_wan, parse_yuan
from pipeline.domain.text import RawText
from pipeline.intake.sheet_columns import HEADINGS
from pipeline.intake.sheet_model import Broken, Cell
from pipeline.intake.text_encoding import cleaned

T = TypeVar("T")

_BLANK = frozenset({"", "/", "\\", "-", "--", "—", "——", "无", "null", "none", "n/a", "空"})
_CLOCK = re.compile(
    r"(?<=[\d日])[T\s]+\d{1,2}[:：]\d{1,2}.*$|(?<=日)\s*\d{1,2}[:：时].*$", re.DOTALL
)
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?")
_AMOUNT = re.compile(r"(?:人民币|RMB)?[¥￥]?([-+]?[\d,]{1,20}(?:\.\d{1,8})?)(万?)(?:元整?)?")
_SEPARATORS = re.compile(r"[;；\n]+")
_ALL_SEPARATORS = re.compile(r"[;；、,，\n]+")
_FIRST, _LAST = date(1950, 1, 1), date(2100, 12, 31)
_DAY_REMEDY = "请写成 2024/05/03 这样的日期"
_YES = frozenset(
    {"是", "有", "涉及", "具有", "属于", "危及", "不宜公开", "具有一定社会影响", "true"}
)
_NO = frozenset(
    {
        "否",
        "无",
        "没有",
        "不涉及",
        "未涉及",
        "不具有",
        "不属于",
        "不危及",
        "不具有一定社会影响",
        "false",
    }
)


@dataclass(slots=True)
class RowCells:
    """The filled cells of one row by the key of their column, and the faults found so far."""

    place: Place
    filled: Mapping[str, Cell] = field(repr=False)
    epoch_1904: bool = False
    faults: list[Fault] = field(default_factory=list)

    def cell(self, key: str) -> Cell:
        """Return the cell as it stands; empty when the sheet has no such column."""
        return self.filled.get(key, "")

    def fault(self, key: str, problem: str, remedy: str) -> None:
        """Note a fault of one cell."""
        place = Place(self.place.file, self.place.record, HEADINGS[key])
        self.faults.append(Fault(place, problem, remedy))

    def text(self, key: str) -> RawText:
        """Return the text, trimmed outside only; placeholders such as / and 无 are empty."""
        if key not in self.filled:
            return RawText("")
        text = self.verbatim(key)
        return RawText("" if text.lower() in _BLANK else text)

    def verbatim(self, key: str) -> str:
        """Return the text, trimmed outside only."""
        if key not in self.filled:
            return ""
        cell = self.filled[key]
        if isinstance(cell, Broken):
            self.fault(key, "单元格是错误值，或公式没有算出结果", "请改成数值或文字后重新导出")
            return ""
        return _plain(cell)

    def required(self, key: str) -> RawText:
        """Return the text; a missing one is a fault."""
        text = self.text(key)
        if not text and not isinstance(self.cell(key), Broken):
            self.fault(key, "没有填写", "请补填后重新导出")
        return text

    def parts(self, key: str, *, commas: bool = False) -> tuple[RawText, ...]:
        """Return the entries of a cell, split at ; and line breaks, at ， 、 too if ``commas``."""
        if key not in self.filled:
            return ()
        separators = _ALL_SEPARATORS if commas else _SEPARATORS
        pieces = (piece.strip() for piece in separators.split(self.text(key)))
        return tuple(RawText(piece) for piece in pieces if piece)

    def day(self, key: str) -> date | None:
        """Return the day in any usual form, a date cell and a bare day number included."""
        if key not in self.filled:
            return None
        cell = self.filled[key]
        if isinstance(cell, datetime):
            cell = cell.date()
        if isinstance(cell, date):
            return self._plausible(key, cell)
        text = self.text(key)
        if not text:
            return None
        try:
            return self._plausible(key, self._parsed_day(text))
        except (ValueError, OverflowError):
            self.fault(key, "不是日期，或日期不存在", _DAY_REMEDY)
            return None

    def amount(self, key: str, *, in_yuan: bool = False) -> Fen | None:
        """Return the amount in 分; in 万元 unless ``in_yuan`` or the cell says."""
        text = "".join(unicodedata.normalize("NFKC", self.text(key)).split())
        if not text:
            return None
        match = _AMOUNT.fullmatch(text)
        if match is None:
            self.fault(key, "不是金额", "请只写数字，小数不超过六位")
            return None
        says_yuan = "元" in text and not match[2]
        try:
            parse = parse_yuan if says_yuan or (in_yuan and not match[2]) else parse_wan
            amount = parse(match[1])
        except ValueError:
            self.fault(key, "金额的小数位数过多，不是整分", "请核对金额和单位")
            return None
        if amount < 0:
            self.fault(key, "金额是负数", "请核对后改正")
            return None
        return amount

    def choice(self, key: str, table: Mapping[str, T]) -> T | None:
        """Return what the cell means by ``table``; an unknown word is a fault."""
        text = self.text(key)
        if not text:
            return None
        word = "".join(unicodedata.normalize("NFKC", text).split())
        if word not in table:
            self.fault(key, "填写的内容不在可选范围内", f"请填：{'、'.join(_offered(table))}")
            return None
        return table[word]

    def answer(self, key: str) -> bool | None:
        """Return a yes or no; empty is ``None``, anything else a fault."""
        if key not in self.filled:
            return None
        word = "".join(self.verbatim(key).split()).lower()
        if word in _YES or word in _NO:
            return word in _YES
        if word not in _BLANK:
            self.fault(key, "填写的内容不在可选范围内", "请填：是、否")
        return None

    def case_number(self, key: str) -> CaseNumber | None:
        """Return the 文号; missing or malformed is a fault."""
        text = self.required(key)
        try:
            return CaseNumber.parse(text) if text else None
        except ValueError:
            self.fault(key, "不是文号", "请写成 某综执罚决字〔2024〕12号 这样的文号，一格一个")
            return None

    def _parsed_day(self, text: str) -> date:
        text = _CLOCK.sub("", unicodedata.normalize("NFKC", text)).strip()
        if not _SERIAL.fullmatch(text):
            return parse_date(text)
        if self.epoch_1904:
            raise ValueError("不是日期")
        return date(1899, 12, 30) + timedelta(days=int(float(text)))

    def _plausible(self, key: str, day: date) -> date | None:
        if _FIRST <= day <= _LAST:
            return day
        self.fault(key, "日期不在 1950 年至 2100 年之间", "请核对后改正")
        return None


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return cleaned(cell.replace("_x000D_", "")).strip().strip("\u3000")
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return _digits(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _digits(number: float) -> str:
    """Return a number cell as a person typed it: 0.2, 44327, never 4.4e4."""
    if number != number or abs(number) > 1e17:  # noqa: PLR0124 - only NaN differs from itself
        return str(number)
    if number == int(number):
        return str(int(number))
    rounded = round(number, 6)
    exact = Decimal(repr(rounded if abs(rounded - number) < 1e-9 else number))
    return f"{exact:f}"


def _offered(table: Mapping[str, T]) -> list[str]:
    """Return one word for each meaning, the first in the table."""
    offered: dict[int, str] = {}
    meanings: list[T] = []
    for word, meaning in table.items():
        if meaning not in meanings:
            offered[len(meanings)] = word
            meanings.append(meaning)
    return list(offered.values())
