"""``gongshi release 文号``: a person has looked at what was held, and it may go out.

Bound to what was looked at: a changed export needs a new look. Doubtful spans stay masked.
"""

from datetime import date

import click

from pipeline.commands.common import Day, Invocation
from pipeline.commands.staff import Said, carry_out, staff_command, told
from pipeline.domain.basis import Basis
from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.staff_act import StaffAct, StaffActKind
from pipeline.lifecycle.events import facts_digest
from pipeline.lifecycle.model import GONE
from pipeline.lifecycle.staff import may_be_released
from pipeline.policy.model import Policy
from pipeline.rebuild import open_agency_register
from pipeline.register.entry import Entry
from pipeline.register.staff import Order

_BASIS = Basis("中华人民共和国政府信息公开条例", "第十七条")


@click.command("release", options_metavar="[选项]")
@click.option(
    "--upheld-on",
    metavar="日期",
    type=Day(),
    default=None,
    help="复议、诉讼维持决定的日期：决定继续有效。",
)
@staff_command
def command(invocation: Invocation, said: Said, upheld_on: date | None) -> None:
    """放行一件待核的决定：先看 gongshi explain，核实后放行。导出变动后须重新核实。"""
    number = said.case_number()
    with open_agency_register(invocation.settings()) as register:
        entry = _looked_at(register.entry(number.key))
        rules = _rules(entry, invocation.policy(), upheld=upheld_on is not None)
        if upheld_on is not None and upheld_on > said.today:
            raise click.UsageError("--upheld-on 晚于今天；请核对")
        remark, actor, article = said.why("核实的情况"), said.who(), said.article(_BASIS)
        release = StaffAct(
            kind=StaffActKind.RELEASE,
            on=said.today,
            basis=article,
            rules=rules,
            looked_at=entry.source_digest,
            facts=facts_digest(entry.events),
        )
        upheld = () if upheld_on is None else (_upheld(upheld_on, said.today),)
        order = Order(
            number=number,
            kind="放行",
            actor=actor,
            ground="经核实维持有效" if upheld else "经核实可以公开",
            basis=article,
            events=upheld,
            staff=release if rules else None,
            remark=remark,
        )
        carry_out(invocation, register, order, said)


def _upheld(day: date, today: date) -> StatusEvent:
    return StatusEvent(kind=EventKind.UPHELD, effective_on=day, received_on=today)


def _looked_at(entry: Entry | None) -> Entry:
    if entry is None:
        raise click.UsageError("台账里没有这个文号；先运行 gongshi rebuild")
    if entry.state in GONE:
        raise click.UsageError(
            f"这件决定已经{entry.state}，不能放行。依法重新作出的，导出新的决定书"
        )
    return entry


def _rules(entry: Entry, policy: Policy, *, upheld: bool) -> tuple[str, ...]:
    """Return the keys of the reasons that a person may lift; says why when there is none."""
    why = entry.reasons + entry.pending
    rules = tuple(dict.fromkeys(r.rule for r in why if may_be_released(r, policy)))
    if rules or upheld:
        return rules
    if not why:
        raise click.UsageError(f"这件决定的状态是{entry.state}，没有待核的理由，不用放行")
    listed = "\n".join(f"  {told(reason)}" for reason in why)
    raise click.UsageError(f"下列理由不能由人工放行，按办法补正后重新导出：\n{listed}")
