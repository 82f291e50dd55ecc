"""The words a pack may use: predicates with their parameters, clocks, limits, pages.

``pipeline.screening`` implements every predicate named here, and nothing else; a test compares
the two tables. So a pack is checked on load without policy knowing how screening works.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PREDICATES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "summary_procedure": frozenset(),
        "not_a_penalty": frozenset(),
        "party_missing": frozenset(),
        "nothing_to_show": frozenset(),
        "decided_in_future": frozenset(),
        "not_served": frozenset(),
        "party_is_minor": frozenset(),
        "party_under_fourteen": frozenset(),
        "other_minor": frozenset(),
        "state_secret": frozenset(),
        "commercial_secret": frozenset(),
        "privacy": frozenset(),
        "security_risk": frozenset(),
        "found_unsuitable": frozenset(),
        "listed": frozenset({"causes", "statutes"}),
        "cites_statute": frozenset({"statutes"}),
        "legal_review_faulty": frozenset(),
        "secrecy_review_faulty": frozenset(),
        "incapacity": frozenset(),
        "no_social_impact": frozenset(),
        "credit_class": frozenset({"classes"}),
    }
)
"""Predicate → the parameters it takes. Every parameter is a list in which more is stricter."""

CLOCKS: Final[Mapping[str, bool]] = MappingProxyType(
    {
        "publish": False,
        "withdraw": False,
        "correct": False,
        "expire": False,
        "credit_minor": False,
        "credit_general": False,
        "credit_serious": False,
        "credit_repair": False,
        "decide": False,
        "serve": False,
        "file_urgently": False,
        "settle_preservation": False,
        "av_store": False,
        "archive": False,
        "av_keep": True,
    }
)
"""Clock → whether the longer period is the stricter one (keeping), else the shorter (acting)."""

SAME_DAY: Final = frozenset({"av_store"})
"""Clocks that may be nought: the same day."""

LIMITS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {"doubt_limit": (0, 1000), "removal_limit": (0, 1), "review_months": (1, 36)}
)
"""Limit → the least and the greatest value it may have. The smaller is the stricter."""

WHOLE_LIMITS: Final = frozenset({"doubt_limit", "review_months"})
"""The limits that are whole numbers."""

PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "agency": "机构与职责",
        "basis": "执法依据",
        "procedure": "执法程序",
        "remedies": "救济渠道",
        "on-site": "执法现场的公示",
        "disclosure": "公示制度",
        "correction": "如何申请更正",
        "subjects": "执法主体",
        "delegations": "委托执法",
        "officers": "执法人员",
        "items": "执法事项清单",
        "discretion": "裁量基准",
        "random-checks": "随机抽查事项清单",
        "random-results": "随机抽查结果",
        "flows": "执法流程图",
        "guides": "服务指南",
        "windows": "窗口人员",
        "av-records": "音像记录事项清单",
        "legal-review": "重大执法决定法制审核目录",
        "monitors": "电子技术监控设备",
        "supervision": "监督渠道",
    }
)
"""Page that a pack may ask for → its title. ``pipeline.site`` has a source for every one."""
