"""The words a pack may use: predicates with their parameters, clocks, limits.

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
        "decide": False,
        "serve": False,
        "av_store": False,
        "archive": False,
        "av_keep": True,
    }
)
"""Clock → whether the longer period is the stricter one (keeping), else the shorter (acting)."""

LIMITS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {"doubt_limit": (0, 1000), "removal_limit": (0, 1)}
)
"""Limit → the least and the greatest value it may have. The smaller is the stricter."""
