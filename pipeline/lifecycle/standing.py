"""What leaving, staying and ending look like, whichever rule asks for it."""

from datetime import date

from pipeline.domain.public import Notice
from pipeline.domain.verdict import Reason
from pipeline.lifecycle.events import known_events
from pipeline.lifecycle.model import GONE, STANDING, Cause, Content, Desired, Facts, Past, State
from pipeline.lifecycle.period import End, end_of
from pipeline.policy.model import Policy


def known(facts: Facts) -> Past:
    """Return what the register knows; a decision that no export brings is known from before."""
    if facts.past is None:
        raise ValueError("a decision that no export brings is known from before")
    return facts.past


def first_publication(facts: Facts) -> date | None:
    """Return the earliest day on which the decision is known to have been public."""
    past = facts.past.first_published_on if facts.past else None
    return min((day for day in (past, facts.published_before) if day), default=None)


def end_for(facts: Facts, policy: Policy, first: date | None = None) -> End | None:
    """Return when the page ends, ``None`` for one that was never public."""
    since = first or first_publication(facts)
    if since is None:
        return None
    return end_of(
        since,
        policy,
        decided_on=facts.decided_on,
        credit_class=facts.credit_class or (facts.past.credit_class if facts.past else ""),
        events=known_events(facts),
    )


def as_it_was(facts: Facts, policy: Policy) -> Desired:
    """Return that everything stays as the register knows it."""
    past = known(facts)
    return Desired(
        state=past.state,
        content=Content.KEPT if past.state is State.PUBLISHED else Content.NONE,
        first_published_on=past.first_published_on,
        expires_on=limit(facts, policy),
        notice=past.notice,
        reasons=past.reasons,
        cause=past.cause,
        settled=past.settled,
        retired=past.retired,
    )


def limit(facts: Facts, policy: Policy) -> date | None:
    """Return the day on which a page that stands ends."""
    past = known(facts)
    end = end_for(facts, policy, past.first_published_on) if past.first_published_on else None
    return end.on if end and past.state in STANDING else None


def gone(
    facts: Facts, state: State, notice: Notice, cause: Cause, why: tuple[Reason, ...] = ()
) -> Desired:
    """Return that a page leaves, with the notice in its place."""
    return Desired(
        state=state,
        first_published_on=first_publication(facts),
        notice=notice,
        reasons=why,
        cause=cause,
        settled=facts.past.settled if facts.past else frozenset(),
        retired=facts.past.retired if facts.past else frozenset(),
    )


def was_shown(facts: Facts) -> bool:
    """Return whether visitors ever saw the decision."""
    return facts.past is not None and facts.past.state in STANDING | GONE


def retired_with(past: Past | None) -> frozenset[str]:
    """Return the texts out of force once the one that stood has been changed."""
    return past.retired | ({past.text_digest} - {""}) if past else frozenset()
