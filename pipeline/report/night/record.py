"""The report as JSON for other programs; ``docs/night-report.schema.json`` describes it."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pipeline.lifecycle.attention import Act, RuleTotal
from pipeline.lifecycle.model import Urgency
from pipeline.policy.workdays import CalendarState, DueDate
from pipeline.report.night.headline import headline
from pipeline.report.night.model import (
    ClockTally,
    Kind,
    Lack,
    Matter,
    NightReport,
    Point,
    RequestTally,
    RunFacts,
    SiteFacts,
    Stopped,
)
from pipeline.report.night.requests import counts

VERSION = 1
"""Raised when a field changes its meaning or goes; new fields may come without."""


def night_json(report: NightReport) -> str:
    """Return the report as indented JSON that ends with a line feed."""
    return json.dumps(_told(report), ensure_ascii=False, indent=1) + "\n"


def _told(report: NightReport) -> dict[str, Any]:
    return {
        "schema": VERSION,
        "agency": report.agency,
        "today": report.today.isoformat(),
        "headline": headline(report),
        "run": _run(report.run),
        "stopped": _stopped(report.stopped),
        "counts": {
            "received": report.received,
            "placed": {state.name.lower(): n for state, n in report.placed.items()},
            "doubted": report.doubted,
            "standing": {state.name.lower(): n for state, n in report.standing.items()},
        },
        "matters": [_matter(matter) for matter in report.matters],
        "lacks": [_lack(lack) for lack in report.lacks],
        "clocks": [_clock(clock) for clock in report.clocks],
        "requests": _requests(report.requests),
        "withheld": [_total(total) for total in report.withheld],
        "acts": [_act(act) for act in report.acts],
        "act_totals": dict(report.act_totals),
        "site": _site(report.site),
    }


def _run(run: RunFacts) -> dict[str, Any]:
    return {
        "started_at": _time(run.started_at),
        "seconds": round(run.seconds, 3),
        "last_success_at": _time(run.last_success_at) if run.last_success_at else None,
        "version": run.version,
        "policy": run.policy,
        "policy_digest": run.policy_digest,
        "steps": [
            {"title": step.title, "amount": step.amount, "seconds": round(step.seconds, 3)}
            for step in run.steps
        ],
    }


def _time(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _stopped(why: Stopped | None) -> dict[str, Any] | None:
    return {"code": why.code, "lines": list(why.lines), "remedy": why.remedy} if why else None


def _matter(matter: Matter) -> dict[str, Any]:
    return {
        "kind": matter.kind.value,
        "subject": matter.subject,
        "urgency": matter.urgency.name.lower() if matter.urgency else None,
        "clock": matter.clock,
        "due": matter.due.date.isoformat() if matter.due else None,
        "due_is": matter.due.state.value if matter.due else None,
        "points": [_point(point) for point in matter.points],
    }


def _lack(lack: Lack) -> dict[str, Any]:
    return {**_point(lack.point), "count": lack.count, "numbers": list(lack.numbers)}


def _point(point: Point) -> dict[str, Any]:
    return {
        "rule": point.rule,
        "title": point.title,
        "basis": point.basis,
        "remedy": point.remedy,
    }


def _clock(clock: ClockTally) -> dict[str, Any]:
    return {
        "title": clock.title,
        "length": clock.length,
        "basis": clock.basis,
        "due": clock.due,
        "soon": clock.soon,
        "overdue": clock.overdue,
    }


def _requests(tally: RequestTally | None) -> dict[str, Any] | None:
    if tally is None:
        return None
    period = {"since": tally.since.isoformat(), "until": tally.until.isoformat()}
    return {**period, **counts(tally)}


def _total(total: RuleTotal) -> dict[str, Any]:
    return {
        "rule": total.rule,
        "title": total.title,
        "basis": total.basis,
        "count": total.count,
    }


def _act(act: Act) -> dict[str, Any]:
    return {
        "seq": act.seq,
        "on": act.on.isoformat(),
        "case_number": act.case_number,
        "kind": act.kind,
        "actor": act.actor,
        "summary": act.summary,
    }


def _site(site: SiteFacts | None) -> dict[str, Any] | None:
    if site is None:
        return None
    return {
        "files": site.files,
        "added": site.added,
        "changed": site.changed,
        "removed": site.removed,
        "digest": site.digest,
    }


def read_matters(told: Mapping[str, Any]) -> tuple[Matter, ...]:
    """Return the matters of a report that was read back.

    Raises ``KeyError``, ``ValueError`` or ``TypeError`` when it is of another version.
    """
    return tuple(_read_matter(each) for each in told["matters"])


def read_lacks(told: Mapping[str, Any]) -> tuple[Lack, ...]:
    """Return what case files lack, as a report that was read back told it; raises the same."""
    return tuple(
        Lack(
            point=Point(**{name: each[name] for name in ("rule", "title", "basis", "remedy")}),
            count=each["count"],
            numbers=tuple(each["numbers"]),
        )
        for each in told["lacks"]
    )


def _read_matter(told: Mapping[str, Any]) -> Matter:
    due = None
    if told["due"]:
        due = DueDate(date.fromisoformat(told["due"]), CalendarState(told["due_is"]))
    return Matter(
        kind=Kind(told["kind"]),
        subject=told["subject"],
        points=tuple(Point(**point) for point in told["points"]),
        clock=told["clock"],
        due=due,
        urgency=Urgency[told["urgency"].upper()] if told["urgency"] else None,
    )
