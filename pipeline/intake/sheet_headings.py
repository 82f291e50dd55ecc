"""Finds the heading row of a worksheet and which column is which."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.intake.sheet_columns import COLUMNS, RECORD_COLUMNS, REVIEW_COLUMNS, Column
from pipeline.intake.sheet_model import Cell, Worksheet

SEARCHED_ROWS = 20
"""How many rows may stand above the headings (title, unit, date of export)."""

_NOISE = re.compile(
    r"[\s*_:：·、,，;；\-—\"'“”‘’]|\((?:必填|选填|可选|条件必填|非必填|必填项)\)|^\d+[.．]"
)
_BRACKETS = re.compile(r"\((?!(?:单位)?万?元\))[^()]*\)")
_NOT_TEXT = re.compile(r"[^\S ]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f]")
_SUSPICIOUS = re.compile(
    r"状态|撤销|变更|修复|异议|不宜|隐去|脱敏|秘密|涉密|保密|隐私|未成年|出生|审核|程序|送达"
)
_OLD_LAYOUT = frozenset(
    {"处罚名称", "处罚事由", "处罚结果", "处罚类别1", "处罚类别2", "地方编码", "数据更新时间戳"}
)


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the columns of a worksheet are.

    ``row`` counts from 0; ``columns`` maps a column's key to its position. ``missing`` are the
    required headings that are not there, ``doubled`` those that stand twice, ``unknown`` the
    letters of columns whose heading we do not know but which speak of something that gates.
    """

    row: int
    width: int
    columns: Mapping[str, int]
    missing: tuple[str, ...]
    doubled: tuple[str, ...]
    unknown: tuple[str, ...]


def find_decisions(sheet: Worksheet) -> Headings | None:
    """Return the headings of a 双公示 sheet, or ``None`` when the worksheet is not one."""
    found = _best(sheet, _DECISION_NAMES)
    if found is None or len(found[1].keys() & _TELLING) < 3:
        return None
    row, columns, doubled = found
    required = [c for c in COLUMNS if c.required and not (c.key == "kind" and is_natural(sheet))]
    return _headings(sheet, row, columns, doubled, required)


def find_reviews(sheet: Worksheet) -> Headings | None:
    """Return the headings of a 审查表, or ``None`` when the worksheet is not one."""
    found = _best(sheet, _REVIEW_NAMES)
    if found is None or not {"result", "subject"} & found[1].keys() or len(found[1]) < 3:
        return None
    row, columns, doubled = found
    return _headings(sheet, row, columns, doubled, [c for c in REVIEW_COLUMNS if c.required])


def find_records(sheet: Worksheet) -> Headings | None:
    """Return the headings of a 记录清单, or ``None`` when the worksheet is not one."""
    found = _best(sheet, _RECORD_NAMES)
    if found is None or not {"record_act", "record_medium"} <= found[1].keys():
        return None
    row, columns, doubled = found
    return _headings(sheet, row, columns, doubled, [c for c in RECORD_COLUMNS if c.required])


def is_natural(sheet: Worksheet) -> bool:
    """Say whether the worksheet's tab or title tells that it is about natural persons only."""
    above = [cell for row in sheet.rows[:2] for cell in row if isinstance(cell, str)]
    return any("自然人" in text and "法人" not in text for text in (sheet.name, *above[:1]))


def is_old_layout(sheet: Worksheet) -> bool:
    """Say whether the worksheet has the 双公示 layout of 2015."""
    return any(
        len(_OLD_LAYOUT & {_name(cell) for cell in row}) >= 2 for row in sheet.rows[:SEARCHED_ROWS]
    )


def repeats_headings(headings: Headings, row: Sequence[Cell]) -> bool:
    """Say whether ``row`` says the headings again, as codes or in Chinese."""
    same = sum(
        key in {names.get(_name(row[at])) for names in _NAMES}
        for key, at in headings.columns.items()
        if at < len(row)
    )
    return same >= 3


def column_letter(position: int) -> str:
    """Return the letter of a column that counts from 0: 0 is A, 26 is AA."""
    letters, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _headings(
    sheet: Worksheet,
    row: int,
    columns: Mapping[str, int],
    doubled: tuple[str, ...],
    required: Iterable[Column],
) -> Headings:
    cells = [_name(cell) for cell in sheet.rows[row]]
    known = set(columns.values())
    unknown = tuple(
        column_letter(at)
        for at, name in enumerate(cells)
        if at not in known and len(name) <= 30 and _SUSPICIOUS.search(name)
    )
    width = max((at + 1 for at, name in enumerate(cells) if name), default=0)
    missing = tuple(c.heading for c in required if c.key not in columns)
    return Headings(row, width, columns, missing, doubled, unknown)


def _best(
    sheet: Worksheet, names: Mapping[str, str]
) -> tuple[int, dict[str, int], tuple[str, ...]] | None:
    """Return the first row that holds the most known headings."""
    best: tuple[int, dict[str, int], tuple[str, ...]] | None = None
    for index, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        columns: dict[str, int] = {}
        doubled: list[str] = []
        for at, cell in enumerate(row):
            key = _key(cell, names)
            if key in columns:
                doubled.append(column_letter(at))
            elif key:
                columns[key] = at
        if columns and (best is None or len(columns) > len(best[1])):
            best = (index, columns, tuple(doubled))
    return best


def _key(cell: Cell, names: Mapping[str, str]) -> str:
    name = _name(cell)
    return names.get(name) or names.get(_BRACKETS.sub("", name)) or ""


def _name(cell: Cell) -> str:
    """Return a heading without what may differ between exports: width, spaces, marks, case."""
    if not isinstance(cell, str) or len(cell) > 200:
        return ""
    plain = unicodedata.normalize("NFKC", _NOT_TEXT.sub("", cell)).lower()
    return _NOISE.sub("", _NOISE.sub("", plain))


def _names(columns: Iterable[Column]) -> dict[str, str]:
    return {
        _name(text): column.key
        for column in columns
        for text in (column.heading, column.code, *column.aliases)
        if text
    }


_DECISION_NAMES = _names(COLUMNS)
_REVIEW_NAMES = _names(REVIEW_COLUMNS)
_RECORD_NAMES = _names(RECORD_COLUMNS)
_NAMES = (_DECISION_NAMES | _REVIEW_NAMES, _RECORD_NAMES)
_TELLING = frozenset(c.key for c in COLUMNS if c.required)
