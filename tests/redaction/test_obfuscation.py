"""Every disguise of every kind of identifier: the whole value is hidden, and nothing beside it."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.domain.protected import Category
from pipeline.redaction.engine import detect
from pipeline.redaction.model import Known
from pipeline.redaction.resolve import resolve

_SPEC = importlib.util.spec_from_file_location(
    "obfuscation", Path(__file__).with_name("obfuscation.py")
)
assert _SPEC is not None
assert _SPEC.loader is not None
_OBFUSCATION = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_OBFUSCATION)
ANYWHERE, GAPS, NUMERIC = _OBFUSCATION.ANYWHERE, _OBFUSCATION.GAPS, _OBFUSCATION.NUMERIC
INVISIBLE = frozenset("\u202d\u202c\u0336\ufe0f")

VALUES = (
    (
        Category.ID_CARD,
        "330822199001011234",
        NUMERIC,
        ("身份证号：{}，", "（{}）在场", "经查{}系其"),
    ),
    (Category.ID_CARD, "33082219851203104X", NUMERIC, ("公民身份号码{}，", "（{}）在场")),
    (Category.ID_CARD, "330822850312123", NUMERIC, ("身份证号码为{}。", "（{}）在场")),
    (Category.PHONE, "13805701234", NUMERIC, ("联系电话：{}，", "（{}）", "其手机{}已停机")),
    (Category.PHONE, "05705012345", NUMERIC, ("联系电话：{}。", "（{}）在场")),
    (Category.PHONE, "4008001234", ANYWHERE, ("拨打{}。",)),
    (Category.BANK_ACCOUNT, "6222021208001234567", NUMERIC, ("卡号{}的账户", "转入{}内")),
    (Category.BANK_ACCOUNT, "4392250012345678", NUMERIC, ("账号：{}，",)),
    (
        Category.BANK_ACCOUNT,
        "201000123456789",
        NUMERIC,
        ("账户为{}。", "开户行：某银行，账号：{}，"),
    ),
    (Category.BANK_ACCOUNT, "12030045", NUMERIC, ("账号为{}。",)),
    (Category.SOCIAL_ACCOUNT, "1203004512", NUMERIC, ("QQ号：{}，", "微信号{}。")),
    (Category.PLATE, "浙H12345", ANYWHERE | GAPS, ("驾驶{}小型轿车", "（{}）")),
    (Category.PLATE, "浙HD12345", ANYWHERE | GAPS, ("驾驶{}号货车", "车牌号：{}，")),
    (Category.CERTIFICATE, "E12345678", NUMERIC, ("护照号码：{}，",)),
    (Category.CERTIFICATE, "H12345678", NUMERIC, ("港澳居民来往内地通行证{}。",)),
    (Category.CERTIFICATE, "33080123456", NUMERIC, ("执法证号：{}，",)),
    (Category.EMAIL, "lin.mu88@example.com", ANYWHERE, ("邮箱：{}，", "发送至{}。")),
    (
        Category.ADDRESS_HOME,
        "浙江省衢州市常山县天马街道新丰路12号3幢2单元501室",
        ANYWHERE,
        ("住址：{}，", "，住{}。"),
    ),
    (Category.PROPERTY, "浙（2021）常山县不动产权第0001234号", ANYWHERE, ("持有{}。",)),
)

CASES = [
    pytest.param(category, context, value, disguises, id=f"{category}-{number}-{place}")
    for number, (category, value, disguises, contexts) in enumerate(VALUES)
    for place, context in enumerate(contexts)
]


@pytest.mark.parametrize(("category", "context", "value", "disguises"), CASES)
def test_a_disguised_identifier_is_hidden_whole_and_alone(
    category: Category, context: str, value: str, disguises: dict[str, Callable[[str], str]]
) -> None:
    failed = {
        name: fault
        for name, disguise in disguises.items()
        if (fault := _fault(category, context, disguise(value)))
    }
    assert failed == {}


def _fault(category: Category, context: str, disguised: str) -> str:
    text = "经查明，" + context.format(disguised) + "处罚款五百元。"
    start = text.index(disguised)
    end = start + len(disguised)
    findings = resolve(detect(text, Known()).findings)
    covered = {at for f in findings for at in range(f.span.start, f.span.end)}
    if not {at for at in range(start, end) if text[at] not in INVISIBLE} <= covered:
        return "not whole"
    if not covered <= set(range(start, end)):
        return "not alone"
    return "" if category in {finding.category for finding in findings} else "another kind"
