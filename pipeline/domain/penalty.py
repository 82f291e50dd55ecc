"""The kinds of penalty and one penalty of a decision."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.domain.money import Fen


class PenaltyKind(StrEnum):
    """处罚类别 (双公示 field 18 and 行政处罚法 第九条), lightest first (LAW.md 2.8)."""

    WARNING = "警告"
    CIRCULATED_CRITICISM = "通报批评"
    FINE = "罚款"
    CONFISCATE_INCOME = "没收违法所得"
    CONFISCATE_PROPERTY = "没收非法财物"
    SUSPEND_LICENCE = "暂扣许可证件"
    LOWER_QUALIFICATION = "降低资质等级"
    REVOKE_LICENCE = "吊销许可证件"
    RESTRICT_BUSINESS = "限制开展生产经营活动"
    STOP_BUSINESS = "责令停产停业"
    CLOSE = "责令关闭"
    RESTRICT_EMPLOYMENT = "限制从业"
    DETENTION = "行政拘留"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Penalty:
    """One penalty; ``amount`` in 分 where it is money, else ``None``."""

    kind: PenaltyKind
    amount: Fen | None = None
