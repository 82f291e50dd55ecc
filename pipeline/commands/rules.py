"""``gongshi rules``: which rules are in force, under which article, and which lost."""

import click

from pipeline.commands.common import Invocation
from pipeline.policy.listing import rules_text
from pipeline.policy.load import load_policy


@click.command("rules", options_metavar="[选项]")
@click.pass_obj
def command(invocation: Invocation) -> None:
    """列出现行规则、条文，以及被更严规则取代的规则和理由。"""
    settings = invocation.settings()
    policy = load_policy(settings.policy, folders=(settings.folders.policies,))
    click.echo(rules_text(policy))
