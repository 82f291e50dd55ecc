"""``gongshi rebuild``: the nightly command."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from pipeline.commands.common import Invocation, doubt_line, today_option
from pipeline.commands.crew import crew_of, crew_options
from pipeline.commands.journal import QUIET
from pipeline.commands.progress import progress
from pipeline.commands.reporting import observed
from pipeline.commands.staff import asked, cited
from pipeline.domain.faults import ExitCode, Fault
from pipeline.operations.rehearsal import Rehearsed, rehearse
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
@click.option(
    "--dry-run",
    "rehearses",
    is_flag=True,
    help="试运行：列出会新公示、更正、撤下哪些，为什么，什么都不改动。",
)
@crew_options
@today_option
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    invocation: Invocation,
    *,
    exports: Path | None,
    allow_removals: int | None,
    actor: str,
    basis: str,
    rehearses: bool,
    workers: int,
    cluster: str,
    today: date,
) -> None:
    """读取导出，筛查、隐去、登记、建站、核验，然后一次切换发布。"""
    settings = invocation.settings()
    crew = crew_of(workers, cluster)
    allowed = None
    if allow_removals is not None:
        who = asked(actor, "准许人姓名", "--actor")
        article = cited(basis, invocation.policy().clocks["withdraw"].basis)
        allowed = Allowance(count=allow_removals, actor=who, basis=article)
    if rehearses:
        click.get_current_context().meta[QUIET] = True
        with progress() as step:
            told = rehearse(
                settings,
                exports or settings.folders.exports,
                today=today,
                step=step,
                allowed=allowed,
                crew=crew,
            )
        click.echo("\n".join(_rehearsed(told)))
        return
    with progress() as step:
        done, page = observed(
            lambda told: rebuild(
                settings,
                exports or settings.folders.exports,
                today=today,
                step=told,
                allowed=allowed,
                crew=crew,
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
    yield from _faulty(done.faults)
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


def _faulty(faults: Sequence[Fault]) -> Iterator[str]:
    """Tell so many faults as a person reads; the report and ``gongshi check`` have them all."""
    yield from (f"导出有误：{fault}" for fault in faults[:_MOST])
    if len(faults) > _MOST:
        yield f"导出有误：另有 {len(faults) - _MOST:,} 处，用 gongshi check 列出全部"


def _rehearsed(told: Rehearsed) -> Iterator[str]:
    yield from _faulty(told.done.faults)
    for (kind, reason), numbers in told.reasons.items():
        why = f" · {reason}" if reason else ""
        shown = numbers if kind in _REMOVALS else numbers[:_FEW]
        more = f" 等 {len(numbers)} 件" if len(shown) < len(numbers) else ""
        yield f"{kind}{why}：{'、'.join(shown)}{more}"
    files = told.done.release
    yield (
        f"网站文件：新增 {len(files.added)} · 更换 {len(files.changed)} · 删去 {len(files.removed)}"
    )
    yield from (f"删去网页：{path}" for path in files.removed if path.endswith(".html"))
    yield closing_line(told.done.reconciliation.counts)
    yield "核验通过。这是试运行，什么都没有改动"


_REMOVALS = frozenset({ChangeKind.WITHDRAWN, ChangeKind.EXPIRED, ChangeKind.SUSPENDED})
_MOST = 50
_FEW = 10


def closing_line(counts: Counts) -> str:
    """Return the one line of counts; they add up (promise 4)."""
    suspended = f" · 暂停公示 {counts.suspended}" if counts.suspended else ""
    return (
        f"处罚决定 {counts.received} · 公示 {counts.published} · 不予公开 {counts.withheld} · "
        f"待核 {counts.held}{suspended} · 撤下 {counts.withdrawn} · 期满 {counts.expired}"
    )
