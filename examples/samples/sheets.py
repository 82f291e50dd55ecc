"""Writes records as 双公示 sheets, review sheets and CSV files, the same bytes every time."""
# ruff: noqa: E501 - tables and sentences read better on one line

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

from samples.agency import AUTHOR, ORGAN, ORGAN_CODE
from samples.texts import Sample

_STANDARD = (
    "行政相对人名称", "行政相对人类别", "行政相对人代码_1（统一社会信用代码）", "法定代表人",
    "法定代表人证件类型", "法定代表人证件号码", "证件类型", "证件号码", "行政处罚决定书文号",
    "违法行为类型", "违法事实", "处罚依据", "处罚类别", "处罚内容", "罚款金额（万元）", "处罚决定日期",
    "处罚有效期", "处罚机关", "处罚机关统一社会信用代码", "数据来源单位",
    "数据来源单位统一社会信用代码", "备注",
)  # fmt: skip
_EXTENSION = (
    "适用程序", "违法行为发生日期", "立案日期", "告知日期", "送达日期", "送达方式", "当事人出生日期",
    "当事人住址", "当事人联系方式", "其他自然人", "法制审核结论", "法制审核人员", "法制审核日期", "履行情况",
)  # fmt: skip
HEADINGS = _STANDARD + _EXTENSION
RECORD_HEADINGS = (
    "文号", "记录行为", "记录方式", "文书名称", "行为方式", "文件名", "开始时间", "结束时间", "返回单位时间",
    "存储时间", "归档时间", "执法人员", "是否签字", "是否中断", "载明事项", "保存期限", "永久保存原因",
)  # fmt: skip
REVIEW_HEADINGS = ("文号", "审查事项", "审查结论", "审查人", "审查日期", "制作人")
_CLASSES = {"法人": "法人及非法人组织", "个体工商户": "个体工商户", "自然人": "自然人"}

Row = Sequence[str | date]


def row_of(sample: Sample, *, dates: str = "cell") -> list[str | date]:
    """Return the row of a record; ``dates`` are cells, or text with ``/`` or 年月日."""
    record = sample.record
    party = record["parties"][0]
    natural = party["kind"] == "自然人"
    identity = (party["identifiers"] or [""])[0]
    yuan = float(record["penalties"][0]["amount_yuan"]) if record["penalties"] else 0.0
    legal = record["legal_review"] or {}
    conclusion = {True: "通过", False: "不通过"}.get(legal.get("passed"), "")
    people = "；".join(
        f"{p['name']}:{p['role']}" + (f":{p['birth_date']}" if p.get("birth_date") else "")
        for p in record["persons"]
    )
    values = (
        party["name"], _CLASSES[party["kind"]], party.get("code", ""),
        party.get("representative", ""), "" if natural else "身份证", "" if natural else identity,
        "身份证" if natural and identity else "", identity if natural else "", record.get("_row_number", sample.number),
        record["violation_kind"], record["facts"], record["legal_basis"], "罚款",
        record["penalty_text"], f"{yuan / 10_000:.6f}".rstrip("0").rstrip("."),
        _day(record["decided_on"], dates), _day("2099-12-31", dates), ORGAN, ORGAN_CODE, ORGAN,
        ORGAN_CODE, "", record["procedure"] or "", _day(record["act_date"], dates),
        _day(record["filed_on"], dates), _day(record["notified_on"], dates),
        _day(record["served_on"], dates), record["service_method"] or "",
        _day(party.get("birth_date"), dates), party.get("address", "") if natural else "",
        "；".join(party["contacts"]), people, conclusion, legal.get("reviewer", ""),
        _day(legal.get("reviewed_on"), dates), record["performance"],
    )  # fmt: skip
    return [value or "" for value in values]


def _day(text: str | None, form: str) -> str | date:
    if not text:
        return ""
    day = date.fromisoformat(text)
    if form == "cell":
        return day
    return f"{day:%Y/%m/%d}" if form == "/" else f"{day.year}年{day.month}月{day.day}日"


def review_rows(samples: Iterable[Sample]) -> list[Row]:
    """Return the rows of a 审查表 for the secrecy reviews of ``samples``."""
    rows: list[Row] = []
    for sample in samples:
        review: dict[str, Any] = sample.record["secrecy_review"] or {}
        if review:
            day = date.fromisoformat(review["reviewed_on"])
            author = review.get("author", AUTHOR)
            rows.append((sample.number, "保密审查", "不涉及", review["reviewer"], day, author))
    return rows


def record_rows(samples: Iterable[Sample]) -> list[Row]:
    """Return the rows of a 记录清单 for the process records of ``samples``."""
    return [
        (
            sample.number, record["act"], record["medium"], record["document"],
            record.get("method", ""), record.get("file_name", ""), _clock(record["started_at"]),
            _clock(record["ended_at"]), _clock(record.get("returned_at")),
            _clock(record.get("stored_at")), _clock(record.get("archived_at")),
            "、".join(record["officers"]), _yes(record.get("signed")),
            _yes(record.get("interrupted")), "、".join(record["contents"]),
            record.get("retention", ""), "、".join(record.get("classes", ())),
        )
        for sample in samples
        for record in sample.record["process_records"] or ()
    ]  # fmt: skip


def _clock(text: str | None) -> str:
    return text.replace("-", "/").replace("T", " ")[:16] if text else ""


def _yes(answer: bool | None) -> str:
    return "" if answer is None else "是" if answer else "否"


def workbook(title: str, headings: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return an XLSX file with a title line, headings and rows."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 11, 18, tzinfo=UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet(title[:31])
    day_format = book.add_format({"num_format": "yyyy/mm/dd"})
    sheet.write_string(0, 0, title)
    for column, heading in enumerate(headings):
        sheet.write_string(1, column, heading)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day_format)
            else:
                sheet.write_string(number, column, value)
    book.close()
    return stored(stream.getvalue())


def stored(package: bytes) -> bytes:
    """Return a zip package without compression and with one time stamp: the same everywhere."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name))
    return out.getvalue()


def gb18030_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file as older systems export it: GB18030, CRLF."""
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("gb18030")
