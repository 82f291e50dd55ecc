"""The fingerprint of a decision's own words."""

from dataclasses import replace
from datetime import date

from pipeline.domain.decision import Decision, Organ
from pipeline.domain.document import paragraph
from pipeline.domain.event import EventKind
from pipeline.domain.text import RawText
from pipeline.register import text_digest
from tests.register.builders import DECIDED, happened, number

DECISION = Decision(
    case_number=number(),
    organ=Organ("某县综合行政执法局"),
    decided_on=DECIDED,
    facts=RawText("占道经营"),
    document=(paragraph(RawText("正文")),),
)


def test_another_text_has_another_fingerprint() -> None:
    others = [
        replace(DECISION, facts=RawText("占道堆放")),
        replace(DECISION, document=(paragraph(RawText("正文。")),)),
        replace(DECISION, decided_on=date(2024, 6, 3)),
    ]
    assert len({text_digest(decision) for decision in (DECISION, *others)}) == 4


def test_status_and_reviews_are_no_part_of_the_text() -> None:
    changed = replace(
        DECISION, events=(happened(EventKind.CHANGED),), performance="已履行", digest="other"
    )
    assert text_digest(changed) == text_digest(DECISION)
