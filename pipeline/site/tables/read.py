"""``content/tables`` → ``Tables``. Every fault of every file is reported at once.

``<key>.yaml`` holds ``reviewed_on``, ``rows`` and, if wanted, ``note``. ``rows`` is a list, or
the name of a CSV file in the same folder whose first line are the headings.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from pipeline.domain.dates import parse_date
from pipeline.domain.faults import BadSiteError, Fault, Place
from pipeline.site.tables.catalogue import TABLES
from pipeline.site.tables.cells import BadCellError, read_cell
from pipeline.site.tables.model import Column, Row, Table, TableKind
from pipeline.yaml_file import MAX_BYTES, UnusableYamlError, read_texts

FOLDER = "tables"
MOST_ROWS = 5000
_KEYS = ("reviewed_on", "note", "rows")

Record = tuple[str, Mapping[str, str]]
"""The name of a row for a fault, and its cells by heading as written."""


class _BadFileError(ValueError):
    """A file as a whole cannot be used; the message and the remedy are for the officer."""

    def __init__(self, problem: str, remedy: str, field: str = "") -> None:
        super().__init__(problem)
        self.problem, self.remedy, self.field = problem, remedy, field


def load_tables(content: Path) -> tuple[Table, ...]:
    """Return the lists of the folder ``content`` that were filled in and looked at.

    Raises ``BadSiteError`` with every fault. No fault holds the value of a cell.
    """
    faults: list[Fault] = []
    found = [_load(kind, content / FOLDER, faults) for kind in TABLES]
    faults += _strangers(content / FOLDER)
    if faults:
        told = "\n".join(map(str, sorted(faults)))
        raise BadSiteError(f"content 里的清单有 {len(faults)} 处问题，网站没有改动\n{told}")
    return tuple(table for table in found if table)


def _load(kind: TableKind, folder: Path, faults: list[Fault]) -> Table | None:
    path = folder / f"{kind.key}.yaml"
    if not path.exists():
        return None
    file = f"{FOLDER}/{path.name}"
    try:
        raw = _top(path)
        reviewed_on = _reviewed_on(raw)
        if reviewed_on is None:
            return None
        records = list(_records(raw.get("rows", ""), folder))
    except _BadFileError as error:
        faults.append(Fault(Place(file, "", error.field), error.problem, error.remedy))
        return None
    rows = [_row(kind, record, file, faults) for record in records]
    note = raw.get("note", "")
    above = _cell(
        note if isinstance(note, str) else "",
        Column("note", required=False),
        faults,
        Place(file, "", "note"),
    )
    return Table(
        kind=kind,
        reviewed_on=reviewed_on,
        rows=tuple(rows),
        note=above,
    )


def _top(path: Path) -> Mapping[str, object]:
    try:
        raw = read_texts(path)
    except UnusableYamlError as error:
        raise _BadFileError(str(error), "对照 gongshi init 生成的样式改正") from None
    if not isinstance(raw, dict):
        raise _BadFileError("应写明 reviewed_on 和 rows", "对照 gongshi init 生成的样式改正")
    if unknown := raw.keys() - set(_KEYS):
        raise _BadFileError("有不认识的项", f"只能有 {'、'.join(_KEYS)}", min(unknown))
    return raw


def _reviewed_on(raw: Mapping[str, object]) -> date | None:
    written = raw.get("reviewed_on", "")
    try:
        return parse_date(str(written)) if written else None
    except ValueError:
        remedy = "写成 2026-01-31 的样式：最近一次核对这份清单的日期"
        raise _BadFileError("不是日期", remedy, "reviewed_on") from None


def _records(rows: object, folder: Path) -> Iterator[Record]:
    if isinstance(rows, str):
        records = _of_csv(folder, rows) if rows else iter(())
    elif isinstance(rows, list) and all(_is_record(row) for row in rows):
        records = ((f"第{number}项", row) for number, row in enumerate(rows, start=1))
    else:
        raise _BadFileError("每一项应是“栏目: 内容”", "几行文字用 | 开头另起行写", "rows")
    for number, record in enumerate(records):
        if number >= MOST_ROWS:
            raise _BadFileError(f"超过 {MOST_ROWS} 行", "分成几份", "rows")
        yield record


def _is_record(row: object) -> bool:
    return isinstance(row, dict) and all(isinstance(cell, str) for cell in row.values())


def _of_csv(folder: Path, name: str) -> Iterator[Record]:
    path = folder / Path(name).name
    if path.name != name or path.suffix.lower() != ".csv":
        raise _BadFileError("应是一列内容，或者 CSV 文件名", "写成 officers.csv 的样式", "rows")
    try:
        content = path.read_bytes()[: MAX_BYTES + 1]
    except OSError:
        raise _BadFileError("CSV 文件不存在或无法读取", "放在同一文件夹", "rows") from None
    lines = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
    try:
        headings = [heading.strip() for heading in next(lines, [])]
        for line in lines:
            if not any(cell.strip() for cell in line):
                continue
            if len(line) > len(headings):
                problem = f"第{lines.line_num}行的格数多于标题"
                raise _BadFileError(problem, "补上标题，或删去多余的格", path.name)
            yield f"第{lines.line_num}行", dict(zip(headings, line, strict=False))
    except csv.Error:
        raise _BadFileError(f"第{lines.line_num}行不是 CSV", "另存为 CSV", path.name) from None


def _decoded(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise _BadFileError("CSV 文件超过 1 MB", "分成几份", "rows")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _BadFileError("CSV 文件的编码无法识别", "另存为 UTF-8", "rows")


def _row(kind: TableKind, record: Record, file: str, faults: list[Fault]) -> Row:
    name, written = record
    cells = tuple(
        _cell(written.get(column.heading, ""), column, faults, Place(file, name, column.heading))
        for column in kind.columns
    )
    if unknown := written.keys() - set(kind.headings):
        remedy = f"只能有：{'、'.join(kind.headings)}"
        faults.append(Fault(Place(file, name), f"有 {len(unknown)} 个不认识的栏目", remedy))
    return Row(cells)


def _cell(written: str, column: Column, faults: list[Fault], place: Place) -> str:
    try:
        text = read_cell(written, column.cell)
    except BadCellError as error:
        faults.append(Fault(place, error.problem, error.remedy))
        return ""
    if column.required and not text:
        faults.append(Fault(place, "没有填写", "补上；确实没有的写“无”"))
    return text


def _strangers(folder: Path) -> Iterable[Fault]:
    """Yield the files that look like a list and are none: a misspelt name would hide a page."""
    known = {f"{kind.key}.yaml" for kind in TABLES}
    files = sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])
    for path in files:
        if path.name not in known:
            remedy = "可用：" + "、".join(sorted(known))
            yield Fault(Place(f"{FOLDER}/{path.name}"), "没有这种清单", remedy)
