"""法制审核与公开审查: whether both sign-offs are there, sound and by the right person."""

import re

from pipeline.domain.party import Role
from pipeline.domain.review import Source
from pipeline.screening.answer import NO, Answer, Case, Params, gravest, missing, yes

_INTERNAL = re.compile(r"审核|审查|讨论|审批|签发|论证|案审会")


def legal_review_faulty(case: Case, _: Params) -> Answer:
    """Ask whether the legal review is missing, failed, late, or by an officer of the case.

    Only an explicit “not required” makes up for a review that did not take place. A document that
    itself says 经法制审核 needs no other proof of who reviewed and when: its seal vouches for it.
    """
    review, decision = case.decision.legal_review, case.decision
    if review.passed is False:
        return yes("审核未通过")
    if review.passed is None:
        return NO if review.required is False else missing("审核结论")
    vouched = ("legal_review", Source.DOCUMENT) in decision.sources
    return gravest(
        yes("审核人是本案执法人员") if _same(review.reviewer, _officers(case)) else NO,
        yes("审核日期晚于决定日期")
        if review.reviewed_on and review.reviewed_on > decision.decided_on
        else NO,
        missing("审核人") if not (review.reviewer.strip() or vouched) else NO,
        missing("审核日期") if not (review.reviewed_on or vouched) else NO,
    )


def secrecy_review_faulty(case: Case, _: Params) -> Answer:
    """Ask whether the secrecy review lacks reviewer or date, or the author reviewed it."""
    review = case.decision.secrecy_review
    return gravest(
        yes("审查人与起草人是同一人") if _same(review.reviewer, {_name(review.author)}) else NO,
        yes("审查日期晚于今天") if review.reviewed_on and review.reviewed_on > case.today else NO,
        missing("审查人") if not review.reviewer.strip() else NO,
        missing("审查日期") if review.reviewed_on is None else NO,
    )


def _officers(case: Case) -> set[str]:
    """Return who acted in the case: not those who only reviewed, discussed or approved it."""
    listed = {_name(p.name) for p in case.decision.persons if p.role is Role.OFFICER}
    acted = (r for r in case.decision.process_records if not _INTERNAL.search(r.act))
    return listed | {_name(name) for record in acted for name in record.officers}


def _same(name: str, others: set[str]) -> bool:
    return bool(_name(name)) and _name(name) in others


def _name(text: str) -> str:
    return "".join(text.split())
