"""``gongshi note 文号 文字``: a private remark about one decision."""

from datetime import date

import click

from pipeline.commands.common import Invocation, today_option
from pipeline.commands.staff import asked, parsed
from pipeline.domain.basis import Basis
from pipeline.rebuild import open_agency_register
from pipeline.register.acts import Act

_BASIS = Basis("中华人民共和国行政处罚法", "第四十七条")
"""The whole process of a penalty is to be on record."""


@click.command("note", options_metavar="[选项]")
@click.argument("number", metavar="文号")
@click.argument("words", metavar="文字", default="")
@click.option("--actor", metavar="姓名", default="", help="谁记下的。")
@today_option
@click.pass_obj
def command(invocation: Invocation, number: str, words: str, actor: str, today: date) -> None:
    """给一件决定记一条备注；只存台账，不公开，也不改变状态。"""
    wanted = parsed(number)
    with open_agency_register(invocation.settings()) as register:
        if register.entry(wanted.key) is None:
            raise click.UsageError("台账里没有这个文号；先运行 gongshi rebuild")
        act = Act(
            key=wanted.key,
            kind="备注",
            actor=asked(actor, "记录人姓名", "--actor"),
            ground="备注",
            basis=_BASIS,
            remark=asked(words, "备注（不公开）", "文号后的文字"),
        )
        seq = register.record(act, today=today)
    click.echo(f"已登记为第 {seq} 号事件")
