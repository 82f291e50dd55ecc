"""法制审核和集体讨论: whether a decision that needed them had them, in order.

That the review was passed, by somebody who is not an officer of the case, and before the decision,
is asked by ``pipeline.screening.review``.
"""

from collections.abc import Iterator

from pipeline.casefile.major import major
from pipeline.casefile.model import CaseFile, Lack
from pipeline.domain.process_record import Act
from pipeline.policy.duty import Duty


def review_waived(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether a major decision went without review because the export says none was needed."""
    review = file.decision.legal_review
    if review.passed is not None or review.required is not False:
        return
    if classes := major(file, duty):
        yield Lack(f"导出写明不需要审核，但{'；'.join(classes)}", Act.REVIEW)


def review_points(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether the reviewer looked at each of the ``points`` (003 第五十四条)."""
    review = file.decision.legal_review
    if review.passed is None:
        return
    lacking = [point for point in duty.values("points") if int(point) not in review.points]
    if lacking and not review.points:
        yield Lack("没有写明审核了哪些内容", Act.REVIEW, adverse=False)
    elif lacking:
        yield Lack(f"没有审核第{'、'.join(lacking)}项内容", Act.REVIEW)


def discussion_before_decision(file: CaseFile, _: Duty) -> Iterator[Lack]:
    """Ask whether a collective discussion, if there was one, came before the decision."""
    days = file.days(Act.DISCUSSION)
    if days and days[0] > file.decision.decided_on:
        yield Lack("集体讨论晚于决定日期", Act.DISCUSSION, file.of(Act.DISCUSSION))


def major_discussed(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether a major decision was discussed by the heads together."""
    classes = major(file, duty)
    if classes and not file.took_place(Act.DISCUSSION):
        yield Lack(f"{'；'.join(classes)}，没有集体讨论记录", Act.DISCUSSION, adverse=False)


def discussion_after_review(file: CaseFile, _: Duty) -> Iterator[Lack]:
    """Ask whether a decision that had to be reviewed was discussed after the review passed.

    The last discussion counts; one on the day of the review may have followed it.
    """
    review = file.decision.legal_review
    if not review.passed or review.required is False:
        return
    days = file.days(Act.DISCUSSION)
    if not days:
        known = file.took_place(Act.DISCUSSION)
        problem = "没有写明集体讨论日期" if known else "审核通过后没有集体讨论记录"
        yield Lack(problem, Act.DISCUSSION, file.of(Act.DISCUSSION), adverse=False)
    elif review.reviewed_on and days[-1] < review.reviewed_on:
        yield Lack("集体讨论早于法制审核", Act.DISCUSSION, file.of(Act.DISCUSSION))
