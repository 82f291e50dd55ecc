"""全过程记录: one record of an act of enforcement."""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pipeline.domain.text import RawText

_DROPPED = str.maketrans("", "", "()[]、/ ")


class Medium(StrEnum):
    """文字记录 or 音像记录 (000 记录 第三条)."""

    TEXT = "文字"
    AUDIO_VIDEO = "音像"


class Act(StrEnum):
    """执法行为: what a record can be of, from the first clue to the closed file."""

    SOURCE = "案源"
    RANDOM_DRAW = "随机抽取"
    FILING = "立案"
    QUESTIONING = "询问"
    INSPECTION = "现场检查"
    SAMPLING = "抽样取证"
    PRESERVATION = "先行登记保存"
    SEIZURE = "查封扣押"
    COLLECTING = "调取证据"
    APPRAISAL = "鉴定"
    RIGHTS = "权利告知"
    NOTICE = "告知"
    STATEMENT = "陈述申辩"
    HEARING = "听证"
    EXPERTS = "专家论证"
    REVIEW = "法制审核"
    DISCUSSION = "集体讨论"
    APPROVAL = "审批"
    DECISION = "决定"
    SERVICE = "送达"
    PERFORMANCE = "履行"
    RECTIFICATION = "改正核查"
    DEMAND = "催告"
    EXECUTION = "强制执行"
    COURT = "申请法院执行"
    DESTRUCTION = "销毁"
    OBSTRUCTION = "阻碍执法"
    EMERGENCY = "突发事件"
    CAMPAIGN = "专项行动"
    SUMMARY = "当场处罚"
    CLOSING = "结案"


def plain_word(word: str) -> str:
    """Return the word for an act without width, brackets and spaces, to compare it.

    >>> plain_word("询问（调查） 当事人")
    '询问调查当事人'
    """
    return unicodedata.normalize("NFKC", word).translate(_DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessRecord:
    """A document or recording in the case file; never public.

    ``act`` is the act recorded in the bureau's own word (立案, 询问, 现场检查…), which the policy
    translates to an ``Act``; ``document`` its title. ``method`` is how the act was done (直接送达,
    查封…). ``signed`` is whether those who must sign did; ``note`` explains a refusal, on an
    audio-video record an interruption; ``interrupted`` is whether it was broken off.
    ``contents`` are the required points that the record holds (案由, 证件出示…), empty for not
    said. ``retention`` is how long it is kept, ``classes`` why it must be kept for ever.
    ``returned_at`` is when the officers were back with the recording.
    """

    act: str
    medium: Medium
    document: str = ""
    file_name: RawText = field(default=RawText(""), repr=False)
    method: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    returned_at: datetime | None = None
    stored_at: datetime | None = None
    archived_at: datetime | None = None
    officers: tuple[RawText, ...] = field(default=(), repr=False)
    signed: bool | None = None
    interrupted: bool | None = None
    note: RawText = field(default=RawText(""), repr=False)
    contents: tuple[str, ...] = ()
    retention: str = ""
    classes: tuple[str, ...] = ()
