"""``gongshi correction``: requests for correction, from receipt to the written answer."""

from datetime import date
from pathlib import Path

import click

from pipeline.commands.common import Day, Invocation, today_option
from pipeline.commands.correction_ruling import decide_command, reply_command
from pipeline.commands.correction_words import (
    asked_for,
    desk_of,
    lines_of,
    list_lines,
    number_argument,
    show_lines,
    text_option,
    year_line,
)
from pipeline.correction.clock import Stage, progress
from pipeline.correction.evidence import altered
from pipeline.correction.statistics import statistics
from pipeline.correction.workflow import Opening, found, open_request
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.correction import Kind, RequestNumber
from pipeline.domain.dates import parse_date
from pipeline.lifecycle.model import Urgency
from pipeline.rebuild import open_agency_register
from pipeline.register.papers import FOLDER

_KINDS = {"correct": Kind.CORRECTION, "explain": Kind.EXPLANATION, "own": Kind.OWN}


@click.group("correction", options_metavar="[选项]", subcommand_metavar="步骤 [参数]…")
def command() -> None:
    """登记、办理、答复公民的更正申请和说明解释申请。"""


@command.command("open", options_metavar="[选项]")
@click.argument("case_number", metavar="文号")
@click.option(
    "--kind",
    type=click.Choice(list(_KINDS)),
    default="correct",
    help="correct 更正申请（默认）；explain 要求说明解释；own 本机关自行发现的错误。",
)
@text_option("--asker", "申请人姓名或者名称。")
@text_option("--contact", "申请人的联系方式。")
@text_option("--claim", "申请的内容；@文件名 表示读取文件。")
@click.option(
    "--evidence",
    metavar="文件",
    multiple=True,
    type=click.Path(path_type=Path),
    help="证明材料，可写多次。",
)
@click.option("--received", metavar="日期", type=Day(), default=None, help="收到申请的日期。")
@text_option("--officer", "承办人。")
@today_option
@click.pass_obj
def open_command(  # noqa: PLR0913, PLR0917 - click hands over one value an option
    invocation: Invocation,
    case_number: str,
    kind: str,
    asker: str | None,
    contact: str | None,
    claim: str | None,
    evidence: tuple[Path, ...],
    received: date | None,
    officer: str | None,
    today: date,
) -> None:
    """登记一件申请，给出编号和办理期限。申请人信息只存在台账里，不公开。"""
    try:
        key = CaseNumber.parse(case_number).key
    except ValueError:
        raise click.UsageError("不是文号；写成 常综执罚决字〔2026〕第12号 的样式") from None
    own = _KINDS[kind] is Kind.OWN
    settings = invocation.settings()
    with open_agency_register(settings) as register:
        desk = desk_of(settings, register, today)
        opening = Opening(
            kind=_KINDS[kind],
            key=key,
            asker="" if own else asked_for(asker, "--asker", "申请人"),
            contact="" if own else asked_for(contact, "--contact", "联系方式"),
            claim=lines_of(asked_for(claim, "--claim", "申请内容")),
            evidence=evidence,
            received_on=received or _received(),
            officer=asked_for(officer, "--officer", "承办人"),
        )
        request = open_request(desk, opening)
    stand = progress(request, desk.policy, today=today)
    click.echo(f"已登记 {request.number}（{request.asked.case_number}）")
    if request.asked.evidence:
        place = settings.folders.state / FOLDER / request.asked.folder
        click.echo(f"证明材料 {len(request.asked.evidence)} 件：{place}")
    elif not own:
        click.echo("没有证明材料；申请人补交后，随处理理由一并说明")
    click.echo(f"期限：{stand.due}（{stand.basis}）{stand.urgency}")


@command.command("list", options_metavar="[选项]")
@click.option("--open", "only_open", is_flag=True, help="只列没有办结的。")
@click.option("--overdue", is_flag=True, help="只列逾期没有办结的。")
@today_option
@click.pass_obj
def list_command(invocation: Invocation, only_open: bool, overdue: bool, today: date) -> None:
    """列出申请：编号、文号、期限、状态、承办人；不写申请人。"""
    settings = invocation.settings()
    with open_agency_register(settings) as register:
        desk = desk_of(settings, register, today)
        requests = desk.corrections.all()
    every = [(each, progress(each, desk.policy, today=today)) for each in requests]
    shown = [
        (request, stand)
        for request, stand in every
        if (not only_open or stand.stage is not Stage.CLOSED)
        and (not overdue or stand.urgency is Urgency.OVERDUE)
    ]
    year = statistics(requests, desk.policy, since=date(today.year, 1, 1), until=today, today=today)
    click.echo("\n".join([*list_lines(shown), year_line(year)]))


@command.command("show", options_metavar="[选项]")
@number_argument
@today_option
@click.pass_obj
def show_command(invocation: Invocation, number: RequestNumber, today: date) -> None:
    """列出一件申请的全部内容，含申请人（只供承办人看），并核对证明材料有没有被改动。"""
    settings = invocation.settings()
    with open_agency_register(settings) as register:
        desk = desk_of(settings, register, today)
        request = found(desk, number)
    stand = progress(request, desk.policy, today=today)
    changed = altered(settings.folders.state / FOLDER, request)
    click.echo("\n".join(show_lines(request, stand, changed)))


def _received() -> date:
    try:
        return parse_date(asked_for(None, "--received", "收到日期"))
    except ValueError:
        raise click.UsageError("收到日期要写成 2026-11-20 的样式") from None


command.add_command(decide_command)
command.add_command(reply_command)
