"""An order of a member of staff about one decision: foreseen, confirmed, then written.

Nothing public changes here: the next rebuild takes the order up, whatever its export brings.
"""

from dataclasses import dataclass, field, replace
from datetime import date

import sqlalchemy as sa

from pipeline.domain.basis import Basis
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.event import StatusEvent
from pipeline.domain.faults import LockedError
from pipeline.domain.staff_act import StaffAct, StaffActKind
from pipeline.domain.verdict import Reason
from pipeline.lifecycle.events import known_events
from pipeline.lifecycle.model import Facts, State
from pipeline.policy.model import Policy
from pipeline.register import acts, ledger
from pipeline.register.entry import Entry
from pipeline.register.judge import left_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person asks for. ``kind`` names the act, ``ground`` is a fixed word for it.

    ``events`` are facts in law that the person tells, ``staff`` what the person decides;
    ``remark`` is private.
    """

    number: CaseNumber
    kind: str
    actor: str
    ground: str
    basis: Basis
    events: tuple[StatusEvent, ...] = ()
    staff: StaffAct | None = None
    remark: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The row before an order, and as the next rebuild would leave it; ``None`` if unknown."""

    before: Entry | None
    after: Entry

    @property
    def left(self) -> tuple[Reason, ...]:
        """Return the reasons that would still keep the decision, or its new text, back."""
        return self.after.reasons + self.after.pending


def foresee(connection: sa.Connection, order: Order, policy: Policy, *, today: date) -> Foreseen:
    """Return what ``order`` would change. Writes nothing.

    A release shows when an export brings the decision as it was looked at; until then it waits.
    """
    before = ledger.entries(connection, [order.number.key]).get(order.number.key)
    noted = _noted(before, order)
    judged = left_out(noted, policy, today)
    after = judged.new if judged else noted
    if order.staff is not None and order.staff.kind is StaffActKind.RELEASE:
        after = _released(after, order.staff)
    return Foreseen(before, after)


def carry_out(connection: sa.Connection, order: Order, foreseen: Foreseen, *, today: date) -> int:
    """Write ``order`` and its event; return the number of the event.

    Raises ``LockedError`` when the decision is no longer as it was foreseen: somebody else, or a
    rebuild, was faster, and the person has to look again.
    """
    before = ledger.entries(connection, [order.number.key]).get(order.number.key)
    if before != foreseen.before:
        raise LockedError(
            "这件决定刚刚有了变化，本次未做任何改动。请重新运行这条命令，核对后再确认"
        )
    noted = _noted(before, order)
    if before is None:
        ledger.insert(connection, [(noted, None)])
    else:
        ledger.update(connection, [noted])
    return acts.record(connection, _act(order), today=today)


def _noted(before: Entry | None, order: Order) -> Entry:
    entry = before or Entry(
        key=order.number.key,
        slug=order.number.slug,
        case_number=order.number.display,
        state=State.HELD,
    )
    facts = Facts(case_number=entry.key, verdict=None, events=order.events, past=entry.past())
    staff = (order.staff,) if order.staff else ()
    acted = entry.acted or bool(order.events or staff)
    return replace(entry, events=known_events(facts), acts=entry.acts + staff, acted=acted)


def _released(entry: Entry, release: StaffAct) -> Entry:
    """Return the row as an unchanged export would leave it after the release."""
    reasons = tuple(reason for reason in entry.reasons if reason.rule not in release.rules)
    pending = tuple(reason for reason in entry.pending if reason.rule not in release.rules)
    waits = entry.state in {State.HELD, State.SUSPENDED}
    shown = replace(entry, reasons=reasons, pending=pending)
    return replace(shown, state=State.PUBLISHED, notice=None) if waits and not reasons else shown


def _act(order: Order) -> acts.Act:
    told: dict[str, object] = {}
    if order.events:
        told["events"] = [[e.kind.value, e.effective_on, e.remade_as] for e in order.events]
    if order.staff and order.staff.rules:
        told |= {"rules": order.staff.rules, "looked_at": order.staff.looked_at}
    return acts.Act(
        key=order.number.key,
        kind=order.kind,
        actor=order.actor,
        ground=order.ground,
        basis=order.basis,
        told=told,
        remark=order.remark,
    )
