"""Faults inside one decision: dates out of order, amounts that disagree or are negative.

These are mistakes of the record, not rules of disclosure; screening has those.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date

from pipeline.domain.faults import Fault, Place
from pipeline.domain.money import Fen, parse_capital, parse_yuan
from pipeline.domain.penalty import PenaltyKind
from pipeline.intake.model import DraftFields

_CAPITAL_DIGIT = "[零〇壹贰貳叁參肆伍陆陸柒捌玖]"
_CAPITAL = (
    r"(?:人民币)?[零〇壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万萬亿億]{1,30}[元圆]"
    rf"(?:{_CAPITAL_DIGIT}角)?零?(?:{_CAPITAL_DIGIT}分)?[整正]?"
)
_CAPITALS = re.compile(r"[零〇壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万萬亿億][元圆]")
_DIGITS = r"(?:人民币)?[¥￥]?\d[\d,]{0,20}(?:\.\d{1,2})?(?:元)?(?:整)?"
_PAIRS = (
    re.compile(rf"(?P<capital>{_CAPITAL})\((?:小写)?[:：]?(?P<digits>{_DIGITS})\)"),
    re.compile(rf"(?P<digits>{_DIGITS})\((?:大写)?[:：]?(?P<capital>{_CAPITAL})\)"),
)
_FINE = re.compile(
    rf"罚款[^,，。；;:：]{{0,6}}?(?:计|为|金额)?(?:(?P<capital>{_CAPITAL})|(?P<digits>[¥￥]?\d[\d,]{{0,20}}(?:\.\d{{1,2}})?万?元))"
)
_DAYS = {
    "decided_on": "处罚决定日期",
    "act_date": "违法行为日期",
    "filed_on": "立案日期",
    "notified_on": "告知日期",
    "served_on": "送达日期",
    "published_before": "首次公示日期",
}
_NOT_BEFORE = (
    ("served_on", "decided_on"),
    ("decided_on", "act_date"),
    ("decided_on", "filed_on"),
    ("decided_on", "notified_on"),
    ("valid_until", "decided_on"),
    ("published_before", "decided_on"),
)
_TITLES = {**_DAYS, "valid_until": "处罚有效期"}


def field_faults(fields: DraftFields, places: Mapping[str, Place], today: date) -> Iterator[Fault]:
    """Yield every fault of the merged fields of one decision, seen from ``today``.

    ``places`` says where each field stands.
    """
    yield from _date_faults(fields, places, today)
    yield from _event_faults(fields, places, today)
    yield from _amount_faults(fields, places)


def _date_faults(fields: DraftFields, places: Mapping[str, Place], today: date) -> Iterator[Fault]:
    days = {name: day for name, day in fields.items() if isinstance(day, date)}
    for name, title in _DAYS.items():
        if name in days and days[name] > today:
            yield Fault(replace(places[name], field=title), "日期在今天之后", "请核对日期")
    for late, early in _NOT_BEFORE:
        if late in days and early in days and days[late] < days[early]:
            where = replace(places[late], field=_TITLES[late])
            yield Fault(where, f"{_TITLES[late]}早于{_TITLES[early]}", "请核对这两个日期")


def _event_faults(fields: DraftFields, places: Mapping[str, Place], today: date) -> Iterator[Fault]:
    decided_on = fields.get("decided_on")
    for event in fields.get("events", ()):
        where = replace(places["events"], field="状态变化")
        if decided_on and event.effective_on < decided_on and not event.remade_as:
            yield Fault(where, "变化的日期早于处罚决定日期", "请核对日期")
        if event.effective_on > today or (event.received_on or today) > today:
            yield Fault(where, "变化的日期在今天之后", "请核对日期")


def _amount_faults(fields: DraftFields, places: Mapping[str, Place]) -> Iterator[Fault]:
    for penalty in fields.get("penalties", ()):
        if penalty.amount is not None and penalty.amount < 0:
            where = replace(places["penalties"], field="金额")
            yield Fault(where, "金额为负数", "请核对金额")
    text = unicodedata.normalize("NFKC", fields.get("penalty_text", "")).replace(" ", "")
    if _words_disagree(text):
        yield _disagreement(replace(places["penalty_text"], field="处罚内容"))
    elif _fine_disagrees(fields, text):
        yield Fault(
            replace(places["penalties"], field="罚款金额"),
            "罚款金额与处罚内容中写的金额不一致",
            "请核对；双公示表的金额单位是万元，JSON 的单位是元",
        )
    for block in fields.get("document", ()):
        for cell in (cell for row in block.rows for cell in row if _CAPITALS.search(cell)):
            if _words_disagree(unicodedata.normalize("NFKC", cell).replace(" ", "")):
                yield _disagreement(replace(places["document"], field="决定书全文"))
                return


def _disagreement(place: Place) -> Fault:
    return Fault(place, "金额的大写与小写不一致", "请核对原决定书，更正后重新导出")


def _words_disagree(text: str) -> bool:
    for form in _PAIRS:
        for match in form.finditer(text):
            with suppress(ValueError):
                if parse_capital(match["capital"]) != parse_yuan(match["digits"]):
                    return True
    return False


def _fine_disagrees(fields: DraftFields, text: str) -> bool:
    """Say whether the fines in digits are not those that 处罚内容 words as 罚款…元."""
    fines = [
        penalty.amount
        for penalty in fields.get("penalties", ())
        if penalty.kind is PenaltyKind.FINE and penalty.amount is not None
    ]
    worded = list(_worded_fines(text))
    if not fines or not worded:
        return False
    total = sum(fines)
    return total not in worded and total != sum(worded)


def _worded_fines(text: str) -> Iterator[Fen]:
    for match in _FINE.finditer(text):
        with suppress(ValueError):
            yield _amount(match)


def _amount(match: re.Match[str]) -> Fen:
    if match["capital"]:
        return parse_capital(match["capital"])
    digits = match["digits"]
    yuan = parse_yuan(digits.replace("万", ""))
    return Fen(yuan * 10_000) if "万" in digits else yuan
