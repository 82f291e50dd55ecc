"""What a check of the case file found: a duty that a record does not fulfil, and the remedy."""

from dataclasses import dataclass
from datetime import date

from pipeline.domain.basis import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """检查发现: one duty of 全过程记录 or 法制审核 that is not fulfilled.

    ``rule`` is the stable key of the check, ``act`` the act of enforcement concerned (询问, 送达…;
    empty for the case as a whole), ``document`` the title of the record. ``is_gate`` says that the
    duty is a condition of publication and holds the decision; the rest goes to the report.
    ``adverse`` tells a duty that was broken from one of which the records do not say enough.
    ``due_on`` is the last day on which the duty can still be fulfilled in time, if it has one.
    Holds no name, number or other protected text.
    """

    rule: str
    act: str
    document: str
    title: str
    basis: Basis
    remedy: str
    is_gate: bool = False
    due_on: date | None = None
    adverse: bool = True
