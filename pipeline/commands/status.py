"""``gongshi status 文号``: everything that staff may see about one decision."""

from collections.abc import Iterator
from datetime import date

import click

from pipeline.commands.common import Invocation, today_option
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.verdict import Reason
from pipeline.rebuild import ACTOR, load, open_agency_register
from pipeline.register.model import LoggedEvent, Status


@click.command("status", options_metavar="[选项]")
@click.argument("number", metavar="文号")
@today_option
@click.pass_obj
def command(invocation: Invocation, number: str, today: date) -> None:
    """列出一件决定的状态、理由和条文、期限、经过。"""
    try:
        key = CaseNumber.parse(number).key
    except ValueError:
        raise click.UsageError("不是文号；写成 常综执罚决字〔2026〕第12号 的样式") from None
    settings = invocation.settings()
    with open_agency_register(settings) as register:
        status = register.status(key, load(settings), today=today)
    if status is None:
        raise click.UsageError("台账里没有这个文号；先运行 gongshi rebuild")
    click.echo("\n".join(_lines(status)))


def _lines(status: Status) -> Iterator[str]:
    yield f"{status.case_number} · {status.state}"
    yield f"地址：decisions/{status.slug}.html"
    days = (
        ("决定日期", status.decided_on),
        ("首次公示", status.first_published_on),
        ("最近变动", status.changed_on),
        ("公示期满", status.expires_on),
    )
    yield from (f"{title}：{day.isoformat()}" for title, day in days if day)
    yield from _reasons("理由", status.reasons)
    yield from _reasons("更新待核", status.pending)
    if status.notice:
        yield f"公开说明：{status.notice.ground} · {status.notice.reason}（{status.notice.basis}）"
    yield from (f"更正：{note.on.isoformat()} {note.text}" for note in status.corrections)
    for event in status.known_events:
        yield f"决定变动：{event.effective_on.isoformat()} {event.kind}"
    for due in status.deadlines:
        yield f"期限：{due.title} {due.due} {due.urgency}"
    yield from (
        f"经过：{each.on.isoformat()} {each.kind} {each.summary} {_by(each)}".rstrip()
        for each in status.log
    )


def _by(event: LoggedEvent) -> str:
    """Return who acted, and what the person noted in private."""
    who = "" if event.actor == ACTOR else f"· {event.actor}"
    return f"{who} · 备注：{event.remark}" if event.remark else who


def _reasons(title: str, reasons: tuple[Reason, ...]) -> Iterator[str]:
    for each in reasons:
        yield f"{title}：{each.title}（{each.basis}）" + (f"。{each.remedy}" if each.remedy else "")
