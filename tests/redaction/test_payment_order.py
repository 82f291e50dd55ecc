"""The treasury's account and the bureau's telephone stay; anybody else's is hidden."""

import pytest

from pipeline.redaction.engine import detect
from pipeline.redaction.model import Known

ACCOUNT, CARD, LAND = "4405544230647663647", "6228488857776465093", "0570-5077772"


def _hidden(text: str) -> list[str]:
    return [text[f.span.start : f.span.end] for f in detect(text, Known()).findings]


@pytest.mark.parametrize(
    "text",
    [
        f"决定处罚款13000元。\n缴款账号：{ACCOUNT}（常山农商银行，户名：常山县财政局）。",
        f"缴纳方式：中国农业银行常山支行，账号{ACCOUNT}。",
        f"收款银行：中国建设银行衢州分行，户名：衢州市财政局，账号：{ACCOUNT}。",
        f"将罚款缴至代收银行（账号：{ACCOUNT}）。",
        f"缴至中国农业银行常山支行，账号{ACCOUNT}，到期不缴每日加处罚款。",
        f"缴款账号：{ACCOUNT}。联系电话：{LAND}。",
        f"缴款账号：{ACCOUNT}。联系人：法规科，电话：{LAND}。",
    ],
)
def test_what_a_payment_order_names_stays(text: str) -> None:
    assert _hidden(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"堂弟到场称愿意代为缴款，并提供银行卡{CARD}。", CARD),
        (f"赔偿款打入其个人账户{ACCOUNT}。", ACCOUNT),
        (f"罚款已缴纳。当事人的工资账号为{ACCOUNT}。", ACCOUNT),
        (f"货款汇入该公司账户，账号{ACCOUNT}。", ACCOUNT),
        (f"缴款账号：{ACCOUNT}。当事人联系电话：{LAND}。", LAND),
        (f"投诉人家中电话：{LAND}。", LAND),
    ],
)
def test_what_belongs_to_somebody_is_hidden(text: str, value: str) -> None:
    assert any(value in found for found in _hidden(text))


@pytest.mark.parametrize(
    "phrase", ["患有高血压和糖尿病", "患乙型肝炎多年", "确诊抑郁症", "怀孕七个月", "系二级肢体残疾"]
)
def test_the_health_of_a_named_patient_is_hidden(phrase: str) -> None:
    text = f"该诊所为患者柯伟强治疗。患者柯伟强{phrase}；患者许花系其妹。"
    assert any(phrase in found for found in _hidden(text))


@pytest.mark.parametrize(
    "text",
    [
        "该药品说明书载明患者应当遵医嘱服用。",
        "擅自向高血压患者推销保健食品。",
        "未取得医师资格为患者诊疗。",
    ],
)
def test_patients_in_general_are_nobody(text: str) -> None:
    assert _hidden(text) == []
