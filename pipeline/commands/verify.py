"""``gongshi verify``: read again what is public, against everything that must be hidden."""

from datetime import date
from pathlib import Path

import click

from pipeline.commands.common import Invocation, today_option
from pipeline.commands.crew import crew_of, workers_option
from pipeline.commands.progress import progress
from pipeline.operations.recheck import recheck


@click.command("verify", options_metavar="[选项]")
@click.option("--all", "every", is_flag=True, help="上一版网站和撤下地址的清单也核验。")
@click.option(
    "--exports",
    metavar="导出文件夹",
    default=None,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="不用设置里的导出文件夹，而用这一个。",
)
@workers_option
@today_option
@click.pass_obj
def command(
    invocation: Invocation, *, every: bool, exports: Path | None, workers: int, today: date
) -> None:
    """逐字节核验已公示的网站，什么都不改：有没有应隐去的信息、已撤下的页面、被别人动过的文件。"""
    settings = invocation.settings()
    with progress() as step:
        found = recheck(
            settings,
            exports or settings.folders.exports,
            today=today,
            every=every,
            step=step,
            crew=crew_of(workers),
        )
    for done in found:
        click.echo(f"{done.title}：{done.files} 个文件，没有发现应隐去的信息")
