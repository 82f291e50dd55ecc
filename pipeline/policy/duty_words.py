"""The words of duties: predicates of ``pipeline.casefile`` with their parameters.

``pipeline.casefile`` implements every predicate named here, and nothing else; a test compares
the two tables.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pipeline.domain.penalty import PenaltyKind
from pipeline.domain.process_record import Medium

PREDICATES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "list_exported": frozenset(),
        "acts_known": frozenset(),
        "on_record": frozenset({"media"}),
        "recorded_when_done": frozenset({"media", "documents"}),
        "recorded_before_closing": frozenset({"media"}),
        "contains": frozenset({"media", "contents"}),
        "evidence_contains": frozenset({"contents"}),
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
        "review_waived": frozenset(
            {"kinds", "fine_person", "fine_organisation", "words", "causes", "statutes"}
        ),
        "review_points": frozenset({"points"}),
        "discussion_in_order": frozenset(),
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

WORDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "media": frozenset(medium.value for medium in Medium),
        "kinds": frozenset(kind.value for kind in PenaltyKind),
        "parts": frozenset(FILE_NAME_PARTS),
        "points": frozenset(map(str, range(1, 9))),
    }
)
"""Parameter → the values it may have, where these are fixed."""
