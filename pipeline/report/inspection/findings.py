"""What was found under each of the fourteen triggers. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from pipeline.lifecycle.attention import RuleTotal
from pipeline.lifecycle.history import History
from pipeline.policy.model import Policy
from pipeline.report.inspection.model import Finding
from pipeline.report.inspection.triggers import TRIGGERS, Trigger
from pipeline.report.night.model import Kind, Lack, Matter

_OF_TRIGGER_FOUR = 4


def findings(
    policy: Policy,
    history: History,
    matters: Iterable[Matter],
    lacks: Iterable[Lack],
    withheld: Iterable[RuleTotal],
) -> tuple[Finding, ...]:
    """Return, trigger by trigger, what is open and what was done late."""
    predicates = _predicates(policy)
    known, lacking = tuple(matters), tuple(lacks)
    kept_back = sum(total.count for total in withheld)
    return tuple(
        Finding(
            trigger=trigger,
            matters=tuple(each for each in known if _concerns(each, trigger, predicates)),
            lacks=tuple(
                lack for lack in lacking if predicates.get(lack.point.rule) in trigger.predicates
            ),
            late=tuple(
                deed for deed in history.deeds if deed.clock in trigger.clocks and deed.is_late
            ),
            done=sum(deed.clock in trigger.clocks for deed in history.deeds),
            kept_back=kept_back if trigger.number == _OF_TRIGGER_FOUR else 0,
        )
        for trigger in TRIGGERS
    )


def _concerns(matter: Matter, trigger: Trigger, predicates: Mapping[str, str]) -> bool:
    """Say whether a matter is one of a trigger: by its list, or by a check that it failed.

    Of what waits for publication only the overdue counts as not published.
    """
    if matter.kind in trigger.kinds and (matter.kind is not Kind.HELD or matter.is_overdue):
        return True
    return any(predicates.get(point.rule) in trigger.predicates for point in matter.points)


def _predicates(policy: Policy) -> dict[str, str]:
    return dict(_rules(policy))


def _rules(policy: Policy) -> Iterator[tuple[str, str]]:
    for rule in policy.screening:
        yield rule.key, rule.predicate
    for duty in (*policy.records, *policy.review):
        yield duty.key, duty.predicate
