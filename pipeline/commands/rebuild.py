"""``gongshi rebuild``: the nightly command."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from pipeline.commands.common import Invocation, doubt_line, progress, today_option
from pipeline.commands.reporting import observed
from pipeline.domain.faults import ExitCode
from pipeline.rebuild import Rebuilt, rebuild
from pipeline.register.model import ChangeKind, Counts


@click.command("rebuild", options_metavar="[选项]")
@click.option(
    "--exports",
    metavar="导出文件夹",
    default=None,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="不用设置里的导出文件夹，而用这一个。",
)
@today_option
@click.pass_obj
def command(invocation: Invocation, exports: Path | None, today: date) -> None:
    """读取导出，筛查、隐去、登记、建站、核验，然后一次切换发布。"""
    settings = invocation.settings()
    with progress() as step:
        done, page = observed(
            lambda told: rebuild(
                settings, exports or settings.folders.exports, today=today, step=told
            ),
            settings,
            today=today,
            step=step,
        )
    click.echo("\n".join(_lines(done, page)))
    counts = done.reconciliation.counts
    if counts.received and counts.received == counts.held + counts.withheld:
        raise click.exceptions.Exit(ExitCode.NOTHING_PUBLISHED)


def _lines(done: Rebuilt, page: Path | None) -> Iterator[str]:
    yield from (f"导出有误：{fault}" for fault in done.faults)
    changes = [(kind, done.reconciliation.of(kind)) for kind in ChangeKind]
    told = " · ".join(f"{kind} {len(found)}" for kind, found in changes if found)
    if done.reconciliation.counts.held:
        yield "待核的理由：gongshi check；一件的理由：gongshi status 文号"
    yield f"本次变动：{told or '无'}"
    yield f"网站：{done.release.tree.parent.parent / 'current' / 'index.html'}"
    if page is not None:
        yield f"报告：{page}"
    if done.doubted:
        yield doubt_line(done.doubted, done.reconciliation.counts.received)
    yield closing_line(done.reconciliation.counts)


def closing_line(counts: Counts) -> str:
    """Return the one line of counts; they add up (promise 4)."""
    suspended = f" · 暂停公示 {counts.suspended}" if counts.suspended else ""
    return (
        f"处罚决定 {counts.received} · 公示 {counts.published} · 不予公开 {counts.withheld} · "
        f"待核 {counts.held}{suspended} · 撤下 {counts.withdrawn} · 期满 {counts.expired}"
    )
