"""``gongshi deploy``: the released site at other places too."""

import click

from pipeline.commands.common import Invocation
from pipeline.operations.mirror import check, deploy


@click.command("deploy", options_metavar="[选项]")
@click.option("--check", "checks", is_flag=True, help="只逐字节核对，不改动。")
@click.pass_obj
def command(invocation: Invocation, checks: bool) -> None:
    """把已发布的网站同步到设置 mirrors 所列的地方：先删去撤下的，最后才切换。"""
    settings = invocation.settings()
    if checks:
        check(settings)
        click.echo(f"{len(settings.mirrors)} 处与本机逐字节相同")
        return
    for each in deploy(settings):
        told = f"更新 {each.brought} 个文件，已切换" if each.is_new else "已经是最新"
        first = f"先撤去 {each.removed} 个，" if each.removed else ""
        click.echo(f"{each.mirror}：{first}{told}")
