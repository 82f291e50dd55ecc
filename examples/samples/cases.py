"""The decisions of the sample agency, one line each: what it is, how it comes, where it ends."""
# ruff: noqa: E501 - tables and sentences read better on one line

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from samples import disguises as d
from samples import twists as t
from samples.texts import Sample
from samples.twists import Twist

PUBLISHED, WITHHELD, HELD = "published", "withheld", "held"
WITHDRAWN, EXPIRED = "withdrawn", "expired"


@dataclass(frozen=True, slots=True)
class Case:
    """One decision. ``source`` is the structured export it comes in, ``form`` its document.

    ``state`` is where it stands after all nights, ``alone`` where the last export alone puts it
    (when that differs). ``earlier`` is the night on which it was first exported, and ``before``
    undoes what has happened since.
    """

    topic: str
    kind: str
    source: str
    form: str = ""
    decided: str = ""
    state: str = PUBLISHED
    why: str = ""
    twist: Twist = t.none
    alone: str = ""
    earlier: str = ""
    before: Callable[[Sample], None] | None = None
    number: str = ""

    @property
    def decided_on(self) -> date:
        """The day of the decision."""
        return date.fromisoformat(self.decided)


NIGHTS = ("2021-06-30", "2026-10-30")
"""Nights before the last on which the sample agency exported."""

_A, _B = NIGHTS

CASES = (
    # JSON
    Case("stall", "person", "json", decided="2026-01-12", earlier=_B),
    Case("building", "company", "json", decided="2026-01-20", earlier=_B),
    Case("dust", "company", "json", decided="2026-02-05"),
    Case("sewage", "shop", "json", decided="2026-02-09"),
    Case("parking", "person", "json", "", "2026-02-11", WITHHELD, "简易程序", t.summary),
    Case("stall", "person", "json", "", "2026-03-03", WITHHELD, "被处罚人未成年（出生日期）", t.minor_by_birth),
    Case("gas", "company", "json", "", "2026-03-10", WITHHELD, "商业秘密", t.secret("commercial_secret")),
    Case("dog", "person", "json", "", "2026-03-12", WITHHELD, "个人隐私", t.secret("privacy")),
    Case("gas", "company", "json", "", "2026-03-17", WITHHELD, "四安全", t.secret("security")),
    Case("sign", "company", "json", "", "2026-03-24", HELD, "法制审核未通过", t.review_failed),
    Case("sign", "company", "json", "", "2026-03-26", HELD, "法制审核人是本案执法人员", t.reviewed_by_officer),
    Case("waste", "company", "json", "", "2026-04-02", HELD, "尚未送达", t.not_served),
    Case("sewage", "company", "json", "", "2026-04-09", WITHHELD, "不予处罚", t.no_penalty),
    Case("gas", "company", "json", "", "2026-04-14", twist=d.marked_passage),
    Case("fumes", "shop", "json", "", "2026-04-21", WITHDRAWN, "撤销", t.event("撤销"), WITHHELD, _B, t.no_events),
    Case("noise", "company", "json", "", "2026-04-23", WITHDRAWN, "确认违法", t.event("确认违法"), WITHHELD, _B, t.no_events),
    # JSON Lines
    Case("noise", "company", "jsonl", decided="2026-05-07", earlier=_B),
    Case("waste", "person", "jsonl", decided="2026-05-12"),
    Case("fumes", "shop", "jsonl", decided="2026-05-14"),
    Case("dog", "person", "jsonl", "", "2026-05-19", twist=d.health),
    Case("stall", "shop", "jsonl", "", "2026-05-21", WITHDRAWN, "确认无效", t.event("确认无效"), WITHHELD, _B, t.no_events),
    Case("building", "person", "jsonl", "", "2026-05-26", WITHDRAWN, "责令重作", t.event("责令重作", t.REMADE), WITHHELD, _B, t.no_events),
    Case("building", "person", "jsonl", decided="2026-11-12", number=t.REMADE),
    Case("sign", "company", "jsonl", "", "2026-06-02", PUBLISHED, "变更", t.changed, HELD, _B, t.unchanged),
    Case("dust", "company", "jsonl", "", "2026-06-04", PUBLISHED, "更正", t.none, "", _B, t.with_mistake),
    Case("gas", "company", "jsonl", "", "2026-06-09", WITHHELD, "国家秘密", t.secret("state_secret")),
    Case("sewage", "company", "jsonl", "", "2026-06-11", WITHHELD, "不宜公开", t.unsuitable),
    Case("stall", "person", "jsonl", "", "2026-06-16", HELD, "日期不存在", t.bad_date),
    Case("dog", "person", "jsonl", "", "2026-06-18", WITHHELD, "治安管理处罚法", t.public_security),
    Case("waste", "company", "jsonl", "", "2026-06-23", HELD, "金额为负", t.negative_amount),
    Case("sign", "shop", "jsonl", "", "2026-12-01", HELD, "决定日期在今天之后", t.in_future),
    Case("stall", "person", "jsonl", "", "2021-05-18", EXPIRED, "公示满五年", t.none, PUBLISHED, _A),
    Case("dust", "company", "jsonl", "", "2021-06-08", EXPIRED, "公示满五年", t.none, PUBLISHED, _A),
    Case("sorting", "company", "jsonl", decided="2022-09-14"),
    Case("fumes", "shop", "jsonl", "", "2026-06-25", HELD, "适用程序不明", t.no_procedure),
    Case("sign", "company", "jsonl", "", "2026-06-30", WITHHELD, "从未公示即被撤销", t.event("撤销")),
    # XLSX 双公示, 法人 and 个体工商户
    Case("dust", "company", "legal", "docx", "2026-07-02"),
    Case("sign", "company", "legal", "docx", "2026-07-07", twist=d.tracked_changes),
    Case("sorting", "company", "legal", "docx", "2026-07-09", twist=d.hidden_words),
    Case("waste", "company", "legal", "pdf", "2026-07-14"),
    Case("noise", "company", "legal", "pdf", "2026-07-16"),
    Case("building", "company", "legal", "html", "2026-07-21"),
    Case("gas", "company", "legal", "portal", "2026-07-23"),
    Case("fumes", "shop", "legal", "docx", "2026-07-28"),
    Case("sewage", "shop", "legal", "pdf", "2026-07-30"),
    Case("sorting", "shop", "legal", "txt", "2026-08-04"),
    Case("gas", "company", "legal", "docx", "2026-08-06", WITHHELD, "文书带密级标志", t.secrecy_mark),
    Case("building", "company", "legal", "docx", "2026-08-11", HELD, "金额大小写不一致", t.words_disagree),
    Case("dust", "company", "legal", "docx", "2026-08-13", HELD, "同一文号两行不一致", t.twice),
    Case("sewage", "company", "legal", "", "2026-08-18", twist=d.only_facts),
    Case("sign", "company", "legal", "txt", "2026-08-20", HELD, "没有保密审查", t.no_secrecy_review),
    Case("waste", "company", "legal", "html", "2026-08-25", HELD, "保密审查人是制作人", t.reviewed_by_author),
    Case("gas", "company", "legal", "docx", "2026-08-27", WITHHELD, "省级清单", t.on_provincial_list),
    Case("sign", "company", "legal", "docx", "2026-09-01", twist=d.padded),
    # XLSX 双公示, 自然人
    Case("stall", "person", "natural", "docx", "2026-09-03"),
    Case("building", "person", "natural", "docx", "2026-09-08", twist=d.boxed),
    Case("dog", "person", "natural", "html", "2026-09-10"),
    Case("parking", "person", "natural", "pdf", "2026-09-15"),
    Case("waste", "person", "natural", "txt", "2026-09-17", twist=d.broken_lines),
    Case("stall", "person", "natural", "md", "2026-09-22"),
    Case("stall", "person", "natural", "docx", "2026-09-24", WITHHELD, "被处罚人未成年（证件号码）", t.minor_by_number),
    Case("dog", "person", "natural", "txt", "2026-09-29", WITHHELD, "被处罚人未成年（文书）", t.minor_by_text),
    Case("dog", "person", "natural", "docx", "2026-10-08", WITHHELD, "涉及其他未成年人", t.other_minor),
    Case("parking", "person", "natural", "docx", "2026-10-09", WITHHELD, "当场处罚决定书", t.summary_title),
    Case("stall", "person", "natural", "html", "2026-10-12", HELD, "可能涉及精神状况", t.incapacity),
    Case("parking", "person", "natural", "docx", "2026-10-13", twist=d.full_width),
    Case("waste", "person", "natural", "html", "2026-10-15", twist=d.rare_names),
    # CSV in GB18030
    Case("stall", "shop", "csv", "txt", "2026-10-16"),
    Case("sign", "company", "csv", "md", "2026-10-19", twist=d.other_brackets),
    Case("sewage", "company", "csv", "portal", "2026-10-20"),
    Case("fumes", "shop", "csv", "docx", "2026-10-21", twist=d.accounts),
    Case("noise", "company", "csv", "txt", "2026-10-22", HELD, "没有法制审核", t.review_missing),
    Case("building", "person", "csv", "pdf", "2026-10-23"),
    # documents without a row
    Case("dust", "company", "attested", "docx", "2026-10-26"),
    Case("sorting", "company", "alone", "txt", "2026-10-27", HELD, "文书之外没有任何登记"),
    Case("sign", "company", "alone", "scan", "2026-10-28", HELD, "扫描件没有文字层"),
    Case("fumes", "shop", "alone", "wps", "2026-10-29", HELD, "WPS 格式须先转换"),
    # what the case file says
    Case("dust", "company", "jsonl", "", "2026-10-30", HELD, "告知晚于决定（案件记录清单）", t.told_late),
    Case("building", "company", "jsonl", "", "2026-10-30", HELD, "举行了听证，却写明不需要法制审核", t.review_waived),
)  # fmt: skip
