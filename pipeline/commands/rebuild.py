"""``gongshi rebuild``: the nightly command."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from pipeline.commands.common import Invocation, doubt_line, progress, today_option
from pipeline.commands.reporting import observed
from pipeline.commands.staff import asked, cited
from pipeline.domain.faults import ExitCode
from pipeline.rebuild import Rebuilt, rebuild
from pipeline.register.model import Allowance, ChangeKind, Counts


@click.command("rebuild", options_metavar="[选项]")
@click.option(
    "--exports",
    metavar="导出文件夹",
    default=None,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="不用设置里的导出文件夹，而用这一个。",
)
@click.option(
    "--allow-removals",
    metavar="件数",
    type=click.IntRange(min=1),
    default=None,
    help="撤下过多停下后，核对无误的，写明停下时所报的件数；须写明 --actor 和 --basis。",
)
@click.option("--actor", metavar="姓名", default="", help="谁准许撤下。")
@click.option("--basis", metavar="依据", default="", help="准许所依据的条文，写成《…》第…条。")
@today_option
@click.pass_obj
def command(
    invocation: Invocation,
    exports: Path | None,
    allow_removals: int | None,
    actor: str,
    basis: str,
    today: date,
) -> None:
    """读取导出，筛查、隐去、登记、建站、核验，然后一次切换发布。"""
    settings = invocation.settings()
    allowed = None
    if allow_removals is not None:
        who = asked(actor, "准许人姓名", "--actor")
        article = cited(basis, invocation.policy().clocks["withdraw"].basis)
        allowed = Allowance(count=allow_removals, actor=who, basis=article)
    with progress() as step:
        done, page = observed(
            lambda told: rebuild(
                settings,
                exports or settings.folders.exports,
                today=today,
                step=told,
                allowed=allowed,
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
