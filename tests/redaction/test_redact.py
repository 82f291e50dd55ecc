"""A whole decision through the gate."""

from datetime import date

import pytest

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.cleared import FIXED_MASK, ClearedDecision, plain
from pipeline.domain.decision import Decision, Organ
from pipeline.domain.document import heading, paragraph, table
from pipeline.domain.party import Party, PartyKind
from pipeline.domain.protected import Category
from pipeline.domain.text import RawText
from pipeline.policy.load import load_policy
from pipeline.redaction.redact import Redaction, redact

POLICY = load_policy("changshan-2021")


def decision(*paragraphs: str, **fields: object) -> Decision:
    values: dict[str, object] = {
        "case_number": CaseNumber.parse("常综执罚决字〔2024〕第12号"),
        "organ": Organ("常山县综合行政执法局", "11330822MB1234567X"),
        "decided_on": date(2024, 3, 5),
        "parties": (
            Party(
                kind=PartyKind.LEGAL_PERSON,
                name=RawText("常山县春晖食品厂"),
                code="91330822MA2DABCD1X",
            ),
        ),
        "document": tuple(paragraph(RawText(text)) for text in paragraphs),
    }
    return Decision(**(values | fields))  # type: ignore[arg-type]


def redacted(given: Decision, *, public: frozenset[str] = frozenset()) -> Redaction:
    return redact(given, POLICY, public_values=public)


def shown(cleared: ClearedDecision) -> str:
    cells = [cell for block in cleared.document for row in block.rows for cell in row]
    return "\n".join(map(plain, cells))


def test_an_identifier_is_replaced_by_a_mask_of_fixed_width() -> None:
    result = redacted(decision("其身份证号：330822199001011234，处罚款500元。"))
    assert shown(result.cleared) == f"其身份证号：{FIXED_MASK}，处罚款500元。"
    assert "330822199001011234" in result.hidden
    assert result.doubts == ()


def test_a_number_split_over_two_paragraphs_is_masked_in_both() -> None:
    result = redacted(decision("联系电话：1380570", "1234"))
    assert "1380570" not in shown(result.cleared)
    assert "1234" not in shown(result.cleared)


def test_the_mask_names_its_article_and_the_legend_lists_the_kind() -> None:
    result = redacted(decision("联系电话：13805701234"))
    masks = [run for row in result.cleared.document[0].rows for run in row[0] if run.mask]
    assert [run.mask for run in masks] == [Category.PHONE]
    assert "第九条" in masks[0].basis
    assert [kind for kind, _ in result.cleared.masked] == [Category.PHONE]


def test_blocks_keep_their_kind_and_their_cells() -> None:
    grid = ((RawText("姓名"), RawText("电话")), (RawText("当事人"), RawText("13805701234")))
    given = decision(document=(heading(RawText("行政处罚决定书")), table(grid)))
    cleared = redacted(given).cleared
    assert [block.kind for block in cleared.document] == [block.kind for block in given.document]
    assert plain(cleared.document[1].rows[1][1]) == FIXED_MASK
    assert plain(cleared.document[1].rows[1][0]) == "当事人"


def test_a_public_value_of_the_settings_stays() -> None:
    text = "如有疑问请拨打13805701234。"
    assert FIXED_MASK in shown(redacted(decision(text)).cleared)
    kept = redacted(decision(text), public=frozenset({"13805701234"}))
    assert shown(kept.cleared) == text
    assert kept.hidden == frozenset()


def test_the_trace_and_the_reprs_hold_no_text() -> None:
    result = redacted(decision("其身份证号：330822199001011234，住处电话13805701234。"))
    for printed in (repr(result.trace), repr(result.doubts), str(result.trace.hidden)):
        assert "3308221990" not in printed
        assert "13805701234" not in printed


@pytest.mark.parametrize("kind", list(PartyKind))
def test_only_organisations_keep_their_code(kind: PartyKind) -> None:
    party = Party(kind=kind, name=RawText("常山县春晖食品厂"), code="91330822MA2DABCD1X")
    cleared = redacted(decision("处罚如下。", parties=(party,))).cleared
    assert bool(cleared.parties[0].code) == (kind is not PartyKind.NATURAL_PERSON)
