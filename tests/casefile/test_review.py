"""Legal review: which decisions needed one, whatever the export says, and what came of it."""

from datetime import date
from typing import Any

import pytest

from pipeline.casefile.check import check
from pipeline.casefile.major import CLASSES
from pipeline.domain.decision import Decision
from pipeline.domain.document import paragraph, table
from pipeline.domain.money import Fen
from pipeline.domain.party import Party, PartyKind
from pipeline.domain.penalty import Penalty, PenaltyKind
from pipeline.domain.process_record import Act
from pipeline.domain.review import LegalReview
from pipeline.domain.text import RawText
from pipeline.policy.load import load_policy
from tests.casefile.builders import POLICIES, REVIEW, SHOP, TEXT, decision, findings, record

WAIVED = LegalReview(required=False)
MAN = Party(kind=PartyKind.NATURAL_PERSON, name=RawText("暴学鹏"))
STALL = Party(kind=PartyKind.INDIVIDUAL_BUSINESS, name=RawText("青石县小满面馆"))


def fined(yuan: int, *, kind: PenaltyKind = PenaltyKind.FINE) -> Penalty:
    return Penalty(kind, Fen(yuan * 100))


def waived(**changes: Any) -> Decision:
    """Return a plain decision of which the export says that it needed no review."""
    plain: dict[str, Any] = {
        "legal_review": WAIVED,
        "process_records": (),
        "penalties": (fined(2000),),
    }
    return decision(**(plain | changes))


def saying(text: str) -> Decision:
    return waived(document=(paragraph(RawText(f"{TEXT}\n{text}")),))


def contradicted(case: Decision, key: str = "national") -> str:
    """Return the classes that contradict the export, empty when it stands."""
    found = findings(case, POLICIES[key]).get("review-waived", [])
    return found[0].title.partition("但")[2] if found else ""


def test_a_plain_decision_may_do_without_review() -> None:
    assert contradicted(waived()) == ""
    assert contradicted(waived(), "zhoucun-2018") == ""


@pytest.mark.parametrize(
    ("party", "penalties", "is_major"),
    [
        (MAN, (fined(4999),), False),
        (MAN, (fined(5000),), True),
        (STALL, (fined(5000),), True),
        (SHOP, (fined(49_999),), False),
        (SHOP, (fined(50_000),), True),
        (SHOP, (fined(30_000), fined(20_000, kind=PenaltyKind.CONFISCATE_INCOME)), True),
        (SHOP, (Penalty(PenaltyKind.WARNING),), False),
        (SHOP, (Penalty(PenaltyKind.REVOKE_LICENCE),), True),
        (SHOP, (Penalty(PenaltyKind.STOP_BUSINESS),), True),
        (SHOP, (Penalty(PenaltyKind.CLOSE),), True),
        (SHOP, (Penalty(PenaltyKind.RESTRICT_EMPLOYMENT),), True),
        (SHOP, (Penalty(PenaltyKind.RESTRICT_BUSINESS),), True),
        (SHOP, (Penalty(PenaltyKind.LOWER_QUALIFICATION),), True),
        (SHOP, (Penalty(PenaltyKind.SUSPEND_LICENCE),), False),
    ],
)
def test_a_large_sum_or_a_grave_kind_of_penalty_touches_a_major_interest(
    party: Party, penalties: tuple[Penalty, ...], is_major: bool
) -> None:
    found = contradicted(waived(parties=(party,), penalties=penalties))
    assert found == (CLASSES[2] if is_major else "")


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("本机关于2026年3月12日举行了听证会，当事人到会。", 3),
        ("经听证，本机关采纳了部分意见。", 3),
        ("本案经听证程序后作出决定。", 3),
        ("当事人有权要求举行听证。", None),
        ("当事人在法定期限内未要求听证，视为放弃。", None),
        ("当事人可以申请组织听证。", None),
        ("本案案情复杂，经负责人批准延长办案期限。", 4),
        ("本案涉及多个法律关系。", 4),
        ("本案案情简单。", None),
        ("该行为损害了社会公共利益。", 0),
        ("该行为没有损害社会公共利益。", None),
        ("该行为造成重大社会影响。", 1),
        ("该行为未造成重大社会影响。", None),
        ("现场引发群体性事件。", 1),
    ],
)
def test_plain_words_of_the_document_name_a_class(text: str, index: int | None) -> None:
    assert contradicted(saying(text)) == ("" if index is None else CLASSES[index])


def test_words_in_a_table_of_the_document_count_too() -> None:
    cells = table(((RawText("备注"), RawText("经听证，维持拟处罚意见")),))
    assert contradicted(waived(document=(cells,))) == CLASSES[3]


def test_a_hearing_on_record_needs_no_word_in_the_document() -> None:
    assert contradicted(waived(process_records=(record(Act.HEARING),))) == CLASSES[3]


@pytest.mark.parametrize("number", range(1, 8))
def test_a_class_that_the_export_itself_names_contradicts_it(number: int) -> None:
    review = LegalReview(required=False, classes=frozenset({number}))
    assert contradicted(waived(legal_review=review)) == CLASSES[number - 1]


def test_the_catalogue_of_the_agency_is_a_pack_of_its_own(tmp_path: Any) -> None:
    (tmp_path / "own.yaml").write_text(
        """
key: own
title: 本局重大执法决定法制审核目录
extends: [changshan-2021]
review:
  review-waived:
    title: 列入本局目录的，没有审核不得作出决定
    predicate: review_waived
    gate: true
    params:
      kinds: []
      fine_person: []
      fine_organisation: ["1000"]
      words: []
      causes: [占用城市道路]
      statutes: [大气污染防治法]
    basis: {document: 本局重大执法决定法制审核目录, article: 第一条}
    remedy: 补做法制审核
""",
        "utf-8",
    )
    own = load_policy("own", folders=[tmp_path])

    def classes(**changes: Any) -> str:
        penalties = changes.pop("penalties", ())
        found = check(waived(penalties=penalties, **changes), own, today=date(2026, 6, 1))
        return "".join(each.title for each in found if each.rule == "review-waived")

    assert CLASSES[6] in classes(violation_kind=RawText("擅自占用城市道路"))
    assert CLASSES[5] in classes(legal_basis=RawText("《大气污染防治法》第一条"))
    assert CLASSES[2] in classes(penalties=(fined(1000),))
    assert classes(parties=(MAN,), penalties=(fined(90_000),)) == ""
    assert [o.key for o in own.overruled if o.pack == "national"].count("review-waived") == 1


def test_nothing_contradicts_a_review_that_took_place_or_one_not_spoken_of() -> None:
    grave = (Penalty(PenaltyKind.REVOKE_LICENCE),)
    for review in (REVIEW, LegalReview(), LegalReview(required=True)):
        assert contradicted(waived(legal_review=review, penalties=grave)) == ""


def outcome(key: str, rule: str, **review: Any) -> str:
    case = decision(legal_review=LegalReview(**review), process_records=())
    found = findings(case, POLICIES[key]).get(rule, [])
    return "" if not found else "broken" if found[0].adverse else "unsure"


PASSED = {"required": True, "passed": True, "reviewed_on": date(2026, 3, 16)}


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        ({**PASSED, "discussed_on": date(2026, 3, 16)}, ""),  # the same day, after the review
        ({**PASSED, "discussed_on": date(2026, 3, 20)}, ""),  # the day of the decision
        ({**PASSED, "discussed_on": date(2026, 3, 15)}, "broken"),
        (PASSED, "unsure"),
        ({**PASSED, "required": None}, "unsure"),
        ({**PASSED, "required": False}, ""),  # reviewed of the agency's own will
        ({"required": False}, ""),
        ({"required": True, "passed": False}, ""),  # screening holds it already
    ],
)
def test_in_zhoucun_what_passed_review_is_discussed_afterwards(
    review: dict[str, Any], expected: str
) -> None:
    assert outcome("zhoucun-2018", "discussion-after-review", **review) == expected


@pytest.mark.parametrize(("day", "expected"), [(19, ""), (20, ""), (21, "broken")])
def test_a_discussion_after_the_decision_holds_everywhere(day: int, expected: str) -> None:
    review = {**PASSED, "discussed_on": date(2026, 3, day)}
    for key in POLICIES:
        assert outcome(key, "discussion-order", **review) == expected


@pytest.mark.parametrize(
    ("points", "expected"),
    [(range(1, 9), ""), (range(1, 8), "broken"), ((), "unsure")],
)
def test_the_eight_points_of_zhoucun_are_all_reviewed(points: Any, expected: str) -> None:
    review = {**PASSED, "points": frozenset(points)}
    assert outcome("zhoucun-2018", "review-points", **review) == expected
    assert outcome("changshan-2021", "review-points", **review) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TEXT, False),
        (TEXT.replace("行政诉讼", "控告"), True),
        (TEXT.replace("行政复议", "申诉"), True),
        ("", False),  # no document came along
    ],
)
def test_a_document_without_remedies_is_reported(text: str, found: bool) -> None:
    case = decision(document=(paragraph(RawText(text)),) if text else ())
    assert ("document-complete" in findings(case, POLICIES["national"])) is found
