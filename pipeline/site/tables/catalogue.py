"""The lists that a bureau may publish, with their columns. One entry a duty of the seed documents.

000 is the disclosure system of 常山 (2021), 003 that of 周村 (2018).
"""

from typing import Final

from pipeline.site.tables.model import Cell, Column, Layout, TableKind

_BEFORE, _DURING, _AFTER = "事前公示", "事中公示", "事后公示"


def _text(*headings: str) -> tuple[Column, ...]:
    return tuple(map(Column, headings))


def _optional(heading: str, cell: Cell = Cell.TEXT) -> Column:
    return Column(heading, cell, required=False)


SUBJECTS: Final = TableKind(  # 000 第五条, 003 第十条第二款
    key="subjects",
    title="执法主体",
    section=_BEFORE,
    order=11,
    summary="以谁的名义执法，权限有多大",
    columns=(
        *_text("名称", "性质", "执法依据", "职权范围", "执法区域"),
        _optional("统一社会信用代码"),
        _optional("地址"),
        _optional("电话", Cell.PHONE),
    ),
    layout=Layout.CARDS,
)
DELEGATIONS: Final = TableKind(  # 003 第十条第三款
    key="delegations",
    title="委托执法",
    section=_BEFORE,
    order=12,
    summary="委托谁执法，委托的依据、事项、权限和期限",
    columns=(
        *_text("受委托组织", "委托机关", "委托依据", "委托事项", "委托权限"),
        Column("委托期限自", Cell.DAY),
        Column("委托期限至", Cell.UNTIL),
        Column("法律责任"),
    ),
    layout=Layout.CARDS,
    may_be_empty=True,
)
OFFICERS: Final = TableKind(  # 003 第十一条
    key="officers",
    title="执法人员",
    section=_BEFORE,
    order=13,
    summary="具有行政执法资格的人员及其证件编号、执法区域",
    columns=(
        *_text("姓名", "单位", "职务"),
        Column("证件编号", Cell.CERTIFICATE),
        *_text("执法类别", "执法区域"),
        _optional("证件有效期至", Cell.UNTIL),
    ),
)
ITEMS: Final = TableKind(  # 003 第十二条
    key="items",
    title="执法事项清单",
    section=_BEFORE,
    order=21,
    summary="可以作出哪些执法行为，依据、裁量基准、时限和救济渠道",
    columns=(
        *_text("领域", "事项名称", "类别", "执法依据", "裁量基准", "执法机构", "办理时限"),
        Column("救济渠道"),
        _optional("对应违法行为"),
    ),
    layout=Layout.CARDS,
    group="领域",
    named_by="事项名称",
)
DISCRETION: Final = TableKind(  # 行政处罚法 第三十四条
    key="discretion",
    title="裁量基准",
    section=_BEFORE,
    order=22,
    summary="同一违法行为，什么情节处罚多少",
    columns=(*_text("事项名称", "违法情节", "处罚幅度", "依据"), _optional("备注")),
    group="事项名称",
)
RANDOM_CHECKS: Final = TableKind(  # 003 第十三条
    key="random-checks",
    title="随机抽查事项清单",
    section=_BEFORE,
    order=25,
    summary="抽查什么、抽查谁、怎样抽查、多久一次",
    columns=_text(
        *("抽查事项", "抽查依据", "抽查主体", "抽查对象", "抽查内容", "抽查方式", "抽查比例"),
        "抽查频次",
    ),
    layout=Layout.CARDS,
)
FLOWS: Final = TableKind(  # 003 第十四条
    key="flows",
    title="执法流程图",
    section=_BEFORE,
    order=31,
    summary="各类执法活动的步骤和环节",
    columns=(
        *_text("流程", "步骤", "说明"),
        *map(_optional, ("时限", "否则", "依据")),
    ),
    layout=Layout.FLOW,
    group="流程",
    named_by="步骤",
)
GUIDES: Final = TableKind(  # 003 第十五条
    key="guides",
    title="服务指南",
    section=_BEFORE,
    order=35,
    summary="到哪里办、带什么材料、多久办好",
    columns=(
        *_text("事项名称", "办理场所"),
        Column("联系电话", Cell.PHONE),
        *_text("材料目录", "办事流程", "办理时限", "监督方式", "救济渠道"),
        *map(_optional, ("办理时间", "示范文本")),
    ),
    layout=Layout.CARDS,
)
AV_RECORDS: Final = TableKind(  # 000 音像记录事项清单, 003 第二十五条第二款
    key="av-records",
    title="音像记录事项清单",
    section=_BEFORE,
    order=36,
    summary="哪些执法环节录音录像，从什么时候录到什么时候",
    columns=(
        *_text("序号", "记录事项", "执法类别", "执法环节", "执法事项", "记录人", "记录场所"),
        *map(_optional, ("记录起止时间", "记录内容", "记录载体", "记录标识要求", "备注")),
    ),
    layout=Layout.CARDS,
    group="执法环节",
    named_by="记录事项",
)
LEGAL_REVIEW: Final = TableKind(  # 003 第五十一条
    key="legal-review",
    title="重大执法决定法制审核目录",
    section=_BEFORE,
    order=37,
    summary="哪些决定作出前必须经过法制审核",
    columns=_text("执法类别", "审核事项", "审核标准", "送审材料", "依据"),
)
MONITORS: Final = TableKind(  # 行政处罚法 第四十一条
    key="monitors",
    title="电子技术监控设备",
    section=_BEFORE,
    order=38,
    summary="收集、固定违法事实的监控设备设置在哪里",
    columns=(
        *_text("设置地点", "设备类型", "采集内容"),
        Column("启用日期", Cell.DAY),
        Column("法制审核日期", Cell.DAY),
        Column("技术审核日期", Cell.DAY),
    ),
    may_be_empty=True,
)
SUPERVISION: Final = TableKind(  # 浙江省综合行政执法条例 第三十七条
    key="supervision",
    title="监督渠道",
    section=_BEFORE,
    order=41,
    summary="对执法有意见，向谁反映",
    columns=(
        *_text("渠道", "受理机关", "受理范围"),
        _optional("电话", Cell.PHONE),
        *map(_optional, ("地址", "办理时限")),
    ),
)
WINDOWS: Final = TableKind(  # 003 第十六条
    key="windows",
    title="窗口人员",
    section=_DURING,
    order=51,
    summary="办事窗口由谁接待，办理什么",
    columns=_text("单位", "姓名", "职务", "执法种类", "服务事项"),
)
RANDOM_RESULTS: Final = TableKind(  # 003 第十八条
    key="random-results",
    title="随机抽查结果",
    section=_AFTER,
    order=61,
    summary="抽查了谁，结果怎样，怎样处理",
    columns=(
        Column("抽查日期", Cell.DAY),
        *_text("抽查事项", "抽查对象", "执法机构", "抽查结果"),
        _optional("后续处理"),
    ),
    may_be_empty=True,
)

TABLES: Final[tuple[TableKind, ...]] = (
    *(SUBJECTS, DELEGATIONS, OFFICERS, ITEMS, DISCRETION, RANDOM_CHECKS, FLOWS, GUIDES),
    *(AV_RECORDS, LEGAL_REVIEW, MONITORS, SUPERVISION, WINDOWS, RANDOM_RESULTS),
)
"""Every list; a test holds their keys against what packs may ask for."""
