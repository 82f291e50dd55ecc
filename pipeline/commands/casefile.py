"""``gongshi casefile``: what the case files of an export lack; writes nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from pipeline.casefile.check import check
from pipeline.commands.common import Invocation, today_option
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Decision, Received
from pipeline.domain.faults import ExitCode
from pipeline.domain.finding import Finding
from pipeline.examination import receive


@click.group("casefile", options_metavar="[选项]", subcommand_metavar="命令 [参数]…")
def command() -> None:
    """案卷：全过程记录和法制审核齐不齐。"""


@command.command("check", options_metavar="[选项]")
@click.argument("number", metavar="[文号]", default="")
@click.option(
    "--exports",
    metavar="导出文件夹",
    default=None,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="不用设置里的导出文件夹，而用这一个。",
)
@today_option
@click.pass_obj
def check_command(invocation: Invocation, number: str, exports: Path | None, today: date) -> None:
    """按制度逐条核对一件或者全部决定的案件记录和法制审核；什么都不写。

    有决定因此待核的，退出码是 16。
    """
    settings, policy = invocation.settings(), invocation.policy()
    received = receive(settings, exports or settings.folders.exports, today=today).received
    wanted = _chosen(received, number)
    decisions = [each for each in wanted if isinstance(each, Decision)]
    decisions.sort(key=lambda each: (each.case_number.year, each.case_number.number))
    found = [(each, check(each, policy, today=today)) for each in decisions]
    for decision, findings in found:
        if findings and (number or decision.process_records or _gates(findings)):
            click.echo("\n".join(_lines(decision, findings)))
    if not number:
        for line in _summary([each for _, each in found]):
            click.echo(line)
    click.echo(_closing(wanted, found))
    if any(_gates(findings) for _, findings in found):
        raise click.exceptions.Exit(ExitCode.INCOMPLETE)


def _chosen(received: Sequence[Received], number: str) -> list[Received]:
    if not number:
        return list(received)
    try:
        key = CaseNumber.parse(number).key
    except ValueError:
        raise click.UsageError("不是文号；写成 常综执罚决字〔2026〕第12号 的样式") from None
    chosen = [each for each in received if each.case_number and each.case_number.key == key]
    if not chosen:
        raise click.UsageError("导出里没有这个文号；核对文号，或者用 --exports 指明导出文件夹")
    return chosen


def _gates(findings: Sequence[Finding]) -> int:
    return sum(each.is_gate for each in findings)


def _lines(decision: Decision, findings: Sequence[Finding]) -> Iterator[str]:
    gates = _gates(findings)
    yield f"{decision.case_number.display} · 待核 {gates} · 报告 {len(findings) - gates}"
    for each in sorted(findings, key=lambda finding: not finding.is_gate):
        where = " ".join(part for part in (each.act, each.document) if part)
        due = f"，最迟 {each.due_on.isoformat()}" if each.due_on else ""
        yield (
            f"  {'待核' if each.is_gate else '报告'}：{each.title}"
            f"{f'（{where}{due}）' if where or due else ''}（{each.basis}）。{each.remedy}"
        )


def _summary(found: Sequence[Sequence[Finding]]) -> Iterator[str]:
    """Yield a line for each duty that is not fulfilled, the most frequent first."""
    counts = Counter((each.rule, each.is_gate) for findings in found for each in findings)
    titles = {each.rule: each.title.split("——")[0] for findings in found for each in findings}
    if counts:
        yield "各条缺项："
    for (rule, is_gate), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>6} {'待核' if is_gate else '报告'} {rule} {titles[rule]}"


def _closing(
    wanted: Sequence[Received], found: Sequence[tuple[Decision, Sequence[Finding]]]
) -> str:
    """Return the one line of counts; they add up."""
    held = sum(1 for _, findings in found if _gates(findings))
    whole = sum(1 for _, findings in found if not findings)
    unlisted = sum(
        1
        for decision, findings in found
        if findings and not decision.process_records and not _gates(findings)
    )
    lacking = len(found) - held - whole - unlisted
    return (
        f"处罚决定 {len(wanted)} · 齐全 {whole} · 有缺项 {lacking} · 待核 {held} · "
        f"没有导出记录清单 {unlisted} · 读不出 {len(wanted) - len(found)}"
    )
