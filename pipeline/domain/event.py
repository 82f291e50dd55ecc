"""What happened to a decision after it was made."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pipeline.domain.text import RawText


class EventKind(StrEnum):
    """The five triggers of withdrawal (LAW.md C4) and what else may happen to a decision.

    ``UPHELD`` says that a review or a court left the decision in force on that day.
    """

    CHANGED = "变更"
    REVOKED = "撤销"
    CONFIRMED_ILLEGAL = "确认违法"
    CONFIRMED_VOID = "确认无效"
    ORDERED_REMADE = "责令重作"
    CREDIT_REPAIRED = "信用修复"
    UPHELD = "维持"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class StatusEvent:
    """One event in the life of a decision.

    ``effective_on`` is the day of the deciding document, ``received_on`` the day the
    bureau got it; the earlier starts the clock (LAW.md 2.12).
    ``remade_as`` is the raw 文号 of the decision that replaces this one, if any.
    """

    kind: EventKind
    effective_on: date
    received_on: date | None = None
    organ: str = ""
    ground: RawText = field(default=RawText(""), repr=False)
    remade_as: str = ""
