"""Opens an .xlsx or .csv file as worksheets. Knows cells, not what they mean."""

import csv
import io
from pathlib import PurePosixPath

from python_calamine import CalamineError, CalamineSheet, PasswordError, load_workbook

from pipeline.domain.faults import Fault, Place
from pipeline.intake.model import FileContent, UnreadableFileError
from pipeline.intake.sheet_model import Broken, Cell, Worksheet
from pipeline.intake.sheet_package import BadPackageError, PackageFacts, inspect_package
from pipeline.intake.text_encoding import decode

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_EXPORT_AGAIN = "请用 Excel 或 WPS 打开核对后另存为 .xlsx，或重新导出"


def open_worksheets(file: FileContent) -> tuple[Worksheet, ...]:
    """Return the worksheets of the file, hidden ones too; formulas as their stored values.

    Raises ``UnreadableFileError`` for a damaged, protected, oversized or foreign file.
    """
    if file.content.startswith(_ZIP):
        return _workbook(file)
    if file.content.startswith(_COMPOUND):
        raise _unreadable(file, "是旧版 .xls 文件或加了密码的工作簿", "请另存为不加密码的 .xlsx")
    if file.name.lower().endswith((".xlsx", ".xlsm")):
        raise _unreadable(file, "内容不是 .xlsx 工作簿，或文件不完整", _EXPORT_AGAIN)
    return (_csv(file),)


def _workbook(file: FileContent) -> tuple[Worksheet, ...]:
    try:
        return _parsed(file.content)
    except BadPackageError as error:
        raise _unreadable(file, str(error), _EXPORT_AGAIN) from None
    except PasswordError:
        raise _unreadable(file, "工作簿加了密码", "请另存为不加密码的 .xlsx") from None
    except (CalamineError, OSError, ValueError):
        raise _unreadable(file, "文件不完整或已损坏", _EXPORT_AGAIN) from None


def _parsed(content: bytes) -> tuple[Worksheet, ...]:
    facts = inspect_package(content)
    book = load_workbook(io.BytesIO(content))
    if len(book.sheet_names) != len(facts.broken):
        raise BadPackageError("文件不完整或已损坏")
    return tuple(
        _worksheet(book.get_sheet_by_index(index), index, facts)
        for index in range(len(facts.broken))
    )


def _worksheet(sheet: CalamineSheet, index: int, facts: PackageFacts) -> Worksheet:
    top, left = sheet.start or (0, 0)
    rows: list[list[Cell]] = [[] for _ in range(top)]
    rows.extend([*[""] * left, *row] for row in sheet.iter_rows())
    for row, column in facts.broken[index]:
        if row <= len(rows):
            cells = rows[row - 1]
            cells.extend([""] * (column - len(cells)))
            cells[column - 1] = Broken.CELL
    label = f"第{index + 1}张表" if len(facts.broken) > 1 else ""
    return Worksheet(sheet.name, label, rows, epoch_1904=facts.epoch_1904)


def _csv(file: FileContent) -> Worksheet:
    text = decode(file)
    if text.lstrip().startswith("<"):
        raise _unreadable(file, "内容是网页，不是表格", _EXPORT_AGAIN)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[list[Cell]] = []
    try:
        rows.extend([_unquoted(cell) for cell in row] for row in reader)
    except csv.Error:
        problem = f"第{len(rows) + 1}行起引号不成对，或一格过长"
        raise _unreadable(file, problem, "请改好这一行的引号，或重新导出") from None
    return Worksheet(PurePosixPath(file.name).stem, "", rows, is_ragged=True)


def _delimiter(text: str) -> str:
    """Return the likeliest delimiter: the one most frequent in the first lines."""
    head = "\n".join(text.split("\n", 10)[:10])
    return max(",;\t", key=head.count)


def _unquoted(cell: str) -> str:
    """Undo the ways in which exports keep a spreadsheet from touching long numbers."""
    cell = cell.strip()
    if len(cell) > 3 and cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1]
    return cell.removeprefix("'")


def _unreadable(file: FileContent, problem: str, remedy: str) -> UnreadableFileError:
    return UnreadableFileError(Fault(Place(file.name), problem, remedy))
