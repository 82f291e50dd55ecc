"""The answer of screening: publish, withhold for good, or hold for a person to look."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.domain.basis import Basis


class Effect(StrEnum):
    """What a rule asks for; later in the list is stricter."""

    PUBLISH = "予以公开"
    HOLD = "待核"
    WITHHOLD = "不予公开"


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """Why a decision is not published. ``rule`` is the stable key of the rule.

    ``remedy`` says what would release a held decision, in plain Chinese; empty for a withheld
    one. ``adverse`` tells a doubt that something speaks for (a minor's age, a failed review) from
    a value that is merely missing: only the first takes a published page down again.
    Never holds protected text.
    """

    rule: str
    effect: Effect
    title: str
    basis: Basis
    remedy: str = ""
    adverse: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """All reasons that apply to one decision; no reason means it may be published.

    >>> Verdict(()).effect is Effect.PUBLISH
    True
    """

    reasons: tuple[Reason, ...]

    @property
    def effect(self) -> Effect:
        """The strictest effect of all reasons."""
        order = list(Effect)
        return max((r.effect for r in self.reasons), key=order.index, default=Effect.PUBLISH)
