"""What the commands of staff share: who, why, under which article; show, confirm, write.

What an option does not say is asked for on a terminal; elsewhere the command refuses, so that a
script cannot act in nobody's name.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from functools import wraps
from typing import Any, cast

import click

from pipeline.commands.common import Invocation, today_option
from pipeline.domain.basis import Basis
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.staff_act import StaffActKind
from pipeline.domain.verdict import Reason
from pipeline.lifecycle.model import State
from pipeline.register import Register
from pipeline.register.staff import Foreseen, Order

Command = Callable[..., None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person typed of an act; what is empty is asked for."""

    number: str
    actor: str
    basis: str
    reason: str = field(repr=False)
    yes: bool
    today: date

    def case_number(self) -> CaseNumber:
        """Return the 文号 that was typed; fails with a usage error."""
        return parsed(self.number)

    def who(self) -> str:
        """Return the name of the person who acts."""
        return asked(self.actor, "经办人姓名", "--actor")

    def why(self, title: str) -> str:
        """Return the private reason."""
        return asked(self.reason, f"{title}（不公开）", "--reason")

    def article(self, default: Basis) -> Basis:
        """Return the article that the act rests on."""
        return cited(self.basis, default)


_OPTIONS = (
    click.argument("number", metavar="文号"),
    click.option("--actor", metavar="姓名", default="", help="谁作出这一处理。"),
    click.option("--basis", metavar="依据", default="", help="依据的条文，写成《…》第…条。"),
    click.option("--reason", metavar="理由", default="", help="具体理由，只存台账，不公开。"),
    click.option("--yes", "-y", is_flag=True, help="不再询问，直接确认。"),
    today_option,
    click.pass_obj,
)


def staff_command(command: Command) -> Command:
    """Give a command the 文号 and the options of every act of staff, as one ``Said``."""

    @wraps(command)
    def with_said(invocation: Invocation, **words: object) -> None:
        values = {each.name: words.pop(each.name) for each in fields(Said)}
        command(invocation, Said(**cast("dict[str, Any]", values)), **words)

    wrapped: Command = with_said
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def parsed(number: str) -> CaseNumber:
    """Return the 文号 that was typed; fails with a usage error."""
    try:
        return CaseNumber.parse(number)
    except ValueError:
        raise click.UsageError("不是文号；写成 常综执罚决字〔2026〕第12号 的样式") from None


def asked(value: str, title: str, option: str, default: str | None = None) -> str:
    """Return ``value``, or what is typed on the terminal; never nothing."""
    if value.strip():
        return value.strip()
    if not sys.stdin.isatty():
        raise click.UsageError(f"没有写明{title}；不在终端上运行时，用 {option} 写明")
    return str(click.prompt(title, default=default, err=True)).strip()


def cited(value: str, default: Basis) -> Basis:
    """Return the article given or asked for."""
    try:
        return Basis.parse(asked(value, "依据的条文", "--basis", str(default)))
    except ValueError:
        raise click.UsageError("--basis 要写成《文件名称》第…条 的样式") from None


def confirm(lines: Iterator[str], *, yes: bool) -> None:
    """Show what will change and go on only when the person says so."""
    click.echo("\n".join(lines))
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("没有确认，未做任何改动；不在终端上运行时，用 --yes 确认")
    click.confirm("确认登记？", abort=True, err=True)


def carry_out(invocation: Invocation, register: Register, order: Order, said: Said) -> None:
    """Show what ``order`` will change, ask, write it, and say when it takes effect."""
    foreseen = register.foresee(order, invocation.policy(), today=said.today)
    confirm(_lines(order, foreseen), yes=said.yes)
    seq = register.carry_out(order, foreseen, today=said.today)
    click.echo(f"已登记为第 {seq} 号事件。下一次更新时生效；要立即生效，请运行 gongshi rebuild")


def _lines(order: Order, foreseen: Foreseen) -> Iterator[str]:
    yield f"{order.number.display} · {order.kind} · {order.ground}"
    yield f"经办：{order.actor}　依据：{order.basis}"
    if foreseen.before is None:
        yield "台账里还没有这个文号；请核对文号。以后导出这件决定时照此处理"
    now = foreseen.before.state.value if foreseen.before else "未收到"
    yield f"状态：{now} → {_next(order, foreseen)}"
    yield from _page(foreseen)
    if order.staff is not None and order.staff.kind is StaffActKind.RELEASE:
        yield from (f"更新后仍有：{told(reason)}" for reason in foreseen.left)


def _next(order: Order, foreseen: Foreseen) -> str:
    returns = foreseen.after.state is State.PUBLISHED and order.staff is not None
    return f"{foreseen.after.state}{'（导出没有变动时）' if returns else ''}"


def _page(foreseen: Foreseen) -> Iterator[str]:
    before, after = foreseen.before, foreseen.after
    had = before is not None and before.is_public
    if not had and not after.is_public:
        yield "网页：没有网页，不发说明"
        return
    notice = after.notice
    what = f"换成说明“{notice.ground}”：{notice.reason}（{notice.basis}）" if notice else "显示决定"
    yield f"网页 decisions/{after.slug}.html：{what}"


def told(reason: Reason) -> str:
    """Return a reason with its article and, where there is one, its remedy."""
    return f"{reason.title}（{reason.basis}）" + (f"。{reason.remedy}" if reason.remedy else "")
