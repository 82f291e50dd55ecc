"""A whole decision through the gate."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.cleared import FIXED_MASK, ClearedDecision, plain
from pipeline.domain.decision import Decision, Organ
from pipeline.domain.document import heading, paragraph, table
from pipeline.domain.party import OtherPerson, Party, PartyKind, Role
from pipeline.domain.protected import Category
from pipeline.domain.text import RawText
from pipeline.domain.verdict import Effect
from pipeline.policy.load import load_policy
from pipeline.redaction.redact import Redaction, redact
from pipeline.redaction.trace import trace

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
    given = decision("其身份证号：330822199001011234，住处电话13805701234。")
    result, told = redacted(given), trace(given, POLICY, public_values=frozenset())
    for printed in (repr(told), repr(result), str(told.hidden)):
        assert "3308221990" not in printed
        assert "13805701234" not in printed


@pytest.mark.parametrize("kind", list(PartyKind))
def test_only_organisations_keep_their_code(kind: PartyKind) -> None:
    party = Party(kind=kind, name=RawText("常山县春晖食品厂"), code="91330822MA2DABCD1X")
    cleared = redacted(decision("处罚如下。", parties=(party,))).cleared
    assert bool(cleared.parties[0].code) == (kind is not PartyKind.NATURAL_PERSON)


def test_the_home_address_of_a_person_is_cut_to_the_county_and_cleared_for_good() -> None:
    text = "张木森，男，1990年1月1日出生，住浙江省衢州市常山县天马街道新丰路12号，电话13805701234。"
    result = redacted(decision(text))
    assert "常山县" in shown(result.cleared)
    assert "天马街道" not in shown(result.cleared)
    assert "1990" not in shown(result.cleared)
    assert result.doubts == ()


def test_a_party_address_is_hidden_where_the_business_stands_at_home() -> None:
    party = Party(
        kind=PartyKind.NATURAL_PERSON,
        name=RawText("张木森"),
        address=RawText("浙江省常山县天马街道新丰路12号"),
        contacts=(RawText("05705012345"),),
    )
    given = decision("在常山县天马街道新丰路12号无证经营，联系0570 5012345。", parties=(party,))
    result = redacted(given)
    assert shown(result.cleared) == f"在常山县{FIXED_MASK}无证经营，联系{FIXED_MASK}。"
    assert plain(result.cleared.parties[0].name) == "张木森"
    assert {"天马街道新丰路12号", "05705012345"} <= result.hidden


def test_a_passage_that_a_reviewer_marked_is_hidden() -> None:
    given = decision("使用配方比例三比七。", protected=(RawText("配方比例三比七"),))
    assert shown(redacted(given).cleared) == f"使用{FIXED_MASK}。"


def test_case_numbers_statutes_codes_and_money_stay() -> None:
    text = (
        "常综执罚决字〔2024〕第12号，依据《中华人民共和国行政处罚法》第四十八条第一款，"
        "统一社会信用代码91330822MA2DABCD1X，罚款人民币壹万贰仟元整（12000元），"
        "缴至农业银行常山支行，账号19750101040012345，生产批号20240101。"
    )
    assert shown(redacted(decision(text)).cleared) == text
    assert len(trace(decision(text), POLICY, public_values=frozenset()).kept) >= 5


@pytest.mark.parametrize(
    ("title", "hidden"),
    [
        ("《关于周慧敏投诉事项的答复》", "周慧敏"),
        ("《常山县综合行政执法局关于周慧敏反映问题的函》", "周慧敏"),
        ("《处罚周慧敏（身份证号：330822199001011237）的决定》", "330822199001011237"),
        ("《责令停工（138 0570 1234）的通知》", "138 0570 1234"),
        ("《处理欧阳木木的决定》", "欧阳木木"),
        (
            "《中华人民共和国固\n公民身份号码：330822199001011237\n体废物污染环境防治法》",
            "199001011237",
        ),
    ],
)
def test_a_title_in_brackets_hides_what_it_says_of_somebody(title: str, hidden: str) -> None:
    witness = OtherPerson(name=RawText("欧阳木木"), role=Role.WITNESS)
    given = decision(f"本局作出{title}，依据《建筑设计防火规范》。", persons=(witness,))
    result = redacted(given)
    assert hidden not in shown(result.cleared)
    assert "《建筑设计防火规范》" in shown(result.cleared)


def test_more_doubt_than_the_policy_allows_holds_the_decision() -> None:
    text = "某某住所地：天马街道{}号。"
    doubtful = decision(*(text.format(n) for n in range(10, 90)))
    strict = replace(POLICY, doubt_limit=0)
    reasons = redact(doubtful, strict, public_values=frozenset()).doubts
    given = decision("处罚如下。")
    assert redact(given, strict, public_values=frozenset()).doubts == ()
    assert all(reason.effect is Effect.HOLD and reason.remedy for reason in reasons)


@pytest.mark.parametrize("name", ["林木森", "阿依古丽·买买提", "O", "高兴", "  林 木", "１２３"])
@pytest.mark.parametrize("kind", [PartyKind.LEGAL_PERSON, PartyKind.UNINCORPORATED])
def test_a_legal_representative_is_never_shown_where_the_pack_hides_it(
    name: str, kind: PartyKind
) -> None:
    party = Party(kind=kind, name=RawText("常山县春晖食品厂"), representative=RawText(name))
    cleared = redacted(decision("处罚如下。", parties=(party,))).cleared
    runs = cleared.parties[0].representative
    assert all(run.mask is Category.PERSON or not run.text.strip() for run in runs)
    assert any(run.basis for run in runs)


def test_the_operator_of_a_small_business_is_shown_where_the_pack_shows_it() -> None:
    party = Party(
        kind=PartyKind.INDIVIDUAL_BUSINESS,
        name=RawText("常山县李记餐饮店"),
        representative=RawText("李四海"),
    )
    cleared = redacted(decision("处罚如下。", parties=(party,))).cleared
    assert plain(cleared.parties[0].representative) == "李四海"
    assert plain(cleared.parties[0].name) == "常山县李记餐饮店"


def test_a_rule_that_the_policy_does_not_state_hides() -> None:
    silent = replace(POLICY, names={}, masks={})
    party = Party(kind=PartyKind.NATURAL_PERSON, name=RawText("林木森"))
    result = redact(
        decision("电话13805701234。", parties=(party,)), silent, public_values=frozenset()
    )
    assert FIXED_MASK in shown(result.cleared)
    assert "木森" not in plain(result.cleared.parties[0].name)
    assert all(basis for _, basis in result.cleared.masked)
