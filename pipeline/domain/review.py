"""Sign-offs that come with a decision: 法制审核 and 保密审查, and who attested what."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pipeline.domain.text import RawText


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalReview:
    """法制审核 of the decision itself (行政处罚法 第五十八条; 003 第四十八至五十五条).

    ``None`` means not said. ``required`` is whether the case was one that must be reviewed;
    ``points`` are the reviewed points of the eight (003 第五十四条) by number 1–8; ``classes`` are
    those of the seven (003 第五十一条) that the case is of, by number 1–7.
    """

    required: bool | None = None
    passed: bool | None = None
    reviewer: RawText = field(default=RawText(""), repr=False)
    reviewed_on: date | None = None
    discussed_on: date | None = None
    points: frozenset[int] = frozenset()
    classes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SecrecyReview:
    """公示前保密审查 (003 第九条; 000 公示 第八条): answers must be explicit, ``None`` holds.

    Each answer is whether the case involves the matter: ``True`` withholds, ``False`` clears.
    """

    state_secret: bool | None = None
    commercial_secret: bool | None = None
    privacy: bool | None = None
    security: bool | None = None
    reviewer: RawText = field(default=RawText(""), repr=False)
    author: RawText = field(default=RawText(""), repr=False)
    reviewed_on: date | None = None


class Source(StrEnum):
    """Where a value of a decision came from; kept for the trace."""

    EXPORT = "导出字段"
    EXTENSION = "扩展列"
    REVIEW_SHEET = "审查表"
    RECORD_SHEET = "记录清单"
    DOCUMENT = "文书原文"
    ATTESTATION = "批次声明"
