"""The page on which citizens search: the form, and what it can be narrowed by."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from pipeline.domain.money import Fen, format_yuan
from pipeline.site.frame import CSP
from pipeline.site.lists import Listed
from pipeline.site.search.card import STEPS

SEARCH: Final = "search.html"

SEARCH_CSP: Final = f"{CSP}; connect-src 'self'"
"""Search alone fetches something: the index, from this host."""

MOST_KINDS: Final = 200
"""Kinds of violation offered as a filter; the rarer ones are found by their words."""


def search_values(entries: Sequence[Listed]) -> Mapping[str, object]:
    """Return what the search page shows: the choices of its filters, the most frequent first."""
    violations = Counter(entry.violation for entry in entries if entry.violation)
    penalties = Counter(kind for entry in entries for kind in entry.penalties)
    return {
        "total": len(entries),
        "years": tuple(sorted({entry.decided_on.year for entry in entries}, reverse=True)),
        "violations": _frequent(violations),
        "penalties": _frequent(penalties),
        "amounts": tuple(enumerate(_steps())),
    }


def _frequent(counts: Counter[str]) -> tuple[str, ...]:
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    return tuple(ordered[:MOST_KINDS])


def _steps() -> list[str]:
    ends = [format_yuan(Fen(low)) for low in STEPS]
    between = [f"{low}以上不满{high}" for low, high in pairwise(ends[1:])]
    return [f"不满{ends[1]}", *between, f"{ends[-1]}以上"]
