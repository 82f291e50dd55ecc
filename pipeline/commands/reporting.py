"""Running the nightly run under observation, and writing its report whatever becomes of it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic

import click

from pipeline import __version__
from pipeline.correction.clock import Stage, progress
from pipeline.correction.statistics import statistics
from pipeline.domain.faults import BadSettingsError, ExitCode, GongshiError, LockedError, where
from pipeline.lifecycle.model import State
from pipeline.night import Step
from pipeline.policy.model import Policy
from pipeline.publication import report_folder
from pipeline.rebuild import ACTOR, Rebuilt, load, open_agency_register
from pipeline.register import Register
from pipeline.register.model import Counts
from pipeline.release.shown import shown_files
from pipeline.report.night.compose import Outcome, compose
from pipeline.report.night.folder import last_success, prune, write_night
from pipeline.report.night.model import (
    Kind,
    Matter,
    Point,
    RequestTally,
    RunFacts,
    SiteFacts,
    StepTime,
)
from pipeline.report.night.stops import stopped
from pipeline.settings import Settings


@dataclass(slots=True)
class _Watch:
    """Hands each step on and notes how long it took."""

    step: Step
    started_at: datetime
    began: float
    last: float
    times: dict[str, StepTime] = field(default_factory=dict)

    @classmethod
    def start(cls, step: Step) -> "_Watch":
        now = monotonic()
        return cls(step, datetime.now(UTC).astimezone(), now, now)

    def told(self, title: str, done: int, total: int) -> None:
        now = monotonic()
        before = self.times.get(title, StepTime(title=title, amount=0, seconds=0.0))
        seconds = before.seconds + now - self.last
        self.times[title] = StepTime(title=title, amount=total, seconds=seconds)
        self.last = now
        self.step(title, done, total)

    def facts(self, settings: Settings, policy: Policy | None) -> RunFacts:
        return RunFacts(
            started_at=self.started_at,
            seconds=monotonic() - self.began,
            steps=tuple(self.times.values()),
            policy=policy.title if policy else settings.policy,
            policy_digest=policy.digest if policy else "",
            version=__version__,
            last_success_at=last_success(report_folder(settings)),
        )


def observed(
    run: Callable[[Step], Rebuilt], settings: Settings, *, today: date, step: Step
) -> tuple[Rebuilt, Path | None]:
    """Run and return what came of it and the page of its report (``None`` if it was not written).

    A run that stops writes a report too and raises what it raised. A run that found another at
    work does not: that one will.
    """
    watch = _Watch.start(step)
    try:
        done = run(watch.told)
    except LockedError:
        raise
    except GongshiError as error:
        _write(_stopped(settings, today, watch, error.exit_code, str(error)), settings)
        raise
    except Exception as error:
        line = f"程序内部错误：{where(error)}"
        _write(_stopped(settings, today, watch, ExitCode.INTERNAL, line), settings)
        raise
    return done, _write(_done(settings, today, watch, done), settings)


def _done(settings: Settings, today: date, watch: _Watch, done: Rebuilt) -> Outcome:
    policy = load(settings)
    counts = done.reconciliation.counts
    facts = watch.facts(settings, policy)
    with open_agency_register(settings) as register:
        attention = register.attention(policy, today=today, actor=ACTOR)
        corrections = _corrections(register, policy, today)
        requests = _requests(register, policy, today)
    return Outcome(
        agency=settings.agency.name,
        today=today,
        run=replace(facts, last_success_at=datetime.now(UTC).astimezone()),
        policy=policy,
        received=counts.received,
        placed=_placed(counts),
        doubted=done.doubted,
        attention=attention,
        faults=done.faults,
        findings=done.findings,
        unreadable=done.unreadable,
        stale=done.stale,
        annual=done.annual,
        others=corrections,
        requests=requests,
        site=_site(settings, done),
    )


def _corrections(register: Register, policy: Policy, today: date) -> tuple[Matter, ...]:
    """Return the requests for correction that are not answered; who asks stays out."""
    found = []
    for request in register.corrections.all():
        now = progress(request, policy, today=today)
        if now.stage is not Stage.CLOSED:
            words = f"{request.asked.kind}，{now.stage}"
            remedy = f"运行 gongshi correction {_NEXT[now.stage]} {request.number}"
            point = Point(title=words, basis=str(now.basis), remedy=remedy)
            found.append(
                Matter(
                    kind=Kind.CORRECTION,
                    subject=f"{request.asked.case_number} {request.number}",
                    points=(point,),
                    clock=policy.clocks["correct"].title,
                    due=now.due,
                    urgency=now.urgency,
                )
            )
    return tuple(found)


def _requests(register: Register, policy: Policy, today: date) -> RequestTally:
    """Return how the requests of the year stand; the year is that of ``today``."""
    year = date(today.year, 1, 1)
    found = statistics(register.corrections.all(), policy, since=year, until=today, today=today)
    return RequestTally(
        since=year,
        until=today,
        in_time=found.received - found.open - found.late,
        late=found.late,
        open=found.open - found.overdue,
        overdue=found.overdue,
        accepted=found.accepted,
        partly=found.partly,
        refused=found.refused,
        explained=found.explained,
        withdrawn=found.withdrawn,
    )


_NEXT = {Stage.OPEN: "decide", Stage.DECIDED: "reply"}


def _stopped(settings: Settings, today: date, watch: _Watch, code: int, told: str) -> Outcome:
    policy, attention = None, None
    corrections: tuple[Matter, ...] = ()
    requests = None
    with suppress(BadSettingsError):
        policy = load(settings)
    if policy is not None:
        with suppress(GongshiError), open_agency_register(settings) as register:
            attention = register.attention(policy, today=today, actor=ACTOR)
            corrections = _corrections(register, policy, today)
            requests = _requests(register, policy, today)
    return Outcome(
        agency=settings.agency.name,
        today=today,
        run=watch.facts(settings, policy),
        policy=policy,
        stopped=stopped(code, tuple(told.splitlines())),
        attention=attention,
        others=corrections,
        requests=requests,
    )


def _placed(counts: Counts) -> dict[State, int]:
    return {
        State.PUBLISHED: counts.published,
        State.WITHHELD: counts.withheld,
        State.HELD: counts.held,
        State.SUSPENDED: counts.suspended,
        State.WITHDRAWN: counts.withdrawn,
        State.EXPIRED: counts.expired,
    }


def _site(settings: Settings, done: Rebuilt) -> SiteFacts:
    release = done.release
    manifest = shown_files(settings.folders.site)
    listed = "".join(f"{file.sha256}  {name}\n" for name, file in sorted(manifest.items()))
    return SiteFacts(
        files=release.files,
        added=len(release.added),
        changed=len(release.changed),
        removed=len(release.removed),
        digest=sha256(listed.encode()).hexdigest(),
    )


def _write(outcome: Outcome, settings: Settings) -> Path | None:
    folder = report_folder(settings)
    try:
        page = write_night(folder, compose(outcome), metrics=settings.folders.metrics)
        prune(folder, keep=settings.reports.keep)
    except OSError:
        click.echo(f"报告没有写成：{folder} 写不进去，请检查磁盘空间和权限。", err=True)
        return None
    return page
