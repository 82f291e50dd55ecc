"""The fourteen triggers of liability (003 第五十七条), each with the checks that watch it.

``predicates`` name the checks of screening and of the case file, ``kinds`` the lists of the
night's report, ``clocks`` the periods. What software cannot see is said in ``limits``.
"""

from dataclasses import dataclass

from pipeline.domain.basis import Basis
from pipeline.report.night.model import Kind

ARTICLE = "第五十七条"
DOCUMENT = "周村区行政执法公示制度执法全过程记录制度重大执法决定法制审核制度实施办法"
_NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One trigger: what it is, what watches it, and what no program can see of it."""

    number: int
    title: str
    watch: str
    limits: str = ""
    predicates: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    clocks: frozenset[str] = frozenset()

    @property
    def basis(self) -> Basis:
        """The item of the article."""
        tens, ones = divmod(self.number, 10)
        item = _NUMBERS[ones - 1] if not tens else "十" + (_NUMBERS[ones - 1] if ones else "")
        return Basis(DOCUMENT, f"{ARTICLE}第{item}项")


_EXCLUSIONS = frozenset(
    {
        "not_a_penalty",
        "no_social_impact",
        "party_under_fourteen",
        "party_is_minor",
        "other_minor",
        "state_secret",
        "commercial_secret",
        "privacy",
        "security_risk",
        "cites_statute",
        "incapacity",
        "secrecy_review_faulty",
        "summary_procedure",
        "found_unsuitable",
        "listed",
        "credit_class",
    }
)
_RECORDS = frozenset(
    {
        "list_exported",
        "acts_known",
        "on_record",
        "some_on_record",
        "accompanied_by",
        "recorded_when_done",
        "recorded_before_closing",
        "contents_stated",
        "contains",
        "evidence_contains",
        "electronic_contains",
        "transcribed",
        "signed_or_noted",
        "refusal_filmed",
        "two_officers",
        "interruption_explained",
        "file_named",
        "notice_before_decision",
        "statement_or_waiver",
        "filed_before_inquiry",
        "preservation_settled",
        "service_method_known",
        "served_with",
        "not_served",
        "document_complete",
    }
)

TRIGGERS = (
    Trigger(
        number=1,
        title="不履行公示职责",
        watch="每晚更新留有记录；公开期限逐件计算，超期未公开的列入报告",
        kinds=frozenset({Kind.HELD, Kind.FAULT}),
        clocks=frozenset({"publish"}),
    ),
    Trigger(
        number=2,
        title="应当公示的信息没有公示",
        watch="必须公开的栏目缺少或者为空时不发布；收到的决定逐件有去处，件数相加相等",
        limits="没有导出的决定，程序不知道；由导出清单 manifest.json 的件数核对",
        predicates=frozenset({"nothing_to_show", "party_missing", "decided_in_future"}),
        kinds=frozenset({Kind.HELD, Kind.PAGE}),
    ),
    Trigger(
        number=3,
        title="已公示的信息没有及时更新或者更正",
        watch="撤下、期满、更正申请的期限逐件计算；栏目超过核对期限的报警",
        kinds=frozenset({Kind.WITHDRAW, Kind.PENDING, Kind.CORRECTION, Kind.PAGE}),
        clocks=frozenset({"withdraw", "correct", "expire"}),
    ),
    Trigger(
        number=4,
        title="公示了依法禁止公示的信息",
        watch="筛查规则逐条判断；个人信息隐去；发布前逐字节核验成品，查出即不发布",
        predicates=_EXCLUSIONS,
        kinds=frozenset({Kind.SUSPENDED}),
    ),
    Trigger(
        number=5,
        title="没有记录或者没有按要求记录执法全过程",
        watch="逐件检查案件记录清单：应有的文字和音像记录、签名、告知、送达、执法人员人数",
        limits="只看记录清单，不看记录的内容",
        predicates=_RECORDS,
    ),
    Trigger(
        number=6,
        title="毁损、删除、修改、剪接原始记录",
        watch="台账的事件前后相扣并逐次封存，改动、缺失、换序都能查出；音像中断没有说明的列出",
        limits="程序不保存音像原件，原件的完整由专用存储器保证",
        predicates=frozenset({"interruption_explained"}),
    ),
    Trigger(
        number=7,
        title="擅自保存、对外提供或者传播全过程记录",
        watch="网站只收公示内容，核验不认识的文件不发布；存储超过期限的列出",
        limits="程序之外的复制和传播，程序看不到",
        predicates=frozenset({"stored_in_time"}),
    ),
    Trigger(
        number=8,
        title="没有按规定归档、保存或者维护记录",
        watch="逐件检查存储、归档的期限和保存的年限",
        predicates=frozenset({"stored_in_time", "archived_in_time", "kept_long_enough"}),
    ),
    Trigger(
        number=9,
        title="不执行法制审核制度",
        watch="应当审核而没有审核、审核没有通过的，不予公示，待核",
        predicates=frozenset({"legal_review_faulty", "review_waived", "major_discussed"}),
    ),
    Trigger(
        number=10,
        title="不配合或者不按要求报送法制审核材料",
        watch="审核的日期、结论、人员和内容缺一项即待核",
        limits="材料本身是否齐全，由审核人员认定并在审查表写明",
        predicates=frozenset({"legal_review_faulty", "review_points"}),
    ),
    Trigger(
        number=11,
        title="提供虚假的法制审核材料",
        watch="同一事项在导出、审查表和文书中说法不一的，读取时即报出；日期先后不合的待核",
        limits="材料的真假，程序不能判断",
        predicates=frozenset({"discussion_before_decision", "discussion_after_review"}),
        kinds=frozenset({Kind.FAULT}),
    ),
    Trigger(
        number=12,
        title="不履行或者不正确履行审核职责，不执行回避制度",
        watch="八项审核内容逐项核对；审核人是本案执法人员的，待核",
        predicates=frozenset({"legal_review_faulty", "review_points", "secrecy_review_faulty"}),
    ),
    Trigger(
        number=13,
        title="擅自批准未经审核或者审核未通过的决定",
        watch="审核、集体讨论晚于决定的，负责人没有签批的，待核",
        predicates=frozenset(
            {
                "legal_review_faulty",
                "review_waived",
                "approved_before_decision",
                "discussion_before_decision",
                "discussion_after_review",
            }
        ),
    ),
    Trigger(
        number=14,
        title="其他违反三项制度的行为",
        watch="每晚的报告和本检查包；本单位制度文件中的其他规则",
        kinds=frozenset({Kind.CALENDAR}),
    ),
)
