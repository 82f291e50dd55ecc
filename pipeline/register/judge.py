"""From what the export says and the register knows to the next row. Pure; writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pipeline.domain.cleared import ClearedDecision
from pipeline.domain.event import StatusEvent
from pipeline.domain.public import CorrectionNote
from pipeline.domain.staff_act import StaffAct, StaffActKind
from pipeline.domain.text import RawText
from pipeline.domain.verdict import Reason, Verdict
from pipeline.lifecycle.differences import differing
from pipeline.lifecycle.events import known_events
from pipeline.lifecycle.model import STANDING, Cause, Content, Desired, Facts, State
from pipeline.lifecycle.staff import LEAK_GATE
from pipeline.lifecycle.states import desired, remaining
from pipeline.policy.model import Policy
from pipeline.projection.codec import decode_cleared, digest_of, encode_cleared
from pipeline.register.entry import Entry
from pipeline.register.model import ChangeKind, Examined
from pipeline.register.public import public_digest


@dataclass(frozen=True, slots=True)
class Judged:
    """The next row of a decision. ``cleared`` is written when ``text_moves``."""

    old: Entry | None
    new: Entry
    kind: ChangeKind | None
    text_moves: bool = False
    cleared: bytes | None = field(default=None, repr=False)

    @property
    def is_removal(self) -> bool:
        """Whether a page that stands leaves by the word of screening: the brake counts these."""
        stood = self.old is not None and self.old.state is State.PUBLISHED and not self.old.unseen
        return stood and self.new.state is not State.PUBLISHED and self.new.cause is Cause.VERDICT


def judge(
    received: Examined, old: Entry | None, old_text: bytes | None, policy: Policy, today: date
) -> Judged:
    """Return the next row of a decision of the export.

    ``old_text`` is its cleared text, needed only where ``needs_old_text`` says so.
    """
    cleared = received.cleared
    content = encode_cleared(cleared) if cleared is not None else None
    facts = Facts(
        case_number=received.case_number.key,
        verdict=received.verdict,
        decided_on=received.decided_on or (old.decided_on if old else None),
        content_digest=digest_of(content) if content is not None else None,
        text_digest=received.text_digest,
        events=tuple(map(_bare, received.events)),
        published_before=received.published_before,
        credit_class=received.credit_class,
        differing=_differing(old_text, cleared),
        past=old.past() if old else None,
    )
    stand = desired(facts, policy, today=today)
    base = old or Entry(
        key=received.case_number.key,
        slug=received.case_number.slug,
        case_number=received.case_number.display,
        state=State.HELD,
    )
    row = replace(
        base,
        decided_on=received.decided_on or base.decided_on,
        source_digest=received.digests.source,
        policy_digest=received.digests.policy,
        engine_digest=received.digests.engine,
        events=known_events(facts),
        credit_class=received.credit_class or base.credit_class,
        acts=_unspent(base.acts, received.verdict),
        acted=len(base.acts) > received.acts_seen,
        tally=received.tally or base.tally,
    )
    return _next(old, _standing(row, stand, facts, today), stand, content, today)


def left_out(old: Entry, policy: Policy, today: date) -> Judged | None:
    """Return the next row of a decision that tonight's export did not bring; ``None`` if the same.

    The clock may end its page, and staff may have acted. What they released waits for an export.
    """
    facts = Facts(case_number=old.key, verdict=None, decided_on=old.decided_on, past=old.past())
    stand = remaining(facts, policy, today=today)
    heard = replace(old, acted=_awaits_export(old))
    if old.unseen and stand.state is State.HELD and not stand.reasons:
        return _unless_same(old, heard)
    if stand.state is State.PUBLISHED:
        row = replace(heard, expires_on=stand.expires_on)
        return _unless_same(old, row)
    return _next(old, _standing(heard, stand, facts, today), stand, None, today)


def _awaits_export(entry: Entry) -> bool:
    return bool(entry.acts) and entry.acts[-1].kind is StaffActKind.RELEASE


def _unless_same(old: Entry, row: Entry) -> Judged | None:
    return Judged(old, row, None) if row != old else None


def suspended(old: Entry, why: Reason, policy: Policy, today: date) -> Judged:
    """Return the next row of a page that a reason of the register itself suspends."""
    facts = Facts(
        case_number=old.key, verdict=Verdict((why,)), decided_on=old.decided_on, past=old.past()
    )
    stand = desired(facts, policy, today=today)
    return _next(old, _standing(old, stand, facts, today), stand, None, today)


def renoted(judged: Judged, notes: tuple[CorrectionNote, ...], today: date) -> Judged:
    """Return the next row with ``notes`` for its 更正说明."""
    new = _dated(judged.old, replace(judged.new, corrections=notes), today)
    return replace(judged, new=new, kind=_kind(judged.old, new))


def redate(old: Entry, expires_on: date, today: date) -> Judged:
    """Return the next row of a page that no visitor has seen: it is published today."""
    first = today if old.first_published_on == old.published_on else old.first_published_on
    row = replace(old, first_published_on=first, published_on=today, expires_on=expires_on)
    return Judged(old, _dated(old, row, today), ChangeKind.REDATED)


def needs_old_text(received: Examined, old: Entry | None) -> bool:
    """Whether a 更正说明 may have to say in what the two texts differ."""
    return (
        old is not None
        and old.state is State.PUBLISHED
        and received.cleared is not None
        and received.text_digest != old.text_digest
    )


def detail(judged: Judged) -> Mapping[str, Any]:
    """Return what the event of a change tells: states, dates, digests, rules and articles."""
    new = judged.new
    return {
        "from": judged.old.state.value if judged.old else "",
        "to": new.state.value,
        "cause": new.cause.value if new.cause else "",
        "first_published_on": new.first_published_on,
        "expires_on": new.expires_on,
        "content": new.content_digest,
        "reasons": [[r.rule, r.effect.value, str(r.basis)] for r in new.reasons + new.pending],
        "basis": new.notice.basis if new.notice else "",
        "ground": new.notice.ground if new.notice else "",
    }


def _unspent(acts: tuple[StaffAct, ...], verdict: Verdict | None) -> tuple[StaffAct, ...]:
    """Leave out a release for which the gate looked once more and found something again."""
    if verdict is None or all(reason.rule != LEAK_GATE for reason in verdict.reasons):
        return acts
    return tuple(
        replace(act, rules=tuple(rule for rule in act.rules if rule != LEAK_GATE)) for act in acts
    )


def _bare(event: StatusEvent) -> StatusEvent:
    """Leave out what may hold protected text: it is not kept at rest."""
    return replace(event, ground=RawText(""))


def _differing(old_text: bytes | None, new: ClearedDecision | None) -> tuple[str, ...]:
    if old_text is None or new is None:
        return ()
    return differing(decode_cleared(old_text), new)


def _standing(row: Entry, stand: Desired, facts: Facts, today: date) -> Entry:
    """Return the row as the lifecycle wants it, before its public side is dated."""
    fresh = stand.state is State.PUBLISHED and (
        row.unseen or row.published_on is None or row.state not in STANDING | {State.WITHDRAWN}
    )
    notes = (stand.note,) if stand.note and stand.note not in row.corrections else ()
    # A text that nobody saw never stood: a 变更 is not measured against it.
    content, text = row.content_digest, "" if row.unseen else row.text_digest
    if stand.content is Content.NEW:
        content, text = facts.content_digest or "", facts.text_digest
    elif stand.content is Content.NONE:
        content = ""
    return replace(
        row,
        state=stand.state,
        first_published_on=stand.first_published_on,
        published_on=today if fresh else row.published_on,
        expires_on=stand.expires_on,
        unseen=stand.state is State.PUBLISHED and (fresh or row.unseen),
        cause=stand.cause,
        content_digest=content,
        text_digest=text,
        reasons=stand.reasons,
        pending=stand.pending,
        notice=stand.notice,
        corrections=row.corrections + notes,
        settled=tuple(sorted(stand.settled)),
        retired=tuple(sorted(stand.retired)),
    )


def _next(
    old: Entry | None, row: Entry, stand: Desired, content: bytes | None, today: date
) -> Judged:
    new = _dated(old, row, today)
    moves = old is None or old.content_digest != new.content_digest
    cleared = content if moves and stand.content is Content.NEW else None
    return Judged(old, new, _kind(old, new), moves, cleared)


def _dated(old: Entry | None, row: Entry, today: date) -> Entry:
    """Return the row with the day on which its public side last changed."""
    if old is not None and public_digest(row, old.changed_on) == old.public_digest:
        return row
    if not row.is_public:
        return replace(row, changed_on=None, public_digest="")
    return replace(row, changed_on=today, public_digest=public_digest(row, today))


_BY_STATE = {
    State.HELD: ChangeKind.HELD,
    State.WITHHELD: ChangeKind.WITHHELD,
    State.SUSPENDED: ChangeKind.SUSPENDED,
    State.WITHDRAWN: ChangeKind.WITHDRAWN,
    State.EXPIRED: ChangeKind.EXPIRED,
}


def _kind(old: Entry | None, new: Entry) -> ChangeKind | None:
    if new.state is State.PUBLISHED:
        return _kind_of_page(old, new)
    moved = old is None or old.state is not new.state
    return _BY_STATE[new.state] if moved or _why(old) != _why(new) else None


def _why(entry: Entry | None) -> tuple[object, ...]:
    return (entry.reasons, entry.pending, entry.notice, entry.cause) if entry else ()


def _kind_of_page(old: Entry | None, new: Entry) -> ChangeKind | None:
    if old is None or old.state in {State.HELD, State.WITHHELD}:
        return ChangeKind.PUBLISHED
    if old.state is not State.PUBLISHED:
        return ChangeKind.RESUMED
    if len(new.corrections) > len(old.corrections):
        return ChangeKind.CORRECTED
    if new.content_digest != old.content_digest:
        return ChangeKind.UPDATED
    if new.first_published_on != old.first_published_on:
        return ChangeKind.REDATED
    return ChangeKind.PENDING if new.pending != old.pending and new.pending else None
