"""What should stand of a decision on a day: one pure function (DESIGN §5).

Order of the rules, strictest first:

1. What is gone stays gone, whatever a later export or person says (promise 6); only a text that
   came of a 变更 or was remade under the same 文号 may follow one that is out of force.
2. Where it is not known whether a decision is in force, it rests until a person has looked.
3. A decision that is no longer in force (撤销, 确认违法, 确认无效, 责令重作, or 变更 into another
   decision) is withdrawn, or never shown.
4. A decision that was changed (变更) is withdrawn until its changed text comes.
5. A page whose period is over expires: by the clock, or early by 信用修复.
6. What screening or staff forbid is withdrawn or withheld; what they doubt is suspended or held. A
   value that is merely missing, or a record that cannot be read, leaves the published page
   (promise 7).
"""

from dataclasses import replace
from datetime import date

from pipeline.domain.event import StatusEvent
from pipeline.domain.public import CorrectionNote
from pipeline.domain.verdict import Effect, Reason, Verdict
from pipeline.lifecycle import notices, reasons
from pipeline.lifecycle.events import (
    annulment,
    brings_changed_text,
    disagreement,
    disputed,
    unsettled,
)
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
from pipeline.lifecycle.period import End
from pipeline.lifecycle.staff import STAFF_RULES, staff_reasons
from pipeline.lifecycle.standing import (
    as_it_was,
    end_for,
    first_publication,
    gone,
    known,
    limit,
    retired_with,
    was_shown,
)
from pipeline.policy.model import Policy


def desired(facts: Facts, policy: Policy, *, today: date) -> Desired:
    """Return what should stand of a decision of tonight's export on ``today``."""
    return _by_facts(facts, policy, today) or _by_verdict(facts, policy, today)


def remaining(facts: Facts, policy: Policy, *, today: date) -> Desired:
    """Return what should stand of a decision that tonight's export does not bring.

    Its own events, the clock and acts of staff count, and nothing else (promise 7).
    """
    if stand := _by_facts(facts, policy, today):
        return stand
    past = known(facts)
    screened = tuple(reason for reason in past.reasons if reason.rule not in STAFF_RULES)
    staff = staff_reasons(past.acts)
    if past.state in GONE or (not staff and screened == past.reasons):
        return as_it_was(facts, policy)
    if past.state is State.PUBLISHED:
        return _by_reasons(facts, staff, policy, today)
    all_reasons = (*screened, *staff)
    if past.state is State.SUSPENDED and Verdict(staff).effect is not Effect.WITHHOLD:
        return replace(as_it_was(facts, policy), reasons=all_reasons)
    if past.state is State.SUSPENDED:
        return _withheld(facts, Verdict(staff), today)
    return Desired(state=_strictest(all_reasons), reasons=all_reasons)


def _by_facts(facts: Facts, policy: Policy, today: date) -> Desired | None:
    """Rules 1 to 5: what no verdict can change."""
    past = facts.past
    if past is not None and past.state in GONE and not _may_follow(facts, past):
        return as_it_was(facts, policy)
    if how := disputed(facts):
        return _disputed(facts, how, policy, today)
    if event := annulment(facts):
        return _annulled(facts, event, policy, today)
    changes = unsettled(facts)
    if changes and not brings_changed_text(facts, changes):
        return _superseded(facts, changes[0], policy, today)
    if (end := end_for(facts, policy)) and today >= end.on and _counts_down(facts):
        return _expired(facts, end, today)
    return None


def _by_verdict(facts: Facts, policy: Policy, today: date) -> Desired:
    """Rule 6: what screening said of this export, and staff of the decision."""
    screened = facts.verdict.reasons if facts.verdict else (reasons.unreadable(policy),)
    acts = facts.past.acts if facts.past else ()
    return _by_reasons(facts, (*screened, *staff_reasons(acts)), policy, today)


def _by_reasons(facts: Facts, why: tuple[Reason, ...], policy: Policy, today: date) -> Desired:
    verdict = Verdict(why)
    match verdict.effect:
        case Effect.WITHHOLD:
            return _withheld(facts, verdict, today)
        case Effect.HOLD:
            return _held(facts, verdict, policy, today)
        case Effect.PUBLISH:
            return _published(facts, policy, today)


def is_superseded(past: Past) -> bool:
    """Whether the page was withdrawn only because its changed or remade text had not come yet."""
    waits = any(reason.rule == reasons.CHANGED_TEXT for reason in past.reasons)
    return past.state is State.WITHDRAWN and past.cause is Cause.EVENT and waits


def _may_follow(facts: Facts, past: Past) -> bool:
    """Whether a text that an event took out of force waits for another under the same 文号."""
    if past.state is not State.WITHDRAWN or past.cause is not Cause.EVENT:
        return False
    return is_superseded(past) or (annulment(facts) is None and bool(unsettled(facts)))


def _counts_down(facts: Facts) -> bool:
    was_public = facts.past is not None and facts.past.state in STANDING
    return was_public or facts.is_publishable


def _disputed(facts: Facts, how: str, policy: Policy, today: date) -> Desired:
    why = (reasons.contradictory(how, policy),)
    past = facts.past
    if past is None or past.state not in STANDING | GONE:
        return _kept_back(facts, why)
    if past.state in GONE:
        reasons_once = tuple(dict.fromkeys(past.reasons + why))
        return replace(as_it_was(facts, policy), reasons=reasons_once)
    notice = notices.disputed(policy.clocks["withdraw"].basis, today=today)
    leaves = gone(facts, State.SUSPENDED, notice, Cause.EVENT, why)
    return replace(leaves, expires_on=limit(facts, policy))


def _annulled(facts: Facts, event: StatusEvent, policy: Policy, today: date) -> Desired:
    why = (reasons.annulled(event, policy), *_disagreement(facts, policy))
    if not was_shown(facts):
        return Desired(state=State.WITHHELD, reasons=why)
    notice = notices.withdrawn(event, policy, today=today)
    return gone(facts, State.WITHDRAWN, notice, Cause.EVENT, why)


def _superseded(facts: Facts, event: StatusEvent, policy: Policy, today: date) -> Desired:
    why = (reasons.changed_text_missing(event, policy), *_disagreement(facts, policy))
    past = facts.past
    if past is not None and past.state is State.WITHDRAWN:
        return replace(as_it_was(facts, policy), reasons=why, retired=retired_with(past))
    if not was_shown(facts):
        return _kept_back(facts, why)
    notice = notices.withdrawn(event, policy, today=today)
    leaves = gone(facts, State.WITHDRAWN, notice, Cause.EVENT, why)
    return replace(leaves, retired=retired_with(past))


def _disagreement(facts: Facts, policy: Policy) -> tuple[Reason, ...]:
    how = disagreement(facts)
    return (reasons.contradictory(how, policy),) if how else ()


def _kept_back(facts: Facts, why: tuple[Reason, ...]) -> Desired:
    """Return that a decision never shown waits, with what screening and staff say beside it."""
    acts = facts.past.acts if facts.past else ()
    ours = STAFF_RULES | {reason.rule for reason in why}
    earlier = facts.past.reasons if facts.past else ()
    screened = facts.verdict.reasons if facts.verdict else earlier
    every = (*(r for r in screened if r.rule not in ours), *staff_reasons(acts), *why)
    return Desired(state=_strictest(every), reasons=every)


def _strictest(why: tuple[Reason, ...]) -> State:
    return State.WITHHELD if Verdict(why).effect is Effect.WITHHOLD else State.HELD


def _expired(facts: Facts, end: End, today: date) -> Desired:
    notice = notices.expired(end.clock.basis, today=today)
    return gone(facts, State.EXPIRED, notice, Cause.CLOCK)


def _kept_or_held(facts: Facts, why: tuple[Reason, ...], policy: Policy) -> Desired:
    past = facts.past
    if past is None or past.state not in STANDING | GONE:
        return Desired(state=State.HELD, reasons=why)
    kept = as_it_was(facts, policy)
    if past.state is State.PUBLISHED:
        return replace(kept, pending=why)
    if past.state is State.SUSPENDED and any(reason.adverse for reason in why):
        return replace(kept, reasons=why)
    return kept


def _withheld(facts: Facts, verdict: Verdict, today: date) -> Desired:
    if not was_shown(facts):
        return Desired(state=State.WITHHELD, reasons=verdict.reasons)
    notice = notices.withheld(verdict, today=today)
    cause = _cause(verdict, Effect.WITHHOLD)
    return gone(facts, State.WITHDRAWN, notice, cause, verdict.reasons)


def _held(facts: Facts, verdict: Verdict, policy: Policy, today: date) -> Desired:
    past = facts.past
    adverse = any(reason.adverse for reason in verdict.reasons)
    if past is None or past.state is not State.PUBLISHED or not adverse:
        return _kept_or_held(facts, verdict.reasons, policy)
    notice = notices.suspended(verdict, today=today)
    cause = _cause(verdict, Effect.HOLD)
    leaves = gone(facts, State.SUSPENDED, notice, cause, verdict.reasons)
    return replace(leaves, expires_on=limit(facts, policy))


def _cause(verdict: Verdict, effect: Effect) -> Cause:
    """Return whether staff alone took the page down: the brake does not count their acts."""
    deciding = {r.rule for r in verdict.reasons if r.effect is effect and r.adverse}
    return Cause.STAFF if deciding <= STAFF_RULES else Cause.VERDICT


def _published(facts: Facts, policy: Policy, today: date) -> Desired:
    past = facts.past
    if past is not None and facts.text_digest in past.retired:
        return _kept_or_held(
            facts, (reasons.outdated_text(policy.clocks["publish"].basis),), policy
        )
    first = first_publication(facts) or today
    end = end_for(facts, policy, first)
    changes = unsettled(facts)
    return Desired(
        state=State.PUBLISHED,
        content=Content.NEW,
        first_published_on=first,
        expires_on=end.on if end else None,
        note=_note(facts, today),
        settled=(past.settled if past else frozenset()) | {e.effective_on for e in changes},
        retired=retired_with(past) if changes else past.retired if past else frozenset(),
    )


def _note(facts: Facts, today: date) -> CorrectionNote | None:
    past = facts.past
    if changes := unsettled(facts):
        return notices.changed_note(changes[-1], today=today)
    if past is None or past.first_published_on is None or not past.text_digest:
        return None
    if past.text_digest == facts.text_digest:
        return None
    return notices.corrected_note(facts.differing, today=today)
