"""A case file in which every duty of every pack is fulfilled, and small changes to it. Invented."""

import dataclasses
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, timezone
from typing import Any

from pipeline.casefile.check import check
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Decision, Organ, Procedure
from pipeline.domain.document import paragraph
from pipeline.domain.finding import Finding
from pipeline.domain.party import Party, PartyKind
from pipeline.domain.process_record import Act, Medium, ProcessRecord
from pipeline.domain.review import LegalReview
from pipeline.domain.text import RawText
from pipeline.policy.load import load_policy
from pipeline.policy.model import Policy

PACKS = ("changshan-2021", "minhou", "yanzhou-2018", "zhoucun-2018", "xinxiang-2024")
POLICIES = {key: load_policy(key) for key in ("national", *PACKS)}
TODAY = date(2026, 6, 1)
BEIJING = timezone(timedelta(hours=8))
OFFICERS = (RawText("卞志远"), RawText("郏明桦"))

_DAYS = {
    Act.SOURCE: "2026-02-02", Act.FILING: "2026-02-02", Act.RANDOM_DRAW: "2026-02-02",
    Act.QUESTIONING: "2026-02-03", Act.INSPECTION: "2026-02-03", Act.SAMPLING: "2026-02-03",
    Act.PRESERVATION: "2026-02-04", Act.SEIZURE: "2026-02-04", Act.COLLECTING: "2026-02-04",
    Act.APPRAISAL: "2026-02-05", Act.OBSTRUCTION: "2026-02-05", Act.EMERGENCY: "2026-02-05",
    Act.CAMPAIGN: "2026-02-05", Act.SUMMARY: "2026-02-05", Act.RIGHTS: "2026-02-03",
    Act.NOTICE: "2026-03-10",
    Act.STATEMENT: "2026-03-11", Act.HEARING: "2026-03-12", Act.EXPERTS: "2026-03-13",
    Act.REVIEW: "2026-03-16", Act.DISCUSSION: "2026-03-18", Act.APPROVAL: "2026-03-19",
    Act.DECISION: "2026-03-20", Act.SERVICE: "2026-03-23", Act.RECTIFICATION: "2026-03-25",
    Act.DEMAND: "2026-03-26", Act.EXECUTION: "2026-03-30", Act.COURT: "2026-03-30",
    Act.DESTRUCTION: "2026-03-30", Act.PERFORMANCE: "2026-03-30", Act.CLOSING: "2026-03-31",
}  # fmt: skip
_TITLES = {
    Act.QUESTIONING: "询问（调查）笔录", Act.INSPECTION: "现场检查（勘验）笔录",
    Act.REVIEW: "法制审核意见书", Act.SERVICE: "送达回证", Act.COLLECTING: "证据登记清单",
}  # fmt: skip


def at(text: str) -> datetime:
    """Return a time in Beijing from ``2026-02-03 10:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def record(act: Act, medium: Medium = Medium.TEXT, **changes: Any) -> ProcessRecord:
    """Return a record of ``act`` that lacks nothing."""
    day = _DAYS[act]
    whole: dict[str, Any] = {
        "act": act.value,
        "medium": medium,
        "document": _TITLES.get(act, f"{act.value}文书"),
        "method": "直接送达" if act is Act.SERVICE else "",
        "started_at": at(f"{day} 10:00"),
        "ended_at": at(f"{day} 11:00"),
        "officers": OFFICERS,
        "signed": True,
        "contents": ALL_CONTENTS,
        "archived_at": at("2026-04-10 09:00"),
    }
    if act is Act.FILING:
        whole |= {"started_at": at(f"{day} 08:00"), "ended_at": at(f"{day} 09:00")}
    if medium is Medium.AUDIO_VIDEO:
        whole |= {
            "document": f"{act.value}录像",
            "file_name": RawText(f"占用人行道案{day.replace('-', '')}01卞志远{act.value}过程.mp4"),
            "returned_at": at(f"{day} 12:00"),
            "stored_at": at(f"{day} 15:00"),
            "interrupted": False,
            "retention": "永久",
            "classes": ("作为证据",),
        }
    return ProcessRecord(**(whole | changes))


def _contents() -> tuple[str, ...]:
    """Return every point that any pack asks a record to hold, and those that answer a duty."""
    points = {
        one
        for policy in POLICIES.values()
        for duty in (*policy.records, *policy.review)
        for point in duty.values("contents")
        for one in point.split("或")
    }
    return (*sorted(points), "放弃陈述申辩")


ALL_CONTENTS = _contents()

_MEDIA = (Medium.TEXT, Medium.AUDIO_VIDEO)
SETTLED = record(
    Act.PRESERVATION, document="先行登记保存物品处理决定书", ended_at=at("2026-02-06 10:00")
)


def whole_list() -> tuple[ProcessRecord, ...]:
    """Return a list in which every act has both records, and what was preserved was settled."""
    return (*(record(act, medium) for act in Act for medium in _MEDIA), SETTLED)


REVIEW = LegalReview(
    required=True,
    passed=True,
    reviewer=RawText("祝文澜"),
    reviewed_on=date(2026, 3, 16),
    discussed_on=date(2026, 3, 18),
    points=frozenset(range(1, 9)),
)
SHOP = Party(kind=PartyKind.LEGAL_PERSON, name=RawText("青石县百顺建材有限公司"))
TEXT = (
    "经查，当事人在人行道上堆放砂石，有询问笔录、照片等证据证实。依据《某某条例》第十四条，决定罚款"
    "2000元。当事人应当自收到本决定书之日起十五日内缴纳罚款。不服本决定的，可以在六十日内申请行政复议，"
    "或者在六个月内向人民法院提起行政诉讼。"
)


def decision(**changes: Any) -> Decision:
    """Return a decision whose case file lacks nothing under any pack, with ``changes``."""
    whole: dict[str, Any] = {
        "case_number": CaseNumber.parse("青综执罚决字〔2026〕第12号"),
        "organ": Organ("青石县综合行政执法局"),
        "decided_on": date(2026, 3, 20),
        "parties": (SHOP,),
        "procedure": Procedure.ORDINARY,
        "filed_on": date(2026, 2, 2),
        "notified_on": date(2026, 3, 10),
        "served_on": date(2026, 3, 23),
        "service_method": "直接送达",
        "legal_review": REVIEW,
        "document": (paragraph(RawText(TEXT)),),
        "process_records": whole_list(),
    }
    return Decision(**(whole | changes))


Change = Callable[[ProcessRecord], ProcessRecord | None]


def changed(records: Iterable[ProcessRecord], change: Change) -> tuple[ProcessRecord, ...]:
    """Return the records changed one by one; ``None`` drops a record."""
    return tuple(each for each in map(change, records) if each is not None)


def setting(act: Act | None = None, medium: Medium | None = None, /, **fields: Any) -> Change:
    """Return the change that sets fields of the records of an act and a medium, of all if none."""

    def change(each: ProcessRecord) -> ProcessRecord:
        is_meant = (act is None or each.act == act) and (medium is None or each.medium is medium)
        return dataclasses.replace(each, **fields) if is_meant else each

    return change


def without(*acts: Act, medium: Medium | None = None) -> Change:
    """Return the change that drops the records of acts."""
    return lambda each: (
        None if Act(each.act) in acts and (medium is None or each.medium is medium) else each
    )


def findings(of: Decision, policy: Policy, today: date = TODAY) -> dict[str, list[Finding]]:
    """Return the findings by the key of their duty."""
    found: dict[str, list[Finding]] = {}
    for each in check(of, policy, today=today):
        found.setdefault(each.rule, []).append(each)
    return found
