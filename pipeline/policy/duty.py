"""One duty of the process record or the legal review, as a pack states it."""

from dataclasses import dataclass

from pipeline.domain.basis import Basis
from pipeline.domain.process_record import Act
from pipeline.policy.duty_words import AMOUNTS, PREDICATES, PROCEDURES, WORDS
from pipeline.policy.fields import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty in force: a named predicate of ``pipeline.casefile`` with its parameters.

    ``acts`` are the acts it is asked of, one by one; empty for the case as a whole. It holds for
    decisions of ``procedures`` only, for all where that is empty. ``is_gate`` says that
    publication waits for it; otherwise it goes to the report. ``key`` is stable and never reused.
    """

    key: str
    title: str
    predicate: str
    basis: Basis
    pack: str
    remedy: str
    is_gate: bool = False
    procedures: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    params: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def effect(self) -> str:
        """What follows when it is not fulfilled, in words."""
        return "待核" if self.is_gate else "报告"

    def values(self, name: str) -> tuple[str, ...]:
        """Return the list of the parameter ``name``; empty when the pack says none."""
        return dict(self.params).get(name, ())


_ACTS = {act.value: act for act in Act}


def read_duty(entry: Fields, pack: str) -> Duty:
    """Return the duty of ``entry``; what is wrong with it is noted there."""
    predicate = entry.choice("predicate", {name: name for name in PREDICATES}, "")
    params = entry.lists("params", PREDICATES.get(predicate, frozenset()))
    for name, values in params:
        allowed = WORDS.get(name)
        if allowed is not None and not allowed.issuperset(values):
            entry.fault(f"params.{name}", "有不可用的值", "可用：" + "、".join(sorted(allowed)))
        if name in AMOUNTS and not all(value.isdecimal() for value in values):
            entry.fault(f"params.{name}", "不是金额", '写作 ["50000"]，单位元')
    return Duty(
        key=entry.key,
        title=entry.text("title"),
        predicate=predicate,
        basis=entry.basis(),
        pack=pack,
        remedy=entry.text("remedy"),
        is_gate=entry.flag("gate", default=False),
        procedures=entry.choices("procedures", {name: name for name in PROCEDURES}),
        acts=entry.choices("acts", _ACTS),
        params=params,
    )
