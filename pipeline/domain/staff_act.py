"""What staff decided about the publication of one decision (工作人员的处理)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.domain.basis import Basis


class StaffActKind(StrEnum):
    """What a person may decide beside what happened in law (撤销…, which is a ``StatusEvent``)."""

    FORBID = "认定不予公开"
    HOLD = "暂缓公开"
    RELEASE = "放行"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAct:
    """One such act. Who did it, and the private remark, stand in the event of the register.

    A release lifts ``rules`` (keys of reasons) and only for what was looked at: ``looked_at`` is
    the digest of the export's record, ``facts`` that of the events known then.
    """

    kind: StaffActKind
    on: date
    basis: Basis
    rules: tuple[str, ...] = ()
    looked_at: str = ""
    facts: str = ""
