"""Names below the headings of a table, though they be words; goods below other headings stay."""

import pytest

from pipeline.domain.protected import Finding
from pipeline.redaction.model import Known, NormalText
from pipeline.redaction.names import NAMES


def names(text: str) -> list[str]:
    found = NAMES.find(NormalText(text), Known(), ())
    return [text[one.span.start : one.span.end] for one in found if isinstance(one, Finding)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("序号\t姓名\t工种\n1\t包容\t缝纫\n2\t易拉\t整烫", ["包容", "易拉"]),
        ("| 班级 | 学生姓名 | 家长 |\n| 二班 | 许诺 | 江美华 |", ["许诺", "江美华"]),
        ("驾驶员\t数量\t收款人\n石头\t29.9\t向日葵", ["石头", "向日葵"]),
        ("序号\t姓名\t签名\n1\t温暖", ["温暖"]),
        ("姓    名：钱 程    工作单位：无", ["钱 程"]),
        ("另有留学生Maria Santos、John Smith未登记。", ["Maria Santos", "John Smith"]),
        ("问：叫什么名字？答：我叫甘甜，小名甜甜。", ["甘甜", "甜甜"]),
    ],
)
def test_forms_and_tables_name_people(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "品名\t规格\t产地\n方管\t40*40\t唐山\n石英\t20目\t凤阳",
        "姓名\t年龄\n合计\t2\n\n品名\t数量\n黄瓜\t12",
        "姓名\t性别\n不详\t男\n",
        "驾驶员\t车况\n\n货物\t数量\n白云石\t30",
        "| 项目 | 单位 |\n| 石材 | 吨 |",
        "型  号：方 管    等  级：合 格",
        "品牌Louis Vuitton、Hugo Boss的仿品。",
    ],
)
def test_other_columns_stay(text: str) -> None:
    assert names(text) == []
