"""The columns that a 处罚 sheet may have: the 双公示 layout and our extension columns.

This table is the one place that says them; the documentation is generated from it.
"""
# ruff: noqa: E501 - a table is read by its rows

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Group(Enum):
    """Where a column comes from."""

    STANDARD = "双公示"
    EXTENSION = "扩展列"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``key`` in code, ``heading`` as we write it, ``code`` of the data standard.

    ``required`` columns must be in the sheet. ``aliases`` are other headings in use.
    """

    key: str
    heading: str
    content: str
    code: str = ""
    required: bool = False
    aliases: tuple[str, ...] = ()
    group: Group = Group.STANDARD


_DAY = "日期，如 2024/05/03、2024-5-3、2024年5月3日"
_YES = "是、否"
_TIME = "时间，如 2026/02/03 10:30"
_POINTS = "已审核内容的编号 1 至 8（周村办法第五十四条），几项之间用顿号；都审核的填全部"

STANDARD = (
    Column("name", "行政相对人名称", "当事人的全称", "cf_xdr_mc", True, ("当事人名称", "当事人", "行政相对人", "当事人姓名", "行政相对人姓名")),
    Column("kind", "行政相对人类别", "法人及非法人组织、自然人、个体工商户；自然人专用表可不设", "cf_xdr_lb", True, ("当事人类别", "相对人类别", "行政相对人类型")),
    Column("uscc", "行政相对人代码_1（统一社会信用代码）", "组织必填；个体工商户没有时填 17 个 0 加 X，并填工商注册号", "cf_xdr_shxym", False, ("统一社会信用代码", "行政相对人统一社会信用代码", "代码_1统一社会信用代码", "行政相对人代码_1", "代码_1", "社会信用代码")),
    Column("registration", "行政相对人代码_2（工商注册号）", "没有统一社会信用代码的个体工商户必填", "cf_xdr_gszc", False, ("工商注册号", "工商登记码", "行政相对人代码_2", "行政相对人代码_2（工商登记码）", "代码_2工商注册号", "代码_2")),
    Column("organisation_code", "行政相对人代码_3（组织机构代码）", "可不填", "cf_xdr_zzjg", False, ("组织机构代码", "行政相对人代码_3", "代码_3组织机构代码", "代码_3")),
    Column("tax_code", "行政相对人代码_4（税务登记号）", "可不填", "cf_xdr_swdj", False, ("税务登记号", "行政相对人代码_4", "代码_4税务登记号", "代码_4")),
    Column("institution_code", "行政相对人代码_5（事业单位证书号）", "可不填", "cf_xdr_sydw", False, ("事业单位证书号", "行政相对人代码_5", "代码_5事业单位证书号", "代码_5")),
    Column("society_code", "行政相对人代码_6（社会组织登记证号）", "可不填", "cf_xdr_shzz", False, ("社会组织登记证号", "行政相对人代码_6", "代码_6社会组织登记证号", "代码_6")),
    Column("representative", "法定代表人", "组织、个体工商户必填（负责人、经营者）", "cf_frdb", False, ("法定代表人姓名", "法定代表人（负责人）", "法定代表人或负责人", "负责人", "经营者", "法定代表人（负责人）姓名", "法人代表")),
    Column("representative_id_kind", "法定代表人证件类型", "可不填", "cf_fr_zjlx", False, ("法人证件类型",)),
    Column("representative_id", "法定代表人证件号码", "只用于隐去，从不公开", "cf_fr_zjhm", False, ("法定代表人身份证号", "法定代表人身份证号码", "cf_fr_sfzh", "法人证件号码", "法定代表人证件号")),
    Column("id_kind", "证件类型", "自然人填写", "cf_xdr_zjlx", False, ("行政相对人证件类型", "自然人证件类型", "当事人证件类型")),
    Column("id_number", "证件号码", "自然人填写；只用于隐去和核对年龄，从不公开", "cf_xdr_zjhm", False, ("行政相对人证件号码", "自然人证件号码", "当事人证件号码", "身份证号", "身份证号码", "居民身份证号", "公民身份号码", "证件号")),
    Column("case_number", "行政处罚决定书文号", "如 某综执罚决字〔2024〕12号", "cf_wsh", True, ("文号", "决定书文号", "处罚决定书文号", "行政处罚决定文书号", "行政处罚决定书号", "处罚文号", "行政处罚文号")),
    Column("violation_kind", "违法行为类型", "违法行为的名称", "cf_wfxw", True, ("违法行为种类", "案由", "违法类型")),
    Column("facts", "违法事实", "主要违法事实", "cf_sy", True, ("主要违法事实",)),
    Column("legal_basis", "处罚依据", "所依据的法律、法规、规章的条款", "cf_yj", True, ("行政处罚依据", "法律依据")),
    Column("penalty_kinds", "处罚类别", "警告、罚款等，几项之间用分号", "cf_cflb", True, ("行政处罚类别", "处罚种类", "行政处罚种类")),
    Column("penalty_text", "处罚内容", "处罚决定的主文", "cf_nr", True, ("行政处罚内容",)),
    Column("fine", "罚款金额（万元）", "单位是万元，小数不超过六位；有罚款的必填", "cf_nr_fk", False, ("罚款金额", "罚款数额（万元）", "罚款金额（单位：万元）")),
    Column("fine_yuan", "罚款金额（元）", "只有以元为单位的导出才设此列", "", False, ("罚款数额（元）", "罚款金额（单位：元）")),
    Column("confiscated", "没收违法所得、没收非法财物的金额（万元）", "单位是万元；有没收违法所得的必填", "cf_nr_wfff", False, ("没收金额（万元）", "没收违法所得没收非法财物的金额", "没收违法所得或没收非法财物的金额（万元）", "没收违法所得金额（万元）")),
    Column("licence", "暂扣或吊销证照名称及编号", "暂扣、吊销许可证件的填写", "cf_nr_zkdx", False, ("暂扣或吊销证照名称", "暂扣、吊销证照名称及编号")),
    Column("decided_on", "处罚决定日期", _DAY, "cf_jdrq", True, ("行政处罚决定日期", "处罚日期", "决定日期")),
    Column("valid_until", "处罚有效期", _DAY + "；长期的填 2099/12/31", "cf_yxq", False, ("处罚有效期限", "处罚有效期至")),
    Column("public_until", "公示截止期", _DAY + "；只核对写法，公示期由规则计算", "cf_gsjzq", False, ("公示截止日期", "公示期限")),
    Column("organ", "处罚机关", "作出决定的机关全称", "cf_cfjg", True, ("行政处罚机关", "作出处罚决定机关", "处罚机关名称", "处罚决定机关", "执法机关")),
    Column("organ_code", "处罚机关统一社会信用代码", "18 位", "cf_cfjgdm", False, ("处罚机关代码", "行政处罚机关统一社会信用代码")),
    Column("data_source", "数据来源单位", "可不填", "cf_sjly", False, ("数据来源",)),
    Column("data_source_code", "数据来源单位统一社会信用代码", "可不填", "cf_sjlydm", False, ("数据来源单位代码",)),
    Column("remark", "备注", "可不填", "bz", False, ("cf_bz",)),
)  # fmt: skip


def _extension(key: str, heading: str, content: str, *aliases: str) -> Column:
    return Column(key, heading, content, aliases=aliases, group=Group.EXTENSION)


EXTENSIONS = (
    _extension("title", "文书标题", "决定书的标题", "决定书标题", "文书名称"),
    _extension("procedure", "适用程序", "普通程序、简易程序", "处罚程序", "执法程序", "办案程序"),
    _extension("outcome", "决定结果", "予以处罚、不予处罚、违法事实不能成立、移送司法机关；不填为予以处罚"),
    _extension("act_date", "违法行为发生日期", _DAY + "；持续的填最后一天", "违法行为日期", "违法行为终了日期"),
    _extension("filed_on", "立案日期", _DAY),
    _extension("notified_on", "告知日期", _DAY, "事先告知日期", "处罚告知日期"),
    _extension("served_on", "送达日期", _DAY, "决定书送达日期"),
    _extension("service_method", "送达方式", "直接送达、留置送达、邮寄送达、公告送达、电子送达、委托送达", "送达种类"),
    _extension("birth_date", "当事人出生日期", _DAY + "；自然人、经营者", "出生日期", "出生年月日"),
    _extension("address", "当事人住址", "只用于隐去，从不公开", "住址", "当事人地址", "家庭住址"),
    _extension("contacts", "当事人联系方式", "电话、邮箱、微信等，用分号分开；只用于隐去", "联系方式", "联系电话", "当事人电话"),
    _extension("persons", "其他自然人", "姓名:角色:出生日期，几人之间用分号；角色、出生日期可不填", "其他人员", "案件其他自然人"),
    _extension("legal_required", "是否应当法制审核", _YES, "是否需要法制审核"),
    _extension("legal_result", "法制审核结论", "通过、不通过、无需审核", "法制审核意见", "法制审核结果"),
    _extension("legal_reviewer", "法制审核人员", "审核人姓名", "法制审核人"),
    _extension("legal_on", "法制审核日期", _DAY),
    _extension("legal_points", "法制审核内容", _POINTS),
    _extension("discussed_on", "集体讨论日期", _DAY),
    _extension("secrecy_result", "保密审查结论", "不涉及（即国家秘密、商业秘密、个人隐私、四安全均不涉及）、涉及国家秘密、涉及商业秘密、涉及个人隐私、危及四安全", "保密审查意见", "保密审查结果"),
    _extension("secrecy_reviewer", "保密审查人员", "审查人姓名", "保密审查人"),
    _extension("secrecy_on", "保密审查日期", _DAY),
    _extension("secrecy_author", "制作人", "公示文本的制作人，须与审查人不同", "公示文本制作人", "保密审查制作人"),
    _extension("state_secret", "是否涉及国家秘密", _YES, "涉及国家秘密"),
    _extension("commercial_secret", "是否涉及商业秘密", _YES, "涉及商业秘密"),
    _extension("privacy", "是否涉及个人隐私", _YES, "涉及个人隐私"),
    _extension("security", "是否危及四安全", "是、否；四安全即国家安全、公共安全、经济安全、社会稳定", "是否涉及四安全", "危及四安全", "涉及四安全", "四安全", "是否危及国家安全、公共安全、经济安全、社会稳定"),
    _extension("social_impact", "社会影响认定", "是（具有一定社会影响）、否", "是否具有一定社会影响", "具有一定社会影响"),
    _extension("unsuitable", "不宜公开", "是、否；是即审查人或省级以上机关认为不宜公开", "是否不宜公开"),
    _extension("credit_class", "信用类别", "轻微、一般、严重", "失信类别", "失信信息类别", "信用信息类别"),
    _extension("published_before", "首次公示日期", _DAY + "；在原来的网站上已经公示过的填写，公示期从这一天起算", "首次公开日期"),
    _extension("performance", "履行情况", "如 已履行、未履行、部分履行", "执行情况"),
    _extension("status", "当前状态", "正常、变更、撤销、确认违法、确认无效、责令重作、信用修复、维持", "决定状态", "状态"),
    _extension("status_on", "状态日期", _DAY + "；改变状态的文书的日期"),
    _extension("status_received_on", "收到日期", _DAY + "；本机关收到该文书的日期", "状态收到日期"),
    _extension("status_ground", "状态原因", "一句话，不写个人信息"),
    _extension("status_organ", "状态机关", "作出该文书的机关"),
    _extension("remade_as", "重作文号", "重新作出的决定书的文号", "重新作出的文号"),
    _extension("protected", "应隐去内容", "文书中其他应隐去的原文，几处之间用分号或换行"),
)  # fmt: skip

COLUMNS = STANDARD + EXTENSIONS

REVIEW_COLUMNS = (
    Column("case_number", "文号", "如 某综执罚决字〔2024〕12号", "", True, ("行政处罚决定书文号", "决定书文号", "处罚决定书文号", "处罚文号")),
    Column("subject", "审查事项", "保密审查、法制审核", "", True, ("审核事项", "审查类型", "审查种类")),
    Column("result", "审查结论", "法制审核：通过、不通过、无需审核；保密审查：不涉及、涉及国家秘密等", "", True, ("审核结论", "审查意见", "审查结果", "结论")),
    Column("reviewer", "审查人", "姓名", "", True, ("审核人", "审查人员", "审核人员")),
    Column("reviewed_on", "审查日期", _DAY, "", True, ("审核日期", "审查时间", "日期")),
    Column("author", "制作人", "公示文本的制作人，须与审查人不同", "", False, ("公示文本制作人",)),
    Column("legal_required", "是否应当法制审核", _YES, "", False, ("是否需要法制审核",)),
    Column("legal_points", "法制审核内容", _POINTS),
    Column("discussed_on", "集体讨论日期", _DAY),
    *(column for column in EXTENSIONS if column.key in {"state_secret", "commercial_secret", "privacy", "security"}),
)  # fmt: skip

RECORD_COLUMNS = (
    Column("case_number", "文号", "如 某综执罚决字〔2024〕12号", "", True, ("行政处罚决定书文号", "决定书文号", "处罚决定书文号", "处罚文号")),
    Column("record_act", "记录行为", "如 立案、询问、现场检查、告知、送达；可用的叫法见规则表末尾", "", True, ("执法行为", "行为", "执法环节", "记录事项")),
    Column("record_medium", "记录方式", "文字、音像", "", True, ("记录类型", "记录形式")),
    Column("record_document", "文书名称", "文书或者录音录像的名称", "", False, ("记录名称", "文书或录像名称")),
    Column("record_file", "文件名", "音像文件的名称标识", "", False, ("文件名称", "音像文件名")),
    Column("record_method", "行为方式", "如 直接送达、留置送达、查封、录音", "", False, ("记录送达方式",)),
    Column("record_started", "开始时间", _TIME, "", False, ("记录开始时间", "起始时间")),
    Column("record_ended", "结束时间", _TIME, "", False, ("记录结束时间", "终止时间")),
    Column("record_returned", "返回单位时间", _TIME),
    Column("record_stored", "存储时间", _TIME, "", False, ("入库时间",)),
    Column("record_archived", "归档时间", _TIME + "；可以只写日期", "", False, ("归档日期",)),
    Column("record_officers", "执法人员", "几人之间用顿号或者分号", "", False, ("记录人", "承办人")),
    Column("record_signed", "是否签字", _YES, "", False, ("签字情况",)),
    Column("record_interrupted", "是否中断", "是、否；音像记录填写", "", False, ("记录是否中断",)),
    Column("record_note", "情况说明", "拒签、中断等情况", "", False, ("拒签或中断说明",)),
    Column("record_contents", "载明事项", "记录载有的事项，用词见规则表，几项之间用顿号", "", False, ("记录内容",)),
    Column("record_retention", "保存期限", "如 6个月、2年、永久"),
    Column("record_classes", "永久保存原因", "作为证据、阻碍执法、突发群体事件、重大疑难复杂、涉访涉诉、复议诉讼投诉异议、其他永久保存"),
)  # fmt: skip

HEADINGS = {c.key: c.heading for c in RECORD_COLUMNS + REVIEW_COLUMNS + COLUMNS}
"""The heading that a message names for each key."""


def columns_table(columns: Iterable[Column]) -> str:
    """Return the columns as a Markdown table, for ``docs/export-format.md``."""
    lines = ["| 列名 | 代码 | 必设 | 填写 | 也认 |", "|---|---|---|---|---|"]
    for column in columns:
        code = f"`{column.code}`" if column.code else ""
        also = "、".join(alias for alias in column.aliases if not alias.isascii())
        must = "是" if column.required else ""
        lines.append(f"| {column.heading} | {code} | {must} | {column.content} | {also} |")
    return "\n".join(lines) + "\n"
