"""``gongshi withdraw 文号``: a decision is no longer in force, or may not be public."""

from dataclasses import replace
from datetime import date

import click

from pipeline.commands.common import Day, Invocation
from pipeline.commands.staff import Said, asked, carry_out, parsed, staff_command
from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.staff_act import StaffAct, StaffActKind
from pipeline.lifecycle.model import GONE, State
from pipeline.lifecycle.states import is_superseded
from pipeline.rebuild import open_agency_register
from pipeline.register.entry import Entry
from pipeline.register.staff import Order

_FORBIDDEN = "不予公开"
_GROUNDS = (*(kind.value for kind in EventKind if kind is not EventKind.UPHELD), _FORBIDDEN)


@click.command("withdraw", options_metavar="[选项]")
@click.option(
    "--ground",
    metavar="事由",
    type=click.Choice(_GROUNDS),
    default=None,
    help=f"为什么撤下：{'、'.join(_GROUNDS)}。",
)
@click.option(
    "--on", "effective_on", metavar="日期", type=Day(), default=None, help="事由发生的日期。"
)
@click.option("--remade-as", metavar="文号", default="", help="重新作出的决定书的文号。")
@staff_command
def command(
    invocation: Invocation,
    said: Said,
    ground: str | None,
    effective_on: date | None,
    remade_as: str,
) -> None:
    """撤下一件决定：被撤销、变更、确认违法等，或者经核实不得公开。"""
    number = said.case_number()
    if remade_as:
        parsed(remade_as)
    with open_agency_register(invocation.settings()) as register:
        entry = register.entry(number.key)
        _refuse_gone(entry)
        why = asked(ground or "", f"事由（{'、'.join(_GROUNDS)}）", "--ground")
        if why not in _GROUNDS:
            raise click.UsageError(f"事由只能是：{'、'.join(_GROUNDS)}")
        day = _day(effective_on, entry, said.today)
        order = Order(
            number=number,
            kind="撤下",
            actor=said.who(),
            ground=why,
            basis=said.article(invocation.policy().clocks["withdraw"].basis),
            remark=said.reason,
        )
        carry_out(invocation, register, _with_fact(order, day, remade_as, said.today), said)


def _with_fact(order: Order, day: date, remade_as: str, today: date) -> Order:
    """Return the order with what happened in law, or with the finding that the law forbids it."""
    if order.ground == _FORBIDDEN:
        staff = StaffAct(kind=StaffActKind.FORBID, on=today, basis=order.basis)
        return replace(order, staff=staff)
    event = StatusEvent(
        kind=EventKind(order.ground), effective_on=day, received_on=today, remade_as=remade_as
    )
    return replace(order, events=(event,))


def _day(given: date | None, entry: Entry | None, today: date) -> date:
    day = given or Day().convert(asked("", "事由发生的日期", "--on", str(today)), None, None)
    if day > today:
        raise click.UsageError("--on 晚于今天；事由发生后再登记")
    if entry and entry.decided_on and day < entry.decided_on:
        raise click.UsageError(f"--on 早于决定日期 {entry.decided_on}；请核对")
    return day


def _refuse_gone(entry: Entry | None) -> None:
    """Refuse what is already done; a page that waits for a changed text may still end for good."""
    if entry is None or entry.state not in GONE or is_superseded(entry.past()):
        return
    when = f"（{entry.notice.on}）" if entry.notice else ""
    what = "撤下" if entry.state is State.WITHDRAWN else "期满停止公示"
    raise click.UsageError(f"这件决定已经{what}{when}，不用再撤")
