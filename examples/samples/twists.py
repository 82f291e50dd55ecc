"""What makes a sample decision special: each twist changes a clean one in one respect."""

from collections.abc import Callable
from datetime import date
from typing import Any

from samples.agency import OFFICERS
from samples.invent import Inventor, capital
from samples.texts import Sample, chinese_day

Twist = Callable[[Sample, Inventor], None]
REMADE = "常综执罚决字〔2026〕第0023号"
LISTED = "擅自拆改城镇供水加压设施"
"""A cause on the list that the sample's policy pack sets."""


def none(sample: Sample, inventor: Inventor) -> None:
    """Change nothing."""


def insert(sample: Sample, text: str, *private: str, before: str = "二、证据") -> None:
    """Put a paragraph before the one that begins with ``before``; ``private`` must not show."""
    at = next(i for i, (_, line) in enumerate(sample.paragraphs) if line.startswith(before))
    sample.paragraphs.insert(at, ("text", text))
    sample.private.extend(private)


def party_of(sample: Sample) -> dict[str, Any]:
    """Return the party in the record."""
    party: dict[str, Any] = sample.record["parties"][0]
    return party


def summary(sample: Sample, _: Inventor) -> None:
    """Decide on the spot."""
    sample.record |= {"procedure": "简易程序", "notified_on": None}
    sample.swap("适用普通程序办理", "适用简易程序办理")


def summary_title(sample: Sample, _: Inventor) -> None:
    """Say so in the title only."""
    sample.record |= {"procedure": None, "title": None}
    sample.swap("行政处罚决定书", "当场行政处罚决定书")
    sample.swap("适用普通程序办理", "依法办理")


def _reborn(sample: Sample, inventor: Inventor, birth: date) -> None:
    person = sample.people["party"]
    identity = inventor.identity(birth, male=True)
    sample.swap(chinese_day(person.birth), chinese_day(birth))
    sample.swap(person.identity, identity)
    sample.private.append(identity)
    party_of(sample).update(birth_date=birth.isoformat(), identifiers=[identity])


def minor_by_birth(sample: Sample, inventor: Inventor) -> None:
    """Punish somebody of sixteen whose birth date is in the record."""
    _reborn(sample, inventor, date(2009, 6, 15))


def minor_by_number(sample: Sample, inventor: Inventor) -> None:
    """Punish somebody of seventeen whose age only the ID number says."""
    _reborn(sample, inventor, date(2009, 2, 3))
    party_of(sample)["birth_date"] = None
    sample.paragraphs = [(k, x.split("，出生日期：")[0]) for k, x in sample.paragraphs]


def minor_by_text(sample: Sample, inventor: Inventor) -> None:
    """Punish somebody of sixteen whose age only the document says."""
    _reborn(sample, inventor, date(2010, 3, 8))
    party_of(sample).update(birth_date=None, identifiers=[])
    person = sample.people["party"]
    sample.paragraphs = [
        (kind, f"住址：{person.home}" if "公民身份号码" in text else text)
        for kind, text in sample.paragraphs
    ]
    insert(sample, "当事人违法时年满十六周岁，不满十八周岁，其父亲到场。")


def other_minor(sample: Sample, inventor: Inventor) -> None:
    """Let a child be hurt."""
    child = inventor.name()
    people = sample.record["persons"]
    people.append({"name": child, "role": "未成年人", "birth_date": "2017-04-02"})
    text = f"该犬在绿地内将{child}（2017年4月2日出生，常山县某小学学生）的左小腿抓伤。"
    insert(sample, text, child)


def secret(matter: str) -> Twist:
    """Return the twist that the secrecy review found ``matter`` involved."""

    def twist(sample: Sample, _: Inventor) -> None:
        sample.record["secrecy_review"][matter] = True

    return twist


def secrecy_mark(sample: Sample, _: Inventor) -> None:
    """Put a marking of secrecy on top of the document."""
    sample.paragraphs.insert(0, ("sign", "机密★5年"))


def review_failed(sample: Sample, _: Inventor) -> None:
    """Let the legal review fail."""
    sample.record["legal_review"]["passed"] = False
    sample.swap("经法制审核，审核意见为同意", "送法制审核，法制审核未通过")


def reviewed_by_officer(sample: Sample, _: Inventor) -> None:
    """Let an officer of the case do the legal review."""
    text = "".join(line for _, line in sample.paragraphs)
    name = next(name for name, _ in OFFICERS if name in text)
    sample.record["legal_review"]["reviewer"] = name


def review_missing(sample: Sample, _: Inventor) -> None:
    """Say nothing of a legal review."""
    sample.record["legal_review"] = None
    sample.paragraphs = [(kind, text) for kind, text in sample.paragraphs if "法制审核" not in text]


def review_waived(sample: Sample, _: Inventor) -> None:
    """Say that no legal review was needed, although there was a hearing."""
    sample.record["legal_review"] = {"required": False}
    sample.paragraphs = [(kind, text) for kind, text in sample.paragraphs if "法制审核" not in text]
    insert(sample, "当事人提出申请后，本机关举行了听证会，听取了当事人的意见。", before="四、")


def told_late(sample: Sample, _: Inventor) -> None:
    """Leave the day of the notice to the process record."""
    sample.record["notified_on"] = None


def no_secrecy_review(sample: Sample, _: Inventor) -> None:
    """Say nothing of a secrecy review."""
    sample.record["secrecy_review"] = None


def reviewed_by_author(sample: Sample, _: Inventor) -> None:
    """Let the author of the text review it."""
    review = sample.record["secrecy_review"]
    review["reviewer"] = review["author"]


def not_served(sample: Sample, _: Inventor) -> None:
    """Leave the day of service open."""
    sample.record |= {"served_on": None, "service_method": None}


def no_procedure(sample: Sample, _: Inventor) -> None:
    """Leave the procedure open, in the record and in the text."""
    sample.record["procedure"] = None
    sample.swap("适用普通程序办理", "依法办理")


def no_penalty(sample: Sample, _: Inventor) -> None:
    """Decide not to punish."""
    sample.record |= {"outcome": "不予处罚", "penalties": None, "penalty_text": "不予行政处罚"}
    sample.record["title"] = "常山县综合行政执法局不予行政处罚决定书"
    sample.swap("行政处罚决定书", "不予行政处罚决定书")
    at = next(i for i, (_, x) in enumerate(sample.paragraphs) if "作出如下行政处罚" in x)
    text = "鉴于违法行为轻微并及时改正，没有造成危害后果，本机关决定对当事人不予行政处罚。"
    sample.paragraphs[at] = ("text", text)


def unsuitable(sample: Sample, _: Inventor) -> None:
    """Let the reviewer find the case unsuitable."""
    sample.record["unsuitable"] = True


def on_provincial_list(sample: Sample, _: Inventor) -> None:
    """Punish what is on the provincial list."""
    sample.record["violation_kind"] = LISTED


def public_security(sample: Sample, _: Inventor) -> None:
    """Cite the law whose records are sealed."""
    basis = "《中华人民共和国治安管理处罚法》第八十九条第一款"
    sample.record["legal_basis"] = basis
    insert(sample, f"当事人驱使犬只惊扰他人，依据{basis}处理。", before="四、")


def incapacity(sample: Sample, _: Inventor) -> None:
    """Speak of a mental illness."""
    insert(sample, "当事人的兄长称，当事人患有精神分裂症，长期服药，并提交了残疾证复印件。")


def event(kind: str, remade_as: str = "") -> Twist:
    """Return the twist that the decision met its fate after it was published."""

    def twist(sample: Sample, _: Inventor) -> None:
        happened: dict[str, object] = {
            "kind": kind,
            "effective_on": "2026-11-09",
            "received_on": "2026-11-11",
            "organ": "常山县人民政府",
            "ground": "认定事实的主要证据不足",
        }
        sample.record["events"] = [happened | ({"remade_as": remade_as} if remade_as else {})]

    return twist


def no_events(sample: Sample) -> None:
    """Take away what has happened since."""
    sample.record.pop("events", None)


_OLD, _NEW = 8000, 3000


def changed(sample: Sample, _: Inventor) -> None:
    """Lower the fine by a later decision."""
    _fine(sample, _NEW)
    sample.record["events"] = [
        {"kind": "变更", "effective_on": "2026-11-10", "received_on": "2026-11-11",
         "organ": "常山县人民政府", "ground": "裁量不当"}
    ]  # fmt: skip


def unchanged(sample: Sample) -> None:
    """Return to the fine as it was decided first."""
    no_events(sample)
    _fine(sample, _OLD)


def _fine(sample: Sample, yuan: int) -> None:
    words = f"罚款人民币{capital(yuan)}（¥{yuan:,}.00）"
    old = str(sample.record["penalty_text"])
    sample.swap(old, words)
    sample.public[:] = [f"{yuan:,}" if old.find(f"¥{x}.00") >= 0 else x for x in sample.public]
    sample.record |= {
        "penalty_text": words,
        "penalties": [{"kind": "罚款", "amount_yuan": f"{yuan}.00"}],
    }


def with_mistake(sample: Sample) -> None:
    """Publish with a slip of the pen, corrected since."""
    sample.swap("喷淋设备", "喷琳设备")


def bad_date(sample: Sample, _: Inventor) -> None:
    """Export a day that does not exist."""
    sample.record["act_date"] = "2026-02-30"


def negative_amount(sample: Sample, _: Inventor) -> None:
    """Export a negative fine."""
    sample.record["penalties"] = [{"kind": "罚款", "amount_yuan": "-10000.00"}]


def in_future(sample: Sample, _: Inventor) -> None:
    """Serve on the day of a decision that has not come yet."""
    sample.record["secrecy_review"]["reviewed_on"] = "2026-11-18"


def words_disagree(sample: Sample, _: Inventor) -> None:
    """Let the words of an amount disagree with its digits."""
    fine = sample.record["penalties"][0]["amount_yuan"]
    yuan = int(float(fine))
    sample.swap(f"罚款人民币{capital(yuan)}", f"罚款人民币{capital(yuan + 900)}")


def twice(sample: Sample, _: Inventor) -> None:
    """Appear in a second row with another fact."""
    sample.record["_second_row"] = {"violation_kind": "施工工地未设置硬质围挡"}
