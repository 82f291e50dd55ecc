"""What looks like a name and stays."""

import pytest

from pipeline.domain.party import PartyKind
from pipeline.domain.protected import Finding
from pipeline.redaction.model import Kept, Known, KnownParty, NormalText
from pipeline.redaction.names import NAMES


def names(text: str, known: Known | None = None) -> list[str]:
    found = NAMES.find(NormalText(text), known or Known(), ())
    return [text[one.span.start : one.span.end] for one in found if isinstance(one, Finding)]


@pytest.mark.parametrize(
    "text",
    [
        "王守义十三香调味品集团有限公司供货。",
        "现场销售张小泉牌剪刀二十把。",
        "王某记烧烤店、李记餐饮店位于该路段。",
        "丰县李家巷、江苏路、白云区、和平路步行街、万科花园。",
        "冰箱内有牛肉、高粱酒、方便面、金枪鱼、白酒、黄瓜、马铃薯、包子。",
        "根据《中华人民共和国食品安全法》第五条的规定，决定给予警告。",
        "依据桂政发〔2004〕1号文件执行。",
        "罚款人民币25万元整，限十五日内缴纳。",
        "被害人陈述、证人证言、银行卡、许可证、支付宝转账记录。",
        "当事人应当自收到本决定书之日起十五日内履行。",
        "成品油、应急管理、安全生产、管理人员、经营场所、方式方法。",
        "对当事人陈述申辩意见予以采纳，当事人放弃陈述申辩权利。",
        "罚款人民币陆仟元整，合计壹万伍仟元，加处伍仟元罚款。",
        "常综执罚决字〔2024〕第12号，占用人行道堆放物料，占用面积十平方米。",
        "对当事人、房东的询问笔录，对现场负责人、员工制作询问笔录。",
        "员工宿舍、食堂、仓库均未发现；患者病历、处方笺；顾客钱款、项链遗失。",
        "负责人方面表示同意，安全员水平有限，联系好后二人离开。",
        "由该公司经理负责公司全面工作，公司没有投资。",
        "店内有江山牌钢笔、和平牌自行车，住江山市城南，途经和平路。",
        "德吉村、山田土壤改良剂、松下电器、丰田汽车。",
        "该女士、这位先生、老先生、多位女士在场，某日于某处。",
        "如不服本决定，可以依法申请行政复议或者提起行政诉讼。",
        "对面“李宁”专卖店、“张小泉刀剪”专卖店和“陈克明”挂面柜台。",
        "消费者App下单，用户Email已登记，当事人Apple手机一部，客户Vip卡，在Nike专柜检查。",
        "品 名：白 砂 糖 、安 赛 蜜；规 格 型 号：无",
        "途经杭金衢高速公路，由保姆背出，经营烤肠、胡辣汤、杨枝甘露、烧仙草。",
        "当事人：常山县\n同福超市，负责人：略",
        "消费者“小票”丢失，“大礼包”未兑现，经营者“大酬宾”广告。",
        "当事人：常山县某某超市，地址：常山县天马街道。法定代表人由金华市某某公司委派。",
        "“金龙鱼”牌大豆油、“李锦记”蚝油、“王老吉”凉茶、“张裕”葡萄酒、“周黑鸭”鸭脖、“徐福记”酥糖。",
        "抽检项目为金黄色葡萄球菌、沙门氏菌、黄曲霉毒素、苏丹红、柠檬黄、安赛蜜。",
        "种植胡柚、马铃薯、方竹笋、黄秋葵、白术、元胡、贝母、毛豆、石斛共计120亩。",
        "当事人销售的黄芪、柴胡、麦冬、何首乌、女贞子、川贝母等中药饮片未标明产地。",
        "位于高家村、樊家村、孔家弄、余家坞、文峰塔、金川门、万寿寺附近，毗邻向阳幼儿园。",
        "扣押方管三根、石英砂五吨、高炉渣两车，经抽样检验石粉不合格、石浆合格。",
        "在顺德、奉贤、隆尧、秦皇岛、张家港、齐齐哈尔等地施工，途经肖庄村、董冲村、王胜村。",
        "福建籍，2025年毕业于某医学院，和某公司签约，向某单位供货。",
        "供货方为华强方特（深圳）动漫有限公司、周大生（浙江）珠宝有限公司。",
        "经营“叶罗丽”娃娃、“孙悟空”面具、“哪吒”玩偶和“熊大”水杯。",
        "木糖醇、麦芽糖醇、阿拉伯胶、单甘酯、姜黄素、高粱红、栀子黄、罗汉果甜苷等未分区存放。",
        "取水口位于金源溪、马车溪、龙绕溪汇合处。",
        "审核：同意，批准：于三日内办结，校对：无误。",
        "倒车雷达一套，白玉兰三株，员工凌晨离开，货架陈列有黄芪、白术。",
        "现场种有红叶石楠、金边黄杨、杜英、杨梅、柏木、马尾松、雷竹、龙柏、黄山栾树、白玉兰。",
        "“谢瑞麟牌”吊坠、“范思哲”眼镜、“李维斯”牛仔裤、“陈克明”面条、“史云生”鸡汤。",
    ],
)
def test_words_places_goods_and_organisations_stay(text: str) -> None:
    assert names(text) == []


def test_the_name_of_a_punished_company_stays_and_is_reported_as_kept() -> None:
    company = "苏州王小二餐饮有限公司"
    text = f"当事人：{company}。{company}未取得许可。老字号“王小二”被冒用。"
    known = Known(parties=(KnownParty(company, PartyKind.LEGAL_PERSON),))
    found = list(NAMES.find(NormalText(text), known, ()))
    assert [one for one in found if isinstance(one, Finding)] == []
    kept = [one for one in found if isinstance(one, Kept)]
    assert {text[one.span.start : one.span.end] for one in kept} >= {company}
    assert all(one.detector == "names" and one.reason for one in kept)


def test_protected_stretches_are_not_touched() -> None:
    text = "见（2017）赵铁柱号。证人赵铁柱称其不知情。"
    start = text.index("赵")
    found = NAMES.find(NormalText(text), Known(), ((start, start + 3),))
    assert [one.span.start for one in found if isinstance(one, Finding)] == [text.rindex("赵")]


def test_a_sole_trader_under_a_shop_name_is_no_person() -> None:
    known = Known(parties=(KnownParty("旺旺小吃店", PartyKind.INDIVIDUAL_BUSINESS),))
    assert names("当事人旺旺小吃店被查。", known) == []


def test_a_sole_trader_under_the_name_of_its_operator_is_one() -> None:
    known = Known(parties=(KnownParty("韩莉德", PartyKind.INDIVIDUAL_BUSINESS),))
    assert names("当事人韩莉德被查。", known) == ["韩莉德"]
