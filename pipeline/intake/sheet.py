"""Reads .xlsx and .csv files: the 双公示 layout with extension columns, 审查表 and 记录清单."""

import re
from collections.abc import Iterator, Sequence

from pipeline.domain.faults import Fault, Place
from pipeline.domain.review import Source
from pipeline.intake.model import Draft, FileContent, UnreadableFileError
from pipeline.intake.record_sheet import gathered, read_record_row
from pipeline.intake.review_sheet import read_review_row
from pipeline.intake.sheet_cells import open_worksheets
from pipeline.intake.sheet_columns import COLUMNS, RECORD_COLUMNS, REVIEW_COLUMNS, Column
from pipeline.intake.sheet_headings import (
    Headings,
    find_decisions,
    find_records,
    find_reviews,
    is_natural,
    is_old_layout,
    repeats_headings,
)
from pipeline.intake.sheet_model import Cell, Worksheet
from pipeline.intake.sheet_row import read_decision_row, row_place
from pipeline.intake.sheet_values import RowCells

_COLUMNS: dict[Source, tuple[Column, ...]] = {
    Source.EXPORT: COLUMNS,
    Source.REVIEW_SHEET: REVIEW_COLUMNS,
    Source.RECORD_SHEET: RECORD_COLUMNS,
}
_CLOSING = re.compile(r"(?:合计|总计|共计|填表人|制表人|填报人|审核人|注|说明|备注)\s*[:：]?")


def read_sheet(file: FileContent) -> tuple[Draft, ...]:
    """Return the drafts of every row of every worksheet that holds decisions or reviews.

    A row of decisions gives a draft of ``Source.EXPORT`` and, where its extension columns say
    anything, one of ``Source.EXTENSION`` with the same place; a row of a 审查表 gives one of
    ``Source.REVIEW_SHEET``, all rows of a case in a 记录清单 one of ``Source.RECORD_SHEET``.
    Raises ``UnreadableFileError`` when no worksheet can be used; a worksheet that cannot, beside
    one that can, is a draft without 文号 that holds the faults.
    """
    drafts: list[Draft] = []
    faults: list[Fault] = []
    usable = False
    worksheets = open_worksheets(file)
    for sheet in worksheets:
        found = _recognise(sheet)
        if found is None:
            continue
        place = Place(file.name, sheet.label)
        problems = tuple(_problems(place, sheet, *found))
        faults += problems
        if problems:
            drafts.append(Draft(place=place, source=found[0], digest=file.digest, faults=problems))
        else:
            usable = True
            rows = _rows(file.name, sheet, *found)
            drafts += gathered(rows) if found[0] is Source.RECORD_SHEET else rows
    if not usable:
        raise UnreadableFileError(*(faults or _nothing_found(file.name, worksheets)))
    return tuple(drafts)


def _recognise(sheet: Worksheet) -> tuple[Source, Headings] | None:
    """Return what kind of worksheet it is; a 双公示 heading row goes before a 审查表."""
    decisions, reviews = find_decisions(sheet), find_reviews(sheet)
    if decisions and (reviews is None or len(decisions.columns) >= len(reviews.columns)):
        return Source.EXPORT, decisions
    records = find_records(sheet)
    if records and (reviews is None or len(records.columns) > len(reviews.columns)):
        return Source.RECORD_SHEET, records
    return (Source.REVIEW_SHEET, reviews) if reviews else None


def _rows(file: str, sheet: Worksheet, source: Source, headings: Headings) -> Iterator[Draft]:
    natural_only = is_natural(sheet)
    start = headings.row + 1
    columns = tuple(headings.columns.items())
    for index, cells in enumerate(sheet.rows[start:], start):
        filled = {key: cells[at] for key, at in columns if at < len(cells) and _says(cells[at])}
        if not filled or (index < start + 2 and repeats_headings(headings, cells)):
            continue
        if len(columns) > 2 >= len(filled) and _is_closing(cells):
            continue
        row = RowCells(row_place(file, sheet.label, index), filled, sheet.epoch_1904)
        _check_width(row, sheet, headings, cells)
        if source is Source.EXPORT:
            yield from read_decision_row(row, natural_only=natural_only)
        elif source is Source.RECORD_SHEET:
            yield read_record_row(row)
        else:
            yield read_review_row(row)


def _says(cell: Cell) -> bool:
    return cell != "" and (not isinstance(cell, str) or not cell.isspace())


def _check_width(
    row: RowCells, sheet: Worksheet, headings: Headings, cells: Sequence[Cell]
) -> None:
    """Fault a CSV row with more or fewer cells than headings: its columns have moved."""
    if not sheet.is_ragged:
        return
    if len(cells) < headings.width or any(map(_says, cells[headings.width :])):
        problem = "这一行的格数与表头不一致，可能有没加引号的分隔符，或文件不完整"
        row.faults.append(Fault(row.place, problem, "请核对这一行，或重新导出"))


def _is_closing(cells: Sequence[Cell]) -> bool:
    """Say whether a row is a total, a signature or a note below the table."""
    filled = [str(cell).strip() for cell in cells if _says(cell)]
    return len(filled) <= 2 and _CLOSING.match(filled[0]) is not None


def _problems(
    place: Place, sheet: Worksheet, source: Source, headings: Headings
) -> Iterator[Fault]:
    where = Place(place.file, f"{place.record}第{headings.row + 1}行")
    if source is Source.EXPORT and is_old_layout(sheet):
        yield _old_layout(place)
        return
    if headings.missing:
        yield Fault(
            where,
            f"表头缺少：{'、'.join(headings.missing)}",
            f"请补上这些列后重新导出。应有的列：{'、'.join(_expected(source))}",
        )
    if headings.doubled:
        yield Fault(where, f"第 {'、'.join(headings.doubled)} 列与前面的列重复", "请只保留一列")
    if headings.unknown:
        yield Fault(
            where,
            f"第 {'、'.join(headings.unknown)} 列的列名不认识，而它可能决定是否公开",
            "请按导出格式说明的扩展列改名，或删去该列",
        )


def _expected(source: Source) -> list[str]:
    return [column.heading for column in _COLUMNS[source] if column.required]


def _nothing_found(file: str, worksheets: Sequence[Worksheet]) -> Iterator[Fault]:
    place = Place(file)
    if any(is_old_layout(sheet) for sheet in worksheets):
        yield _old_layout(place)
        return
    if not any(sheet.rows for sheet in worksheets):
        yield Fault(place, "表格是空的", "请重新导出")
        return
    decisions, reviews = _expected(Source.EXPORT), _expected(Source.REVIEW_SHEET)
    yield Fault(
        place,
        "没有找到双公示的表头，也没有找到审查表的表头",
        f"处罚信息应有的列：{'、'.join(decisions)}；审查表应有的列：{'、'.join(reviews)}",
    )


def _old_layout(place: Place) -> Fault:
    return Fault(
        place,
        "是2015年旧版双公示表（处罚名称、处罚事由、处罚结果等列）",
        "请按2018年版（发改办财金〔2018〕424号）的列重新导出",
    )
