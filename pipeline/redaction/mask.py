"""From a text and what to hide in it to a text that may be shown.

A name becomes its label; everything else one mask of fixed width, so that neither length nor any
digit remains.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.domain.basis import Basis
from pipeline.domain.cleared import FIXED_MASK, ClearedText, Run, seen
from pipeline.domain.protected import Category, Finding

NAMELESS = "某某"
"""Shown in place of a name for which no placeholder could be formed."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A finding that the policy hides, and under which article."""

    finding: Finding
    basis: Basis

    @property
    def placeholder(self) -> str:
        """What is shown in its place."""
        if self.finding.category is Category.PERSON:
            return self.finding.label or NAMELESS
        return FIXED_MASK


def mask(text: str, start: int, end: int, hidden: Sequence[Hidden]) -> ClearedText:
    """Return ``text[start:end]`` with what is ``hidden`` (sorted, disjoint) replaced.

    Masks of one kind that touch become one; a finding that began before ``start`` is shown again.
    """
    runs: list[Run] = []
    at = start
    for each in hidden:
        low, high = max(each.finding.span.start, start), min(each.finding.span.end, end)
        if low >= high:
            continue
        if at < low:
            runs.extend(_open(text[at:low]))
        run = Run(each.placeholder, each.finding.category, str(each.basis))
        if not (runs and runs[-1].mask is not None and _same(runs[-1], run)):
            runs.append(run)
        at = high
    if at < end:
        runs.extend(_open(text[at:end]))
    return tuple(runs)


def _open(text: str) -> tuple[Run, ...]:
    """Return what stays as it is, if anything of it can be seen."""
    shown = seen(text)
    return (Run(shown),) if shown else ()


def _same(one: Run, other: Run) -> bool:
    return one.text == other.text == FIXED_MASK
