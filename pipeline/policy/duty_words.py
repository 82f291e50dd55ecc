"""The words of duties: predicates of ``pipeline.casefile`` with their parameters.

``pipeline.casefile`` implements every predicate named here, and nothing else; a test compares
the two tables.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pipeline.domain.penalty import PenaltyKind
from pipeline.domain.process_record import Act, Medium

_MAJOR = frozenset({"kinds", "fine_person", "fine_organisation", "words", "causes", "statutes"})

PREDICATES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "list_exported": frozenset(),
        "acts_known": frozenset(),
        "on_record": frozenset({"media"}),
        "some_on_record": frozenset({"media"}),
        "accompanied_by": frozenset({"others"}),
        "recorded_when_done": frozenset({"media", "documents"}),
        "recorded_before_closing": frozenset({"media"}),
        "contents_stated": frozenset(),
        "contains": frozenset({"media", "contents"}),
        "evidence_contains": frozenset({"contents"}),
        "electronic_contains": frozenset({"contents"}),
        "transcribed": frozenset(),
        "signed_or_noted": frozenset(),
        "refusal_filmed": frozenset(),
        "two_officers": frozenset(),
        "interruption_explained": frozenset(),
        "file_named": frozenset({"parts"}),
        "notice_before_decision": frozenset(),
        "statement_or_waiver": frozenset(),
        "approved_before_decision": frozenset(),
        "filed_before_inquiry": frozenset(),
        "preservation_settled": frozenset({"documents"}),
        "served_with": frozenset({"methods", "media", "contents"}),
        "service_method_known": frozenset(),
        "stored_in_time": frozenset(),
        "archived_in_time": frozenset(),
        "kept_long_enough": frozenset({"classes"}),
        "document_complete": frozenset(),
        "review_waived": _MAJOR,
        "review_points": frozenset({"points"}),
        "discussion_before_decision": frozenset(),
        "major_discussed": _MAJOR,
        "discussion_after_review": frozenset(),
    }
)
"""Predicate → the parameters it takes. Every parameter is a list in which more is stricter."""

CHOICES: Final = frozenset({"documents"})
"""The exceptions: lists of which one entry is enough, so that more would be less strict."""

PROCEDURES: Final = ("普通程序", "简易程序")
"""The procedures that a duty may be limited to: the values of ``Procedure``."""

FILE_NAME_PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "案件名称": r".{2,}?",
        "八位日期": r"(?P<day>\d{8})",
        "两位数序号": r"\d{2}",
        "承办人姓名": r"(?P<officer>.{2,}?)",
        "记录内容": r".{2,}",
    }
)
"""Part of a prescribed file name → its form."""

METHODS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "留置送达": ("留置",),
        "邮寄送达": ("邮寄", "邮政", "挂号", "特快专递", "快递"),
        "张贴公告": ("张贴",),
        "公告送达": ("公告",),
        "电子送达": ("电子", "传真", "短信", "邮件"),
        "委托送达": ("委托", "转交"),
        "直接送达": ("直接", "当场", "当面"),
    }
)
"""Way of service (送达方式) → words that name it, the more special first."""

EVIDENCE, OBSTRUCTED, SUDDEN, MAJOR = "作为证据", "阻碍执法", "突发群体事件", "重大疑难复杂"
APPEALED: Final = frozenset({"涉访涉诉", "复议诉讼投诉异议"})
CLASSES: Final = frozenset({EVIDENCE, OBSTRUCTED, SUDDEN, MAJOR, *APPEALED, "其他永久保存"})
"""Why a recording is to be kept for ever (LAW.md C2: 000, 001 and 002 name different ones)."""

AMOUNTS: Final = frozenset({"fine_person", "fine_organisation"})
"""Parameters that are yuan, whole and written in digits."""

WORDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "media": frozenset(medium.value for medium in Medium),
        "kinds": frozenset(kind.value for kind in PenaltyKind),
        "parts": frozenset(FILE_NAME_PARTS),
        "methods": frozenset(METHODS),
        "classes": CLASSES,
        "others": frozenset(act.value for act in Act),
        "points": frozenset(map(str, range(1, 9))),
    }
)
"""Parameter → the values it may have, where these are fixed."""
