"""What the policy says of a finding: hidden or shown, and under which article."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.domain.basis import Basis
from pipeline.domain.protected import Category, Finding
from pipeline.domain.text import Span
from pipeline.policy.model import MaskRule, NameRule, Policy, Whose
from pipeline.redaction.divisions import below_county
from pipeline.redaction.mask import Hidden
from pipeline.redaction.resolve import resolve

_FALLBACK = Basis("中华人民共和国个人信息保护法", "第二十五条")


def hidden_findings(text: str, findings: Iterable[Finding], policy: Policy) -> tuple[Hidden, ...]:
    """Return what is hidden of ``text``: disjoint, in order, each with its article.

    A kind of which the policy does not speak is hidden: doubt never discloses. Of a home address
    the part down to the county stays (DESIGN §7).
    """
    asked = [
        shorter
        for finding in findings
        if _is_hidden(finding, policy) and (shorter := _below_county(text, finding))
    ]
    return tuple(Hidden(finding, _basis(finding, policy)) for finding in resolve(asked))


def shown_findings(findings: Iterable[Finding], policy: Policy) -> tuple[Hidden, ...]:
    """Return what was found and stays because ``policy`` publishes it, each with its article."""
    return tuple(
        Hidden(finding, _basis(finding, policy))
        for finding in findings
        if not _is_hidden(finding, policy)
    )


def _below_county(text: str, finding: Finding) -> Finding | None:
    if finding.category is not Category.ADDRESS_HOME:
        return finding
    below = below_county(text, finding.span.start, finding.span.end)
    return (
        replace(finding, span=Span(below, finding.span.end)) if below < finding.span.end else None
    )


def _is_hidden(finding: Finding, policy: Policy) -> bool:
    rule = _rule_for(finding, policy.masks, policy.names)
    return rule is None or rule.hide


def _basis(finding: Finding, policy: Policy) -> Basis:
    rule = _rule_for(finding, policy.masks, policy.names)
    return rule.basis if rule else _FALLBACK


def _rule_for(
    finding: Finding, masks: Mapping[Category, MaskRule], names: Mapping[Whose, NameRule]
) -> MaskRule | NameRule | None:
    if finding.category is Category.PERSON:
        whose = Whose[finding.whose] if finding.whose else Whose.OTHER
        return names.get(whose)
    return masks.get(finding.category)
