"""What the checks of the case files found: what a day presses, and what is lacking at large.

A finding that is a gate is left out: it stands with the decision that it holds.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from pipeline.domain.finding import Finding
from pipeline.policy.workdays import Calendar, CalendarState, DueDate
from pipeline.report.night.model import Kind, Lack, Matter, Point
from pipeline.report.night.upkeep import urgency

MOST = 200
"""The most 文号 that are told of one lack."""

CLOCK = "案卷检查发现的期限"


def pressing(
    findings: Mapping[str, tuple[Finding, ...]], today: date, calendar: Calendar | None
) -> Iterator[Matter]:
    """Yield one matter a 文号 of what can still be done by a day; its day is the first of them."""
    for number, every in findings.items():
        found = [each for each in every if each.due_on and not each.is_gate]
        days = [each.due_on for each in found if each.due_on]
        if days:
            yield Matter(
                kind=Kind.CASE_FILE,
                subject=number,
                points=tuple(map(_point, found)),
                clock=CLOCK,
                due=DueDate(min(days), CalendarState.ANNOUNCED),
                urgency=urgency(min(days), today, calendar),
            )


def lacks(findings: Mapping[str, tuple[Finding, ...]]) -> tuple[Lack, ...]:
    """Return what no day presses, the most frequent first."""
    numbers: dict[Point, dict[str, None]] = {}
    for number, found in findings.items():
        for each in found:
            if not each.is_gate and each.due_on is None:
                numbers.setdefault(_point(each), {})[number] = None
    told = (
        Lack(point=point, count=len(found), numbers=tuple(found)[:MOST])
        for point, found in numbers.items()
    )
    return tuple(sorted(told, key=lambda lack: (-lack.count, lack.point.rule, lack.point.title)))


def _point(found: Finding) -> Point:
    act = f"{found.act}：" if found.act else ""
    return Point(
        title=f"{act}{found.title}",
        basis=str(found.basis),
        remedy=found.remedy,
        rule=found.rule,
    )
