"""``gongshi alert``: tell the people in charge; run every hour and after each run."""

from datetime import date

import click

from pipeline.commands.common import Invocation, today_option
from pipeline.commands.doctor import patient
from pipeline.operations.alerts import tell, try_out


@click.command("alert", options_metavar="[选项]")
@click.option("--test", "tests", is_flag=True, help="试发一次，看能不能送达。")
@today_option
@click.pass_obj
def command(invocation: Invocation, tests: bool, today: date) -> None:
    """更新没有完成、逾期、被杀死，期限已过，磁盘将满——按设置 alerts 用邮件或者网址告诉负责人。"""
    examined = patient(invocation, today)
    rule = examined.settings.alerts
    if not (rule.mail or rule.webhook):
        if tests:
            raise click.UsageError("没有设置告警；填写 alerts.mail 或者 alerts.webhook")
        click.echo("没有设置告警（alerts），只在这里显示")
    if tests:
        click.echo(f"已试发 {try_out(examined)} 处，请到收件的地方查看")
        return
    told = tell(examined)
    for each in told.findings:
        click.echo(str(each))
    click.echo(f"要紧 {len(told.findings)}，{'已发出告警' if told.sent else '没有新的要告诉'}")
