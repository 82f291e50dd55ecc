"""Drafts → records: what agrees is joined, what contradicts is held, nothing is lost."""

import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Decision, Organ, Outcome, Procedure, Received, Unreadable
from pipeline.domain.document import paragraph
from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.faults import Fault, Place
from pipeline.domain.money import Fen
from pipeline.domain.party import OtherPerson, Party, PartyKind
from pipeline.domain.penalty import Penalty, PenaltyKind
from pipeline.domain.review import LegalReview, SecrecyReview, Source
from pipeline.domain.text import RawText
from pipeline.intake.join import Joined, JoinSettings, join
from pipeline.intake.model import Draft
from pipeline.intake.words import find_case_number, said_by
from tests.intake.exports import HIDDEN, NUMBER, TODAY

PARTY = Party(kind=PartyKind.NATURAL_PERSON, name=RawText(HIDDEN))
BASE: dict[str, Any] = {
    "organ": Organ("云岭县综合行政执法局"),
    "decided_on": date(2026, 3, 2),
    "parties": (PARTY,),
}
FAULT = Fault(Place("坏.pdf"), "没有文字层", "请放入 DOCX")


def draft(
    source: Source = Source.EXPORT, *, at: str = "第1行", number: str | None = NUMBER, **fields: Any
) -> Draft:
    return Draft(
        place=Place(f"{source.name}.x", at),
        source=source,
        digest=f"{source}{at}{sorted(map(str, fields))}",
        case_number=None if number is None else CaseNumber.parse(number),
        fields=fields,  # type: ignore[arg-type]
    )


def base(**more: Any) -> Draft:
    return draft(**{**BASE, **more})


def joined(*drafts: Draft, **settings: Any) -> Joined:
    return join(drafts, (), JoinSettings(today=TODAY, **settings))


def only(*drafts: Draft, **settings: Any) -> Received:
    (record,) = joined(*drafts, **settings).received
    return record


def decision(*drafts: Draft, **settings: Any) -> Decision:
    record = only(*drafts, **settings)
    assert isinstance(record, Decision), record
    return record


def held(*drafts: Draft, **settings: Any) -> str:
    record = only(*drafts, **settings)
    assert isinstance(record, Unreadable), record
    text = "\n".join(map(str, record.faults))
    assert HIDDEN not in text
    return text


def test_joins_by_number_however_it_is_written() -> None:
    document = draft(Source.DOCUMENT, number="云岭综执罚决字﹝2026﹞0012号", title=RawText("书"))
    record = decision(base(), document)
    assert record.case_number.raw == NUMBER
    assert record.title == "书"
    assert record.sources == (("title", Source.DOCUMENT),)
    assert record.place == Place("EXPORT.x", "第1行")


def test_the_export_speaks_before_the_document() -> None:
    document = draft(Source.DOCUMENT, organ=Organ("另一种写法"), title=RawText("书"))
    assert decision(document, base()).organ == BASE["organ"]


def test_two_rows_of_one_number_that_differ_are_held_and_both_named() -> None:
    other = (
        base(at="第9行", facts=RawText("乙"))
        if False
        else draft(at="第9行", **{**BASE, "facts": RawText(HIDDEN)})
    )
    text = held(base(facts=RawText("甲")), other)
    assert "EXPORT.x · 第1行 · 违法事实" in text
    assert "另一处：EXPORT.x · 第9行" in text


def test_two_rows_with_different_parties_are_held() -> None:
    other = draft(
        at="第9行",
        **{**BASE, "parties": (Party(kind=PartyKind.NATURAL_PERSON, name=RawText("乙")),)},
    )
    assert "当事人不一致" in held(base(), other)


def test_identical_rows_are_one_record() -> None:
    one, two = base(), draft(at="第9行", **BASE)
    assert isinstance(only(one, two), Decision)


@pytest.mark.parametrize(
    ("name", "mine", "theirs"),
    [
        ("procedure", Procedure.ORDINARY, Procedure.SUMMARY),
        ("outcome", Outcome.PENALTY, Outcome.NO_PENALTY),
        ("decided_on", date(2026, 3, 2), date(2026, 3, 3)),
        ("served_on", date(2026, 3, 4), date(2026, 3, 5)),
        ("social_impact", True, False),
        ("legal_review", LegalReview(passed=True), LegalReview(passed=False)),
        ("secrecy_review", SecrecyReview(privacy=False), SecrecyReview(privacy=True)),
    ],
)
@pytest.mark.parametrize("other", [Source.EXTENSION, Source.REVIEW_SHEET, Source.DOCUMENT])
def test_a_gate_answered_in_two_ways_holds_the_decision(
    name: str, mine: object, theirs: object, other: Source
) -> None:
    assert "不一致" in held(base(**{name: mine}), draft(other, **{name: theirs}))
    assert "不一致" in held(base(**{name: theirs}), draft(other, **{name: mine}))


def test_a_document_about_somebody_else_holds_its_row() -> None:
    other = (Party(kind=PartyKind.NATURAL_PERSON, name=RawText("乙")),)
    assert "当事人不一致" in held(base(), draft(Source.DOCUMENT, parties=other))
    same = (
        Party(kind=PartyKind.INDIVIDUAL_BUSINESS, name=RawText("店"), representative=PARTY.name),
    )
    assert isinstance(only(base(), draft(Source.DOCUMENT, parties=same)), Decision)


def test_reviews_are_filled_point_by_point_and_their_sources_kept() -> None:
    reviewed = SecrecyReview(
        state_secret=False, privacy=False, reviewer=RawText("甲"), reviewed_on=date(2026, 3, 3)
    )
    answered = SecrecyReview(commercial_secret=False, security=False, author=RawText("乙"))
    sheet = draft(Source.REVIEW_SHEET, secrecy_review=reviewed)
    extension = draft(Source.EXTENSION, secrecy_review=answered)
    record = decision(base(), sheet, extension)
    review = record.secrecy_review
    assert (review.state_secret, review.security) == (False, False)
    assert (review.reviewer, review.author) == ("甲", "乙")
    assert record.sources == (
        ("secrecy_review", Source.EXTENSION),
        ("secrecy_review", Source.REVIEW_SHEET),
    )


def test_lists_add_up_and_one_voice_against_publishing_is_enough() -> None:
    event = StatusEvent(kind=EventKind.REVOKED, effective_on=date(2026, 4, 1))
    person = OtherPerson(name=RawText("丁"))
    one = base(persons=(person,), unsuitable=False)
    two = draft(Source.EXTENSION, events=(event,), unsuitable=True, persons=(person,),
                protected=(RawText("片段"),))  # fmt: skip
    record = decision(one, two)
    assert record.events == (event,)
    assert record.persons == (person,)
    assert record.protected == ("片段",)
    assert record.unsuitable is True


def test_what_nobody_said_stays_unsaid() -> None:
    record = decision(base())
    assert record.procedure is None
    assert record.social_impact is None
    assert record.secrecy_review == SecrecyReview()
    assert record.legal_review == LegalReview()
    assert record.document == ()


def test_a_document_without_a_row_is_a_decision_when_it_says_enough() -> None:
    document = draft(Source.DOCUMENT, **BASE, outcome=Outcome.PENALTY)
    assert isinstance(only(document), Decision)


@pytest.mark.parametrize("name", list(BASE))
def test_a_record_that_says_too_little_is_held_and_says_what_is_missing(name: str) -> None:
    fields = {key: value for key, value in BASE.items() if key != name}
    title = {"organ": "处罚机关", "decided_on": "处罚决定日期", "parties": "当事人"}[name]
    assert f"缺少{title}" in held(draft(**fields))


def test_a_document_without_a_row_that_is_no_penalty_decision_is_held() -> None:
    assert "未写明是行政处罚决定书" in held(draft(Source.DOCUMENT, **BASE))


def test_a_row_without_a_document_is_fine_unless_the_site_asks_for_one() -> None:
    assert isinstance(only(base()), Decision)
    assert "没有对应的决定书文件" in held(base(), document_required=True)
    document = draft(Source.DOCUMENT, document=(paragraph(RawText("一")),))
    assert isinstance(only(base(), document, document_required=True), Decision)


def test_the_organ_of_the_site_is_taken_when_nobody_names_one() -> None:
    fields = {key: value for key, value in BASE.items() if key != "organ"}
    assert decision(draft(**fields), organ=Organ("云岭县城管局")).organ.name == "云岭县城管局"
    assert decision(base(), organ=Organ("云岭县城管局")).organ == BASE["organ"]


def test_an_unreadable_document_holds_its_row() -> None:
    broken = Draft(
        place=Place("坏.pdf"), source=Source.DOCUMENT, digest="", faults=(FAULT,),
        case_number=CaseNumber.parse(NUMBER),
    )  # fmt: skip
    record = only(base(), broken)
    assert isinstance(record, Unreadable)
    assert record.faults == (FAULT,)
    assert record.case_number is not None


def test_records_without_a_number_are_kept_and_reviews_without_one_are_faults() -> None:
    result = joined(draft(number=None), draft(Source.DOCUMENT, number=None, title=RawText("书")),
                    draft(Source.REVIEW_SHEET, number=None))  # fmt: skip
    assert [type(record) for record in result.received] == [Unreadable, Unreadable]
    assert len(result.faults) == 1


def test_a_review_of_a_decision_that_is_not_there_is_a_fault_and_no_record() -> None:
    result = joined(draft(Source.REVIEW_SHEET, legal_review=LegalReview(passed=True)))
    assert result.received == ()
    assert "没有这个文号" in str(result.faults[0])


def test_two_documents_of_one_number_must_say_the_same() -> None:
    first = draft(Source.DOCUMENT, document=(paragraph(RawText("一 二")),))
    copy = draft(
        Source.DOCUMENT, at="b", document=(paragraph(RawText("一")), paragraph(RawText("二")))
    )
    other = draft(Source.DOCUMENT, at="c", document=(paragraph(RawText("一三")),))
    assert isinstance(only(base(), first, copy), Decision)
    assert "决定书全文不一致" in held(base(), first, other)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"decided_on": date(2026, 11, 21)}, "今天之后"),
        ({"served_on": date(2026, 3, 1)}, "送达日期早于"),
        ({"act_date": date(2026, 3, 3)}, "早于违法行为日期"),
        ({"filed_on": date(2026, 3, 3)}, "早于立案日期"),
        ({"notified_on": date(2026, 3, 3)}, "早于告知日期"),
        ({"valid_until": date(2026, 3, 1)}, "有效期早于"),
        ({"events": (StatusEvent(kind=EventKind.REVOKED, effective_on=date(2026, 3, 1)),)},
         "早于处罚决定"),
        ({"events": (StatusEvent(kind=EventKind.REVOKED, effective_on=date(2027, 3, 1)),)},
         "今天之后"),
        ({"penalties": (Penalty(PenaltyKind.FINE, Fen(-1)),)}, "负数"),
        ({"penalty_text": RawText("罚款人民币壹万元整（¥12,000.00）")}, "大写与小写不一致"),
        ({"penalty_text": RawText("罚款 12000 元（大写：壹万元整）")}, "大写与小写不一致"),
        ({"document": (paragraph(RawText("处罚款人民币贰仟元整（￥２００.００元）")),)},
         "大写与小写不一致"),
        ({"penalties": (Penalty(PenaltyKind.FINE, Fen(20_000_000_00)),),
          "penalty_text": RawText("罚款2000元")}, "单位是万元"),
    ],
)  # fmt: skip
def test_a_record_that_contradicts_itself_is_held(fields: dict[str, Any], words: str) -> None:
    assert words in held(base(**fields))


def test_a_fault_names_the_file_in_which_the_value_stands() -> None:
    text = (paragraph(RawText("处罚款人民币贰仟元整（￥200.00元）")),)
    words = held(base(), draft(Source.DOCUMENT, at="", document=text, served_on=date(2026, 3, 1)))
    assert "DOCUMENT.x · 决定书全文：金额的大写与小写不一致" in words
    assert "DOCUMENT.x · 送达日期：送达日期早于处罚决定日期" in words


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("罚款人民币贰仟元整（¥2,000.00）", 2000),
        ("处罚款2000元（大写：人民币贰仟元整）", 2000),
        ("处以罚款人民币0.2万元", 2000),
        ("对甲罚款1000元，对乙罚款1000元", 2000),
        ("警告；罚款贰仟圆", 2000),
        ("每日按罚款数额的百分之三加处罚款", 2000),
        ("没收违法所得300元，并处罚款2000元", 2000),
        ("罚款人民币壹佰零伍元叁角整（￥105.30元）", 105.3),
    ],
)
def test_amounts_that_agree_are_no_fault(text: str, fine: float) -> None:
    penalties = (Penalty(PenaltyKind.FINE, Fen(round(fine * 100))),)
    assert isinstance(only(base(penalty_text=RawText(text), penalties=penalties)), Decision)


@pytest.mark.parametrize("text", ["壹" * 60_000, "1" * 60_000, "罚款" * 30_000, "元(" * 30_000])
def test_a_hostile_text_does_not_stop_the_run(text: str) -> None:
    document = (paragraph(RawText(text + "壹元")),)
    before = time.process_time()
    assert isinstance(only(base(penalty_text=RawText(text), document=document)), Decision)
    said_by(document)
    find_case_number(document)
    assert time.process_time() - before < 10


def test_the_digest_is_of_what_was_said_whatever_the_order() -> None:
    one, two = base(), draft(Source.DOCUMENT, title=RawText("书"))
    assert decision(one, two).digest == decision(two, one).digest
    assert decision(one, two).digest != decision(one).digest


SOURCES = st.sampled_from(list(Source)[:4])
NUMBERS = st.sampled_from(
    [None, NUMBER, "云岭综执罚决字〔2026〕13号", "云岭综执罚决字〔2026〕14号"]
)


@given(st.lists(st.tuples(SOURCES, NUMBERS, st.booleans()), max_size=8), st.randoms())
def test_no_record_is_lost_and_order_does_not_matter(
    plan: list[tuple[Source, str | None, bool]], random: Any
) -> None:
    drafts = [
        draft(source, at=str(at), number=number, **(BASE if whole else {}))
        for at, (source, number, whole) in enumerate(plan)
    ]
    result = joined(*drafts)
    records = [d for d in drafts if d.source in (Source.EXPORT, Source.DOCUMENT)]
    keys = {d.case_number.key for d in records if d.case_number}
    nameless = sum(d.case_number is None for d in records)
    assert len(result.received) == len(keys) + nameless
    said = {r.place for r in result.received} | {
        Place(f.place.file, f.place.record) for f in result.faults
    }
    assert all(
        d.place in said or (d.case_number is not None and d.case_number.key in keys) for d in drafts
    )
    random.shuffle(drafts)
    assert joined(*drafts) == result
