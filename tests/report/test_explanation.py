"""What staff are told of a decision: every place in words, every reason, no word of the text."""

from datetime import date

import pytest

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Decision, Organ
from pipeline.domain.document import Block, bullets, heading, paragraph, table
from pipeline.domain.party import Party, PartyKind
from pipeline.domain.text import RawText
from pipeline.domain.verdict import Verdict
from pipeline.policy.load import load_policy
from pipeline.redaction.flatten import flatten
from pipeline.redaction.redact import redact
from pipeline.redaction.trace import trace
from pipeline.report.explanation import Explanation, explain, told
from pipeline.report.places import Places

POLICY = load_policy("changshan-2021")
DOCUMENT: tuple[Block[RawText], ...] = (
    heading(RawText("行政处罚决定书")),
    paragraph(RawText("常综执罚决字〔2024〕第12号")),
    table(((RawText("姓名"), RawText("电话")), (RawText("证人周慧敏"), RawText("13805701234")))),
    bullets((RawText("依据《中华人民共和国行政处罚法》第四十八条"), RawText("当事人林木森到场"))),
    paragraph(RawText("联系电话：1380570")),
    paragraph(RawText("1235。")),
)


def decision(**fields: object) -> Decision:
    values: dict[str, object] = {
        "case_number": CaseNumber.parse("常综执罚决字〔2024〕第12号"),
        "organ": Organ("常山县综合行政执法局"),
        "decided_on": date(2024, 3, 5),
        "parties": (Party(kind=PartyKind.NATURAL_PERSON, name=RawText("林木森")),),
        "facts": RawText("林木森的身份证号码为330822199001011234。"),
        "document": DOCUMENT,
    }
    return Decision(**(values | fields))  # type: ignore[arg-type]


def explained(given: Decision) -> Explanation:
    redaction = redact(given, POLICY, public_values=frozenset())
    why = trace(given, POLICY, public_values=frozenset())
    return explain(given, why, Verdict(redaction.doubts), POLICY)


def where(given: Decision, value: str) -> str:
    flat = flatten(given)
    start = flat.text.index(value)
    return Places.of(flat, given).where(start, start + len(value))


@pytest.mark.parametrize(
    ("value", "told_as"),
    [
        ("林木森", "当事人名称第1至3字"),
        ("330822199001011234", "违法事实第11至28字"),
        ("行政处罚决定书", "文书第1段第1至7字"),
        ("周慧敏", "文书第3段表格第2行第1格第3至5字"),
        ("13805701234", "文书第3段表格第2行第2格第1至11字"),
        ("到", "文书第4段第2项第7字"),
        ("1380570\n1235", "文书第5段第6字至文书第6段第4字"),
        ("\n违法事实：林", "违法事实第1字"),
    ],
)
def test_a_place_is_told_as_staff_find_it(value: str, told_as: str) -> None:
    assert where(decision(), value) == told_as


def test_of_several_parties_each_has_a_number() -> None:
    two = tuple(
        Party(kind=PartyKind.LEGAL_PERSON, name=RawText(name), representative=RawText(who))
        for name, who in (("春晖食品厂", "周慧敏"), ("秋实食品厂", "林木森"))
    )
    assert where(decision(parties=two, facts=RawText("")), "林木森") == "当事人2负责人第1至3字"


def test_every_hidden_place_has_kind_detector_evidence_article_and_confidence() -> None:
    items = explained(decision()).items
    assert [each.number for each in items] == list(range(1, len(items) + 1))
    assert len(items) >= 4
    for each in items:
        assert each.where
        assert each.confidence in {"确定", "很可能", "存疑"}
        assert all((each.entry.detector, each.entry.evidence, each.entry.placeholder))
        assert each.entry.basis.startswith("《")


def test_what_stays_has_its_reason_also_what_the_policy_publishes() -> None:
    stays = {(each.kind, each.reason): each for each in explained(decision()).stays}
    kinds = {kind for kind, _ in stays}
    assert {"文号", "法条", "法规名称", "自然人姓名"} <= kinds
    (party,) = (each for (kind, _), each in stays.items() if kind == "自然人姓名")
    assert party.reason.startswith("被处罚自然人，按制度公开（《")
    assert "当事人名称第1至3字" in party.where


def test_the_lines_hold_no_word_of_the_decision_but_its_number() -> None:
    lines = "\n".join(told(explained(decision())))
    assert "常综执罚决字〔2024〕第12号" in lines
    for value in ("林木森", "周慧敏", "林某", "周某", "1380570", "330822", "1990"):
        assert value not in lines


def test_the_lines_tell_the_verdict_its_reasons_and_the_doubt() -> None:
    strict = POLICY.__class__(
        **{name: getattr(POLICY, name) for name in POLICY.__slots__} | {"doubt_limit": -1}
    )
    given = decision()
    redaction = redact(given, strict, public_values=frozenset())
    why = trace(given, strict, public_values=frozenset())
    lines = list(told(explain(given, why, Verdict(redaction.doubts), strict)))
    assert "结论：待核" in lines
    assert any("制度允许 -1 处" in line for line in lines)
    assert "人工核对" in lines[-1]


def test_a_decision_with_nothing_in_it_is_explained_too() -> None:
    bare = decision(parties=(), facts=RawText(""), document=())
    lines = list(told(explained(bare)))
    assert "隐去 0 处" in lines
    assert "结论：予以公开" in lines
