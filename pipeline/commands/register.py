"""``gongshi register …``: look after the 台账: check, back up, restore, hand out."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from pipeline.commands.common import Invocation, today_option
from pipeline.correction.evidence import altered
from pipeline.domain.faults import BadRegisterError
from pipeline.publication import back_up, backups_of, papers_of, restore
from pipeline.rebuild import load, open_agency_register
from pipeline.register import KeptRegister
from pipeline.register.backup import backups
from pipeline.register.handout import write_handout

_ACTOR = "gongshi register"


@click.group("register", options_metavar="[选项]", subcommand_metavar="命令 [参数]…")
def command() -> None:
    """照看台账：核对、备份、恢复、导出。"""


@command.command("verify", options_metavar="[选项]")
@click.pass_obj
def _verify(invocation: Invocation) -> None:
    """核对台账：每一行有没有被改动、删除、添加或调换。"""
    settings = invocation.settings()
    folder = backups_of(settings)
    with open_agency_register(settings) as register:
        found = (*register.verify_with(folder), *_lacking(register, papers_of(settings)))
        decisions = sum(register.standing().values())
    if found:
        raise BadRegisterError("\n".join([f"台账有 {len(found)} 处不符，请用备份恢复：", *found]))
    click.echo(f"台账完好：决定 {decisions} 件，与 {len(backups(folder))} 份备份和备查簿相符")


def _lacking(register: KeptRegister, folder: Path) -> Iterator[str]:
    """Yield each request whose papers are missing or altered; a file's name may name a person."""
    for request in register.corrections.all():
        if changed := altered(folder, request):
            yield f"{request.number} 的材料有 {len(changed)} 份缺失或被改动"


@command.command("backup", options_metavar="[选项]")
@today_option
@click.pass_obj
def _backup(invocation: Invocation, today: date) -> None:
    """现在备份一次（每次 rebuild 成功后也会自动备份）。"""
    settings = invocation.settings()
    with open_agency_register(settings) as register:
        made, gone = back_up(settings, register, today=today)
    click.echo(f"备份：{backups_of(settings) / made.file}")
    click.echo(f"决定 {made.decisions} 件 · 事件 {made.events} 个 · 删去旧备份 {len(gone)} 份")


@command.command("backups", options_metavar="[选项]")
@click.pass_obj
def _backups(invocation: Invocation) -> None:
    """列出备份，新的在前。"""
    folder = backups_of(invocation.settings())
    found = backups(folder)
    for each in found:
        click.echo(f"{each.on.isoformat()} · 决定 {each.decisions} 件 · {folder / each.file}")
    if not found:
        click.echo("还没有备份；运行 gongshi rebuild 或 gongshi register backup")


@command.command("restore", options_metavar="[选项]")
@click.argument("backup", metavar="备份文件", type=click.Path(path_type=Path))
@today_option
@click.pass_obj
def _restore(invocation: Invocation, backup: Path, today: date) -> None:
    """用备份恢复台账；备份之后撤下的仍是撤下，之后公示的仍是公示。"""
    settings = invocation.settings()
    done = restore(settings, backup, today=today, actor=_ACTOR)
    click.echo(f"已恢复到 {done.manifest.on.isoformat()} 的备份，并按备查簿补上 {done.applied} 件")
    if done.requests:
        click.echo(f"备份之后办理过的更正申请也已补上：{done.requests} 件")
    for number in done.lost:
        click.echo(f"缺公示内容，请放进下一次导出：{number}")
    click.echo(f"原台账留在 {settings.folders.state / 'aside'}")
    click.echo("备份之后登记的备注不在备查簿里，请重新登记")
    click.echo("接着运行 gongshi rebuild")


@command.command("export", options_metavar="[选项]")
@click.argument("folder", metavar="文件夹", type=click.Path(file_okay=False, path_type=Path))
@today_option
@click.pass_obj
def _export(invocation: Invocation, folder: Path, today: date) -> None:
    """把台账导出为 XLSX 和 CSV：每件决定的状态、日期、理由、条文、期限和经过。"""
    settings = invocation.settings()
    with open_agency_register(settings) as register:
        written = write_handout(register, folder, load(settings), today=today)
    for path in written:
        click.echo(f"{path}")
