"""Every exclusion rule: when it withholds, when it holds, and that ordinary text passes."""

import dataclasses
import time
from datetime import date
from typing import Any

import pytest

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Decision, Organ, Outcome, Procedure, Unreadable
from pipeline.domain.document import heading, paragraph, table
from pipeline.domain.faults import Fault, Place
from pipeline.domain.party import OtherPerson, Party, PartyKind, Role
from pipeline.domain.process_record import Medium, ProcessRecord
from pipeline.domain.review import LegalReview, SecrecyReview
from pipeline.domain.text import RawText
from pipeline.domain.verdict import Effect, Reason
from pipeline.policy.load import load_policy
from pipeline.policy.vocabulary import PREDICATES as DECLARED
from pipeline.screening.predicates import PREDICATES
from pipeline.screening.screen import screen, screen_unreadable

POLICY = load_policy("changshan-2021")
NATIONAL = load_policy("national")
TODAY = date(2024, 6, 1)

LEGAL = LegalReview(
    required=True, passed=True, reviewer=RawText("钱审"), reviewed_on=date(2024, 4, 28)
)
SECRECY = SecrecyReview(
    state_secret=False,
    commercial_secret=False,
    privacy=False,
    security=False,
    reviewer=RawText("孙密"),
    author=RawText("李起"),
    reviewed_on=date(2024, 5, 8),
)
SHOP = Party(kind=PartyKind.LEGAL_PERSON, name=RawText("常山县百顺商贸有限公司"))
MAN = Party(kind=PartyKind.NATURAL_PERSON, name=RawText("郑大勇"), birth_date=date(1980, 3, 1))


def decision(**changes: Any) -> Decision:
    """Return a decision that nothing speaks against, with ``changes``."""
    whole: dict[str, Any] = {
        "case_number": CaseNumber.parse("常综执罚决字〔2024〕第12号"),
        "organ": Organ("常山县综合行政执法局"),
        "decided_on": date(2024, 5, 6),
        "title": RawText("行政处罚决定书"),
        "parties": (SHOP,),
        "procedure": Procedure.ORDINARY,
        "act_date": date(2024, 3, 1),
        "served_on": date(2024, 5, 7),
        "legal_review": LEGAL,
        "secrecy_review": SECRECY,
        "document": (heading(RawText("行政处罚决定书")), paragraph(RawText("当事人占道经营。"))),
    }
    return Decision(**(whole | changes))


def saying(text: str, **changes: Any) -> Decision:
    return decision(document=(paragraph(RawText(text)),), **changes)


def reasons(of: Decision) -> dict[str, Reason]:
    return {reason.rule: reason for reason in screen(of, POLICY, today=TODAY).reasons}


def legal(**changes: Any) -> LegalReview:
    return dataclasses.replace(LEGAL, **changes)


def secrecy(**changes: Any) -> SecrecyReview:
    return dataclasses.replace(SECRECY, **changes)


def test_every_declared_predicate_is_implemented_and_no_other() -> None:
    assert set(PREDICATES) == set(DECLARED)


def test_a_decision_that_nothing_speaks_against_may_be_published() -> None:
    assert screen(decision(), POLICY, today=TODAY).reasons == ()
    assert screen(decision(parties=(MAN,)), POLICY, today=TODAY).reasons == ()


PUBLISH, HOLD, WITHHOLD = Effect.PUBLISH, Effect.HOLD, Effect.WITHHOLD
OFFICER = OtherPerson(name=RawText("钱审"), role=Role.OFFICER)
RECORD = ProcessRecord(act="询问", medium=Medium.TEXT, officers=(RawText("钱 审"),))


@pytest.mark.parametrize(
    ("rule", "effect", "adverse", "changes"),
    [
        ("summary-procedure", WITHHOLD, True, {"procedure": Procedure.SUMMARY}),
        ("summary-procedure", HOLD, False, {"procedure": None}),
        ("not-a-penalty", WITHHOLD, True, {"outcome": Outcome.NO_PENALTY}),
        ("not-a-penalty", WITHHOLD, True, {"outcome": Outcome.NOT_ESTABLISHED}),
        ("not-a-penalty", WITHHOLD, True, {"outcome": Outcome.TRANSFERRED}),
        ("party-missing", HOLD, False, {"parties": ()}),
        (
            "party-missing",
            HOLD,
            False,
            {"parties": (SHOP, dataclasses.replace(SHOP, name=RawText(" ")))},
        ),
        ("nothing-to-show", HOLD, False, {"document": (), "facts": RawText(" ")}),
        ("nothing-to-show", HOLD, False, {"document": (paragraph(RawText("\n")),)}),
        ("decided-in-future", HOLD, True, {"decided_on": date(2024, 6, 2)}),
        ("not-served", HOLD, False, {"served_on": None}),
        ("not-served", HOLD, True, {"served_on": date(2024, 6, 2)}),
        ("not-served", HOLD, True, {"served_on": date(2024, 5, 5)}),
        ("state-secret", WITHHOLD, True, {"secrecy_review": secrecy(state_secret=True)}),
        ("state-secret", HOLD, False, {"secrecy_review": secrecy(state_secret=None)}),
        ("commercial-secret", WITHHOLD, True, {"secrecy_review": secrecy(commercial_secret=True)}),
        ("commercial-secret", HOLD, False, {"secrecy_review": secrecy(commercial_secret=None)}),
        ("privacy", WITHHOLD, True, {"secrecy_review": secrecy(privacy=True)}),
        ("privacy", HOLD, False, {"secrecy_review": secrecy(privacy=None)}),
        ("four-securities", WITHHOLD, True, {"secrecy_review": secrecy(security=True)}),
        ("four-securities", HOLD, False, {"secrecy_review": secrecy(security=None)}),
        ("unsuitable", WITHHOLD, True, {"unsuitable": True}),
        ("legal-review", HOLD, True, {"legal_review": legal(passed=False)}),
        ("legal-review", HOLD, True, {"legal_review": legal(passed=False, required=False)}),
        ("legal-review", HOLD, False, {"legal_review": LegalReview()}),
        ("legal-review", HOLD, False, {"legal_review": LegalReview(required=True)}),
        ("legal-review", HOLD, False, {"legal_review": legal(reviewer=RawText(" "))}),
        ("legal-review", HOLD, False, {"legal_review": legal(reviewed_on=None)}),
        ("legal-review", HOLD, True, {"legal_review": legal(reviewed_on=date(2024, 5, 7))}),
        ("legal-review", HOLD, True, {"persons": (OFFICER,)}),
        ("legal-review", HOLD, True, {"process_records": (RECORD,)}),
        ("secrecy-review", HOLD, False, {"secrecy_review": secrecy(reviewer=RawText(""))}),
        ("secrecy-review", HOLD, False, {"secrecy_review": secrecy(reviewed_on=None)}),
        ("secrecy-review", HOLD, True, {"secrecy_review": secrecy(reviewed_on=date(2024, 6, 2))}),
        ("secrecy-review", HOLD, True, {"secrecy_review": secrecy(author=RawText("孙 密"))}),
    ],
)
def test_what_speaks_against_publication(
    rule: str, effect: Effect, adverse: bool, changes: dict[str, Any]
) -> None:
    found = reasons(decision(**changes))[rule]
    assert (found.effect, found.adverse) == (effect, adverse)
    assert bool(found.remedy) is (effect is HOLD)


@pytest.mark.parametrize(
    "changes",
    [
        {"legal_review": LegalReview(required=False)},
        {"legal_review": legal(reviewed_on=date(2024, 5, 6))},
        {"secrecy_review": secrecy(author=RawText(""))},
        {"document": (), "facts": RawText("占道经营")},
        {"document": (table(((RawText(""), RawText("占道经营")),)),)},
        {"served_on": TODAY},
    ],
)
def test_what_is_enough(changes: dict[str, Any]) -> None:
    assert reasons(decision(**changes)) == {}


def test_all_reasons_are_kept_and_the_strictest_decides() -> None:
    bare = Decision(
        case_number=CaseNumber.parse("常综执罚决字〔2024〕第13号"),
        organ=Organ("常山县综合行政执法局"),
        decided_on=date(2024, 5, 6),
        unsuitable=True,
    )
    verdict = screen(bare, POLICY, today=TODAY)
    assert verdict.effect is WITHHOLD
    assert {reason.rule for reason in verdict.reasons} == {
        "unsuitable",
        "summary-procedure",
        "party-missing",
        "nothing-to-show",
        "not-served",
        "state-secret",
        "commercial-secret",
        "privacy",
        "four-securities",
        "legal-review",
        "secrecy-review",
    }


@pytest.mark.parametrize(
    ("social_impact", "effect"), [(True, PUBLISH), (False, WITHHOLD), (None, HOLD)]
)
def test_the_national_pack_asks_for_the_social_impact(
    social_impact: bool | None, effect: Effect
) -> None:
    verdict = screen(decision(social_impact=social_impact), NATIONAL, today=TODAY)
    assert verdict.effect is effect


def number(birth: str) -> RawText:
    return RawText(f"330822{birth}001X")


def man(**changes: Any) -> Party:
    return dataclasses.replace(MAN, **({"birth_date": None} | changes))


@pytest.mark.parametrize(
    ("party", "effect"),
    [
        (man(birth_date=date(2006, 3, 1)), WITHHOLD),  # the birthday itself: still seventeen
        (man(birth_date=date(2006, 2, 28)), PUBLISH),
        (man(identifiers=(number("20090501"),)), WITHHOLD),
        (man(identifiers=(number("19800501"),)), PUBLISH),
        (man(identifiers=(RawText("330822800501001"),)), PUBLISH),
        (man(identifiers=(RawText("E12345678"),)), HOLD),
        (man(identifiers=(number("20091301"),)), HOLD),
        (man(birth_date=date(1980, 1, 1), identifiers=(number("20090501"),)), WITHHOLD),
        (man(), HOLD),
        (dataclasses.replace(SHOP, kind=PartyKind.INDIVIDUAL_BUSINESS), PUBLISH),
        (
            dataclasses.replace(
                SHOP, kind=PartyKind.INDIVIDUAL_BUSINESS, identifiers=(number("20090501"),)
            ),
            WITHHOLD,
        ),
    ],
)
def test_the_age_of_the_punished_at_the_act(party: Party, effect: Effect) -> None:
    found = reasons(decision(parties=(party,))).get("minor-party")
    assert (found.effect if found else PUBLISH) is effect


@pytest.mark.parametrize(
    ("birth", "filed_on", "effect"),
    [
        (date(2006, 5, 6), None, WITHHOLD),  # a minor still on the day of the decision
        (date(2004, 1, 1), None, HOLD),  # may have been one at the act
        (date(2001, 6, 1), None, HOLD),  # … within the longest limitation
        (date(1999, 1, 1), None, PUBLISH),
        (date(2005, 12, 1), date(2023, 11, 1), WITHHOLD),
    ],
)
def test_an_unknown_day_of_the_act_counts_against_publication(
    birth: date, filed_on: date | None, effect: Effect
) -> None:
    found = reasons(
        decision(parties=(man(birth_date=birth),), act_date=None, filed_on=filed_on)
    ).get("minor-party")
    assert (found.effect if found else PUBLISH) is effect


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("当事人郑大勇，男，汉族，1980年3月1日出生，住常山县。", PUBLISH),
        ("当事人：郑大勇，公民身份号码：330822198003010011。", PUBLISH),
        ("当事人:郑大勇 身份证件号码:３３０８２２ 19800301 0011", PUBLISH),
        ("姓名：郑大勇 性别：男 年龄：45", PUBLISH),
        ("当事人郑大勇，男，46岁。", PUBLISH),
        ("当事人郑大勇，一九八〇年三月一日出生。", PUBLISH),
        ("当事人郑大勇，男，1980年3月生。", PUBLISH),
        ("当事人郑大勇，男，2008年3月1日出生，住常山县。", WITHHOLD),
        ("当事人：郑大勇，公民身份号码：330822200803010011。", WITHHOLD),
        ("当事人郑大勇，男，现年17周岁。", WITHHOLD),
        ("当事人郑大勇，男，十七岁。", WITHHOLD),
        ("当事人郑大勇系未成年人，应当从轻处罚。", WITHHOLD),
        ("郑大勇（男）系高中生。", WITHHOLD),
        ("经查，郑大勇实施违法行为时未满十八周岁。", WITHHOLD),
        ("当事人不满18周岁，依法从轻处罚。", WITHHOLD),
        ("其系未成年人，依法从轻。", HOLD),
        ("证人李平，男，1980年3月1日出生。", HOLD),
        ("当事人占道经营。", HOLD),
        ("经查，当事人向未成年人提供文身服务。", HOLD),
        ("当事人为未成年人提供文身服务。", HOLD),
    ],
)
def test_the_age_of_the_punished_in_the_text(text: str, effect: Effect) -> None:
    found = reasons(saying(text, parties=(man(),))).get("minor-party")
    assert (found.effect if found else PUBLISH) is effect


def test_fields_and_text_that_contradict_each_other_hold() -> None:
    found = reasons(saying("当事人郑大勇，男，2008年3月1日出生。", parties=(MAN,)))["minor-party"]
    assert (found.effect, found.adverse) == (HOLD, True)


def test_of_two_people_each_needs_an_age_of_their_own() -> None:
    other = man(name=RawText("冯小平"))
    text = "当事人郑大勇，男，1980年3月1日出生。当事人冯小平，女。"
    assert reasons(saying(text, parties=(man(), other)))["minor-party"].effect is HOLD
    full = text.replace("女。", "女，1981年3月1日出生。")
    assert "minor-party" not in reasons(saying(full, parties=(man(), other)))


def test_a_punished_child_is_an_error_in_the_export() -> None:
    found = reasons(decision(parties=(man(birth_date=date(2011, 1, 1)),)))
    assert found["party-under-fourteen"].basis.article == "第三十条"
    assert found["minor-party"].effect is WITHHOLD


GENERAL = [
    "当事人向未成年人销售卷烟，违反《中华人民共和国未成年人保护法》第五十九条第一款。",
    "当事人未在显著位置设置不向未成年人销售烟酒的标志。",
    "当事人接纳未成年人进入营业场所，现场查获未成年人2名。",
    "当事人在中小学校园周边设置烟草销售网点，购买者多为学生。",
    "该玩具标明适用年龄3岁以上，不适合3岁以下儿童使用。",
    "不满十四周岁的未成年人有违法行为的，不予行政处罚；已满十四周岁不满十八周岁的未成年人，从轻处罚。",
    "对难以判明是否已是未成年人的，应当要求其出示身份证件。",
    "未成年人的父母或者其他监护人应当履行监护职责。",
    "当事人为学生提供集体用餐，学生食堂未公示许可证。",
    "当事人招收学生于当日开课，学生高考成绩公示不实。",
    "当事人销售儿童玩具、童装、学生用品，2023年3月生产的童车不合格。",
    "0-3岁婴幼儿配方奶粉过期；6至12岁儿童口罩标签不符。",
    "当事人成立于2015年3月1日，经营期限自2015年3月1日至2045年2月28日。",
    "统一社会信用代码91330822MA28F0XX0X，决定书编号202405060000000123。",
    "法定代表人：周建国，1970年5月2日出生，公民身份号码330822197005020017。",
    "生于斯长于斯的传统技艺。当事人2008年5月3日生产的食品过期。",
    "当事人聘用年满60周岁的保洁员1名。",
    "该违法行为发生于2009年11月26日，本批产品产生于2010年5月1日。",
    "经查，购买者系未成年人，当事人未要求其出示身份证件。",
    "登记年龄与实际年龄相差一岁。",
    "该校外培训机构招收小学一至六年级学生，收取学费共计12000元。",
    "招生对象为初三学生，开设高三学生物理班，面向初一、初二学生招生。",
    "参训学生为小学三年级学生，共12名。",
    "当事人使用童工两名。",
    "幼儿园教师李某未持健康证，某幼儿园李某系园长。",
    "当事人销售六年级语文教辅，学生朗读五年级课文。",
    "当事人今年10月变更经营范围，孩子的某些用品过期。",
    "初中文化，毕业于常山县第一初级中学。",
    "标志（未成年人禁止入内）缺失，重点人群（未成年人、老年人）未公示。",
]


@pytest.mark.parametrize("text", GENERAL)
def test_words_on_minors_at_large_are_no_minor(text: str) -> None:
    assert reasons(saying(text)) == {}
    assert reasons(saying(text, parties=(MAN,))) == {}


@pytest.mark.parametrize(
    "text",
    [
        "当事人向未成年人王某某销售卷烟。",
        "当事人向学生李小明（2009年出生）销售卷烟。",
        "当事人向购买者李某（2009年3月4日出生）销售卷烟。",
        "当事人向一名16岁学生销售卷烟。",
        "当事人向中学生陈晓东销售卷烟。",
        "购买者李某系初中生。",
        "购买者李某身份证号330822200903040011。",
        "李某就读于常山县某中学。",
        "李某系常山县第三中学初二学生。",
        "李某购买时未满18周岁。",
        "询问时其监护人陪同在场。",
        "购烟者为常山三中初二（3）班学生。",
        "购烟者叶某，初二学生，由其母亲陪同。",
        "购烟者为常山三中初二学生。",
        "当事人为一名初三女生文身。",
        "顾客小雨自称高二在读。",
        "其女林小帆在常山一小读五年级。",
        "接纳初二学生两名上网，其中一名自称小轩。",
        "当事人招用童工1名（李某）。",
        "当事人使用童工小李。",
        "幼儿徐某某午睡时被教师掌掴。",
        "其子余阳，今年十五，无证驾驶。",
        "学员吴小梓（学籍号G330822201501230017）参加培训。",
        "现场查获上网人员小杰（14周岁）。",
        "涉事人员出生于2012年，系本县居民。",
        "监护人：李某",
        "未成年人信息：姓名 年龄 15",
        "当事人雇用的林小帆（未满16周岁）在场。",
        "当事人雇用的林小帆（案发时已满14周岁未满16周岁）在场。",
        "当事人雇用的林小帆（未成年人，另案处理）在场。",
        "经查，林小帆、叶小舟均系未成年人。",
    ],
)
def test_a_minor_who_can_be_recognised_holds(text: str) -> None:
    found = reasons(saying(text))["minor-other"]
    assert (found.effect, found.adverse) == (HOLD, True)
    assert found.remedy


@pytest.mark.parametrize(
    ("changes", "effect"),
    [
        ({"persons": (OtherPerson(name=RawText("李小明"), role=Role.MINOR),)}, WITHHOLD),
        (
            {"persons": (OtherPerson(name=RawText("李小明"), birth_date=date(2009, 3, 4)),)},
            WITHHOLD,
        ),
        ({"persons": (OtherPerson(name=RawText("李大明"), birth_date=date(1979, 3, 4)),)}, PUBLISH),
        ({"persons": (OtherPerson(name=RawText("李大明"), role=Role.GUARDIAN),)}, HOLD),
        (
            {"parties": (dataclasses.replace(SHOP, identifiers=(number("20090304"),)),)},
            WITHHOLD,
        ),
    ],
)
def test_other_minors_of_the_fields(changes: dict[str, Any], effect: Effect) -> None:
    found = reasons(decision(**changes)).get("minor-other")
    assert (found.effect if found else PUBLISH) is effect


def test_a_known_person_called_a_pupil_holds() -> None:
    buyer = OtherPerson(name=RawText("欧阳晨曦"))
    found = reasons(saying("经查，欧阳晨曦系初中生，购买卷烟一包。", persons=(buyer,)))
    assert found["minor-other"].effect is HOLD


@pytest.mark.parametrize(
    ("line", "effect"),
    [
        ("机密★10年", WITHHOLD),
        ("秘密 ★ 1年", WITHHOLD),
        ("绝密", WITHHOLD),
        ("密级：机密", WITHHOLD),
        ("内部文件 注意保密", HOLD),
        ("内部资料，不得外传", HOLD),
        ("【机密】", WITHHOLD),
        ("（秘密）", WITHHOLD),
        ("公开方式：依申请公开", HOLD),
        ("不予公开", HOLD),
        ("商业秘密", HOLD),
        ("侵犯商业秘密", PUBLISH),
        ("政府信息公开", PUBLISH),
        ("侵犯商业秘密案", PUBLISH),
        ("行政处罚决定书", PUBLISH),
        ("本机关依法保守当事人的商业秘密，未经允许不得向他人公开，内部文件按规定管理。", PUBLISH),
    ],
)
def test_a_marking_of_secrecy_on_top(line: str, effect: Effect) -> None:
    found = reasons(saying(line)).get("state-secret")
    assert (found.effect if found else PUBLISH) is effect


def test_a_starred_grade_anywhere_withholds() -> None:
    found = reasons(saying("附件一\n机密★长期", title=RawText("决定书")))
    assert found["state-secret"].effect is WITHHOLD


@pytest.mark.parametrize(
    ("changes", "effect"),
    [
        ({"legal_basis": RawText("《中华人民共和国治安管理处罚法》第七十五条")}, WITHHOLD),
        ({"text": "依据《中华人民共和国治安管理处罚法》第八十九条，决定罚款。"}, WITHHOLD),
        ({"text": "违反了《治安管理处罚法（2025年修订）》第八十九条。"}, WITHHOLD),
        ({"text": "涉嫌违反治安管理处罚法的行为，已移送公安机关处理。"}, HOLD),
        ({"text": "当事人曾提到《治安管理处罚法》。"}, HOLD),
        ({"text": "构成违反治安管理行为的，由公安机关依法给予治安管理处罚。"}, PUBLISH),
        ({"text": "本案已移送公安机关。"}, PUBLISH),
    ],
)
def test_records_of_public_security_are_sealed(changes: dict[str, Any], effect: Effect) -> None:
    text = changes.pop("text", "当事人占道经营。")
    found = reasons(saying(text, **changes)).get("public-security-record")
    assert (found.effect if found else PUBLISH) is effect


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("经鉴定，当事人系智力残疾人。", True),
        ("当事人持有残疾证。", True),
        ("其患有精神分裂症，属限制民事行为能力人。", True),
        ("当事人系精神病人。", True),
        ("当事人系常山县精神障碍康复中心。", False),
        ("常山县精神卫生中心未按规定处置医疗废物。", False),
        ("精神病人、智力残疾人在不能辨认或者不能控制自己行为时有违法行为的，不予行政处罚。", False),
        ("弘扬精神文明，占用残疾人专用停车位。", False),
    ],
)
def test_mental_health_of_a_person_holds_as_privacy(text: str, held: bool) -> None:
    assert ("incapacity" in reasons(saying(text))) is held


def test_the_provincial_list_is_looked_up_by_cause_and_statute() -> None:
    rules = tuple(
        dataclasses.replace(
            rule, params=(("causes", ("非法采砂",)), ("statutes", ("河道管理条例",)))
        )
        if rule.key == "provincial-list"
        else rule
        for rule in POLICY.screening
    )
    policy = dataclasses.replace(POLICY, screening=rules)

    def effect(of: Decision) -> Effect:
        return screen(of, policy, today=TODAY).effect

    assert effect(decision(violation_kind=RawText("非法采砂"))) is WITHHOLD
    assert effect(decision(legal_basis=RawText("《河道管理条例》第五条"))) is WITHHOLD
    assert effect(saying("依照《河道管理条例》办理。")) is HOLD
    assert effect(decision()) is PUBLISH


def test_the_credit_class_is_asked_where_a_pack_asks() -> None:
    case_rule = dataclasses.replace(
        POLICY.screening[0], predicate="credit_class", params=(("classes", ("轻微",)),)
    )
    policy = dataclasses.replace(POLICY, screening=(case_rule,))
    classes = {"轻微": WITHHOLD, "": HOLD, "一般": PUBLISH}
    for given, effect in classes.items():
        assert screen(decision(credit_class=given), policy, today=TODAY).effect is effect


def test_an_unreadable_record_is_held_with_each_of_its_faults() -> None:
    faults = (
        Fault(Place("a.xlsx", "第3行", "决定日期"), "日期不存在", "改正日期"),
        Fault(Place("a.xlsx", "第3行", "罚款"), "不是金额", "改正金额"),
    )
    verdict = screen_unreadable(Unreadable(Place("a.xlsx"), faults))
    assert verdict.effect is HOLD
    assert [reason.remedy for reason in verdict.reasons] == ["改正日期", "改正金额"]


@pytest.mark.parametrize(
    ("act", "is_officer"),
    [("询问", True), ("送达", True), ("法制审核", False), ("集体讨论", False)],
)
def test_who_signed_the_record_of_the_review_is_no_officer_of_the_case(
    act: str, is_officer: bool
) -> None:
    record = dataclasses.replace(RECORD, act=act)
    found = reasons(decision(process_records=(record,)))
    assert ("legal-review" in found) is is_officer


def test_no_reason_holds_text_of_the_decision() -> None:
    marker = "丁零当"
    marked = decision(
        parties=(man(name=RawText(marker)),),
        persons=(OtherPerson(name=RawText(marker), role=Role.MINOR),),
        facts=RawText(f"机密★{marker}，未成年人{marker}，依据治安管理处罚法。{marker}系智障"),
        legal_review=legal(reviewer=RawText(marker)),
        secrecy_review=secrecy(reviewer=RawText(marker), author=RawText(marker)),
    )
    assert marker not in repr(screen(marked, POLICY, today=TODAY))


def test_ten_thousand_decisions_are_screened_in_seconds() -> None:
    prose = (
        "经查明，当事人于2024年3月1日在常山县天马街道占道经营，违反城市管理条例规定，罚款200元。"
    )
    of = saying("\n".join([prose] * 40), parties=(MAN,))
    start = time.process_time()
    for _ in range(500):
        screen(of, POLICY, today=TODAY)
    assert time.process_time() - start < 1.0


@pytest.mark.parametrize("text", ["1" * 50_000, "岁" * 20_000, "其" * 20_000, "学生" * 20_000])
def test_hostile_text_takes_linear_time(text: str) -> None:
    start = time.process_time()
    screen(saying(text, parties=(man(),)), POLICY, today=TODAY)
    assert time.process_time() - start < 1.0
