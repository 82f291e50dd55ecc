"""Private matter in awkward places and dirty writing: what exports of real offices look like."""

from samples.invent import Inventor
from samples.texts import Sample
from samples.twists import insert, party_of


def marked_passage(sample: Sample, _: Inventor) -> None:
    """Let a reviewer mark a passage to be hidden."""
    passage = "内部结算底价为每瓶柒拾捌元伍角"
    sample.record["protected"] = [passage]
    insert(sample, f"双方往来账目显示，{passage}，与本案供气数量可以对应。", passage)


def health(sample: Sample, _: Inventor) -> None:
    """Speak of somebody's illness."""
    insert(
        sample,
        "当事人申辩称，其妻患有尿毒症，每周须到县人民医院透析三次，家庭负担较重，提交了诊断证明书。",
        "尿毒症",
    )


def accounts(sample: Sample, inventor: Inventor) -> None:
    """Name bank, chat and e-mail accounts."""
    card, account = inventor.card(), inventor.account()
    spaced = " ".join(card[i : i + 4] for i in range(0, len(card), 4))
    insert(
        sample,
        f"经营款项通过经营者个人银行卡（卡号：{spaced}）和店铺对公账户（开户行：常山农商银行城关支行，"
        f"账号：{account}）收取，微信号：yanxun_cs0570，电子邮箱：cs.diner@example.com。",
        card, spaced, account, "yanxun_cs0570", "cs.diner@example.com",
    )  # fmt: skip


def tracked_changes(sample: Sample, inventor: Inventor) -> None:
    """Delete a person by a tracked change, which stays in the file."""
    gone = inventor.name()
    insert(sample, f"\x01另据知情人{gone}（电话13800000571）反映，\x02该广告牌设置已逾半年。")
    sample.private += [gone, "13800000571"]
    sample.public.append("该广告牌设置已逾半年")


def hidden_words(sample: Sample, inventor: Inventor) -> None:
    """Hide a note in the running text."""
    gone = inventor.name()
    insert(sample, f"\x03承办人备注：{gone}系举报人，须保密。\x04上述情况经复查属实。")
    sample.private += [gone, "承办人备注"]


def boxed(sample: Sample, inventor: Inventor) -> None:
    """Put the neighbours into a table and a remark into a text box."""
    first, second, third = inventor.name(), inventor.name(), inventor.name()
    at = next(i for i, (_, line) in enumerate(sample.paragraphs) if line.startswith("三、"))
    rows = [
        ("row", "相邻关系人|联系电话|意见"),
        ("row", f"{first}|13900000572|没有意见"),
        ("row", f"{second}|13900000573|要求拆除"),
        ("box", f"测绘人员{third}现场复核"),
    ]
    sample.paragraphs[at:at] = rows
    sample.private += [first, second, "13900000572", "13900000573", third]


def padded(sample: Sample, _: Inventor) -> None:
    """Pad names as office templates do."""
    name = str(party_of(sample)["representative"])
    spaced = "　".join(name)
    sample.swap(f"法定代表人：{name}", f"法定代表人： {spaced}　")
    witness = sample.people["witness"].name
    sample.swap(f"证人{witness}", f"证人 {' '.join(witness)} ")
    sample.private += [spaced, " ".join(witness)]


def broken_lines(sample: Sample, _: Inventor) -> None:
    """Break lines after commas, as copied mail does."""
    sample.paragraphs = [
        (kind, text.replace("，", "，\n") if kind == "text" and len(text) > 150 else text)
        for kind, text in sample.paragraphs
    ]
    sample.public = [value for value in sample.public if "，" not in value]


_WIDE = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789X"}


def full_width(sample: Sample, _: Inventor) -> None:
    """Write identifiers in full-width digits, and with spaces between."""
    person = sample.people["party"]
    identity, phone = person.identity, person.phone
    wide = identity.translate(_WIDE)
    spaced = f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    sample.swap(identity, wide)
    sample.swap(phone, spaced)
    sample.private += [wide, spaced]


def rare_names(sample: Sample, _: Inventor) -> None:
    """Let people with long and foreign names testify."""
    names = ("阿依古丽·买买提", "Marek Zielony")
    sample.record["persons"] += [{"name": name, "role": "证人"} for name in names]
    insert(sample, f"务工人员{names[0]}和外籍住户{names[1]}分别陈述了当晚看到的倾倒经过。", *names)


def other_brackets(sample: Sample, _: Inventor) -> None:
    """Write the 文号 in the sheet with other brackets and without zeros."""
    number = sample.number.replace("〔", "﹝").replace("〕", "﹞").replace("第00", "")
    sample.record["_row_number"] = f" {number}　"


def only_facts(sample: Sample, _: Inventor) -> None:
    """Come without a document: the facts of the row are all there is to show."""
    sample.private = [value for value in sample.private if value in str(sample.record)]
