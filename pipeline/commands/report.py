"""``gongshi report``: the last night's report in the terminal."""

import json
import webbrowser
from collections.abc import Iterator, Mapping
from typing import Any

import click
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from pipeline.commands.common import Invocation
from pipeline.publication import report_folder
from pipeline.report.night.folder import RECORD, latest_page

_URGENCY = {"overdue": ("已逾期", "red"), "soon": ("即将到期", "yellow"), "due": ("未到期", "")}


@click.command("report", options_metavar="[选项]")
@click.option("--open", "opens", is_flag=True, help="用浏览器打开网页。")
@click.pass_obj
def command(invocation: Invocation, opens: bool) -> None:
    """显示最近一次更新的报告：发生了什么，今天要办什么。"""
    page = latest_page(report_folder(invocation.settings()))
    if page is None:
        raise click.UsageError("还没有报告；先运行 gongshi rebuild")
    told = json.loads((page.parent / RECORD).read_bytes())
    console = Console(highlight=False, soft_wrap=False)
    for part in _parts(told):
        console.print(part)
    click.echo(f"网页：{page}")
    if opens:
        webbrowser.open(page.as_uri())


def _parts(told: Mapping[str, Any]) -> Iterator[Text | Table]:
    yield Text(f"{told['agency']} · {told['today']}", style="bold")
    yield Text(told["headline"])
    if told["stopped"]:
        yield Text("\n".join(told["stopped"]["lines"]), style="red")
    if told["matters"]:
        yield _matters(told["matters"])


def _matters(matters: list[dict[str, Any]]) -> Table:
    headings = ("期限", "类别", "文号或者位置", "理由", "处理办法")
    table = Table(*(Column(each, overflow="fold") for each in headings), show_lines=True)
    for each in matters:
        word, style = _URGENCY.get(each["urgency"] or "", ("", ""))
        day = " ".join(part for part in (each["due"] or "", word) if part)
        remedies = dict.fromkeys(point["remedy"] for point in each["points"] if point["remedy"])
        table.add_row(
            Text(day, style=style),
            each["kind"],
            Text(each["subject"]),
            Text("\n".join(f"{p['title']}{_cited(p)}" for p in each["points"])),
            Text("\n".join(remedies)),
        )
    return table


def _cited(point: Mapping[str, str]) -> str:
    return f"（{point['basis']}）" if point["basis"] else ""
