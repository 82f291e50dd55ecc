"""The whole document agrees: who is who, later forms, one mask a person."""

import pytest

from pipeline.domain.protected import Finding
from pipeline.redaction.model import Known, KnownParty, NormalText
from pipeline.redaction.names import NAMES


def labels(text: str, known: Known | None = None) -> list[tuple[str, str]]:
    found = NAMES.find(NormalText(text), known or Known(), ())
    return [
        (text[one.span.start : one.span.end], one.label)
        for one in found
        if isinstance(one, Finding)
    ]


def test_a_name_found_once_is_found_everywhere() -> None:
    text = "证人卯大琦陈述属实。后查明卯大琦曾到过现场，车内有卯大琦衣物。"
    assert [name for name, _ in labels(text)] == ["卯大琦"] * 3


HIS = "银行账户 公司宿舍 学校宿舍 医院住院部 住院号 门诊号 工号 房间号 店内 摊位 超市内 花园"


@pytest.mark.parametrize("his", HIS.split())
def test_what_is_somebodys_is_not_named_after_him(his: str) -> None:
    text = f"患者蒋阿土（男）就诊。经核对，蒋阿土{his}已登记。"
    assert [name for name, _ in labels(text)] == ["蒋阿土"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "业主蒋阿土（男）到场。天马街道蒋阿土住院号属实。",
        "雇员古丽娜尔（回族）到场。经核对，古丽娜尔住院号属实。",
        "证人王伟到场。王伟大声制止。",
    ],
)
def test_a_name_that_a_word_runs_into_is_hidden_too(text: str) -> None:
    first, second = (name for name, _ in labels(text))
    assert first == second


def test_organisations_named_after_somebody_of_the_text_stay() -> None:
    text = "经营者郑德明称，常山县郑德明餐馆、郑德明食品厂和“郑德明”面馆均系其开办。"
    assert [name for name, _ in labels(text)] == ["郑德明"]


def test_two_people_never_share_a_mask_and_one_never_has_two() -> None:
    text = "证人张伟称其在场。张伟说，张伟明没有到场。张伟明的证言不实。证人李静签名。"
    assert labels(text) == [
        ("张伟", "张某1"),
        ("张伟", "张某1"),
        ("张伟明", "张某2"),
        ("张伟明", "张某2"),
        ("李静", "李某"),
    ]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("证人周慧敏陈述属实。后周女士签名。", "周女士"),
        ("证人周慧敏陈述属实。小周说不清楚。", "小周"),
        ("证人周慧敏陈述属实。老周说不清楚。", "老周"),
        ("证人周慧敏陈述属实。慧敏说不清楚。", "慧敏"),
        ("证人周慧敏陈述属实。阿敏说不清楚。", "阿敏"),
        ("证人周慧敏陈述属实。周某说不清楚。", "周某"),
        ("证人周慧敏陈述属实。周某某说不清楚。", "周某某"),
        ("证人周慧敏陈述属实。据查，周曾到过现场。", "周"),
        ("证人周慧敏陈述属实。显示周女士于13时离岗。", "周女士"),
        ("证人周慧敏陈述属实。慧敏的堂弟到场。", "慧敏"),
    ],
)
def test_a_later_form_is_tied_to_its_person(text: str, form: str) -> None:
    assert labels(text) == [("周慧敏", "周某"), (form, "周某")]


@pytest.mark.parametrize("form", ["汤先生", "老狐", "小狐", "狐某"])
def test_a_rare_surname_of_the_document_has_its_forms(form: str) -> None:
    name = "汤军帆" if form[0] == "汤" else "狐晓燕"
    text = f"证人：{name}，男。后{form}提供了照片。"
    assert [found for found, _ in labels(text)] == [name, form]


def test_a_form_without_a_full_name_is_hidden_by_itself() -> None:
    assert labels("投诉人周女士反映噪声扰民，老李参与了搬运。") == [
        ("周女士", "周某"),
        ("老李", "李某"),
    ]


def test_a_nickname_in_quotes_is_a_name() -> None:
    assert ("大头", "大某") in labels("绰号“大头”的男子逃离。")


def test_a_masked_name_is_not_guessed_to_be_one_of_several() -> None:
    found = dict(labels("证人王小虎、王大龙到场。王某甲签名。"))
    assert len(set(found.values())) == 3


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("欧阳慧敏", "欧阳某"),
        ("买买提·吐尔逊", "买某"),
        ("JOHN SMITH", "J某"),
        ("李四光", "李某"),
    ],
)
def test_a_mask_shows_the_surname_or_the_first_character(name: str, label: str) -> None:
    assert labels(f"证人：{name}，男。") == [(name, label)]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("证人王强称其在场。后王\n强签名。", "王\n强"),
        ("证人王强称其在场。后王  强签名。", "王  强"),
        ("执法人员牛建国检查。执法人员牛建\n国签名。", "牛建\n国"),
    ],
)
def test_a_known_name_is_found_across_blanks_and_line_ends(text: str, broken: str) -> None:
    found = labels(text)
    assert found[1][0] == broken
    assert found[0][1] == found[1][1]


def test_padded_names_are_found_in_forms() -> None:
    assert labels("负责人：王  伟，陈 建 国。") == [("王  伟", "王某"), ("陈 建 国", "陈某")]


def test_a_name_broken_by_the_end_of_a_full_line_is_found() -> None:
    text = "根据举报，本局于当日对该店进行现场检查，检查时发现证人赵铁\n柱称其不知情。"
    assert [name for name, _ in labels(text)] == ["赵铁\n柱"]


def test_traditional_characters_are_the_same_person() -> None:
    text = "證人陳偉稱不知情。陈伟签名。"
    assert labels(text) == [("陳偉", "陈某"), ("陈伟", "陈某")]


def test_a_told_party_is_found_in_traditional_characters() -> None:
    found = NAMES.find(NormalText("當事人張強在場。"), Known(parties=(KnownParty("张强"),)), ())
    assert [one.whose for one in found if isinstance(one, Finding)] == ["PARTY"]


def test_masks_do_not_link_across_documents() -> None:
    first = labels("证人张伟称其在场。证人张丽签名。")
    second = labels("证人张丽签名。")
    assert dict(first)["张丽"] == "张某2"
    assert dict(second)["张丽"] == "张某"


def test_the_same_text_has_the_same_findings() -> None:
    text = "证人张伟、李静夫妇及其子张小宝称，老李、周女士参与。"
    assert labels(text) == labels(text)
