"""``gongshi doctor``: what is wrong here, and what to do about it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import click

from pipeline.commands.common import Invocation, today_option
from pipeline.domain.faults import ExitCode
from pipeline.operations.doctor import examine
from pipeline.operations.doctor.model import Diagnosis, Grade, Patient


@click.command("doctor", options_metavar="[选项]")
@today_option
@click.pass_obj
def command(invocation: Invocation, today: date) -> None:
    """检查设置、磁盘、时钟、权限、台账、备份、网站和最近的更新；有问题的写明办法。"""
    found = examine(patient(invocation, today))
    click.echo("\n".join(_lines(found)))
    if any(each.grade is Grade.GRAVE for each in found):
        raise click.exceptions.Exit(ExitCode.UNHEALTHY)


def patient(invocation: Invocation, today: date) -> Patient:
    """Return what is examined now; raises ``BadSettingsError``."""
    now = datetime.now(UTC).astimezone()
    return Patient(settings=invocation.settings(), now=now, today=today)


def _lines(found: tuple[Diagnosis, ...]) -> Iterator[str]:
    for grade in Grade:
        yield from (str(each) for each in found if each.grade is grade)
    yield " · ".join(f"{grade} {sum(each.grade is grade for each in found)}" for grade in Grade)
