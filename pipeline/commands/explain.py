"""``gongshi explain 文号``: why each thing of a decision is hidden or stays."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from pipeline.commands.common import Invocation, today_option
from pipeline.correction.marks import Marks
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Decision, Received, Unreadable
from pipeline.domain.faults import BadExportError
from pipeline.examination import inspect, receive
from pipeline.rebuild import load, open_agency_register
from pipeline.report.explanation import explain, told
from pipeline.report.private_file import write_private
from pipeline.report.trace_page import trace_page
from pipeline.settings import Folders, Settings


@click.command("explain", options_metavar="[选项]")
@click.argument("number", metavar="文号")
@click.option(
    "--exports",
    metavar="导出文件夹",
    default=None,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="不用设置里的导出文件夹，而用这一个。",
)
@click.option(
    "--html",
    "page",
    metavar="文件",
    default=None,
    show_default="state/explain/ 下",
    type=click.Path(dir_okay=False, path_type=Path),
    help="内部网页写在哪里；网页有原文，不得公开。",
)
@today_option
@click.pass_obj
def command(
    invocation: Invocation, number: str, exports: Path | None, page: Path | None, today: date
) -> None:
    """说明一件决定每处隐去、保留的种类、理由和条文，并写一个内部网页。"""
    try:
        wanted = CaseNumber.parse(number)
    except ValueError:
        raise click.UsageError("不是文号；写成 常综执罚决字〔2026〕第12号 的样式") from None
    settings = invocation.settings()
    source = exports or settings.folders.exports
    target = _target(page, settings, source, wanted)
    policy = load(settings)
    intake = receive(settings, source, today=today)
    decision = _decision(intake.received, wanted.key, _marks(settings))
    found = inspect(decision, policy, settings, today=today)
    explanation = explain(found.decision, found.trace, found.verdict, policy)
    click.echo("\n".join(told(explanation)))
    try:
        write_private(target, trace_page(explanation))
    except OSError:
        raise click.UsageError(f"网页写不到 {target}；用 --html 换一个可以写的地方") from None
    click.echo(f"内部网页（有原文，不得公开，看完请删去）：{target}")


def _marks(settings: Settings) -> Marks:
    """Return what accepted corrections hide; nothing where no register has been made yet."""
    if not settings.register and not (settings.folders.state / "register.sqlite").exists():
        return Marks()
    with open_agency_register(settings) as register:
        return Marks.of(register.corrections.amendments())


def _decision(received: Sequence[Received], key: str, marks: Marks) -> Decision:
    """Return the decision of that number; says why when there is none or it cannot be read."""
    named = [each for each in received if each.case_number and each.case_number.key == key]
    found = [marks.put_on(each) for each in named]
    readable = [each for each in found if isinstance(each, Decision)]
    if readable:
        return readable[0]
    if not found:
        raise click.UsageError("导出里没有这个文号；核对文号，或者用 --exports 指明导出文件夹")
    click.echo(f"{key} 还读不成一件完整的决定，待核。先改正下列各处：", err=True)
    raise BadExportError(
        fault for each in found if isinstance(each, Unreadable) for fault in each.faults
    )


def _target(page: Path | None, settings: Settings, exports: Path, wanted: CaseNumber) -> Path:
    """Return where the page goes; never where visitors or the next run would come upon it."""
    if page is None:
        return settings.folders.state / "explain" / f"{wanted.slug}.html"
    target = page.resolve()
    if target.suffix != ".html":
        raise click.UsageError("--html 要写一个以 .html 结尾的文件")
    if any(
        target.is_relative_to(folder.resolve()) for folder in (exports, *_visited(settings.folders))
    ):
        raise click.UsageError("--html 不能写在网站、栏目、主题或者导出文件夹里；网页有原文")
    return target


def _visited(folders: Folders) -> tuple[Path, ...]:
    theme = (folders.theme,) if folders.theme else ()
    return (folders.site, folders.content, folders.exports, *theme)
