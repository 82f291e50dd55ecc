"""Faults inside one decision: dates out of order, amounts that disagree or are negative.

These are mistakes of the record, not rules of disclosure; screening has those.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

from pipeline.domain.faults import Fault, Place
from pipeline.domain.money import Fen, parse_capital, parse_yuan
from pipeline.domain.penalty import PenaltyKind
from pipeline.intake.model import DraftFields

_CAPITAL_DIGIT = "[零〇壹贰貳叁參肆伍陆陸柒捌玖]"
_CAPITAL = (
    r"(?:人民币)?[零〇壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万萬亿億]+[元圆]"
    rf"(?:{_CAPITAL_DIGIT}角)?零?(?:{_CAPITAL_DIGIT}分)?[整正]?"
)
_CAPITALS = re.compile(r"[零〇壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万萬亿億][元圆]")
_DIGITS = r"(?:人民币)?[¥￥]?\d[\d,]*(?:\.\d{1,2})?(?:元)?(?:整)?"
_PAIRS = (
    re.compile(rf"(?P<capital>{_CAPITAL})\((?:小写)?[:：]?(?P<digits>{_DIGITS})\)"),
    re.compile(rf"(?P<digits>{_DIGITS})\((?:大写)?[:：]?(?P<capital>{_CAPITAL})\)"),
)
_FINE = re.compile(
    rf"罚款[^,，。；;:：]{{0,6}}?(?:计|为|金额)?(?:(?P<capital>{_CAPITAL})|(?P<digits>[¥￥]?\d[\d,]*(?:\.\d{{1,2}})?万?元))"
)
_NOT_BEFORE = (
    ("served_on", "decided_on", "送达日期早于处罚决定日期"),
    ("decided_on", "act_date", "处罚决定日期早于违法行为日期"),
    ("decided_on", "filed_on", "处罚决定日期早于立案日期"),
    ("decided_on", "notified_on", "处罚决定日期早于告知日期"),
    ("valid_until", "decided_on", "处罚有效期早于处罚决定日期"),
)
_PAST = ("decided_on", "act_date", "filed_on", "notified_on", "served_on")


def field_faults(fields: DraftFields, place: Place, today: date) -> Iterator[Fault]:
    """Yield every fault of the merged fields of one decision, seen from ``today``."""
    yield from _date_faults(fields, place, today)
    yield from _event_faults(fields, place, today)
    yield from _amount_faults(fields, place)


def _date_faults(fields: DraftFields, place: Place, today: date) -> Iterator[Fault]:
    days = {name: day for name, day in fields.items() if isinstance(day, date)}
    titles = {
        "decided_on": "处罚决定日期",
        "act_date": "违法行为日期",
        "filed_on": "立案日期",
        "notified_on": "告知日期",
        "served_on": "送达日期",
        "valid_until": "处罚有效期",
    }
    for name in _PAST:
        if name in days and days[name] > today:
            yield Fault(replace(place, field=titles[name]), "日期在今天之后", "请核对日期")
    for late, early, problem in _NOT_BEFORE:
        if late in days and early in days and days[late] < days[early]:
            yield Fault(replace(place, field=titles[late]), problem, "请核对这两个日期")


def _event_faults(fields: DraftFields, place: Place, today: date) -> Iterator[Fault]:
    decided_on = fields.get("decided_on")
    where = replace(place, field="状态变化")
    for event in fields.get("events", ()):
        if decided_on is not None and event.effective_on < decided_on:
            yield Fault(where, "变化的日期早于处罚决定日期", "请核对日期")
        if event.effective_on > today or (event.received_on or today) > today:
            yield Fault(where, "变化的日期在今天之后", "请核对日期")


def _amount_faults(fields: DraftFields, place: Place) -> Iterator[Fault]:
    for penalty in fields.get("penalties", ()):
        if penalty.amount is not None and penalty.amount < 0:
            yield Fault(replace(place, field="金额"), "金额为负数", "请核对金额")
    text = unicodedata.normalize("NFKC", fields.get("penalty_text", "")).replace(" ", "")
    if _words_disagree(text):
        yield _disagreement(replace(place, field="处罚内容"))
    elif _fine_disagrees(fields, text):
        yield Fault(
            replace(place, field="罚款金额"),
            "罚款金额与处罚内容中写的金额不一致",
            "请核对；双公示表的金额单位是万元，JSON 的单位是元",
        )
    for block in fields.get("document", ()):
        for cell in (cell for row in block.rows for cell in row if _CAPITALS.search(cell)):
            if _words_disagree(unicodedata.normalize("NFKC", cell).replace(" ", "")):
                yield _disagreement(replace(place, field="决定书全文"))
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
