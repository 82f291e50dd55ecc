"""What happened in law to a decision, as all exports and staff have told it.

Three questions: is it still in force, does a changed text of it have to come first, and do the
facts contradict one another? The stricter and the later fact wins; what contradicts it holds.
"""

import hashlib
from collections.abc import Iterable
from datetime import date

import msgspec

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.staff_act import StaffActKind
from pipeline.lifecycle.model import Facts

CONTRADICTION = "lifecycle-contradiction"
"""The key of the reason for which contradictory facts hold a decision."""

ANNULLING = frozenset(EventKind) - {
    EventKind.CHANGED,
    EventKind.CREDIT_REPAIRED,
    EventKind.UPHELD,
}


def known_events(facts: Facts) -> tuple[StatusEvent, ...]:
    """Return the events of this export and all that were ever told before, oldest first.

    An event that was told again with the number of the decision that replaces it counts once.
    """
    told = {*(facts.past.events if facts.past else ()), *facts.events}
    answered = {(each.kind, each.effective_on) for each in told if each.remade_as}
    return tuple(
        sorted(
            (e for e in told if e.remade_as or (e.kind, e.effective_on) not in answered),
            key=_order,
        )
    )


def facts_digest(events: Iterable[StatusEvent]) -> str:
    """Return the SHA-256 of the events: a release is bound to what was known then."""
    return hashlib.sha256(msgspec.json.encode(sorted(events, key=_order))).hexdigest()


def annulment(facts: Facts) -> StatusEvent | None:
    """Return the first event by which the decision is no longer in force, if any.

    What a person found to be refuted by a later 维持 (see ``disputed``) does not count.
    """
    upheld = _last_upheld(facts) if _is_resolved(facts) else None
    return next(
        (
            e
            for e in known_events(facts)
            if _annuls(e, facts.case_number) and not (upheld and e.effective_on <= upheld)
        ),
        None,
    )


def unsettled(facts: Facts) -> tuple[StatusEvent, ...]:
    """Return what took the text out of force for another under the same 文号 that is not public.

    That is a 变更, or an annulment whose remade decision has the same number; oldest first.
    """
    settled = facts.past.settled if facts.past else frozenset()
    return tuple(
        event
        for event in known_events(facts)
        if _changes(event, facts.case_number) and event.effective_on not in settled
    )


def disputed(facts: Facts) -> str:
    """Return, in Chinese, why it is not known whether the decision is in force; else empty.

    What ended it came first, a 维持 later. A person's release of exactly these facts ends it.
    """
    upheld = _last_upheld(facts)
    ended = [event for event in known_events(facts) if _ends(event, facts.case_number)]
    if _is_resolved(facts) or not upheld or not ended or ended[-1].effective_on > upheld:
        return ""
    return f"先有{ended[-1].kind.value}，后有{EventKind.UPHELD.value}，决定是否有效不明"


def disagreement(facts: Facts) -> str:
    """Return, in Chinese, on which day the facts disagree though not on what happened; else empty.

    Two exports, or an export and staff, tell of one event on different days.
    """
    if _is_resolved(facts):
        return ""
    known, number = known_events(facts), facts.case_number
    stated = {event.effective_on for event in facts.events if _changes(event, number)}
    waiting = unsettled(facts)
    missed = [event for event in waiting if event.effective_on not in stated]
    if missed and any(event.effective_on in stated for event in waiting):
        return f"先后所载的{missed[0].kind.value}日期不一致"
    for kind in sorted(ANNULLING):
        if len({e.effective_on for e in known if e.kind is kind and _annuls(e, number)}) > 1:
            return f"先后所载的{kind.value}日期不一致"
    return ""


def brings_changed_text(facts: Facts, changes: tuple[StatusEvent, ...]) -> bool:
    """Whether this export itself tells the changes and its words are those that came of them."""
    stated = {event.effective_on for event in facts.events if _changes(event, facts.case_number)}
    last = max(event.effective_on for event in changes)
    told = last in stated if _is_resolved(facts) else all(e.effective_on in stated for e in changes)
    if not facts.is_publishable or not told:
        return False
    dated = facts.decided_on is not None and facts.decided_on >= last
    past = facts.past
    if past is None or not past.text_digest:
        return dated
    remade = any(event.kind is not EventKind.CHANGED for event in changes)
    is_new = facts.text_digest not in {past.text_digest, *past.retired}
    return is_new and (dated or not remade)


def _is_resolved(facts: Facts) -> bool:
    if facts.past is None or not facts.past.acts:
        return False
    now = facts_digest(known_events(facts))
    return any(
        act.kind is StaffActKind.RELEASE and CONTRADICTION in act.rules and act.facts == now
        for act in facts.past.acts
    )


def _last_upheld(facts: Facts) -> date | None:
    days = (e.effective_on for e in known_events(facts) if e.kind is EventKind.UPHELD)
    return max(days, default=None)


def _order(event: StatusEvent) -> tuple[date, str, str, str, str]:
    received = event.received_on.isoformat() if event.received_on else ""
    return (event.effective_on, event.kind.value, event.remade_as, received, event.organ)


def _ends(event: StatusEvent, case_number: str) -> bool:
    return _annuls(event, case_number) or _changes(event, case_number)


def _annuls(event: StatusEvent, case_number: str) -> bool:
    """Whether the decision is gone for good: annulled, or changed into one of another number."""
    if event.kind is EventKind.CHANGED:
        return bool(event.remade_as) and not _same_number(event.remade_as, case_number)
    return event.kind in ANNULLING and not _changes(event, case_number)


def _changes(event: StatusEvent, case_number: str) -> bool:
    """Whether another text under the same number takes the place of the old one."""
    if event.kind is EventKind.CHANGED:
        return not _annuls(event, case_number)
    return event.kind in ANNULLING and _same_number(event.remade_as, case_number)


def _same_number(one: str, other: str) -> bool:
    try:
        return CaseNumber.parse(one).key == CaseNumber.parse(other).key
    except ValueError:
        return one == other
