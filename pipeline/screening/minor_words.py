"""未成年人的用语: words that make a minor recognisable, apart from words on minors at large."""

import re
from collections.abc import Iterable

from pipeline.screening.answer import NO, Answer, doubt, yes

_ANCHORS = (
    "未成年",
    "学生",
    "中生",
    "满1",
    "满十",
    "监护人",
    "就读",
    "少年",
    "男孩",
    "女孩",
    "童",
    "年级",
    "在读",
    "女生",
    "男生",
    "幼儿",
    "婴儿",
    "孩子",
    "今年1",
    "今年十",
    "读初",
    "读高",
    "学籍",
)
_MINOR = (
    r"(?:未成年人|未成年|[中小]学生|初中生|高中生|职高生|中专生|在校生|少年|男孩|女孩|[男女]童)"
)
_PUPIL = (
    r"(?:未成年人|[中小]?学生|初中生|高中生|少年|男孩|女孩|[男女]童|儿童|童工|幼儿(?!园)|婴儿|孩子)"
)
_COUNT = r"(?:[\d一二两三四五]{1,2}[名人个])?"
_YEAR_OF_SCHOOL = r"(?:[初高][一二三]|[一二三四五六七八九]年级)"
_OF_SCHOOL = r"(?:学生|女生|男生|同学)"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁"
    "任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃"
    "武戴莫孔汤"
)
_NO_NAME = (
    "周[末边转岁]|夏[令季]|任何|方[便式法]|顾客|许[多可]|程[度序]|贺卡|毛[巾笔]|武术|金[额融]|白[天酒]|陈[列设]"
    "|马[上路]|万[人元]|何[时种]|田径|余[额元]|江[边南]|汪洋|石[头材]|钱[款包]|孔[子洞]|段[位落]|龙[头虾]"
)
_AGE_LIMIT = r"(?:18|十八|16|十六|14|十四)周?岁"
_END = r"(?=[,。;、)\s]|$|且|应|的事实|的情况)"
_HIDDEN_NAME = re.compile(
    rf"{_PUPIL}{_COUNT}[,::(]?(?:(?![的在与和对])[\u4e00-\u9fff]某(?![些个种项一天日])|小[{_SURNAMES}](?=[,。;、)在于到因]))"
)
_CALLED = re.compile(
    r"(?:学生|未成年人|少年|女生|男生)[^。;\n]{0,14}(?:自称|名叫|化名|绰号|姓名为)[\u4e00-\u9fff“]"
)
_IN_CLASS = re.compile(rf"(?:{_YEAR_OF_SCHOOL}|小[一二三四五六])\(?\d{{1,2}}\)?班的?{_OF_SCHOOL}")
_IN_YEAR = re.compile(
    rf"(?:某[某甲乙丙\d]?[,(]?|[一1][名位][^。;\n至、]{{0,8}}|(?<!对象)(?<!学员)(?<!学生)(?<!生源)(?<!群体)(?<![均多要])[系为是]"
    rf"[^。;\n至、,]{{0,14}}){_YEAR_OF_SCHOOL}{_OF_SCHOOL}"
    rf"|{_YEAR_OF_SCHOOL}在读|(?<![阅朗伴宣])读(?:小学|[初高][一二三]|[一二三四五六七八九]年级)(?!语文|数学|英语|课)"
)
_AGED = re.compile(r"今年(?:1[0-7]|十[一二三四五六七])(?=[,。;)])|学籍号[::]?[GL]?\d")
_FULL_NAME = re.compile(
    rf"(?:未成年人|[中小]学生|初中生|高中生|学生|少年|男孩|女孩|[男女]童)[::]?"
    rf"(?!{_NO_NAME})[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=[(,。、在于到来进购买系称说销出提为及和因持])"
)
_SOMEBODY_UNDER_AGE = re.compile(
    rf"(?:[\u4e00-\u9fff]某{{1,2}}|[其该][\u4e00-\u9fff]{{0,4}})[^。;\n否]{{0,8}}[未不]满{_AGE_LIMIT}"
    r"(?!以|的|者)"
)
_SOMEBODY_IS_MINOR = re.compile(
    rf"[\u4e00-\u9fff]某[某甲乙丙\d]?[^。;\n]{{0,4}}(?:系|是|属于?){_MINOR}{_END}"
)
_NAMED_IS_MINOR = re.compile(
    rf"(?!{_NO_NAME})[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:均|都|也)?(?:系|属于?|是)未成年人{_END}"
)
_IN_BRACKETS = re.compile(rf"\([^()\n、]{{0,16}}(?:未成年人?(?=[,)])|[未不]满{_AGE_LIMIT}(?=[,)]))")
_SCHOOL = re.compile(
    r"就读于?[^。;\n]{0,20}(?:中学|小学|幼儿园|学校|附中|初中|高中)"
    r"|系[^。;\n]{0,16}(?:中学|小学|初中|高中)[^。;\n]{0,8}学生(?!食堂|家长|公寓|用品|餐)"
)
_GUARDIAN = re.compile(
    r"监护人[::]?[\u4e00-\u9fff]某|[其的]监护人[^。;\n]{0,6}(?:陪同|在场|到场|签[字名])|监护人[::]"
)

_SIGNS = (
    (_HIDDEN_NAME, "文书载有未成年人的姓名"),
    (_FULL_NAME, "文书载有未成年人的姓名"),
    (_SOMEBODY_IS_MINOR, "文书载有未成年人的姓名"),
    (_CALLED, "文书载有未成年人的称呼"),
    (_IN_CLASS, "文书载有学生的学校、年级或者班级"),
    (_IN_YEAR, "文书载有学生的学校、年级或者班级"),
    (_AGED, "文书载有未成年人的年龄或者学籍号"),
    (_NAMED_IS_MINOR, "文书载有未成年人的姓名"),
    (_IN_BRACKETS, "文书注明有人未成年"),
    (_SOMEBODY_UNDER_AGE, "文书称有人未满十八周岁"),
    (_SCHOOL, "文书载有学生就读的学校"),
    (_GUARDIAN, "文书载有监护人"),
)


def says_party_is_minor(text: str, names: Iterable[str]) -> Answer:
    """Return what the words say of the punished person being a minor.

    ``names`` are the names of natural parties; without one no words can mean a party.
    """
    known = [re.escape(name) for name in names if name.strip()]
    if not known or not any(word in text for word in ("未成年", "学生", "中生", "满1", "满十")):
        return NO
    subject = "|".join((*known, "当事人", "被处罚人"))
    if re.search(
        rf"(?:{subject})(?:[(,][^。;\n]{{0,30}})?[^。;\n]{{0,6}}"
        rf"(?:(?:系|为|是|属于?)[^。;\n向对]{{0,8}}{_MINOR}{_END}"
        rf"|[^。;\n向对否]{{0,8}}[未不]满{_AGE_LIMIT}(?!以|的|者))",
        text,
    ):
        return yes("文书称当事人未成年")
    if re.search(rf"(?:本人|该人|其|行为人)[^。;\n向对]{{0,6}}(?:系|为|是){_MINOR}{_END}", text):
        return doubt("文书中有人未成年，可能是当事人")
    return NO


def named_minor(text: str, names: Iterable[str]) -> Answer:
    """Return whether ``text`` has a minor who can be recognised: by name, school or guardian.

    ``names`` are the known persons of the case other than the punished and the officers.
    """
    if not any(anchor in text for anchor in _ANCHORS):
        return NO
    for pattern, note in _SIGNS:
        if pattern.search(text):
            return doubt(note)
    known = "|".join(re.escape(name) for name in names if name.strip())
    if known and re.search(
        rf"{_PUPIL}[^。;\n]{{0,2}}(?:{known})|(?:{known})[^。;\n]{{0,4}}(?:系|为|是)[^。;\n向对]{{0,8}}"
        rf"{_MINOR}{_END}",
        text,
    ):
        return doubt("其他人员中有人未成年")
    return NO
