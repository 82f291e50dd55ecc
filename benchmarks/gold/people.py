"""Invented people: names of every sort that decisions hold."""

import random
from dataclasses import dataclass

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤柴祝诸阮柯占翁樊鲁"
)
COMPOUND = ("欧阳", "上官", "司马", "诸葛", "皇甫", "东方", "尉迟", "令狐", "夏侯", "公孙")
MALE = (
    "伟强磊军勇杰涛明超刚平辉鹏华飞斌波宇浩凯健俊帆帅旭宁龙林欢阳建国志文海永世广安才良民新利清仁昌荣松春树根土福生法水金银贵"
    "祥火泉炳裕"
)
FEMALE = "芳娜敏静秀丽艳娟霞燕玲桂英梅莉萍红玉兰洁琳雪慧婷颖倩琴云香月凤珍莲仙菊花翠爱巧美彩妹囡"
WORDLIKE = (
    "高兴",
    "时光",
    "成功",
    "黄河",
    "方圆",
    "石磊",
    "白云",
    "金山",
    "安宁",
    "康健",
    "江山",
    "高峰",
    "温暖",
    "毛线",
    "杨柳",
    "马上",
    "常青",
    "关键",
    "来福",
    "万里",
    "全胜",
    "和平",
    "水清",
    "花开",
)
MINORITY = (
    "买买提·吐尔逊",
    "阿依古丽·艾山",
    "古丽娜尔·阿不都",
    "扎西·多吉",
    "卓玛",
    "阿力木江",
    "巴图尔",
    "其其格",
)
FOREIGN = ("约翰·史密斯", "玛丽亚·洛佩兹", "金正浩", "DAVID MILLER", "山本一郎")


@dataclass(frozen=True)
class Person:
    """One invented person; ``forms`` are later forms of the name, best known first."""

    name: str
    surname: str
    woman: bool


def person(rng: random.Random) -> Person:
    """Draw a person: mostly plain names, a tenth of the hard kinds."""
    draw = rng.random()
    woman = rng.random() < 0.45
    if draw < 0.02:
        name = rng.choice(MINORITY)
        return Person(name, name[0], woman)
    if draw < 0.03:
        name = rng.choice(FOREIGN)
        return Person(name, name[0], woman)
    if draw < 0.06:
        name = rng.choice(WORDLIKE)
        return Person(name, name[0], woman)
    surname = rng.choice(COMPOUND) if draw < 0.09 else rng.choice(SURNAMES)
    pool = FEMALE if woman else MALE
    given = "".join(rng.choice(pool) for _ in range(1 if rng.random() < 0.2 else 2))
    return Person(surname + given, surname, woman)
