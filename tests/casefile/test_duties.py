"""Every duty of every pack: fulfilled, broken, and not told enough of."""

import dataclasses
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pipeline.casefile.predicates import PREDICATES
from pipeline.domain.decision import Decision, Procedure
from pipeline.domain.document import paragraph
from pipeline.domain.process_record import Act, Medium
from pipeline.domain.text import RawText
from pipeline.intake.sheet_columns import EXTENSIONS, RECORD_COLUMNS, REVIEW_COLUMNS
from pipeline.policy.duty import Duty
from pipeline.policy.duty_words import FILE_NAME_PARTS, PROCEDURES
from pipeline.policy.duty_words import PREDICATES as DECLARED
from tests.casefile.builders import (
    POLICIES,
    REVIEW,
    SETTLED,
    Change,
    at,
    changed,
    decision,
    findings,
    record,
    setting,
    whole_list,
    without,
)

TEXT, AV = Medium.TEXT, Medium.AUDIO_VIDEO
LATE = at("2026-05-20 10:00")
NOTHING: dict[str, Any] = {}


def records(*changes: Change) -> dict[str, Any]:
    """Return the whole list with the changes one after the other."""
    found = whole_list()
    for change in changes:
        found = changed(found, change)
    return {"process_records": found}


def _media(duty: Duty) -> list[Medium]:
    return [Medium(name) for name in duty.values("media")]


def _untitled(duty: Duty) -> tuple[dict[str, Any], dict[str, Any]]:
    act, media = duty.acts[0], _media(duty)
    if not duty.values("documents"):
        return records(without(act, medium=media[0])), NOTHING
    return records(setting(act, TEXT, document="便条")), records(setting(act, TEXT, document=" "))


def _lacking(change: Callable[..., Change], duty: Duty) -> tuple[dict[str, Any], dict[str, Any]]:
    silent = records(change(contents=())) if duty.is_gate else NOTHING
    return records(change(contents=("别的事项",))), silent


def _contains(duty: Duty) -> tuple[dict[str, Any], dict[str, Any]]:
    medium = _media(duty)[0]
    return _lacking(lambda **new: setting(duty.acts[0], medium, **new), duty)


def _served(duty: Duty) -> tuple[dict[str, Any], dict[str, Any]]:
    method = duty.values("methods")[0]
    if not duty.values("contents"):
        return records(
            setting(Act.SERVICE, method=method), without(Act.SERVICE, medium=_media(duty)[0])
        ), NOTHING
    return _lacking(lambda **new: setting(Act.SERVICE, None, method=method, **new), duty)


def _archived(duty: Duty) -> tuple[dict[str, Any], dict[str, Any]]:
    broken = records(setting(archived_at=LATE))
    has_period = duty.pack not in {"changshan-2021", "yanzhou-2018"}
    return broken if has_period else NOTHING, records(setting(archived_at=None)) | EARLY


EARLY = {"_today": date(2026, 4, 15)}
INQUIRY = (
    Act.QUESTIONING, Act.INSPECTION, Act.SAMPLING, Act.PRESERVATION, Act.SEIZURE, Act.COLLECTING,
    Act.APPRAISAL,
)  # fmt: skip


def review(**changes: Any) -> dict[str, Any]:
    return {"legal_review": dataclasses.replace(REVIEW, **changes)}


WAYS: dict[str, Callable[[Duty], tuple[dict[str, Any], dict[str, Any]]]] = {
    "list_exported": lambda _: (NOTHING, {"process_records": ()}),
    "acts_known": lambda _: (NOTHING, records(setting(Act.CAMPAIGN, act="跳绳"))),
    "contents_stated": lambda _: (NOTHING, records(setting(Act.QUESTIONING, contents=()))),
    "on_record": lambda d: (records(without(d.acts[0], medium=_media(d)[0])), NOTHING),
    "some_on_record": lambda d: (records(without(*d.acts, medium=_media(d)[0])), NOTHING),
    "recorded_before_closing": lambda d: (records(without(d.acts[0])), NOTHING),
    "accompanied_by": lambda d: (records(without(*map(Act, d.values("others")))), NOTHING),
    "recorded_when_done": _untitled,
    "contains": _contains,
    "evidence_contains": lambda d: _lacking(lambda **new: setting(None, AV, **new), d),
    "electronic_contains": lambda d: _lacking(lambda **new: setting(None, AV, **new), d),
    "transcribed": lambda _: (
        records(setting(Act.QUESTIONING, AV, method="录音", contents=("证件出示",))),
        NOTHING,
    ),
    "signed_or_noted": lambda d: (
        records(setting(d.acts[0], TEXT, signed=False)),
        records(setting(d.acts[0], TEXT, signed=None)),
    ),
    "refusal_filmed": lambda d: (
        records(
            setting(d.acts[0], TEXT, signed=False, note=RawText("拒签")),
            without(d.acts[0], medium=AV),
        ),
        NOTHING,
    ),
    "two_officers": lambda d: (
        records(setting(d.acts[0], officers=(RawText("卞志远"), RawText("卞 志远")))),
        records(setting(d.acts[0], officers=())),
    ),
    "interruption_explained": lambda _: (
        records(setting(Act.INSPECTION, AV, interrupted=True)),
        records(setting(Act.INSPECTION, AV, interrupted=None)),
    ),
    "file_named": lambda _: (
        records(setting(Act.INSPECTION, AV, file_name=RawText("IMG_0001.mp4"))),
        records(setting(Act.INSPECTION, AV, file_name=RawText(""))),
    ),
    "notice_before_decision": lambda _: (
        {"notified_on": date(2026, 3, 20), **records(without(Act.NOTICE))},
        {"notified_on": None, **records(without(Act.NOTICE))},
    ),
    "statement_or_waiver": lambda _: (
        records(without(Act.STATEMENT), setting(Act.NOTICE, contents=("事实",))),
        records(without(Act.STATEMENT), setting(Act.NOTICE, contents=())),
    ),
    "approved_before_decision": lambda _: (
        records(setting(Act.APPROVAL, ended_at=LATE)),
        records(setting(Act.APPROVAL, signed=None)),
    ),
    "filed_before_inquiry": lambda _: (
        records(setting(Act.FILING, ended_at=LATE, contents=("案由",))),
        records(setting(Act.FILING, ended_at=None)),
    ),
    "preservation_settled": lambda _: (
        {"process_records": (*whole_list()[:-1], dataclasses.replace(SETTLED, ended_at=LATE))},
        records(setting(Act.PRESERVATION, started_at=None, ended_at=None)),
    ),
    "served_with": _served,
    "service_method_known": lambda _: (
        NOTHING,
        {"service_method": "", **records(setting(Act.SERVICE, method="飞鸽"))},
    ),
    "stored_in_time": lambda _: (
        records(setting(Act.INSPECTION, AV, stored_at=LATE)),
        records(setting(Act.INSPECTION, AV, started_at=None, ended_at=None)),
    ),
    "archived_in_time": _archived,
    "kept_long_enough": lambda _: (
        records(setting(Act.INSPECTION, AV, retention="1个月", classes=())),
        records(setting(Act.INSPECTION, AV, retention="")),
    ),
    "document_complete": lambda _: (
        NOTHING,
        {"document": (paragraph(RawText("经查，有证据证实，依据某条例，限期缴纳罚款。")),)},
    ),
    "review_waived": lambda _: (review(passed=None, required=False), NOTHING),
    "review_points": lambda _: (review(points=frozenset({1, 2})), review(points=frozenset())),
    "discussion_before_decision": lambda _: (
        {**review(discussed_on=date(2026, 3, 21)), **records(without(Act.DISCUSSION))},
        NOTHING,
    ),
    "major_discussed": lambda _: (
        NOTHING,
        {**review(discussed_on=None), **records(without(Act.DISCUSSION))},
    ),
    "discussion_after_review": lambda _: (
        {**review(discussed_on=date(2026, 3, 13)), **records(without(Act.DISCUSSION))},
        {**review(discussed_on=None), **records(without(Act.DISCUSSION))},
    ),
}
"""Predicate → how its duty is broken, and how its records are made to say too little."""

DUTIES = [
    (key, duty)
    for key, policy in POLICIES.items()
    for duty in (*policy.records, *policy.review)
    if duty.pack == key
]


def made(duty: Duty, changes: dict[str, Any]) -> tuple[Decision, date]:
    """Return a decision of the procedure of ``duty`` with ``changes``, and the day it is asked."""
    summary = Procedure.SUMMARY if duty.procedures == ("简易程序",) else Procedure.ORDINARY
    fields = {"procedure": summary, **changes}
    today = fields.pop("_today", date(2026, 6, 1))
    return decision(**fields), today


def test_every_declared_predicate_is_implemented_broken_here_and_no_other() -> None:
    assert set(PREDICATES) == set(DECLARED) == set(WAYS)
    assert {each.value for each in Procedure} == set(PROCEDURES)


@pytest.mark.parametrize("key", POLICIES)
def test_a_case_file_that_lacks_nothing_gives_no_finding(key: str) -> None:
    assert findings(decision(), POLICIES[key]) == {}
    assert findings(decision(procedure=Procedure.SUMMARY), POLICIES[key]) == {}


def _ids(cases: list[tuple[str, Duty]]) -> list[str]:
    return [f"{key}/{duty.key}" for key, duty in cases]


BROKEN = [(k, duty) for k, duty in DUTIES if WAYS[duty.predicate](duty)[0] is not NOTHING]
UNTOLD = [(k, duty) for k, duty in DUTIES if WAYS[duty.predicate](duty)[1] is not NOTHING]


def test_every_duty_is_broken_or_untold_below() -> None:
    assert {(k, duty.key) for k, duty in DUTIES} == {(k, d.key) for k, d in BROKEN + UNTOLD}
    assert len(DUTIES) > 150


@pytest.mark.parametrize(("key", "duty"), BROKEN, ids=_ids(BROKEN))
def test_a_duty_that_was_broken_is_found_with_its_article_and_remedy(key: str, duty: Duty) -> None:
    case, today = made(duty, WAYS[duty.predicate](duty)[0])
    found = findings(case, POLICIES[key], today)[duty.key]
    assert all(each.adverse for each in found)
    for each in found:
        assert (each.basis, each.remedy, each.is_gate) == (duty.basis, duty.remedy, duty.is_gate)
        assert each.title.startswith(f"{duty.title}——")


@pytest.mark.parametrize(("key", "duty"), UNTOLD, ids=_ids(UNTOLD))
def test_a_duty_of_which_too_little_is_told_is_found_without_blame(key: str, duty: Duty) -> None:
    case, today = made(duty, WAYS[duty.predicate](duty)[1])
    found = findings(case, POLICIES[key], today)[duty.key]
    assert not any(each.adverse for each in found)
    assert all(each.is_gate is duty.is_gate for each in found)


@pytest.mark.parametrize("method", ["直接送达", "留置", "挂号邮寄", "公告送达", "张贴公告", "电子送达", "转交"])  # fmt: skip  # noqa: E501 - one list
@pytest.mark.parametrize("key", POLICIES)
def test_every_way_of_service_can_be_on_record_in_full(key: str, method: str) -> None:
    case = decision(service_method=method, **records(setting(Act.SERVICE, method="")))
    assert findings(case, POLICIES[key]) == {}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ((setting(Act.QUESTIONING, TEXT, signed=False, note=RawText("拒绝签字，已注明")),), False),
        ((setting(Act.QUESTIONING, TEXT, signed=False, note=RawText(" ")),), True),
        ((setting(Act.QUESTIONING, AV, signed=False),), False),
    ],
)
def test_a_refusal_that_is_noted_counts_as_a_signature(
    changes: tuple[Change, ...], found: bool
) -> None:
    assert ("signed" in findings(decision(**records(*changes)), POLICIES["minhou"])) is found


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("占用人行道案2026020301卞志远现场检查过程.mp4", True),
        ("占用人行道案+20260203+01+卞志远+现场检查过程.MP4", True),
        ("占用人行道案_20260203_02_郏明桦_现场检查过程", True),
        ("占用人行道案2026020401卞志远现场检查过程.mp4", False),  # another day
        ("占用人行道案2026023001卞志远现场检查过程.mp4", False),  # no such day
        ("占用人行道案2026020301暴学鹏现场检查过程.mp4", False),  # no officer of the record
        ("占用人行道案202602031卞志远现场检查过程.mp4", False),
        ("20260203卞志远.mp4", False),
    ],
)
def test_the_name_of_a_recording_has_the_prescribed_parts(name: str, held: bool) -> None:
    case = decision(**records(setting(Act.INSPECTION, AV, file_name=RawText(name))))
    assert ("av-name" not in findings(case, POLICIES["changshan-2021"])) is held
    assert len(FILE_NAME_PARTS) == 5


def test_every_column_that_a_remedy_names_is_one_the_sheets_know() -> None:
    columns = (*EXTENSIONS, *REVIEW_COLUMNS, *RECORD_COLUMNS)
    known = {name for column in columns for name in (column.heading, *column.aliases)}
    named = {name for _, duty in DUTIES for name in re.findall(r"“([^”]+)”列", duty.remedy)}
    assert len(named) > 8
    assert named <= known


def test_an_act_may_be_named_in_other_words() -> None:
    for word in ("询问（调查）", "调查询问", "询问 当事人", "询问/证人"):
        case = decision(**records(setting(Act.QUESTIONING, act=word)))
        assert findings(case, POLICIES["changshan-2021"]) == {}


def test_two_records_of_one_act_are_named_together_by_their_place() -> None:
    extra = record(Act.QUESTIONING, signed=False)
    case = decision(process_records=(extra, *whole_list(), extra))
    (found,) = findings(case, POLICIES["changshan-2021"])["signed"]
    assert (found.act, found.document) == ("询问", f"第1项、第{len(whole_list()) + 2}项")
