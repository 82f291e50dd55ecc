"""Decision and policy → ``Finding``s: every duty is asked, so that nothing lacking is left out.

Pure. A decision whose list of records did not come at all is asked for the list only, because
a bureau whose system exports none must still be able to publish; a pack of its own may make the
list a gate. What came, and is incomplete, is held by the duties that are gates.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pipeline.casefile.model import CaseFile, Entry, Lack, open_file
from pipeline.casefile.predicates import PREDICATES
from pipeline.domain.decision import Decision, Procedure
from pipeline.domain.finding import Finding
from pipeline.domain.verdict import Effect, Reason
from pipeline.policy.duty import Duty
from pipeline.policy.model import Policy

_LIST = "list_exported"


def check(decision: Decision, policy: Policy, *, today: date) -> tuple[Finding, ...]:
    """Return what is lacking in the case file of ``decision`` on ``today``, duty by duty."""
    file = open_file(decision, policy, today=today)
    asked = [duty for duty in policy.records if file.entries or duty.predicate == _LIST]
    procedure = decision.procedure or Procedure.ORDINARY
    return tuple(
        finding
        for duty in (*asked, *policy.review)
        if not duty.procedures or procedure.value in duty.procedures
        for finding in _findings(duty, file)
    )


def gate_reasons(findings: tuple[Finding, ...]) -> tuple[Reason, ...]:
    """Return the reasons that hold a decision, from the findings that are gates."""
    return tuple(
        Reason(
            rule=each.rule,
            effect=Effect.HOLD,
            title=f"{each.title}（记录清单{each.document}）" if each.document else each.title,
            basis=each.basis,
            remedy=each.remedy,
            adverse=each.adverse,
        )
        for each in findings
        if each.is_gate
    )


def _findings(duty: Duty, file: CaseFile) -> Iterator[Finding]:
    """Yield one finding for each kind of lack and act, naming the records together."""
    lacks: dict[Lack, list[Entry]] = {}
    for lack in PREDICATES[duty.predicate](file, duty):
        lacks.setdefault(replace(lack, entries=()), []).extend(lack.entries)
    for lack, entries in lacks.items():
        yield Finding(
            rule=duty.key,
            act=lack.act.value if lack.act else "",
            document=_named(entries),
            title=f"{duty.title}——{lack.problem}",
            basis=duty.basis,
            remedy=duty.remedy,
            is_gate=duty.is_gate,
            due_on=lack.due_on,
            adverse=lack.adverse,
        )


def _named(entries: list[Entry]) -> str:
    """Name records by their place in the list: a title of theirs may hold a person's name."""
    return "、".join(f"第{entry.number}项" for entry in dict.fromkeys(entries))
