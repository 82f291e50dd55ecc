"""Decision and policy → ``Verdict``. Every rule is asked, so that all reasons are on record.

A rule that fails to answer stops the run: doubt never discloses.
"""

from datetime import date

from pipeline.domain.basis import Basis
from pipeline.domain.decision import Decision, Unreadable
from pipeline.domain.verdict import Effect, Reason, Verdict
from pipeline.policy.model import Policy, ScreeningRule
from pipeline.screening.answer import Answer, Case, Sureness
from pipeline.screening.case import open_case
from pipeline.screening.predicates import PREDICATES

UNREADABLE_BASIS = Basis("中华人民共和国政府信息公开条例", "第十七条")
"""Publication needs a review, and what cannot be read cannot be reviewed."""


def screen(decision: Decision, policy: Policy, *, today: date) -> Verdict:
    """Return whether ``decision`` may be published on ``today``, with all reasons against it.

    A rule that applies has the effect the policy gives it. A missing value holds, without being
    adverse; a doubt holds and is adverse. Deterministic; reads nothing but its arguments.
    """
    case = open_case(decision, today=today)
    asked = (_reason(rule, _ask(rule, case)) for rule in policy.screening)
    return Verdict(tuple(reason for reason in asked if reason is not None))


def screen_unreadable(record: Unreadable) -> Verdict:
    """Return the verdict on a record that could not be read: held, a reason for each fault."""
    return Verdict(
        tuple(
            Reason(
                rule="unreadable",
                effect=Effect.HOLD,
                title=f"记录无法读取：{fault.problem}（{fault.place}）",
                basis=UNREADABLE_BASIS,
                remedy=fault.remedy,
                adverse=False,
            )
            for fault in record.faults
        )
    )


def _ask(rule: ScreeningRule, case: Case) -> Answer:
    return PREDICATES[rule.predicate](case, dict(rule.params))


def _reason(rule: ScreeningRule, answer: Answer) -> Reason | None:
    """Return the reason that an answer makes under a rule, if any."""
    match answer.sureness:
        case Sureness.NO:
            return None
        case Sureness.MISSING:
            title = f"{rule.title}——尚未说明{_noted(answer)}"
        case Sureness.DOUBT:
            title = f"{rule.title}——有疑点{_noted(answer)}"
        case Sureness.YES:
            title = f"{rule.title}{_noted(answer)}"
    effect = rule.effect if answer.sureness is Sureness.YES else Effect.HOLD
    return Reason(
        rule=rule.key,
        effect=effect,
        title=title,
        basis=rule.basis,
        remedy=rule.remedy if effect is Effect.HOLD else "",
        adverse=answer.sureness > Sureness.MISSING,
    )


def _noted(answer: Answer) -> str:
    return f"（{answer.note}）" if answer.note else ""
