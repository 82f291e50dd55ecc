"""Counts and times for the textfile collector of node-exporter. No 文号, no reason, no name."""

from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.lifecycle.model import Urgency
from pipeline.report.night.model import NightReport
from pipeline.report.night.requests import counts

Labels = tuple[tuple[str, str], ...]
Sample = tuple[Labels, float]


def night_metrics(report: NightReport) -> str:
    """Return the metrics in the text format of Prometheus."""
    return "".join(f"{line}\n" for family in _families(report) for line in family)


def _families(report: NightReport) -> Iterator[list[str]]:
    run = report.run
    yield _gauge("run_success", "Whether the last run released a site.", _one(not report.stopped))
    code = report.stopped.code if report.stopped else 0
    yield _gauge("run_exit_code", "Exit code of the last run.", _one(code))
    yield _gauge("run_start_timestamp_seconds", "When the last run began.", _one(_stamp(report)))
    if run.last_success_at:
        at = run.last_success_at.timestamp()
        yield _gauge("last_success_timestamp_seconds", "When a run last ended well.", _one(at))
    yield _gauge("run_duration_seconds", "How long the last run took.", _one(run.seconds))
    steps = (((("step", str(n)),), each.seconds) for n, each in enumerate(run.steps, start=1))
    yield _gauge("run_step_duration_seconds", "How long each step took, in order.", steps)
    yield _gauge("decisions_received", "Records in the export.", _one(report.received))
    yield _gauge(
        "decisions_placed",
        "Where the records of the export are after the run.",
        (((("state", state.name.lower()),), n) for state, n in report.placed.items()),
    )
    yield _gauge(
        "decisions",
        "Decisions in the register by state.",
        (((("state", state.name.lower()),), n) for state, n in report.standing.items()),
    )
    yield _gauge(
        "decisions_doubted", "Decisions that wait only for redaction.", _one(report.doubted)
    )
    yield _gauge("matters", "What waits for a person, by kind and urgency.", _matters(report))
    if report.requests:
        yield _gauge(
            "correction_requests",
            "Requests for correction received this year, by how they stand or ended.",
            (((("count", key),), n) for key, n in counts(report.requests).items()),
        )
    lacks = sum(lack.count for lack in report.lacks)
    yield _gauge("case_file_lacks", "What case files lack and no day presses.", _one(lacks))
    if report.site:
        yield _gauge("site_files", "Files of the public site.", _one(report.site.files))


def _matters(report: NightReport) -> Iterator[Sample]:
    counts = Counter((matter.kind, matter.urgency) for matter in report.matters)
    for (kind, urgency), count in sorted(counts.items(), key=str):
        state = urgency.name.lower() if isinstance(urgency, Urgency) else "none"
        yield (("kind", kind.name.lower()), ("urgency", state)), count


def _stamp(report: NightReport) -> float:
    return report.run.started_at.timestamp()


def _one(value: float) -> Iterator[Sample]:
    yield (), value


def _gauge(name: str, told: str, samples: Iterable[Sample]) -> list[str]:
    lines = [f"gongshi_{name}{_labels(labels)} {float(value)!r}" for labels, value in samples]
    if not lines:
        return []
    return [f"# HELP gongshi_{name} {told}", f"# TYPE gongshi_{name} gauge", *lines]


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels) + "}"
