"""People without a full Chinese name: foreign ones, and those spoken of by a part of theirs."""

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
        ("教练卡斯帕罗说，训练照常。", ["卡斯帕罗"]),
        ("外籍教师贝尔纳多未办理就业许可。", ["贝尔纳多"]),
        ("后卫阿尔瓦雷、德莱尼和莫里托均到场。", ["阿尔瓦雷", "德莱尼", "莫里托"]),
        ("科兹洛娃表示认可。", ["科兹洛娃"]),
        ("总统卢塞里奥会见来宾。", ["卢塞里奥"]),
        ("证人津田正道的证言。", ["津田正道"]),
    ],
)
def test_a_foreign_name_is_found_by_its_sounds_and_its_place(
    text: str, expected: list[str]
) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "产品由阿尔巴尼亚、卢森堡和科威特进口，经莫斯科转运。",
        "该车为劳斯莱斯牌，载有巧克力、咖啡和摩托车配件。",
        "巴基斯坦代表团访问哈萨克斯坦。",
        "检出海洛因成分，查获麻古若干。",
        "该生为在读博士生，系青少年。",
        "哈哈哈，店员笑称没有此事。",
    ],
)
def test_countries_brands_and_substances_spelled_by_sound_stay(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("向李局长汇报后，张书记到场。", ["李局长", "张书记"]),
        ("经赵小姐、陈太太确认。", ["赵小姐", "陈太太"]),
        ("慧敏女士到场，志强师傅负责维修。", ["慧敏女士", "志强师傅"]),
        ("经询问，强哥说货已卖完。", ["强哥"]),
        ("黄说：“放心。”", ["黄"]),
        ("出面协商的除孔、刘两人外，均已离开。", ["孔", "刘"]),
        ("毒资交给阿中（另案处理）。", ["阿中"]),
        ("经“青豆”（身份不明）介绍购得。", ["青豆"]),
    ],
)
def test_people_spoken_of_without_a_full_name_are_found(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2015年任局长，后任书记。",
        "墨西哥、八哥、帅哥、表哥、大姐、老哥在场。",
        "各位先生、两位老人、党员同志均已通知。",
        "问：是否属实？答：属实。",
        "包、袋、箱三种包装；甲、乙两人。",
    ],
)
def test_titles_without_a_name_stay(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("司增礼，男，汉族，1970年3月生。", ["司增礼"]),
        ("被检查的有：林银和（女），初中文化。", ["林银和"]),
    ],
)
def test_a_name_before_the_sex_is_found_whatever_the_dictionary_makes_of_it(
    text: str, expected: list[str]
) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("证人有王强、管与、张欣悦。", ["王强", "管与", "张欣悦"]),
        ("下午，鲜志成、程如月、李长风到达。", ["鲜志成", "程如月", "李长风"]),
    ],
)
def test_rare_surnames_are_found_within_a_list(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("常山县周大福珠宝店被查。", []),
        ("地上约200余棵树被砍。", []),
        ("周恩林到现场，金仲平教授同行。", ["周恩林", "金仲平"]),
    ],
)
def test_what_stands_around_decides(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("服务员小美、传菜员阿芳在场。", ["小美", "阿芳"]),
        ("为14岁的少年小杰拔牙。", ["小杰"]),
        ("我和小宇、阿凯一起离开。", ["小宇", "阿凯"]),
        ("垃圾交由老吴头运走。", ["老吴头"]),
        ("被让行的行人为老太太吾银花。", ["吾银花"]),
        ("同案人吕某林，另案处理。", ["吕某林"]),
        ("货款付给“大头”（真名不详）。", ["大头"]),
        ("花名“阿豹”的男子离开。", ["阿豹"]),
    ],
)
def test_pet_names_and_half_hidden_names_are_found_whole(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "由浙江某某律师事务所代理。",
        "店员小声说话，老板小跑离开，工人小心搬运。",
        "老头子摊位前摆放小米、小白菜和小电驴。",
        "居民小区内的小超市、小餐饮和小作坊。",
        "张女士陪小孩在小店购物，小票已经丢失。",
    ],
)
def test_words_that_begin_like_a_pet_name_stay(text: str) -> None:
    assert [name for name in names(text) if name != "张女士"] == []
