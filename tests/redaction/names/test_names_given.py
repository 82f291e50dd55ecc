"""Given names that stand alone, forms without a given name, and names from elsewhere."""

import pytest

from pipeline.domain.party import PartyKind
from pipeline.domain.protected import Finding
from pipeline.redaction.model import Known, KnownParty, NormalText
from pipeline.redaction.names import NAMES


def names(text: str, known: Known | None = None) -> list[str]:
    found = NAMES.find(NormalText(text), known or Known(), ())
    spans = [one.span for one in found if isinstance(one, Finding)]
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("那天很晚。慧敏已回到店里。", ["慧敏"]),
        ("慧敏和秀兰在厨房。", ["慧敏", "秀兰"]),
        ("老师接送佳佳。", ["佳佳"]),
        ("他陪着小慧敏，直到晚上。", ["小慧敏"]),
        ("感谢胡总的支持。", ["胡总"]),
        ("只有杜氏具有钥匙。", ["杜氏"]),
        ("本店客户赵小姐来过。", ["赵小姐"]),
    ],
)
def test_people_are_found_without_a_full_name(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("财政部长安德烈·科瓦奇到访。", ["安德烈·科瓦奇"]),
        ("顾问罗伯特·麦克雷日前到访。", ["罗伯特·麦克雷"]),
        ("作家比尔.盖尔曼到场。", ["比尔.盖尔曼"]),
        ("后卫尤尔塔奇、门将在场。", ["尤尔塔奇"]),
        ("日前，野村康道特意前来。", ["野村康道"]),
        ("证人朴成哲称其不知情。", ["朴成哲"]),
        ("证人迟秀兰称其不知情。", ["迟秀兰"]),
    ],
)
def test_names_from_elsewhere_are_found_whole(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_firm_that_has_a_given_name_stays() -> None:
    firm = Known(parties=(KnownParty("慧敏食品有限公司", PartyKind.LEGAL_PERSON),))
    assert names("慧敏已注销。", firm) == []
    assert names("慧敏已注销，慧敏公司不服。") == []
    assert names("“慧敏”牌饮料。慧敏已注销。") == []


@pytest.mark.parametrize(
    "text", ["李氏烤鱼店被查。", "杜氏家族的祠堂。", "天天营业。", "店内有高粱酒、白酒、啤酒。"]
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert names(text) == []
