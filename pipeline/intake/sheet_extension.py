"""What the extension columns of a row say beyond the 双公示 layout."""

import re
import unicodedata
from typing import Literal

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Outcome, Procedure
from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.party import OtherPerson, Role
from pipeline.domain.text import RawText
from pipeline.intake.model import DraftFields
from pipeline.intake.sheet_reviews import read_legal, read_secrecy
from pipeline.intake.sheet_values import RowCells

_PROCEDURES = {
    "普通程序": Procedure.ORDINARY,
    "简易程序": Procedure.SUMMARY,
    "一般程序": Procedure.ORDINARY,
    "当场处罚": Procedure.SUMMARY,
    "当场处罚程序": Procedure.SUMMARY,
}
_OUTCOMES = {outcome.value: outcome for outcome in Outcome} | {
    "处罚": Outcome.PENALTY,
    "行政处罚": Outcome.PENALTY,
    "不予行政处罚": Outcome.NO_PENALTY,
}
_CREDIT = {
    word + suffix: word
    for word in ("轻微", "一般", "严重")
    for suffix in ("", "失信", "失信信息", "失信行为")
}
_STATES: dict[str, EventKind | None] = {
    "正常": None,
    **{kind.value: kind for kind in EventKind},
    "有效": None,
    "生效": None,
    "已变更": EventKind.CHANGED,
    "已撤销": EventKind.REVOKED,
    "被撤销": EventKind.REVOKED,
    "已修复": EventKind.CREDIT_REPAIRED,
    "已信用修复": EventKind.CREDIT_REPAIRED,
    "责令重新作出": EventKind.ORDERED_REMADE,
}
_ROLES = {role.value: role for role in Role} | {
    "投诉人": Role.COMPLAINANT,
    "举报人": Role.COMPLAINANT,
    "投诉举报人": Role.COMPLAINANT,
    "被害人": Role.VICTIM,
    "代理人": Role.AGENT,
    "负责人": Role.LEGAL_REPRESENTATIVE,
    "监护人": Role.GUARDIAN,
    "未成年": Role.MINOR,
    "家属": Role.FAMILY,
    "从业人员": Role.EMPLOYEE,
    "工作人员": Role.EMPLOYEE,
}
_SEVERAL = re.compile(r"[、,，/]")
_TEXTS: tuple[Literal["title", "service_method", "performance"], ...] = (
    "title",
    "service_method",
    "performance",
)
_DAYS: tuple[
    Literal["act_date", "filed_on", "notified_on", "served_on", "published_before"], ...
] = (
    "act_date",
    "filed_on",
    "notified_on",
    "served_on",
    "published_before",
)


def read_extension(row: RowCells) -> DraftFields:
    """Return the fields that the extension columns of the row say; blank cells say nothing."""
    fields = DraftFields()
    for text_key in _TEXTS:
        if text := row.text(text_key):
            fields[text_key] = text
    for day_key in _DAYS:
        if (day := row.day(day_key)) is not None:
            fields[day_key] = day
    if procedure := row.choice("procedure", _PROCEDURES):
        fields["procedure"] = procedure
    if outcome := row.choice("outcome", _OUTCOMES):
        fields["outcome"] = outcome
    if persons := _persons(row):
        fields["persons"] = persons
    if protected := row.parts("protected"):
        fields["protected"] = protected
    if event := _event(row):
        fields["events"] = (event,)
    _read_findings(row, fields)
    return fields


def _read_findings(row: RowCells, fields: DraftFields) -> None:
    legal = read_legal(row, result="legal_result", reviewer="legal_reviewer", on="legal_on")
    if legal is not None:
        fields["legal_review"] = legal
    secrecy = read_secrecy(
        row,
        result="secrecy_result",
        reviewer="secrecy_reviewer",
        on="secrecy_on",
        author="secrecy_author",
    )
    if secrecy is not None:
        fields["secrecy_review"] = secrecy
    if credit := row.choice("credit_class", _CREDIT):
        fields["credit_class"] = credit
    if (impact := row.answer("social_impact")) is not None:
        fields["social_impact"] = impact
    if (unsuitable := row.answer("unsuitable")) is not None:
        fields["unsuitable"] = unsuitable


def _persons(row: RowCells) -> tuple[OtherPerson, ...]:
    return tuple(
        person for entry in row.parts("persons") if (person := _person(row, entry)) is not None
    )


def _person(row: RowCells, entry: str) -> OtherPerson | None:
    """Read 姓名:角色:出生日期; an unknown role is a fault and the name is still hidden."""
    name, role, born = [*re.split(r"\s*[:：]\s*", entry, maxsplit=2), "", ""][:3]
    if not name or _SEVERAL.search(name):
        row.fault("persons", "有一项没有姓名，或写了几个姓名", "请写成 姓名:角色，几人之间用分号")
        return None
    word = "".join(unicodedata.normalize("NFKC", role).split())
    if word and word not in _ROLES:
        words = "、".join(known.value for known in Role)
        row.fault("persons", "角色不在可选范围内", f"请填：{words}")
    birth_date = None
    if born:
        single = RowCells(row.place, {"birth_date": born})
        birth_date = single.day("birth_date")
        if single.faults:
            row.fault("persons", "出生日期不是日期，或日期不存在", "请写成 姓名:角色:2012-05-03")
    return OtherPerson(name=RawText(name), role=_ROLES.get(word, Role.OTHER), birth_date=birth_date)


def _event(row: RowCells) -> StatusEvent | None:
    """Return the change of state that the row reports; the day of it may not be missing."""
    kind = row.choice("status", _STATES)
    effective_on, received_on = row.day("status_on"), row.day("status_received_on")
    if kind is None:
        if not row.text("status") and (effective_on or received_on):
            row.fault("status", "有状态日期，没有填写当前状态", "请补填当前状态，没有变化的填正常")
        return None
    day = effective_on or received_on
    if day is None:
        row.fault("status_on", "当前状态已改变，没有日期", "请补填改变状态的文书的日期")
        return None
    remade_as = row.text("remade_as")
    if remade_as:
        try:
            CaseNumber.parse(remade_as)
        except ValueError:
            row.fault("remade_as", "不是文号", "请写成 某综执罚决字〔2024〕12号 这样的文号")
    return StatusEvent(
        kind=kind,
        effective_on=day,
        received_on=received_on,
        organ=row.text("status_organ"),
        ground=row.text("status_ground"),
        remade_as=remade_as,
    )
