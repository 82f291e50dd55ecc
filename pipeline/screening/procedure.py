"""程序与结果: which procedure, what outcome, whether it is served and complete."""

from pipeline.domain.decision import Outcome, Procedure
from pipeline.screening.answer import NO, Answer, Case, Params, doubt, missing, yes


def summary_procedure(case: Case, _: Params) -> Answer:
    """Ask whether the decision was made otherwise than under the ordinary procedure."""
    match case.decision.procedure:
        case Procedure.ORDINARY:
            return NO
        case Procedure.SUMMARY:
            return yes("适用简易程序")
        case None:
            return missing("适用程序")


def not_a_penalty(case: Case, _: Params) -> Answer:
    """Ask whether the outcome is not a penalty."""
    outcome = case.decision.outcome
    return NO if outcome is Outcome.PENALTY else yes(outcome.value)


def party_missing(case: Case, _: Params) -> Answer:
    """Ask whether a party, or the name of one, is missing."""
    parties = case.decision.parties
    return NO if parties and all(party.name.strip() for party in parties) else missing()


def nothing_to_show(case: Case, _: Params) -> Answer:
    """Ask whether there are neither words of the document nor facts."""
    decision = case.decision
    cells = (cell for block in decision.document for row in block.rows for cell in row)
    return NO if decision.facts.strip() or any(cell.strip() for cell in cells) else missing()


def decided_in_future(case: Case, _: Params) -> Answer:
    """Ask whether the date of the decision has not come yet."""
    return yes() if case.decision.decided_on > case.today else NO


def not_served(case: Case, _: Params) -> Answer:
    """Ask whether the decision has not been served on the party yet."""
    served_on = case.decision.served_on
    if served_on is None:
        return missing("送达日期")
    if served_on > case.today:
        return yes("送达日期晚于今天")
    return doubt("送达日期早于决定日期") if served_on < case.decision.decided_on else NO


def no_social_impact(case: Case, _: Params) -> Answer:
    """Ask whether the decision was found to have no social impact (行政处罚法 第四十八条)."""
    match case.decision.social_impact:
        case True:
            return NO
        case False:
            return yes()
        case None:
            return missing("社会影响")


def credit_class(case: Case, params: Params) -> Answer:
    """Ask whether the class of discredit is one of ``classes`` (信用修复管理办法)."""
    given = case.decision.credit_class.strip()
    if not given:
        return missing("失信类别")
    return yes() if given in params["classes"] else NO
