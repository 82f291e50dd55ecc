"""台账 to hand out: every decision and every event as a workbook and as CSV.

States, dates, reasons, articles and deadlines; no text of a decision, no party, no private
remark. Rows are written as they are read, so a large register needs no large memory. A cell that
a spreadsheet would take for a formula is text.
"""

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

import xlsxwriter

from pipeline.domain.faults import BadRegisterError
from pipeline.lifecycle.deadlines import deadlines
from pipeline.policy.model import Policy
from pipeline.register.entry import Entry
from pipeline.register.kept import KeptRegister
from pipeline.register.model import LoggedEvent

DECISIONS = (
    "文号",
    "状态",
    "决定日期",
    "首次公示日期",
    "公示变动日期",
    "公示期满日期",
    "理由",
    "条文",
    "更新待核",
    "公开说明",
    "更正",
    "决定变动",
    "期限",
    "网址",
)
EVENTS = ("序号", "日期", "文号", "事项", "经办", "摘要")

_WIDTHS = (30, 10, 12, 12, 12, 12, 40, 50, 30, 50, 40, 30, 50, 34)
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no zone; equal rows give equal bytes
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_handout(
    register: KeptRegister, folder: Path, policy: Policy, *, today: date
) -> tuple[Path, ...]:
    """Write ``台账.xlsx``, ``台账.csv`` and ``经过.csv`` to ``folder``, mode 0600.

    Raises ``BadRegisterError`` when the disk refuses.
    """
    book, table, log = (folder / name for name in ("台账.xlsx", "台账.csv", "经过.csv"))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in (book, table, log):
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
            path.chmod(0o600)
        with ExitStack() as open_files:
            options = {"constant_memory": True, "strings_to_formulas": False}
            workbook = open_files.enter_context(xlsxwriter.Workbook(str(book), options))
            workbook.set_properties({"created": _MADE})
            sheets = ((table, "台账", DECISIONS), (log, "经过", EVENTS))
            rows = (_decisions(register, policy, today), _events(register))
            for (path, name, headings), found in zip(sheets, rows, strict=True):
                stream = open_files.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
                _write(workbook, stream, name, headings, found)
    except OSError as error:
        raise BadRegisterError(
            f"台账没有导出（{error.strerror}）。请检查文件夹的权限和磁盘空间"
        ) from None
    return book, table, log


def _write(
    workbook: Any,  # noqa: ANN401 - xlsxwriter has no types
    stream: TextIO,
    name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
) -> None:
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    for column, width in enumerate(_WIDTHS[: len(headings)]):
        sheet.set_column(column, column, width)
    writer = csv.writer(stream)
    bold, wrapped = workbook.add_format({"bold": True}), workbook.add_format({"text_wrap": True})
    sheet.write_row(0, 0, headings, bold)
    writer.writerow(headings)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_defused(cell) for cell in row])
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell, wrapped)


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _decisions(register: KeptRegister, policy: Policy, today: date) -> Iterator[tuple[str, ...]]:
    for entry in register.entries():
        yield _decision(entry, policy, today)


def _decision(entry: Entry, policy: Policy, today: date) -> tuple[str, ...]:
    due = deadlines(entry.past(), policy, decided_on=entry.decided_on, today=today)
    notice = entry.notice
    return (
        entry.case_number,
        entry.state.value,
        *map(
            _day,
            (entry.decided_on, entry.first_published_on, entry.changed_on, entry.expires_on),
        ),
        _lines(reason.title for reason in entry.reasons),
        _lines(dict.fromkeys(str(reason.basis) for reason in entry.reasons)),
        _lines(f"{reason.title}（{reason.basis}）" for reason in entry.pending),
        f"{notice.ground}：{notice.reason}（{notice.basis}）" if notice else "",
        _lines(f"{note.on.isoformat()} {note.text}" for note in entry.corrections),
        _lines(f"{event.effective_on.isoformat()} {event.kind}" for event in entry.events),
        _lines(f"{each.title} {each.due} {each.urgency}（{each.basis}）" for each in due),
        f"decisions/{entry.slug}.html" if entry.is_public else "",
    )


def _events(register: KeptRegister) -> Iterator[tuple[str, ...]]:
    for number, event in register.logged():
        yield _event(number, event)


def _event(number: str, event: LoggedEvent) -> tuple[str, ...]:
    return (str(event.seq), event.on.isoformat(), number, event.kind, event.actor, event.summary)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(parts)
