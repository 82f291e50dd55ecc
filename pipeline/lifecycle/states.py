"""What should stand of a decision on a day: one pure function (DESIGN §5).

Order of the rules, strictest first:

1. What is gone stays gone, whatever a later export says (promise 6).
2. A decision that is no longer in force (撤销, 确认违法, 确认无效, 责令重作, or 变更 into another
   decision) is withdrawn, or never shown.
3. A decision that was changed (变更) is withdrawn until its changed text comes.
4. A page whose period is over expires.
5. What screening forbids is withdrawn or withheld; what it doubts is suspended or held. A value
   that is merely missing, or a record that cannot be read, leaves the published page (promise 7).
"""

from dataclasses import replace
from datetime import date

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.public import CorrectionNote, Notice
from pipeline.domain.verdict import Effect, Reason, Verdict
from pipeline.lifecycle import notices, reasons
from pipeline.lifecycle.model import (
    GONE,
    STANDING,
    Cause,
    Content,
    Desired,
    Facts,
    Past,
    State,
)
from pipeline.lifecycle.period import expiry
from pipeline.policy.model import Policy

_ANNULLING = frozenset(EventKind) - {EventKind.CHANGED, EventKind.CREDIT_REPAIRED}


def desired(facts: Facts, policy: Policy, *, today: date) -> Desired:
    """Return what should stand of a decision on ``today``."""
    return _by_facts(facts, policy, today) or _by_verdict(facts, policy, today)


def _by_facts(facts: Facts, policy: Policy, today: date) -> Desired | None:
    """Rules 1 to 4: what no verdict can change."""
    past = facts.past
    if past is not None and past.state in GONE and not is_superseded(past):
        return _as_it_was(past, policy)
    if event := annulment(facts):
        return _annulled(facts, event, policy, today)
    changes = unsettled(facts)
    if changes and not _brings_changed_text(facts, changes):
        return _superseded(facts, changes[0], policy, today)
    if _is_over(facts, policy, today):
        return _expired(facts, policy, today)
    return None


def _by_verdict(facts: Facts, policy: Policy, today: date) -> Desired:
    """Rule 5: what screening said of this export."""
    if facts.verdict is None:
        return _kept_or_held(facts, (reasons.unreadable(policy),), policy)
    match facts.verdict.effect:
        case Effect.WITHHOLD:
            return _withheld(facts, facts.verdict, today)
        case Effect.HOLD:
            return _held(facts, facts.verdict, policy, today)
        case Effect.PUBLISH:
            return _published(facts, policy, today)


def is_superseded(past: Past) -> bool:
    """Whether the page was withdrawn only because its changed text had not come yet."""
    return (
        past.state is State.WITHDRAWN
        and past.notice is not None
        and past.notice.ground == EventKind.CHANGED.value
    )


def known_events(facts: Facts) -> tuple[StatusEvent, ...]:
    """Return the events of this export and all that were ever told before, oldest first."""
    told = facts.past.events if facts.past else ()
    return tuple(sorted({*told, *facts.events}, key=_order))


def annulment(facts: Facts) -> StatusEvent | None:
    """Return the first event by which the decision is no longer in force, if any."""
    return next((e for e in known_events(facts) if _annuls(e, facts.case_number)), None)


def unsettled(facts: Facts) -> tuple[StatusEvent, ...]:
    """Return the 变更 whose text has not been published, oldest first."""
    settled = facts.past.settled if facts.past else frozenset()
    return tuple(
        event
        for event in known_events(facts)
        if event.kind is EventKind.CHANGED and event.effective_on not in settled
    )


def _order(event: StatusEvent) -> tuple[date, str, str]:
    return (event.effective_on, event.kind.value, event.remade_as)


def _annuls(event: StatusEvent, case_number: str) -> bool:
    if event.kind is not EventKind.CHANGED:
        return event.kind in _ANNULLING
    return bool(event.remade_as) and not _same_number(event.remade_as, case_number)


def _same_number(one: str, other: str) -> bool:
    try:
        return CaseNumber.parse(one).key == CaseNumber.parse(other).key
    except ValueError:
        return one == other


def _brings_changed_text(facts: Facts, changes: tuple[StatusEvent, ...]) -> bool:
    """Whether this export says 变更 itself and its words are those of the changed decision."""
    stated = {e.effective_on for e in facts.events if e.kind is EventKind.CHANGED}
    if not facts.is_publishable or not all(e.effective_on in stated for e in changes):
        return False
    past = facts.past
    if past is not None and past.text_digest:
        return facts.text_digest not in {past.text_digest, *past.retired}
    last = max(e.effective_on for e in changes)
    return facts.decided_on is not None and facts.decided_on >= last


def _first_publication(facts: Facts) -> date | None:
    """Return the earliest day on which the decision is known to have been public."""
    past = facts.past.first_published_on if facts.past else None
    return min((day for day in (past, facts.published_before) if day), default=None)


def _is_over(facts: Facts, policy: Policy, today: date) -> bool:
    first = _first_publication(facts)
    was_public = facts.past is not None and facts.past.state in STANDING
    return bool(first and (was_public or facts.is_publishable) and today >= expiry(first, policy))


def _as_it_was(past: Past, policy: Policy) -> Desired:
    return Desired(
        state=past.state,
        content=Content.KEPT if past.state is State.PUBLISHED else Content.NONE,
        first_published_on=past.first_published_on,
        expires_on=_limit(past, policy),
        notice=past.notice,
        reasons=past.reasons,
        cause=past.cause,
        settled=past.settled,
        retired=past.retired,
    )


def _limit(past: Past, policy: Policy) -> date | None:
    if past.state not in STANDING or past.first_published_on is None:
        return None
    return expiry(past.first_published_on, policy)


def _gone(
    facts: Facts, state: State, notice: Notice, cause: Cause, why: tuple[Reason, ...] = ()
) -> Desired:
    return Desired(
        state=state,
        first_published_on=_first_publication(facts),
        notice=notice,
        reasons=why,
        cause=cause,
        settled=facts.past.settled if facts.past else frozenset(),
        retired=facts.past.retired if facts.past else frozenset(),
    )


def _was_shown(facts: Facts) -> bool:
    return facts.past is not None and facts.past.state in STANDING | GONE


def _annulled(facts: Facts, event: StatusEvent, policy: Policy, today: date) -> Desired:
    why = (reasons.annulled(event, policy),)
    if not _was_shown(facts):
        return Desired(state=State.WITHHELD, reasons=why)
    notice = notices.withdrawn(event, policy, today=today)
    return _gone(facts, State.WITHDRAWN, notice, Cause.EVENT, why)


def _superseded(facts: Facts, event: StatusEvent, policy: Policy, today: date) -> Desired:
    why = (reasons.changed_text_missing(policy),)
    past = facts.past
    if past is not None and is_superseded(past):
        return replace(_as_it_was(past, policy), reasons=why)
    if not _was_shown(facts):
        screened = facts.verdict.reasons if facts.verdict else ()
        return Desired(state=_strictest((*screened, *why)), reasons=(*screened, *why))
    notice = notices.withdrawn(event, policy, today=today)
    gone = _gone(facts, State.WITHDRAWN, notice, Cause.EVENT, why)
    return replace(gone, retired=_retired(past))


def _retired(past: Past | None) -> frozenset[str]:
    """Return the texts out of force once the one that stood has been changed."""
    return past.retired | ({past.text_digest} - {""}) if past else frozenset()


def _strictest(why: tuple[Reason, ...]) -> State:
    return State.WITHHELD if Verdict(why).effect is Effect.WITHHOLD else State.HELD


def _expired(facts: Facts, policy: Policy, today: date) -> Desired:
    return _gone(facts, State.EXPIRED, notices.expired(policy, today=today), Cause.CLOCK)


def _kept_or_held(facts: Facts, why: tuple[Reason, ...], policy: Policy) -> Desired:
    past = facts.past
    if past is None or past.state not in STANDING | GONE:
        return Desired(state=State.HELD, reasons=why)
    kept = _as_it_was(past, policy)
    if past.state is State.PUBLISHED:
        return replace(kept, pending=why)
    if past.state is State.SUSPENDED and any(reason.adverse for reason in why):
        return replace(kept, reasons=why)
    return kept


def _withheld(facts: Facts, verdict: Verdict, today: date) -> Desired:
    if not _was_shown(facts):
        return Desired(state=State.WITHHELD, reasons=verdict.reasons)
    notice = notices.withheld(verdict, today=today)
    return _gone(facts, State.WITHDRAWN, notice, Cause.VERDICT, verdict.reasons)


def _held(facts: Facts, verdict: Verdict, policy: Policy, today: date) -> Desired:
    past = facts.past
    adverse = any(reason.adverse for reason in verdict.reasons)
    if past is None or past.state is not State.PUBLISHED or not adverse:
        return _kept_or_held(facts, verdict.reasons, policy)
    notice = notices.suspended(verdict, today=today)
    gone = _gone(facts, State.SUSPENDED, notice, Cause.VERDICT, verdict.reasons)
    return replace(gone, expires_on=_limit(past, policy))


def _published(facts: Facts, policy: Policy, today: date) -> Desired:
    past = facts.past
    if past is not None and facts.text_digest in past.retired:
        return _kept_or_held(
            facts, (reasons.outdated_text(policy.clocks["publish"].basis),), policy
        )
    first = _first_publication(facts) or today
    changes = unsettled(facts)
    return Desired(
        state=State.PUBLISHED,
        content=Content.NEW,
        first_published_on=first,
        expires_on=expiry(first, policy),
        note=_note(facts, today),
        settled=(past.settled if past else frozenset()) | {e.effective_on for e in changes},
        retired=_retired(past) if changes else past.retired if past else frozenset(),
    )


def _note(facts: Facts, today: date) -> CorrectionNote | None:
    past = facts.past
    if unsettled(facts):
        return notices.changed_note(today=today)
    if past is None or past.first_published_on is None or not past.text_digest:
        return None
    if past.text_digest == facts.text_digest:
        return None
    return notices.corrected_note(facts.differing, today=today)
