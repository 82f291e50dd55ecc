"""Which names are found, whose they are and how they are bordered."""

import pytest

from pipeline.domain.party import PartyKind, Role
from pipeline.domain.protected import Category, Confidence, Finding
from pipeline.redaction.model import Known, KnownParty, KnownPerson, NormalText
from pipeline.redaction.names import NAMES


def findings(text: str, known: Known | None = None) -> list[Finding]:
    found = NAMES.find(NormalText(text), known or Known(), ())
    return [one for one in found if isinstance(one, Finding)]


def names(text: str, known: Known | None = None) -> list[str]:
    return [text[one.span.start : one.span.end] for one in findings(text, known)]


def whose(text: str, known: Known | None = None) -> dict[str, str]:
    return {text[one.span.start : one.span.end]: one.whose for one in findings(text, known)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("经查，证人赵铁柱称其不知情。", ["赵铁柱"]),
        ("投诉人钱小荷反映夜间噪声。", ["钱小荷"]),
        ("对孙志远的询问笔录一份。", ["孙志远"]),
        ("李秋菊陈述，该批货物系其购买。", ["李秋菊"]),
        ("周大勇、吴秀兰夫妇及其子周小宝居住在此。", ["周大勇", "吴秀兰", "周小宝"]),
        ("驾驶人郑海涛，男，1980年3月2日生。", ["郑海涛"]),
        ("现场负责人冯月（身份证号：略）在场。", ["冯月"]),
        ("姓名：何苗\n性别：女\n", ["何苗"]),
        ("其妻沈玉梅在店内。", ["沈玉梅"]),
        ("原告韩莉德曾多次催告。", ["韩莉德"]),
        ("2024年5月3日韩莉德将货物运走。", ["韩莉德"]),
        ("韩莉德主任、钱小荷校长均在场。", ["韩莉德", "钱小荷"]),
        ("参加人有韩莉德、钱立以、朱志伯、孙志远。", ["韩莉德", "钱立以", "朱志伯", "孙志远"]),
        ("与钱小荷所在公司签订合同。", ["钱小荷"]),
        ("其母亲钱小荷身患肺病。", ["钱小荷"]),
    ],
)
def test_a_role_or_an_act_gives_a_name_away(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("证人欧阳慧敏、司徒明均在场。", ["欧阳慧敏", "司徒明"]),
        ("证人兀良、仝卓签名。", ["兀良", "仝卓"]),
        ("证人时光陈述：“我看见了。”", ["时光"]),
        ("对证人成功的询问笔录。", ["成功"]),
        ("其丈夫买买提·吐尔逊负责经营。", ["买买提·吐尔逊"]),
        ("雇员阿依古丽在场。", ["阿依古丽"]),
        ("见证人：次仁拉姆。", ["次仁拉姆"]),
        ("店长娜仁其木格、收银员巴图尔在场。", ["娜仁其木格", "巴图尔"]),
        ("证人扎西多吉称其在场。", ["扎西多吉"]),
        ("证人高桥健二的证言。", ["高桥健二"]),
        ("店长江山、收银员常青在场。", ["江山", "常青"]),
        ("由一名叫方圆的业务员送来。", ["方圆"]),
        ("安全员全胜不在岗。", ["全胜"]),
        ("仓库管理员江山的健康证已过期。", ["江山"]),
        ("以上有对时光、牛建国的调查询问笔录为证。", ["时光", "牛建国"]),
        ("外籍人员约翰·史密斯未登记。", ["约翰·史密斯"]),
        ("委托代理人：JOHN SMITH，男。", ["JOHN SMITH"]),
        ("外国人Michael Johnson，男，未登记住宿。", ["Michael Johnson"]),
        (
            "投诉人J. Smith（美国籍）到场，外国人NGUYEN VAN AN从事翻译。",
            ["J. Smith", "NGUYEN VAN AN"],
        ),
        ("租客Mike、Lucy离开，翻译Anna陪同。", ["Mike", "Lucy", "Anna"]),
    ],
)
def test_unusual_names_are_found_whole(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "group"),
    [
        ("执法人员牛建国（执法证号：01）检查。", "牛建国", "OFFICER"),
        ("执法人员牛建国、谢芳进行检查。", "谢芳", "OFFICER"),
        ("承办人：尉迟恭、房玄龄", "房玄龄", "OFFICER"),
        ("法定代表人：马云飞。", "马云飞", "LEGAL_REPRESENTATIVE"),
        ("法定代表人（负责人）：马云飞。", "马云飞", "LEGAL_REPRESENTATIVE"),
        ("某店（经营者：韩莉德）被查。", "韩莉德", "OPERATOR"),
        ("被处罚人：秦观澜", "秦观澜", "PARTY"),
        ("证人赵铁柱称其不知情。", "赵铁柱", "OTHER"),
    ],
)
def test_the_role_says_whose_name_it_is(text: str, name: str, group: str) -> None:
    assert whose(text)[name] == group


def test_the_punished_person_is_told_apart_in_all_forms() -> None:
    text = "当事人高兴在场。高兴称不知情，证人高小兰陈述属实。高兴签名。"
    known = Known(parties=(KnownParty("高兴"),))
    assert whose(text, known) == {"高兴": "PARTY", "高小兰": "OTHER"}
    assert names(text, known).count("高兴") == 3


def test_a_role_alone_makes_no_party_when_the_parties_are_known() -> None:
    text = "当事人：秦观澜。"
    known = Known(parties=(KnownParty("苏州某某餐饮有限公司", PartyKind.LEGAL_PERSON),))
    assert whose(text, known) == {"秦观澜": "OTHER"}


def test_told_people_are_certain_and_keep_their_role() -> None:
    text = "当日由明白到场，明白签名。"
    known = Known(persons=(KnownPerson("明白", Role.OFFICER),))
    found = findings(text, known)
    assert [(one.whose, one.confidence) for one in found] == [("OFFICER", Confidence.CERTAIN)] * 2


def test_a_finding_says_how_it_was_found_and_never_whom() -> None:
    (found,) = findings("证人赵铁柱称其不知情。")
    assert found.category is Category.PERSON
    assert found.detector == "names"
    assert "赵铁柱" not in repr(found)
    assert found.evidence


def test_spans_are_those_of_the_original() -> None:
    text = NormalText("证人赵铁柱称", (0, 1, 3, 5, 7, 8, 9))
    (found,) = (one for one in NAMES.find(text, Known(), ()) if isinstance(one, Finding))
    assert (found.span.start, found.span.end) == (3, 8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一人自称“赵国强”眼镜店员工。", ["赵国强"]),
        ("保安队长老魏到场劝阻，证人常某某称其在场。", ["老魏", "常某某"]),
        ("授课教师：高峰（教师，男）。", ["高峰"]),
        (
            "送达人：聂 远、甘 露\n拒收事由：无\n见证人：社区网格员 温 和",
            ["聂 远", "甘 露", "温 和"],
        ),
        ("女婿姓操，叫操建军。", ["操建军"]),
        ("（法定代表人：占有福）。村支书汤水根、河长到场。", ["占有福", "汤水根"]),
        ("系安徽省临泉县人时光辉，公民身份号码略。", ["时光辉"]),
        ("车上乘客方向、安然、高远航等21人。", ["安然", "高远航"]),
        ("同学“小胖”到场，朋友“飞哥”介绍。", ["小胖", "飞哥"]),
        ("证人陈克明称，员工王守义、张小泉到场。", ["陈克明", "王守义", "张小泉"]),
        ("投诉人王秀岭反映，李敬庄称其在场。", ["王秀岭", "李敬庄"]),
        ("证人孙家桥、马大姐、徐长卿的证言。", ["孙家桥", "马大姐", "徐长卿"]),
        ("经查，陈克明将货物运走。", ["陈克明"]),
        ("检验员：方圆，批准：高峰。", ["方圆", "高峰"]),
        ("审核人：毛竹；记录：江山", ["毛竹", "江山"]),
        ("执法人员钱小荷、高兴当场制作笔录。", ["钱小荷", "高兴"]),
        ("北至汪柏松房屋，东邻徐水生菜地，西邻水塘，南至村道。", ["汪柏松", "徐水生"]),
        ("雇佣阿力木江·吐尔逊二人加工。", ["阿力木江·吐尔逊"]),
        ("证人毛志强到场。店员称：“去年志强答应装设备。”", ["毛志强", "志强"]),
        ("经查，白玉兰称其不知情，雷达签字确认。", ["白玉兰", "雷达"]),
        ("证人凌晨称其在场，投诉人陈列反映噪声。", ["凌晨", "陈列"]),
        ("品种由王强、李明、赵四海、孙五妹选定。", ["王强", "李明", "赵四海", "孙五妹"]),
        ("种植户：王强、李明、赵四海、孙五妹。", ["王强", "李明", "赵四海", "孙五妹"]),
        ("种植王强、李明、赵四海、孙五妹家的地。", ["王强", "李明", "赵四海", "孙五妹"]),
        ("配料：王强、李明、赵四海、孙五妹。", ["王强", "李明", "赵四海", "孙五妹"]),
    ],
)
def test_fields_lists_and_neighbours_give_a_name_away(text: str, expected: list[str]) -> None:
    assert names(text) == expected
