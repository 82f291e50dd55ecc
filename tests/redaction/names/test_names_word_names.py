"""People who are called like things are found after roles; the things stay."""

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
        ("上述车辆由电工马力驾驶。", ["马力"]),
        ("经理应时陪同检查。应时陈述：“没有。”", ["应时", "应时"]),
        ("由女婿谈笑包装，谈笑供述系其印制。", ["谈笑", "谈笑"]),
        ("投诉人王秀岭、检验员王合格签字，李敬庄在场。", ["王秀岭", "王合格", "李敬庄"]),
        ("检验员王合格签字。", ["王合格"]),
        ("电工余生安陈述，线路由其铺设。", ["余生安"]),
        ("美容师丁香误以为已办理。", ["丁香"]),
        ("班长江山让钱小荷临时顶岗。", ["江山", "钱小荷"]),
        ("患者万里、覃火等人在场。", ["万里", "覃火"]),
        ("执法人员江南、高扬巡查至此。", ["江南", "高扬"]),
        ("施工员郑州、资料员常熟、材料员钱塘的社保均未缴纳。", ["郑州", "常熟", "钱塘"]),
        ("申诉人向荣、包容、包涵等三人到场。", ["向荣", "包容", "包涵"]),
        ("值班员常青、方言二人均未持证。", ["常青", "方言"]),
        ("高峰（消防控制室值班员）称不清楚。", ["高峰"]),
        ("毛竹系该店业务员，江山是本店收银员。", ["毛竹", "江山"]),
        ("厨师向贵州、配菜员罗三妹在场。向贵州说：“没有。”", ["向贵州", "罗三妹", "向贵州"]),
        ("船上有方大毛、方二毛三人。方大毛交代属实。", ["方大毛", "方二毛", "方大毛"]),
        ("车间主任琚华没有复核，柚农琚根财供货。", ["琚华", "琚根财"]),
    ],
)
def test_a_word_after_a_role_is_a_name_where_somebody_acts(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "员工宿舍、食堂均未发现异常，管理人员应急、安全知识不足。",
        "从业人员健康、卫生状况良好，员工花名册、工资表齐全。",
        "向当事人采购毛竹、黄杨、石英，翻译文件一份。",
        "经营者权利、消费者权益受到保护，客户利益受损。",
        "施工人员安全帽、安全绳未佩戴，作业人员文明施工。",
        "驾驶员高速行驶，司机方向盘失控，员工凌晨离开。",
        "业主车库被占，厨师金针菇、牛肉未分开，顾客钱包遗失。",
        "上诉人、原审被告人均到庭，检察院指控原审被告人。",
        "对卖淫小姐管理和培训，工作人员管理小姐。",
        "高温（从业人员）津贴，石材（供应商）清单，项目是本地居民，金额系该店员工。",
    ],
)
def test_things_said_after_a_role_stay(text: str) -> None:
    assert names(text) == []
