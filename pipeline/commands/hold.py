"""``gongshi hold 文号``: a person wants a decision to rest until something is cleared up."""

import click

from pipeline.commands.common import Invocation
from pipeline.commands.staff import Said, carry_out, staff_command
from pipeline.domain.basis import Basis
from pipeline.domain.staff_act import StaffAct, StaffActKind
from pipeline.lifecycle.model import GONE
from pipeline.rebuild import open_agency_register
from pipeline.register.staff import Order

_BASIS = Basis("中华人民共和国政府信息公开条例", "第十七条")
"""Before anything is published it is to be reviewed."""


@click.command("hold", options_metavar="[选项]")
@staff_command
def command(invocation: Invocation, said: Said) -> None:
    """暂缓公开一件决定；已经公示的暂停公示，核实后用 release 放行。"""
    number = said.case_number()
    with open_agency_register(invocation.settings()) as register:
        entry = register.entry(number.key)
        if entry is not None and entry.state in GONE:
            raise click.UsageError(f"这件决定已经{entry.state}，没有可暂缓的")
        remark, actor, article = said.why("暂缓的理由"), said.who(), said.article(_BASIS)
        order = Order(
            number=number,
            kind="暂缓公开",
            actor=actor,
            ground="工作人员核实",
            basis=article,
            staff=StaffAct(kind=StaffActKind.HOLD, on=said.today, basis=article),
            remark=remark,
        )
        carry_out(invocation, register, order, said)
