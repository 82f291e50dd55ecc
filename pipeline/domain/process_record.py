"""全过程记录: one record of an act of enforcement."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pipeline.domain.text import RawText


class Medium(StrEnum):
    """文字记录 or 音像记录 (000 记录 第三条)."""

    TEXT = "文字"
    AUDIO_VIDEO = "音像"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessRecord:
    """A document or recording in the case file; never public.

    ``act`` is the act recorded (立案, 询问, 现场检查, 告知, 送达…), ``document`` its title,
    ``signed`` whether it is signed, ``note`` a refusal or interruption note.
    """

    act: str
    medium: Medium
    document: str = ""
    file_name: RawText = field(default=RawText(""), repr=False)
    started_at: datetime | None = None
    ended_at: datetime | None = None
    stored_at: datetime | None = None
    archived_at: datetime | None = None
    officers: tuple[RawText, ...] = field(default=(), repr=False)
    signed: bool | None = None
    note: RawText = field(default=RawText(""), repr=False)
    retention: str = ""
