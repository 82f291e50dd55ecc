"""数据字典: the columns of the tables, the keys of the JSON, and what is not in either.

The one place that says them: the tables are written from it and the page is generated from it.
"""
# ruff: noqa: E501 - a table is read by its rows

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.domain.money import Fen
from pipeline.domain.party import PartyKind
from pipeline.site.data.entry import OpenDecision, OpenParty
from pipeline.site.data.publisher import Publisher

Value = str | int | float

Cells = tuple[Value, ...]
"""The values of a line, one for each of ``COLUMNS``."""

_KINDS = {PartyKind.LEGAL_PERSON: "法人及非法人组织", PartyKind.UNINCORPORATED: "法人及非法人组织"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: a decision, and one of its parties with its number from 1."""

    decision: OpenDecision
    party: OpenParty
    number: int
    publisher: Publisher


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``code`` is that of 双公示 (发改办财金〔2018〕424号) or empty.

    ``key`` is where the same stands in the JSON.
    """

    heading: str
    code: str
    key: str
    content: str
    value: Callable[[Line], Value]


def _day(day: date | None) -> str:
    return day.strftime("%Y/%m/%d") if day else ""


def _wan(amount: Fen | None) -> Value:
    """Return an amount in 万元; six decimals say every 分."""
    return "" if amount is None else amount / 1_000_000


COLUMNS = (
    Column("行政相对人名称", "cf_xdr_mc", "parties[].name",
           "单位、个体工商户的名称；自然人一律写“自然人”，不写姓名", lambda x: x.party.name),
    Column("行政相对人类别", "cf_xdr_lb", "parties[].kind",
           "法人及非法人组织、自然人、个体工商户；JSON 中法人和非法人组织分开写",
           lambda x: _KINDS.get(PartyKind(x.party.kind), x.party.kind)),
    Column("统一社会信用代码", "cf_xdr_shxym", "parties[].code",
           "单位、个体工商户的 18 位代码；自然人为空", lambda x: x.party.code),
    Column("法定代表人", "cf_frdb", "parties[].representative",
           "与决定页面一致，依规定隐去名字；个体工商户的经营者不写", lambda x: x.party.representative),
    Column("行政处罚决定书文号", "cf_wsh", "case_number", "一件决定一个文号",
           lambda x: x.decision.case_number),
    Column("违法行为类型", "cf_wfxw", "violation_kind", "", lambda x: x.decision.violation_kind),
    Column("违法事实", "cf_sy", "facts", "其中的自然人当事人写作“当事人”，经营者写作“经营者”",
           lambda x: x.decision.facts),
    Column("处罚依据", "cf_yj", "legal_basis", "", lambda x: x.decision.legal_basis),
    Column("处罚类别", "cf_cflb", "penalties[].kind", "几种处罚之间用半角分号",
           lambda x: ";".join(dict.fromkeys(each.kind for each in x.decision.penalties))),
    Column("处罚内容", "cf_nr", "penalty_text", "", lambda x: x.decision.penalty_text),
    Column("罚款金额（万元）", "cf_nr_fk", "penalties[].amount_yuan",
           "单位万元；JSON 中按每种处罚写，单位元", lambda x: _wan(x.decision.fine)),
    Column("没收违法所得、没收非法财物的金额（万元）", "cf_nr_wfff", "penalties[].amount_yuan",
           "单位万元；JSON 中按每种处罚写，单位元", lambda x: _wan(x.decision.confiscated)),
    Column("处罚决定日期", "cf_jdrq", "decided_on", "表格写 2026/03/05，JSON 写 2026-03-05",
           lambda x: _day(x.decision.decided_on)),
    Column("处罚有效期", "cf_yxq", "valid_until", "没有载明的为空",
           lambda x: _day(x.decision.valid_until)),
    Column("处罚机关", "cf_cfjg", "agency", "", lambda x: x.decision.agency),
    Column("处罚机关统一社会信用代码", "cf_cfjgdm", "agency_code", "",
           lambda x: x.decision.agency_code),
    Column("数据来源单位", "cf_sjly", "", "发布本数据的机关", lambda x: x.publisher.name),
    Column("数据来源单位统一社会信用代码", "cf_sjlydm", "", "", lambda x: x.publisher.code),
    Column("备注", "bz", "remark", "", lambda x: x.decision.remark),
    Column("当事人序号", "", "", "一件决定有几个当事人的，一个一行，从 1 起编号；统计件数和金额时只取 1",
           lambda x: x.number),
    Column("履行情况", "", "performance", "", lambda x: x.decision.performance),
    Column("首次公示日期", "", "first_published_on", "", lambda x: _day(x.decision.first_published_on)),
    Column("最近变动日期", "", "changed_on", "首次公示或者最近一次更正的日期",
           lambda x: _day(x.decision.changed_on)),
    Column("决定页面", "", "page", "固定地址", lambda x: x.decision.page),
)  # fmt: skip

ONLY_JSON = (
    ("api", "这件决定的 JSON 文件的地址"),
    ("title", "文书标题；涉及自然人的为空"),
    ("corrections[]", "更正的日期和说明"),
    ("text", "决定书全文，一段一行；只在单件的 JSON 文件中有，涉及自然人的为 null"),
)
"""Keys of the JSON without a column, and what they hold."""

NOT_GIVEN = (
    ("自然人的姓名", "决定页面依规定写明当事人姓名，并请搜索引擎不要收录；批量数据和接口不提供，防止汇集成个人名录"),
    ("证件类型、证件号码", "当事人和法定代表人的都从不公开"),
    ("住址、联系方式、账号、车牌", "从不公开"),
    ("工商注册号、组织机构代码、税务登记号、事业单位证书号、社会组织登记证号", "已由统一社会信用代码代替"),
    ("暂扣或吊销证照名称及编号、公示截止期", "证照见处罚内容；公示期由制度规定，期满即从数据中删除"),
)  # fmt: skip
"""What the layout of 双公示 or the page has and the data do not, each with the reason."""


def lines_of(decision: OpenDecision, publisher: Publisher) -> Iterator[Line]:
    """Yield the lines of a decision, one for each party."""
    for number, party in enumerate(decision.parties, start=1):
        yield Line(decision, party, number, publisher)


def cells_of(line: Line) -> Cells:
    """Return the cells of a line."""
    return tuple([column.value(line) for column in COLUMNS])
