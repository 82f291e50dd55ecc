"""One invented decision: its record in the JSON export format, its text, and what is private."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from samples.agency import (
    AUTHOR,
    HOTLINE,
    OFFICERS,
    ORGAN,
    ORGAN_CODE,
    REVIEWER,
    SECRECY_REVIEWER,
    TREASURY,
)
from samples.invent import Inventor, capital
from samples.topics import TOPICS, Topic
from samples.wording import CONDUCT, DISCRETION, FOLLOW_UP, REMEDIES, SOURCES

Paragraph = tuple[str, str]
"""(kind, text): ``title``, ``head``, ``text``, ``item``, ``sign``; ``row`` has cells split by |."""


@dataclass(slots=True)
class Sample:
    """A decision ready to be written: ``private`` must not, ``public`` must be on the site."""

    record: dict[str, Any]
    paragraphs: list[Paragraph]
    private: list[str]
    public: list[str]
    people: dict[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """The 文号 as the bureau writes it."""
        return str(self.record["case_number"])

    def swap(self, old: str, new: str) -> None:
        """Replace words in the text; the record stays as it is."""
        self.paragraphs = [(kind, text.replace(old, new)) for kind, text in self.paragraphs]


def chinese_day(day: date) -> str:
    """Return a day as documents write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def make(inventor: Inventor, number: str, key: str, kind: str, decided: date) -> Sample:
    """Return a clean, publishable decision about topic ``key`` against a ``kind`` of party.

    ``kind`` is ``person``, ``company`` or ``shop``.
    """
    maker = _Maker(inventor, number, TOPICS[key], kind, decided)
    return maker.sample()


class _Maker:
    def __init__(
        self, inventor: Inventor, number: str, topic: Topic, kind: str, decided: date
    ) -> None:
        self.inventor, self.number, self.topic, self.kind = inventor, number, topic, kind
        self.decided = decided
        pick = inventor.random
        self.act = decided - timedelta(days=pick.randrange(30, 60))
        self.filed = self.act + timedelta(days=2)
        self.notified = decided - timedelta(days=pick.randrange(8, 14))
        self.served = decided + timedelta(days=pick.randrange(1, 5))
        self.human = inventor.person()
        self.witness = inventor.person()
        self.complainant = inventor.person() if pick.random() < 0.6 else None
        self.agent = inventor.name() if kind == "company" and pick.random() < 0.5 else ""
        self.place = inventor.place()
        self.fine = pick.choice(topic.fine)
        self.amount = pick.randrange(3, 9)
        self.officers = pick.sample(OFFICERS, 2)
        self.plate = inventor.plate() if "{plate}" in "".join(topic.facts) else ""
        self.name, self.code = self._organisation()
        self.card = inventor.card() if pick.random() < 0.3 else ""

    def _organisation(self) -> tuple[str, str]:
        pick = self.inventor.random.choice
        mark = pick("恒泰瑞禾鼎聚源盛华润") + pick("越川岭峰翠柚湖泉松溪")
        if self.kind == "company":
            trade = pick(("建设工程", "物业服务", "环境工程", "餐饮管理", "商贸", "置业", "能源"))
            return f"常山{mark}{trade}有限公司", self.inventor.code("91")
        if self.kind == "shop":
            trade = pick(("小吃店", "饭店", "汽车美容店", "水果店", "五金店", "烧烤店"))
            return f"常山县{mark}{trade}", self.inventor.code("92")
        return self.human.name, ""

    def sample(self) -> Sample:
        paragraphs = list(self._paragraphs())
        return Sample(self._record(), paragraphs, self._private(), self._public(), {
            "party": self.human, "witness": self.witness, "place": self.place,
        })  # fmt: skip

    def _record(self) -> dict[str, object]:
        reviewed = (self.notified + timedelta(days=2)).isoformat()
        fine = f"罚款人民币{capital(self.fine)}（¥{self.fine:,}.00）"
        return {
            "case_number": self.number,
            "organ": {"name": ORGAN, "code": ORGAN_CODE},
            "decided_on": self.decided.isoformat(),
            "title": f"{ORGAN}行政处罚决定书",
            "parties": [self._party()],
            "persons": self._persons(),
            "procedure": "普通程序",
            "outcome": "予以处罚",
            "violation_kind": self.topic.kind,
            "facts": self._filled(self.topic.facts[0]),
            "legal_basis": self.topic.basis,
            "penalties": [{"kind": "罚款", "amount_yuan": f"{self.fine}.00"}],
            "penalty_text": fine,
            "act_date": self.act.isoformat(),
            "filed_on": self.filed.isoformat(),
            "notified_on": self.notified.isoformat(),
            "served_on": self.served.isoformat(),
            "service_method": "直接送达",
            "performance": "已履行",
            "legal_review": {
                "required": True, "passed": True, "reviewer": REVIEWER, "reviewed_on": reviewed,
            },
            "secrecy_review": {
                "state_secret": False, "commercial_secret": False, "privacy": False,
                "security": False, "reviewer": SECRECY_REVIEWER, "author": AUTHOR,
                "reviewed_on": (self.served + timedelta(days=1)).isoformat(),
            },
        }  # fmt: skip

    def _party(self) -> dict[str, object]:
        kinds = {"person": "自然人", "company": "法人", "shop": "个体工商户"}
        party: dict[str, object] = {
            "kind": kinds[self.kind],
            "name": self.name,
            "identifiers": [self.human.identity],
            "contacts": [self.human.phone],
        }
        if self.kind == "person":
            return party | {
                "address": self.human.home,
                "birth_date": self.human.birth.isoformat(),
            }
        address = f"浙江省{self.place}"
        return party | {"code": self.code, "representative": self.human.name, "address": address}

    def _persons(self) -> list[dict[str, object]]:
        people = [(self.witness.name, "证人")]
        if self.complainant:
            people.append((self.complainant.name, "投诉举报人"))
        if self.agent:
            people.append((self.agent, "委托代理人"))
        people += [(name, "执法人员") for name, _ in self.officers]
        return [{"name": name, "role": role} for name, role in people]

    def _private(self) -> list[str]:
        human, found = self.human, [self.human.identity, self.human.phone]
        if self.kind == "person":
            found.append(human.home_below_county)
        if self.kind == "company":
            found.append(human.name)
        found.append(self.witness.name)
        if self.complainant:
            found += [self.complainant.name, self.complainant.phone]
        found += [value for value in (self.agent, self.plate, self.card) if value]
        return [*found, *(name for name, _ in self.officers), REVIEWER, SECRECY_REVIEWER, AUTHOR]

    def _public(self) -> list[str]:
        found = [self.name, self.topic.kind, f"{self.fine:,}", self.place, self.topic.basis]
        return [*found, self.code] if self.code else found

    def _filled(self, text: str) -> str:
        return text.format(
            party="当事人", place=self.place, day=chinese_day(self.act), witness=self.witness.name,
            amount=self.amount, plate=self.plate,
        )  # fmt: skip

    def _paragraphs(self) -> Iterable[Paragraph]:
        yield "title", ORGAN
        yield "title", "行政处罚决定书"
        yield "sign", self.number
        yield from self._party_lines()
        yield "text", self._source()
        yield "head", "一、查明的事实"
        for text in self.topic.facts:
            yield "text", self._filled(text)
        yield "text", self.inventor.random.choice(CONDUCT)
        yield "head", "二、证据"
        yield "text", "以上事实，有下列证据予以证实："
        for index, evidence in enumerate(self.topic.evidence, start=1):
            yield "item", f"{index}．{evidence}，证明本案违法事实；"
        yield "text", self._witness_line()
        yield "head", "三、告知和陈述申辩"
        yield "text", self._notice()
        yield "head", "四、处罚理由和决定"
        yield from self._decision()
        yield from self._closing()

    def _party_lines(self) -> Iterable[Paragraph]:
        human = self.human
        if self.kind == "person":
            yield (
                "text",
                f"当事人：{self.name}，性别：{human.gender}，出生日期：{chinese_day(human.birth)}",
            )
            yield (
                "text",
                f"公民身份号码：{human.identity}，住址：{human.home}，联系电话：{human.phone}",
            )
            return
        role = "法定代表人" if self.kind == "company" else "经营者"
        yield "text", f"当事人：{self.name}，统一社会信用代码：{self.code}"
        yield (
            "text",
            f"住所：浙江省{self.place}，{role}：{human.name}，身份证号码：{human.identity}，联系电话：{human.phone}",
        )

    def _source(self) -> str:
        day = chinese_day(self.act)
        if self.complainant:
            return (
                f"{day}，投诉人{self.complainant.name}（联系电话{self.complainant.phone}）通过"
                f"12345政务服务便民热线反映，当事人涉嫌{self.topic.kind}。本机关受理后指派执法人员"
                f"{self._officer(0)}、{self._officer(1)}进行核查。"
            )
        how = self.inventor.random.choice(SOURCES)
        return (
            f"{day}，{how}，当事人涉嫌{self.topic.kind}。本机关指派执法人员{self._officer(0)}、"
            f"{self._officer(1)}依法开展调查。"
        )

    def _officer(self, index: int) -> str:
        name, badge = self.officers[index]
        return f"{name}（执法证号：{badge}）"

    def _witness_line(self) -> str:
        return (
            f"上述证据经当事人核对确认，并由证人{self.witness.name}在笔录上逐页签名。各项证据来源"
            "合法，内容相互印证，本机关予以采信。"
        )

    def _notice(self) -> str:
        day = chinese_day(self.notified)
        start = (
            f"本机关于{chinese_day(self.filed)}立案，适用普通程序办理。{day}，本机关向当事人送达"
            "行政处罚事先告知书，告知拟作出行政处罚的事实、理由、依据和内容，以及依法享有的陈述、"
            "申辩权利。"
        )
        if self.agent:
            return (
                f"{start}当事人委托代理人{self.agent}提交书面意见，认为其已及时改正，请求从轻处理。"
                "本机关复核后认为，该意见所述改正情况属实，予以采纳。"
            )
        if self.kind == "person" and self.inventor.random.random() < 0.5:
            return (
                f"{start}当事人在法定期限内口头陈述，家中仅靠其一人务工维持生活，恳请从轻处罚。"
                "本机关制作了陈述申辩笔录，并在裁量时予以考虑。"
            )
        return f"{start}当事人在法定期限内未提出陈述、申辩意见。"

    def _decision(self) -> Iterable[Paragraph]:
        yield (
            "text",
            (
                f"本机关认为，{self.topic.law}规定：“{self.topic.rule}。”当事人的行为违反了上述规定，事实清楚，"
                "证据确凿。鉴于当事人积极配合调查，并在责令改正期限内改正，没有造成严重后果，对照《浙江省"
                "综合行政执法行政处罚裁量基准》，属于一般情节。"
            ),
        )
        reviewed = chinese_day(self.notified + timedelta(days=2))
        yield "text", self.inventor.random.choice(DISCRETION)
        yield "text", f"本案已于{reviewed}经法制审核，审核意见为同意，并报本机关负责人审查决定。"
        yield (
            "text",
            (
                f"依据{self.topic.basis}的规定，本机关决定对当事人作出如下行政处罚："
                f"罚款人民币{capital(self.fine)}（¥{self.fine:,}.00）。"
            ),
        )

    def _closing(self) -> Iterable[Paragraph]:
        back = (
            f"当事人原缴款账户（卡号：{self.card}）信息有误的，由其到场更正。" if self.card else ""
        )
        yield (
            "text",
            (
                "当事人应当自收到本决定书之日起十五日内，将罚款缴至常山县财政局非税收入专户"
                f"（账号：{TREASURY}）。{back}到期不缴纳罚款的，依据《中华人民共和国行政处罚法》"
                "第七十二条第一款第一项的规定，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额。"
            ),
        )
        yield "text", REMEDIES
        yield "text", FOLLOW_UP
        yield "text", f"本机关咨询电话：{HOTLINE}。"
        yield "sign", ORGAN
        yield "sign", chinese_day(self.decided)
