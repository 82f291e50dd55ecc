"""记录清单: the process record on its own sheet, one row for one record of one case."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from itertools import groupby

from pipeline.domain.dates import parse_date
from pipeline.domain.process_record import Medium, ProcessRecord
from pipeline.domain.review import Source
from pipeline.domain.text import RawText
from pipeline.intake.json_fields import BEIJING
from pipeline.intake.model import Draft, DraftFields
from pipeline.intake.review_sheet import named_by_number
from pipeline.intake.sheet_row import row_digest
from pipeline.intake.sheet_values import RowCells

CLASSES = (
    "作为证据",
    "阻碍执法",
    "突发群体事件",
    "重大疑难复杂",
    "涉访涉诉",
    "复议诉讼投诉异议",
    "其他永久保存",
)
"""Why a record is kept for ever, as the schema names it."""

_MEDIA = {
    "文字": Medium.TEXT,
    "音像": Medium.AUDIO_VIDEO,
    "文字记录": Medium.TEXT,
    "书面": Medium.TEXT,
    "音像记录": Medium.AUDIO_VIDEO,
    "视音频": Medium.AUDIO_VIDEO,
    "录音录像": Medium.AUDIO_VIDEO,
}
_CLOCK = re.compile(r"(.+?)[T\s]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}))?[分秒]?")


def read_record_row(row: RowCells) -> Draft:
    """Return what one row of a 记录清单 says of one decision, as ``Source.RECORD_SHEET``."""
    case_number = row.case_number("case_number")
    record = _record(row)
    return Draft(
        place=row.place,
        source=Source.RECORD_SHEET,
        digest=row_digest(row.filled),
        case_number=case_number,
        fields=DraftFields(process_records=(record,)),
        faults=tuple(dict.fromkeys(named_by_number(fault) for fault in row.faults)),
    )


def gathered(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield one draft a case, its records in the order of the rows, placed at the first row.

    A row without a readable 文号 stays a draft of its own, with its fault.
    """
    ordered = sorted(drafts, key=_key)
    for key, group in groupby(ordered, key=_key):
        rows = list(group)
        if not key:
            yield from (replace(each, fields=DraftFields()) for each in rows)
            continue
        digest = hashlib.sha256("\n".join(each.digest for each in rows).encode()).hexdigest()
        records = tuple(one for each in rows for one in each.fields["process_records"])
        yield replace(
            rows[0],
            digest=digest,
            fields=DraftFields(process_records=records),
            faults=tuple(fault for each in rows for fault in each.faults),
        )


def _key(draft: Draft) -> str:
    return draft.case_number.key if draft.case_number else ""


def _record(row: RowCells) -> ProcessRecord:
    return ProcessRecord(
        act=row.required("record_act"),
        medium=row.choice("record_medium", _MEDIA) or _no_medium(row),
        document=row.text("record_document"),
        file_name=row.text("record_file"),
        method=row.text("record_method"),
        started_at=_time(row, "record_started"),
        ended_at=_time(row, "record_ended"),
        returned_at=_time(row, "record_returned"),
        stored_at=_time(row, "record_stored"),
        archived_at=_time(row, "record_archived"),
        officers=row.parts("record_officers", commas=True),
        signed=row.answer("record_signed"),
        interrupted=row.answer("record_interrupted"),
        note=RawText(row.text("record_note")),
        contents=tuple(row.parts("record_contents", commas=True)),
        retention=row.text("record_retention"),
        classes=_classes(row),
    )


def _no_medium(row: RowCells) -> Medium:
    """Note that the medium is missing, unless what stands there is a fault already."""
    if not row.text("record_medium"):
        row.required("record_medium")
    return Medium.TEXT


def _classes(row: RowCells) -> tuple[str, ...]:
    classes = tuple(row.parts("record_classes", commas=True))
    if not set(CLASSES).issuperset(classes):
        row.fault("record_classes", "填写的内容不在可选范围内", f"请填：{'、'.join(CLASSES)}")
    return classes


def _time(row: RowCells, key: str) -> datetime | None:
    """Return the time of a cell in Beijing; only 归档时间 may be a day without a clock."""
    cell = row.cell(key)
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=BEIJING)
    if isinstance(cell, date) and key == "record_archived":
        return datetime.combine(cell, time(), BEIJING)
    text = unicodedata.normalize("NFKC", row.text(key)).strip()
    if not text:
        return None
    try:
        return _parsed(text, clockless=key == "record_archived")
    except ValueError:
        row.fault(key, "不是时间，或时间不存在", "请写成 2026/02/03 10:30 这样的时间")
        return None


def _parsed(text: str, *, clockless: bool) -> datetime:
    match = _CLOCK.fullmatch(text)
    if match is None:
        if clockless:
            return datetime.combine(parse_date(text), time(), BEIJING)
        raise ValueError("没有写时分")
    day, hour, minute, second = match.groups()
    clock = time(int(hour), int(minute), int(second or 0))
    return datetime.combine(parse_date(day), clock, BEIJING)
