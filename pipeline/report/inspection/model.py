"""The values of the inspection bundle. They hold 文号, days, reasons and articles only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.domain.public import CorrectionNote, Notice
from pipeline.domain.verdict import Reason
from pipeline.lifecycle.attention import Act, RuleTotal
from pipeline.lifecycle.deadlines import Deadline
from pipeline.lifecycle.history import Deed, History
from pipeline.lifecycle.model import State
from pipeline.report.inspection.triggers import Trigger
from pipeline.report.night.model import Lack, Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the checks of one trigger found: things that are open, and duties done late."""

    trigger: Trigger
    matters: tuple[Matter, ...]
    lacks: tuple[Lack, ...]
    late: tuple[Deed, ...]
    done: int
    kept_back: int = 0

    def __str__(self) -> str:
        """Return what was found as the table shows it."""
        parts = [
            f"{len(self.late)} 件逾期（共 {self.done} 件）" if self.done else "",
            f"{len(self.matters)} 件待处理" if self.matters else "",
            f"案卷缺 {sum(lack.count for lack in self.lacks)} 处" if self.lacks else "",
            f"{self.kept_back} 件已拦下不予公开" if self.kept_back else "",
        ]
        return "；".join(part for part in parts if part) or "没有发现"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionHistory:
    """Everything that the register tells of one decision."""

    case_number: str
    slug: str
    state: State
    days: tuple[tuple[str, date], ...]
    reasons: tuple[Reason, ...]
    notice: Notice | None
    corrections: tuple[CorrectionNote, ...]
    deadlines: tuple[Deadline, ...]
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """Everything that the bundle shows.

    ``matters`` and ``lacks`` are what was open on ``seen_on``, the day of the last run.
    ``breaks`` is what the verification of the register found; nothing when all is whole.
    ``site_files`` are the SHA-256 of the public files by path, ``drawn`` the decisions drawn for
    a spot check.
    """

    agency: str
    supervisor: str
    made_on: date
    seen_on: date | None
    history: History
    standing: Mapping[State, int]
    withheld: tuple[RuleTotal, ...]
    matters: tuple[Matter, ...]
    lacks: tuple[Lack, ...]
    findings: tuple[Finding, ...]
    breaks: tuple[str, ...]
    policy: str
    policy_digest: str
    rules: str
    decisions: tuple[DecisionHistory, ...]
    site_files: Mapping[str, str]
    version: str
    drawn: tuple[str, ...] = ()
