"""What of the register needs a person or is told to one: open decisions, and what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.domain.verdict import Reason
from pipeline.lifecycle.deadlines import Deadline
from pipeline.lifecycle.model import State


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDecision:
    """A decision that waits for a person, or one of whose periods is about to end."""

    key: str
    case_number: str
    state: State
    reasons: tuple[Reason, ...] = ()
    pending: tuple[Reason, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """经过: one event of the register as staff see it; ``summary`` is Chinese.

    ``case_number`` is empty for what concerns no single decision.
    """

    seq: int
    on: date
    case_number: str
    kind: str
    actor: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTotal:
    """How many decisions one rule keeps from the public."""

    rule: str
    title: str
    basis: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """Everything that the night's report needs to know of the register. Holds no text.

    ``acts`` are the newest events since the run before today's, oldest first, and no more than a
    reader could read; ``act_totals`` counts the decisions that
    each kind met.
    """

    standing: Mapping[State, int]
    open: tuple[OpenDecision, ...] = ()
    withheld: tuple[RuleTotal, ...] = ()
    acts: tuple[Act, ...] = ()
    act_totals: Mapping[str, int] | None = None
