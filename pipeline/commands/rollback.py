"""``gongshi rollback``: the site as it was before, without what has left it since."""

import click

from pipeline.commands.common import Invocation
from pipeline.publication import go_back


@click.command("rollback", options_metavar="[选项]")
@click.pass_obj
def command(invocation: Invocation) -> None:
    """退回上一版网站；已撤下、期满、更正的不会回来。下一次 rebuild 又会前进。"""
    done = go_back(invocation.settings())
    changed = len(done.added) + len(done.changed) + len(done.removed)
    click.echo(f"已退回上一版：{done.files} 个文件，其中 {changed} 个与刚才不同")
