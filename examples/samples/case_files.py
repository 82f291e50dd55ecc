"""The process record of a sample decision: what its case file lists, and a few true-to-life faults.

A list is made from the days and officers of the decision and nothing random, so that it changes
nothing else of the sample.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from samples.agency import REVIEWER
from samples.texts import Sample

Record = dict[str, Any]
Records = list[Record]
Fault = Callable[[Records], None]

_LAST = date(2026, 11, 10)
_RECORDED = ("设备检查", "告知正在记录", "案号", "当事人", "承办人", "备份", "证件出示", "权利告知")
_SCENE = ("现场环境", "人员言行", "涉案物品", "采取措施")
_EVIDENCE = ("制作人", "提取人", "提取时间", "光盘附卷")
_NOTICE = ("事实", "理由", "依据", "决定内容", "陈述申辩权", "放弃陈述申辩")


def case_file(sample: Sample) -> Records:
    """Return the whole list of records of a decision under the ordinary procedure."""
    record = sample.record
    filed, decided = _day(record["filed_on"]), _day(record["decided_on"])
    notified = _day(record["notified_on"]) if record["notified_on"] else decided - timedelta(10)
    served = _day(record["served_on"])
    officers = [p["name"] for p in record["persons"] if p["role"] == "执法人员"]
    cause = str(record["violation_kind"])
    text, film = _Writer(officers, "文字", cause), _Writer(officers, "音像", cause)
    records = [
        text.of("立案", "立案审批表", filed, 8, "案由", "当事人基本情况"),
        text.of("现场检查", "现场检查（勘验）笔录", filed, 14, "证件出示"),
        film.of("现场检查", "现场检查录像", filed, 14, *_RECORDED, *_SCENE, *_EVIDENCE),
        text.of("询问", "询问（调查）笔录", filed + timedelta(1), 9, "证件出示"),
        film.of("询问", "询问录像", filed + timedelta(1), 9, *_RECORDED),
        text.of("告知", "行政处罚事先告知书", notified, 10, *_NOTICE),
        text.of("审批", "行政处罚决定审批表", decided, 9, "负责人意见", "签发时间"),
        text.of("送达", "送达回证", served, 15, "送达回证", method="直接送达"),
        film.of("送达", "送达录像", served, 15, *_RECORDED, method="直接送达"),
    ]
    review = record["legal_review"] or {}
    if review.get("reviewed_on"):
        reviewed = _day(review["reviewed_on"])
        by_reviewer = _Writer([REVIEWER], "文字", cause)
        records.append(
            by_reviewer.of("法制审核", "法制审核意见书", reviewed, 9, "审核意见", "审核人")
        )
        review["discussed_on"] = decided.isoformat()
        records.append(text.of("集体讨论", "集体讨论记录", decided, 8, "讨论意见"))
    closed = served + timedelta(20)
    if closed + timedelta(10) <= _LAST:
        records.append(text.of("履行", "罚款缴纳记录", served + timedelta(12), 9, "履行结果"))
        records.append(text.of("结案", "结案审批表", closed, 9, "结案理由"))
        for each in records:
            each["archived_at"] = f"{closed + timedelta(10)}T16:00:00"
    return records


class _Writer:
    """Writes records of one medium, all by the same officers."""

    def __init__(self, officers: list[str], medium: str, cause: str) -> None:
        self.officers, self.medium, self.cause = officers, medium, cause

    def of(
        self, act: str, document: str, day: date, hour: int, *contents: str, method: str = ""
    ) -> Record:
        record: Record = {
            "act": act,
            "medium": self.medium,
            "document": document,
            "started_at": _at(day, hour),
            "ended_at": _at(day, hour, 50),
            "officers": self.officers,
            "contents": list(contents),
        }
        if method:
            record["method"] = method
        if self.medium == "文字":
            return record | {"signed": True}
        name = f"{self.cause}案{day:%Y%m%d}01{self.officers[0]}{act}过程.mp4"
        evidence = set(_EVIDENCE) <= set(contents)
        return record | {
            "file_name": name,
            "returned_at": _at(day, 17),
            "stored_at": _at(day, 17, 30),
            "interrupted": False,
            "retention": "永久" if evidence else "1年",
        } | ({"classes": ["作为证据"]} if evidence else {})  # fmt: skip


def _of(records: Records, act: str, medium: str) -> Record:
    return next(each for each in records if (each["act"], each["medium"]) == (act, medium))


def unsigned(records: Records) -> None:
    """Leave a questioning unsigned, without a word why."""
    _of(records, "询问", "文字")["signed"] = False


def stored_late(records: Records) -> None:
    """Store a recording five days after it was made."""
    film = _of(records, "现场检查", "音像")
    film["stored_at"] = _at(_day(film["ended_at"][:10]) + timedelta(5), 9)


def broken_off(records: Records) -> None:
    """Break off a recording, without a word why."""
    _of(records, "询问", "音像")["interrupted"] = True


def kept_briefly(records: Records) -> None:
    """Keep a recording that is evidence for three months only."""
    _of(records, "现场检查", "音像")["retention"] = "3个月"


def served_unseen(records: Records) -> None:
    """Serve without a recording."""
    records.remove(_of(records, "送达", "音像"))


def alone(records: Records) -> None:
    """Question with one officer only."""
    _of(records, "询问", "文字")["officers"] = _of(records, "询问", "文字")["officers"][:1]


def misnamed(records: Records) -> None:
    """Leave a recording with the name that the camera gave it."""
    _of(records, "送达", "音像")["file_name"] = "DSC_0457.MP4"


def told_late(records: Records) -> None:
    """Tell the party only after the decision."""
    decided = _of(records, "审批", "文字")["ended_at"][:10]
    after = _day(decided) + timedelta(1)
    _of(records, "告知", "文字").update(started_at=_at(after, 9), ended_at=_at(after, 10))


FAULTS: Mapping[str, tuple[Fault, tuple[str, ...]]] = {
    "常综执罚决字〔2026〕第0003号": (unsigned, ("signed",)),
    "常综执罚决字〔2026〕第0004号": (stored_late, ("av-store",)),
    "常综执罚决字〔2026〕第0014号": (alone, ("two-officers",)),
    "常综执罚决字〔2026〕第0018号": (broken_off, ("av-unbroken",)),
    "常综执罚决字〔2026〕第0019号": (kept_briefly, ("av-keep",)),
    "常综执罚决字〔2026〕第0020号": (served_unseen, ("service-direct",)),
    "常综执罚决字〔2026〕第0037号": (misnamed, ("av-name",)),
    "常综执罚决字〔2026〕第0078号": (told_late, ("notice-before-decision",)),
}
"""文号 → what is wrong with its list, and the duties that are found not fulfilled."""

LISTED = ("json", "jsonl")
"""The exports whose system lists its records itself."""
SHEET = tuple(f"常综执罚决字〔2026〕第{number:04}号" for number in (37, 38, 40, 42))
"""Decisions of the sheets whose records come on a 记录清单."""
UNLISTED = frozenset(
    f"常综执罚决字〔2026〕第{number:04}号" for number in (2, 6, 10, 17, 23, 28, 30, 31)
)
"""Decisions whose case files were not exported."""


def listed(sample: Sample, source: str) -> Records:
    """Return the list that comes with a decision: none for some, and for summary procedure."""
    record = sample.record
    ordinary = record["procedure"] == "普通程序" and record["served_on"]
    wanted = (source in LISTED and sample.number not in UNLISTED) or sample.number in SHEET
    if not ordinary or not wanted:
        return []
    records = case_file(sample)
    if sample.number in FAULTS:
        FAULTS[sample.number][0](records)
    return records


def lacking(sample: Sample) -> list[str]:
    """Return the duties that are found not fulfilled where a list came along.

    What was appealed against is to be kept for ever, which a list made before does not say yet;
    a hearing makes a decision a major one.
    """
    found = set(FAULTS[sample.number][1]) if sample.number in FAULTS else set()
    if sample.record.get("events"):
        found.add("av-keep")
    if (sample.record["legal_review"] or {}).get("required") is False:
        found |= {"review-waived", "major-discussed"}
    return sorted(found)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _at(day: date, hour: int, minute: int = 0) -> str:
    return datetime.combine(day, time(hour, minute)).isoformat()
