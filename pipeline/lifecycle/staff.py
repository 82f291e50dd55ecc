"""What acts of staff mean for a verdict: reasons they add, and reasons a person may lift.

A person may let masked text go out, attest to a value that is missing, or settle facts that
contradict one another. No release reaches what the law forbids: minors, secrets, privacy.
"""

from collections.abc import Iterable, Sequence

from pipeline.domain.staff_act import StaffAct, StaffActKind
from pipeline.domain.verdict import Effect, Reason, Verdict
from pipeline.lifecycle.events import CONTRADICTION
from pipeline.policy.model import Policy

HOLD = "staff-hold"
FORBID = "staff-finding"
LEAK_GATE = "leak-gate"
STAFF_RULES = frozenset({HOLD, FORBID})

_ALWAYS = frozenset({HOLD, CONTRADICTION, "redaction-doubt", LEAK_GATE})
"""Reasons of the program itself that a person may lift: doubtful spans stay masked all the
same, and the gate looks at the page once more."""

_ATTESTED = frozenset(
    {
        "legal_review_faulty",
        "secrecy_review_faulty",
        "not_served",
        "summary_procedure",
        "no_social_impact",
        "credit_class",
    }
)
"""Predicates whose missing value a person may attest to."""

_LOOKED_AT = frozenset({"incapacity", "cites_statute"})
"""Predicates that doubt what the words of a document mean; a person reads them and says."""


def staff_reasons(acts: Sequence[StaffAct]) -> tuple[Reason, ...]:
    """Return what staff hold against publication: a finding that forbids it, a hold not lifted."""
    found = [act for act in acts if act.kind is StaffActKind.FORBID]
    held: StaffAct | None = None
    for act in acts:
        if act.kind is StaffActKind.HOLD:
            held = act
        elif act.kind is StaffActKind.RELEASE and HOLD in act.rules:
            held = None
    reasons = [
        Reason(FORBID, Effect.WITHHOLD, "经工作人员核实，依法不予公开", act.basis)
        for act in found[-1:]
    ]
    if held is not None:
        remedy = "核实后用 gongshi release 放行"
        reasons.append(Reason(HOLD, Effect.HOLD, "工作人员决定暂缓公开", held.basis, remedy))
    return tuple(reasons)


def lifted(verdict: Verdict, acts: Iterable[StaffAct], looked_at: str) -> Verdict:
    """Return ``verdict`` without what a person released of exactly this export.

    ``looked_at`` is the digest of the record as it is now; another one needs a new look.
    """
    rules = {
        rule
        for act in acts
        if act.kind is StaffActKind.RELEASE and looked_at and act.looked_at == looked_at
        for rule in act.rules
    }
    return Verdict(tuple(reason for reason in verdict.reasons if reason.rule not in rules))


def may_be_released(reason: Reason, policy: Policy) -> bool:
    """Whether a person may lift ``reason``; never one that says the law forbids publication."""
    if reason.effect is not Effect.HOLD:
        return False
    if reason.rule in _ALWAYS:
        return True
    predicates = {rule.predicate for rule in policy.screening if rule.key == reason.rule}
    return bool(predicates & (_LOOKED_AT if reason.adverse else _ATTESTED))
