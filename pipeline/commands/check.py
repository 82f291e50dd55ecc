"""``gongshi check``: what a rebuild would do with an export; writes nothing."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from pipeline.commands.common import Invocation, doubt_line, today_option
from pipeline.commands.crew import crew_of, workers_option
from pipeline.commands.progress import progress
from pipeline.domain.decision import Received
from pipeline.domain.faults import ExitCode, Fault
from pipeline.domain.verdict import Effect, Verdict
from pipeline.examination import Examined, examine, receive
from pipeline.policy.model import Policy
from pipeline.rebuild import load
from pipeline.site.required import missing_pages, written_pages
from pipeline.site.tables.read import load_tables


@click.command("check", options_metavar="[选项]")
@click.argument(
    "exports",
    metavar="导出文件夹",
    required=False,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@workers_option
@today_option
@click.pass_obj
def command(invocation: Invocation, *, exports: Path | None, workers: int, today: date) -> None:
    """试算一份导出：哪些可以公示，哪些不予公开或待核、为什么。什么都不写。"""
    settings = invocation.settings()
    policy = load(settings)
    intake = receive(settings, exports or settings.folders.exports, today=today)
    counts: Counter[Effect] = Counter()
    doubted = 0
    with progress() as step:
        total = len(intake.received)
        lines = []
        examined = examine(
            intake.received, policy, settings, today=today, workers=crew_of(workers).redacting
        )
        for done, each in enumerate(examined, start=1):
            if isinstance(each, Examined):
                counts[each.verdict.effect] += 1
                doubted += each.is_doubted
                lines += _lines(each.record, each.verdict)
            step("试算", done, total)
    lines += [*_fault_lines(intake.faults), *_page_lines(policy, settings.folders.content)]
    click.echo("\n".join(lines), nl=bool(lines))
    if doubted:
        click.echo(doubt_line(doubted, total))
    click.echo(
        f"处罚决定 {total} · 可公示 {counts[Effect.PUBLISH]} · "
        f"不予公开 {counts[Effect.WITHHOLD]} · 待核 {counts[Effect.HOLD]}"
    )
    if intake.faults and not total:
        raise click.exceptions.Exit(ExitCode.BAD_EXPORT)
    if total and not counts[Effect.PUBLISH]:
        raise click.exceptions.Exit(ExitCode.NOTHING_PUBLISHED)


def _lines(record: Received, verdict: Verdict) -> list[str]:
    """Return one line for the decision and one for each reason against it."""
    if verdict.effect is Effect.PUBLISH:
        return []
    number = record.case_number
    name = number.display if number else str(record.place)
    reasons = [
        f"  {each.effect}：{each.title}（{each.basis}）"
        + (f"。{each.remedy}" if each.remedy else "")
        for each in verdict.reasons
    ]
    return [f"{name} {verdict.effect}", *reasons]


def _page_lines(policy: Policy, content: Path) -> list[str]:
    """Return a line for each page that the policy asks for and that would stop the build."""
    found = missing_pages(policy, load_tables(content), written_pages(content))
    return [f"缺必须公开的栏目，网站建不成：{line}" for line in found]


def _fault_lines(faults: Iterable[Fault]) -> list[str]:
    return [f"导出有误：{fault}" for fault in faults]
