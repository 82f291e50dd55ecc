"""From a decision as exported to what it adds to the figures of its year: no word of it remains."""

from pipeline.domain.annual import Tally, heaviest
from pipeline.domain.decision import Decision, Outcome
from pipeline.domain.money import Fen
from pipeline.domain.penalty import PenaltyKind

UNTOLD = "未载明"
_CONFISCATED = (PenaltyKind.CONFISCATE_INCOME, PenaltyKind.CONFISCATE_PROPERTY)


def tally_of(decision: Decision, area: str) -> Tally | None:
    """Return the tally of ``decision``; ``None`` when it imposes no penalty (行政处罚法 57).

    ``area`` is the word of the bureau's list for its violation.
    """
    if decision.outcome is not Outcome.PENALTY:
        return None
    return Tally(
        kind=heaviest(decision.penalties),
        party=decision.parties[0].kind.value if decision.parties else UNTOLD,
        procedure=decision.procedure.value if decision.procedure else UNTOLD,
        area=area,
        fined=_sum(decision, PenaltyKind.FINE),
        confiscated=_sum(decision, *_CONFISCATED),
    )


def _sum(decision: Decision, *kinds: PenaltyKind) -> Fen:
    return Fen(sum(each.amount or 0 for each in decision.penalties if each.kind in kinds))
