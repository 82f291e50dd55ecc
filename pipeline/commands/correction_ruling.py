"""``gongshi correction decide`` and ``reply``: the ruling and the written answer."""

import sys
from datetime import date
from pathlib import Path

import click

from pipeline.commands.common import Invocation, today_option
from pipeline.commands.correction_words import (
    asked_for,
    desk_of,
    lines_of,
    lines_of_file,
    number_argument,
    text_option,
)
from pipeline.correction.clock import owes_reply, progress
from pipeline.correction.filing import answer
from pipeline.correction.hidden import places_of
from pipeline.correction.workflow import Decision, Desk, decide, found
from pipeline.domain.basis import Basis
from pipeline.domain.correction import Request, RequestNumber, Ruling, Way
from pipeline.rebuild import open_agency_register

_WAYS = {"export": Way.EXPORT, "hide": Way.HIDE, "note": Way.NOTE}


@click.command("decide", options_metavar="[选项]")
@number_argument
@click.option("--accepted", "ruling", flag_value="ACCEPTED", help="予以更正。")
@click.option("--partly", "ruling", flag_value="PARTLY", help="部分更正。")
@click.option("--refused", "ruling", flag_value="REFUSED", help="不予更正。")
@click.option(
    "--explained", "ruling", flag_value="EXPLAINED", help="已作说明解释；理由写说明的内容。"
)
@click.option("--withdrawn", "ruling", flag_value="WITHDRAWN", help="申请人撤回申请。")
@text_option("--reason", "理由，写进答复；@文件名 表示读取文件。")
@click.option("--basis", metavar="依据", multiple=True, help="《文件名》第十二条，可写多次。")
@click.option(
    "--by",
    type=click.Choice(list(_WAYS)),
    default=None,
    help="怎样更正：export 等更正后的文书导出；hide 隐去页面上的内容；note 只加更正说明。",
)
@click.option("--text", metavar="更正说明", default="", help="公开的更正说明，不写个人信息。")
@click.option(
    "--hide-file",
    metavar="文件",
    type=click.Path(path_type=Path),
    default=None,
    help="应隐去的内容，照页面原样，每行一处。",
)
@text_option("--actor", "作出处理的人。")
@click.option("--again", is_flag=True, help="改正已有的处理结果（答复以前）。")
@click.option("--yes", is_flag=True, help="不再询问，直接登记。")
@today_option
@click.pass_obj
def decide_command(  # noqa: PLR0913, PLR0917 - click hands over one value an option
    invocation: Invocation,
    number: RequestNumber,
    ruling: str | None,
    reason: str | None,
    basis: tuple[str, ...],
    by: str | None,
    text: str,
    hide_file: Path | None,
    actor: str | None,
    again: bool,
    yes: bool,
    today: date,
) -> None:
    """登记处理结果。予以更正的，页面在下一次重建时更正并注明日期。"""
    settings = invocation.settings()
    with open_agency_register(settings) as register:
        desk = desk_of(settings, register, today)
        request = found(desk, number)
        names = click.Choice([each.name.lower() for each in Ruling])
        chosen = Ruling[asked_for(ruling, "--accepted 等", "处理结果", names).upper()]
        if chosen.changes_page:
            by = asked_for(by, "--by", "怎样更正", click.Choice(list(_WAYS)))
        way = _WAYS[by] if by else None
        decision = Decision(
            ruling=chosen,
            actor=asked_for(actor, "--actor", "处理人"),
            reason=lines_of(asked_for(reason, "--reason", "理由")),
            bases=tuple(map(_basis, basis)),
            way=way,
            note=text,
            hidden=lines_of_file(hide_file) if hide_file or way is Way.HIDE else (),
            again=again,
        )
        _tell_change(desk, request, decision)
        if not yes and sys.stdin.isatty():
            click.confirm("确定登记？", abort=True)
        request = decide(desk, number, decision)
    stand = progress(request, desk.policy, today=today)
    click.echo(f"已登记 {number}：{chosen}")
    if stand.late:
        click.echo(f"已超过期限 {stand.late} 个工作日（{stand.due}，{stand.basis}）")
    if owes_reply(request):
        click.echo(f"下一步：gongshi correction reply {number} --out 文件夹")


@click.command("reply", options_metavar="[选项]")
@number_argument
@click.option(
    "--out",
    metavar="文件夹",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="答复写到哪里（DOCX 和网页各一份）；含申请人信息，不得公开。",
)
@click.option("--letter-number", metavar="发文字号", default="", help="不写用申请的编号。")
@text_option("--actor", "签发答复的人。")
@click.option("--draft", is_flag=True, help="只写草稿，不登记为已答复。")
@today_option
@click.pass_obj
def reply_command(
    invocation: Invocation,
    number: RequestNumber,
    out: Path,
    letter_number: str,
    actor: str | None,
    draft: bool,
    today: date,
) -> None:
    """按公文格式写出书面答复，登记为已答复，并在 state 里存一份。"""
    settings = invocation.settings()
    with open_agency_register(settings) as register:
        desk = desk_of(settings, register, today)
        signed = "" if draft else asked_for(actor, "--actor", "签发人")
        request, files = answer(
            desk, number, settings, out, actor=signed, letter_number=letter_number
        )
    click.echo("\n".join(f"{'草稿' if draft else '答复'}：{file}" for file in files))
    if not draft:
        click.echo(f"{number} {progress(request, desk.policy, today=today)}")
    if request.ruled and request.ruled.way and request.applied_on is None:
        click.echo("页面还没有更正：下一次 gongshi rebuild 后更正，答复里已这样写明")


def _basis(text: str) -> Basis:
    try:
        return Basis.parse(text)
    except ValueError:
        raise click.UsageError("依据要写成 《文件名》第十二条 的样式") from None


def _tell_change(desk: Desk, request: Request, decision: Decision) -> None:
    """Say what the page will show differently, before anything is written."""
    if decision.way is None:
        return
    click.echo(f"将更正：{request.asked.case_number} 的页面，方式：{decision.way}")
    page = desk.corrections.public_text(request.asked.key)
    for place, value in enumerate(decision.hidden, start=1):
        found_at = places_of(value, page) if page else 0
        click.echo(f"第 {place} 处应隐去的内容：页面上有 {found_at} 处")
    if decision.way is Way.EXPORT:
        click.echo("更正后的文书导出以前，可以用 gongshi hold 暂停公示")
    elif page is None:
        click.echo("这件决定现在没有公示；公示时更正")
