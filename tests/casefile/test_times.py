"""The clocks of recordings, filing, settling and keeping, per pack and at every awkward day."""

import dataclasses
from datetime import date, datetime

import pytest

from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.process_record import Act, Medium, ProcessRecord
from pipeline.policy.model import Policy
from tests.casefile.builders import (
    POLICIES,
    SETTLED,
    at,
    changed,
    decision,
    findings,
    record,
    setting,
    whole_list,
    without,
)

AV, TEXT = Medium.AUDIO_VIDEO, Medium.TEXT


def recording(ended: str, stored: str | None, returned: str | None = None) -> ProcessRecord:
    return record(
        Act.INSPECTION,
        AV,
        started_at=at(ended),
        ended_at=at(ended),
        stored_at=at(stored) if stored else None,
        returned_at=at(returned) if returned else None,
    )


def answer(policy: Policy, rule: str, records: tuple[ProcessRecord, ...], today: date) -> str:
    """Return “kept”, “broken”, or “unsure” with the last day where there is one."""
    found = findings(decision(process_records=records), policy, today).get(rule, [])
    if not found:
        return "kept"
    (one,) = found
    return "broken" if one.adverse else f"unsure {one.due_on or ''}".strip()


@pytest.mark.parametrize(
    ("pack", "ended", "stored", "returned", "expected"),
    [
        # 常山 第十八条: two days of the calendar, the day after the end being the first
        ("changshan-2021", "2026-01-30 10:00", "2026-02-01 23:59", None, "kept"),
        ("changshan-2021", "2026-01-30 10:00", "2026-02-02 00:00", None, "broken"),
        ("changshan-2021", "2024-02-27 23:50", "2024-02-29 23:50", None, "kept"),  # leap year
        ("changshan-2021", "2025-02-27 23:50", "2025-03-01 08:00", None, "kept"),
        ("changshan-2021", "2025-02-27 23:50", "2025-03-02 00:00", None, "broken"),
        ("changshan-2021", "2026-12-31 18:00", "2027-01-02 09:00", None, "kept"),
        ("changshan-2021", "2026-10-01 18:00", "2026-10-04 09:00", None, "broken"),  # a holiday
        # 闽侯 第二十二条: twenty-four hours from the return to the unit
        ("minhou", "2026-02-27 18:00", "2026-02-28 18:00", "2026-02-27 18:30", "kept"),
        ("minhou", "2026-02-27 18:00", "2026-02-28 18:31", "2026-02-27 18:30", "broken"),
        ("minhou", "2026-02-27 18:00", "2026-02-28 18:00", None, "kept"),
        ("minhou", "2026-02-27 18:00", "2026-02-28 18:01", None, "unsure"),
        ("minhou", "2024-02-28 12:00", "2024-02-29 11:00", "2024-02-28 13:00", "kept"),
        # 兖州 第十八条: the same day
        ("yanzhou-2018", "2026-02-28 18:00", "2026-02-28 23:59", None, "kept"),
        ("yanzhou-2018", "2026-02-28 18:00", "2026-03-01 00:00", None, "broken"),
        # 新乡 第二十六条: two working days
        ("xinxiang-2024", "2026-02-12 10:00", "2026-02-14 10:00", None, "kept"),  # works on Sat
        ("xinxiang-2024", "2026-02-14 10:00", "2026-02-25 23:00", None, "kept"),  # 春节
        ("xinxiang-2024", "2026-02-14 10:00", "2026-02-26 00:00", None, "broken"),
        ("xinxiang-2024", "2026-09-30 10:00", "2026-10-09 10:00", None, "kept"),  # 国庆
        ("xinxiang-2024", "2026-09-30 10:00", "2026-10-10 10:00", None, "broken"),
        ("xinxiang-2024", "2028-02-28 10:00", "2028-03-10 10:00", None, "unsure"),  # not announced
        # 周村 names no period, the law none either
        ("zhoucun-2018", "2026-02-14 10:00", "2026-05-01 10:00", None, "kept"),
    ],
)
def test_a_recording_is_stored_within_the_period_of_its_pack(
    pack: str, ended: str, stored: str, returned: str | None, expected: str
) -> None:
    records = (recording(ended, stored, returned),)
    assert answer(POLICIES[pack], "av-store", records, date(2028, 6, 1)) == expected


@pytest.mark.parametrize(
    ("pack", "today", "expected"),
    [
        ("changshan-2021", "2026-02-05", "unsure 2026-02-05"),
        ("changshan-2021", "2026-02-06", "broken"),
        ("minhou", "2026-02-04", "unsure 2026-02-04"),
        ("minhou", "2026-02-05", "broken"),
        ("yanzhou-2018", "2026-02-03", "unsure 2026-02-03"),
        ("yanzhou-2018", "2026-02-04", "broken"),
        ("xinxiang-2024", "2026-02-05", "unsure 2026-02-05"),
        ("xinxiang-2024", "2026-02-06", "broken"),
    ],
)
def test_a_recording_not_stored_yet_has_a_last_day(pack: str, today: str, expected: str) -> None:
    records = (recording("2026-02-03 10:00", None, "2026-02-03 12:00"),)
    assert answer(POLICIES[pack], "av-store", records, date.fromisoformat(today)) == expected


def closed(archived: str | None, **days: str) -> tuple[ProcessRecord, ...]:
    """Return performance and closing on given days, archived on one day."""
    when = at(f"{archived} 09:00") if archived else None
    return tuple(
        record(Act[name.upper()], ended_at=at(f"{day} 10:00"), archived_at=when)
        for name, day in days.items()
    )


@pytest.mark.parametrize(
    ("pack", "days", "archived", "today", "expected"),
    [
        ("minhou", {"closing": "2026-03-31"}, "2026-04-30", "2026-06-01", "kept"),
        ("minhou", {"closing": "2026-03-31"}, "2026-05-01", "2026-06-01", "broken"),
        ("minhou", {"closing": "2024-01-30"}, "2024-02-29", "2026-06-01", "kept"),  # leap day
        ("minhou", {"closing": "2025-01-30"}, "2025-03-01", "2026-06-01", "kept"),
        ("minhou", {"closing": "2025-01-30"}, "2025-03-02", "2026-06-01", "broken"),
        ("minhou", {"performance": "2026-01-05"}, None, "2026-06-01", "kept"),  # not closed
        ("minhou", {"closing": "2026-03-31"}, None, "2026-04-30", "unsure 2026-04-30"),
        ("minhou", {"closing": "2026-03-31"}, None, "2026-05-01", "broken"),
        ("zhoucun-2018", {"closing": "2026-03-31"}, "2026-05-01", "2026-06-01", "broken"),
        # 新乡 counts from the end of execution: the earliest known end
        ("xinxiang-2024", {"performance": "2026-03-01", "closing": "2026-03-31"}, "2026-04-20",
         "2026-06-01", "broken"),
        ("xinxiang-2024", {"performance": "2026-03-01"}, "2026-03-31", "2026-06-01", "kept"),
        # 常山 and 兖州 name no period
        ("changshan-2021", {"closing": "2026-03-31"}, "2026-12-31", "2027-01-01", "kept"),
        ("changshan-2021", {"closing": "2026-03-31"}, None, "2027-01-01", "unsure"),
        ("yanzhou-2018", {"closing": "2026-03-31"}, None, "2027-01-01", "unsure"),
    ],
)  # fmt: skip
def test_a_case_is_filed_within_thirty_days_of_its_end(
    pack: str, days: dict[str, str], archived: str | None, today: str, expected: str
) -> None:
    records = closed(archived, **days)
    assert answer(POLICIES[pack], "archive", records, date.fromisoformat(today)) == expected


@pytest.mark.parametrize(
    ("pack", "retention", "classes", "expected"),
    [
        ("changshan-2021", "6个月", (), "kept"),
        ("changshan-2021", "六个月", (), "kept"),
        ("changshan-2021", "5个月", (), "broken"),
        ("changshan-2021", "180日", (), "broken"),  # less than six months can be
        ("changshan-2021", "2年", ("重大疑难复杂",), "kept"),  # 常山 does not name this class
        ("changshan-2021", "2年", ("作为证据",), "broken"),
        ("changshan-2021", "永久", ("作为证据",), "kept"),
        ("changshan-2021", "按规定", (), "unsure"),
        ("minhou", "6个月", (), "broken"),
        ("minhou", "24个月", (), "kept"),
        ("minhou", "两年", (), "kept"),
        ("minhou", "十年", ("重大疑难复杂",), "broken"),
        ("minhou", "2年", ("涉访涉诉",), "kept"),  # 闽侯 does not name this class
        ("yanzhou-2018", "6个月", (), "kept"),
        ("yanzhou-2018", "6个月", ("复议诉讼投诉异议",), "broken"),
        ("yanzhou-2018", "长期", ("复议诉讼投诉异议",), "kept"),
    ],
)
def test_a_recording_is_kept_as_long_as_its_pack_asks(
    pack: str, retention: str, classes: tuple[str, ...], expected: str
) -> None:
    records = (record(Act.INSPECTION, AV, retention=retention, classes=classes),)
    assert answer(POLICIES[pack], "av-keep", records, date(2026, 6, 1)) == expected


def test_recordings_of_obstruction_emergencies_and_disputed_cases_are_kept_for_ever() -> None:
    event = StatusEvent(kind=EventKind.REVOKED, effective_on=date(2026, 5, 1))
    repaired = dataclasses.replace(event, kind=EventKind.CREDIT_REPAIRED)

    def is_broken(act: Act, *events: StatusEvent) -> bool:
        records = (record(act, AV, retention="2年", classes=()),)
        case = decision(process_records=records, events=events)
        return "av-keep" in findings(case, POLICIES["changshan-2021"])

    assert is_broken(Act.OBSTRUCTION)
    assert is_broken(Act.EMERGENCY)
    assert is_broken(Act.INSPECTION, event)
    assert not is_broken(Act.INSPECTION, repaired)
    assert not is_broken(Act.INSPECTION)


@pytest.mark.parametrize(
    ("decided", "settled", "today", "expected"),
    [
        ("2026-02-12 10:00", "2026-02-27 10:00", "2026-06-01", "kept"),  # 春节 lies between
        ("2026-02-12 10:00", "2026-03-02 10:00", "2026-06-01", "broken"),
        ("2026-05-11 10:00", "2026-05-20 10:00", "2026-06-01", "kept"),
        ("2026-05-11 10:00", "2026-05-21 10:00", "2026-06-01", "broken"),
        ("2026-05-11 10:00", None, "2026-05-20", "unsure 2026-05-20"),
        ("2026-05-11 10:00", None, "2026-05-21", "broken"),
    ],
)
def test_what_was_preserved_is_settled_within_seven_working_days(
    decided: str, settled: str | None, today: str, expected: str
) -> None:
    kept = record(Act.PRESERVATION, started_at=at(decided), ended_at=at(decided))
    records: tuple[ProcessRecord, ...] = (kept,)
    if settled:
        records += (dataclasses.replace(SETTLED, started_at=None, ended_at=at(settled)),)
    day = date.fromisoformat(today)
    assert answer(POLICIES["national"], "preservation-settled", records, day) == expected


@pytest.mark.parametrize(
    ("pack", "begun", "approved", "urgent", "expected"),
    [
        ("minhou", "2026-02-28 10:00", "2026-02-28 09:00", False, "kept"),
        ("minhou", "2026-02-28 10:00", "2026-02-28 11:00", False, "broken"),
        ("minhou", "2026-02-28 10:00", "2026-03-01 10:00", True, "kept"),
        ("minhou", "2026-02-28 10:00", "2026-03-01 10:01", True, "broken"),
        ("minhou", "2024-02-28 10:00", "2024-02-29 10:00", True, "kept"),
        ("zhoucun-2018", "2026-02-28 10:00", "2026-03-10 10:00", True, "kept"),  # no hours named
        ("zhoucun-2018", "2026-02-28 10:00", "2026-03-10 10:00", False, "broken"),
    ],
)
def test_an_urgent_case_is_filed_within_twenty_four_hours(
    pack: str, begun: str, approved: str, urgent: bool, expected: str
) -> None:
    contents = ("案由", "情况紧急") if urgent else ("案由",)
    start = min(at(begun), at(approved))
    filing = record(Act.FILING, started_at=start, ended_at=at(approved), contents=contents)
    inquiry = record(Act.INSPECTION, started_at=at(begun), ended_at=None)
    found = answer(POLICIES[pack], "filing-time", (filing, inquiry), date(2026, 6, 1))
    assert found == expected


def days_of_notice(*days: datetime) -> tuple[ProcessRecord, ...]:
    notices = tuple(record(Act.NOTICE, ended_at=day) for day in days)
    return (*changed(whole_list(), without(Act.NOTICE)), *notices)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2026-03-19 17:00",), "kept"),
        (("2026-03-20 09:00",), "broken"),  # the day of the decision
        (("2026-03-25 09:00",), "broken"),
        (("2026-03-25 09:00", "2026-03-10 09:00"), "kept"),  # the first one counts
    ],
)
def test_the_notice_comes_before_the_day_of_the_decision(
    days: tuple[str, ...], expected: str
) -> None:
    records = days_of_notice(*map(at, days))
    case = decision(process_records=records, notified_on=None)
    found = findings(case, POLICIES["national"]).get("notice-before-decision", [])
    assert ("broken" if found else "kept") == expected


def test_rights_told_at_the_questioning_are_no_notice_of_the_penalty() -> None:
    rights = changed(whole_list(), setting(Act.NOTICE, act="权利告知"))
    case = decision(process_records=rights, notified_on=None)
    (found,) = findings(case, POLICIES["changshan-2021"])["notice-before-decision"]
    assert (found.is_gate, found.adverse) == (True, False)


@pytest.mark.parametrize(
    ("ended", "signed", "expected"),
    [
        ("2026-03-20 17:00", True, "kept"),
        ("2026-03-21 08:00", True, "broken"),
        ("2026-03-19 08:00", False, "broken"),
        ("2026-03-19 08:00", None, "unsure"),
    ],
)
def test_the_head_signs_not_later_than_the_decision(
    ended: str, signed: bool | None, expected: str
) -> None:
    change = setting(Act.APPROVAL, TEXT, ended_at=at(ended), signed=signed)
    records = changed(whole_list(), change)
    found = answer(POLICIES["changshan-2021"], "approval", records, date(2026, 6, 1))
    assert found == expected
