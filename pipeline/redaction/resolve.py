"""Overlaps: the union is hidden, never the intersection."""

from collections.abc import Iterable
from dataclasses import replace

from pipeline.domain.protected import Category, Finding
from pipeline.domain.text import Span

_RANK = {category: rank for rank, category in enumerate(Category)}


def resolve(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return disjoint findings, in order, that cover exactly the characters of ``findings``.

    Of findings that overlap, the longest (then the surest) says what the whole stretch is.
    """
    resolved: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.span.start, -f.span.end)):
        if resolved and finding.span.start < resolved[-1].span.end:
            resolved[-1] = _united(resolved[-1], finding)
        else:
            resolved.append(finding)
    return tuple(resolved)


def _united(one: Finding, other: Finding) -> Finding:
    span = Span(min(one.span.start, other.span.start), max(one.span.end, other.span.end))
    leader = min(one, other, key=_precedence)
    label = leader.label if leader.span == span else ""
    surest = max(one.confidence, other.confidence)
    if leader.span == span and leader.confidence is surest:
        return leader
    return replace(leader, span=span, label=label, confidence=surest)


def _precedence(finding: Finding) -> tuple[int, int, int]:
    length = finding.span.end - finding.span.start
    return (-length, -finding.confidence, _RANK[finding.category])
