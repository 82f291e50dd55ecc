"""From what a run left behind to the night's report. Pure: no clock, file or database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.domain.faults import Fault
from pipeline.domain.finding import Finding
from pipeline.domain.upkeep import AnnualDue, StalePage
from pipeline.domain.verdict import Reason
from pipeline.lifecycle.attention import Attention, OpenDecision
from pipeline.lifecycle.deadlines import Deadline
from pipeline.lifecycle.model import State, Urgency
from pipeline.policy.model import Policy
from pipeline.policy.workdays import (
    Calendar,
)
from pipeline.report.night.casefile import lacks, pressing
from pipeline.report.night.model import (
    ClockTally,
    Kind,
    Matter,
    NightReport,
    Point,
    RequestTally,
    RunFacts,
    SiteFacts,
    Stopped,
)
from pipeline.report.night.upkeep import upkeep

_OPEN = (Urgency.OVERDUE, Urgency.SOON, Urgency.DUE)
_UNREADABLE = "lifecycle-unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is known of one run, whether it ended well or not.

    ``findings`` are those of the case files by 文号, ``unreadable`` the faults of records that
    could not be read, by their key; ``others`` are matters of other lists (corrections).
    """

    agency: str
    today: date
    run: RunFacts
    policy: Policy | None = None
    stopped: Stopped | None = None
    received: int = 0
    placed: Mapping[State, int] = field(default_factory=dict)
    doubted: int = 0
    attention: Attention | None = None
    faults: tuple[Fault, ...] = ()
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    unreadable: Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)
    stale: tuple[StalePage, ...] = ()
    annual: AnnualDue | None = None
    others: tuple[Matter, ...] = ()
    requests: RequestTally | None = None
    site: SiteFacts | None = None


def compose(outcome: Outcome, calendar: Calendar | None = None) -> NightReport:
    """Return the report of a run; ``calendar`` is the bureau's own working days."""
    seen = outcome.attention
    matters = (
        *(
            matter
            for each in (seen.open if seen else ())
            for matter in _of_decision(each, outcome.unreadable.get(each.key, ()))
        ),
        *pressing(outcome.findings, outcome.today, calendar),
        *map(_of_fault, outcome.faults),
        *upkeep(outcome.stale, outcome.annual, outcome.policy, outcome.today, calendar),
        *outcome.others,
    )
    ordered = tuple(sorted(matters, key=_order))
    return NightReport(
        agency=outcome.agency,
        today=outcome.today,
        run=outcome.run,
        stopped=outcome.stopped,
        received=outcome.received,
        placed=outcome.placed,
        doubted=outcome.doubted,
        standing=seen.standing if seen else {},
        matters=ordered,
        lacks=lacks(outcome.findings),
        clocks=tuple(_tallies(ordered, outcome.policy)),
        requests=outcome.requests,
        withheld=seen.withheld if seen else (),
        acts=seen.acts if seen else (),
        act_totals=(seen.act_totals if seen else None) or {},
        site=outcome.site,
    )


def _order(matter: Matter) -> tuple[int, date, int, str]:
    rank = _OPEN.index(matter.urgency) if matter.urgency in _OPEN else len(_OPEN)
    day = matter.due.date if matter.due else date.max
    return rank, day, list(Kind).index(matter.kind), matter.subject


_STATES = {State.HELD: Kind.HELD, State.SUSPENDED: Kind.SUSPENDED}
_CLOCKS = {"withdraw": Kind.WITHDRAW, "expire": Kind.EXPIRE, "publish": Kind.HELD}


def _of_decision(decision: OpenDecision, faults: tuple[Fault, ...]) -> Iterator[Matter]:
    """Yield what waits of one decision; the period of publication goes with what holds it.

    ``faults`` say where its record cannot be read, in the place of the reason that it cannot.
    """
    running = {each.clock: each for each in decision.deadlines if each.urgency in _OPEN}
    if kind := _STATES.get(decision.state):
        due = running.pop("publish", None)
        yield _matter(kind, decision.case_number, _points(decision.reasons, faults), due)
    if decision.pending:
        yield _matter(Kind.PENDING, decision.case_number, _points(decision.pending, faults), None)
    for clock, due in running.items():
        if clock in _CLOCKS and _is_near(due):
            point = Point(title=due.title, basis=str(due.basis), remedy=_REMEDIES[clock])
            yield _matter(_CLOCKS[clock], decision.case_number, (point,), due)


_REMEDIES = {
    "withdraw": "核对决定变动的日期和文书，运行 gongshi rebuild 使其撤下",
    "expire": "到期日的更新会自动停止公示，不必处理",
    "publish": "导出变更后的决定书，并保留“变更”状态及日期",
}


def _is_near(due: Deadline) -> bool:
    return due.clock != "expire" or due.urgency is not Urgency.DUE


def _matter(kind: Kind, subject: str, points: tuple[Point, ...], due: Deadline | None) -> Matter:
    if due is None:
        return Matter(kind=kind, subject=subject, points=points)
    return Matter(
        kind=kind,
        subject=subject,
        points=points,
        clock=due.title,
        due=due.due,
        urgency=due.urgency,
    )


def _points(reasons: Iterable[Reason], faults: tuple[Fault, ...]) -> tuple[Point, ...]:
    return tuple(point for each in reasons for point in _of_reason(each, faults))


def _of_reason(reason: Reason, faults: tuple[Fault, ...]) -> Iterator[Point]:
    basis = str(reason.basis)
    if not faults or reason.rule != _UNREADABLE:
        yield Point(title=reason.title, basis=basis, remedy=reason.remedy, rule=reason.rule)
        return
    for fault in faults:
        title = f"{fault.place}：{fault.problem}"
        yield Point(title=title, basis=basis, remedy=fault.remedy, rule=reason.rule)


def _of_fault(fault: Fault) -> Matter:
    point = Point(title=fault.problem, basis="", remedy=fault.remedy)
    return Matter(kind=Kind.FAULT, subject=str(fault.place), points=(point,))


def _tallies(matters: tuple[Matter, ...], policy: Policy | None) -> Iterator[ClockTally]:
    """Yield every period that publication knows, also when nothing runs under it."""
    clocks = {clock.title: clock for clock in (policy.clocks if policy else {}).values()}
    always = [policy.clocks[key] for key in _ALWAYS if key in policy.clocks] if policy else []
    titles = dict.fromkeys([clock.title for clock in always])
    titles |= dict.fromkeys(sorted({matter.clock for matter in matters if matter.clock}))
    for title in titles:
        counts = {
            state: sum(each.clock == title and each.urgency is state for each in matters)
            for state in _OPEN
        }
        clock = clocks.get(title)
        yield ClockTally(
            title=title,
            length=clock.period if clock else "",
            basis=str(clock.basis) if clock else "",
            due=counts[Urgency.DUE],
            soon=counts[Urgency.SOON],
            overdue=counts[Urgency.OVERDUE],
        )


_ALWAYS = ("publish", "withdraw", "correct", "expire")
