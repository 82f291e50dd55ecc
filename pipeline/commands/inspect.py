"""``gongshi inspect OUT``: the bundle for the supervising authority (003 第五章)."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from pipeline import __version__
from pipeline.commands.common import Day, Invocation, today_option
from pipeline.domain.case_number import CaseNumber
from pipeline.lifecycle.attention import Act
from pipeline.lifecycle.history import History
from pipeline.policy.listing import rules_page
from pipeline.policy.model import Policy
from pipeline.publication import report_folder
from pipeline.rebuild import ACTOR, load, open_agency_register
from pipeline.register import Register
from pipeline.register.model import Status
from pipeline.release.shown import shown_files
from pipeline.report.inspection.draw import draw
from pipeline.report.inspection.findings import findings
from pipeline.report.inspection.folder import SUMMARY, write_bundle
from pipeline.report.inspection.model import DecisionHistory, Inspection
from pipeline.report.night.folder import LATEST, RECORD
from pipeline.report.night.model import Lack, Matter
from pipeline.report.night.record import read_lacks, read_matters
from pipeline.settings import Folders, Settings


@click.command("inspect", options_metavar="[选项]")
@click.argument("out", metavar="输出文件夹", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--from",
    "since",
    metavar="日期",
    type=Day(),
    default=None,
    show_default="今年一月一日",
    help="从哪一天起。",
)
@click.option(
    "--to",
    "until",
    metavar="日期",
    type=Day(),
    default=None,
    show_default="今天",
    help="到哪一天止。",
)
@click.option(
    "--decision",
    "numbers",
    metavar="文号",
    multiple=True,
    help="另附这件决定的全部经过；可以多次。",
)
@click.option(
    "--sample",
    "size",
    metavar="件数",
    default=0,
    type=click.IntRange(min=0),
    help="抽查：从期间内有变动的决定中随机抽取几件，附全部经过；台账不变，抽到的不变。",
)
@today_option
@click.pass_obj
def command(
    invocation: Invocation,
    out: Path,
    since: date | None,
    until: date | None,
    numbers: tuple[str, ...],
    size: int,
    today: date,
) -> None:
    """写一个检查包给监督机关：十四种情形的检查结果、台账、期限履行、校验结果和规则。"""
    settings = invocation.settings()
    start, end = since or date(today.year, 1, 1), until or today
    if start > end:
        raise click.UsageError("起止日期颠倒了")
    _refuse_place(out, settings.folders)
    keys = [_key(number) for number in numbers]
    policy = load(settings)
    with open_agency_register(settings) as register:
        history = register.history(policy, since=start, until=end)
        drawn = draw(history, size)
        keys += [key for number in drawn if (key := _key(number)) not in keys]
        bundle = _inspection(register, settings, policy, history, keys, today=today)
    try:
        package = write_bundle(out, replace(bundle, drawn=drawn))
    except OSError:
        raise click.UsageError(f"{out} 写不进去；换一个可以写的地方") from None
    if bundle.breaks:
        click.echo(f"台账校验发现 {len(bundle.breaks)} 处不符，见摘要。", err=True)
    click.echo(f"摘要：{out / SUMMARY}")
    click.echo(f"压缩包：{package}")


def _key(number: str) -> str:
    try:
        return CaseNumber.parse(number).key
    except ValueError:
        raise click.UsageError("不是文号；写成 常综执罚决字〔2026〕第12号 的样式") from None


def _refuse_place(out: Path, folders: Folders) -> None:
    """Never write where visitors or the next run would come upon it, nor over anything."""
    theme = (folders.theme,) if folders.theme else ()
    watched = (folders.site, folders.content, folders.exports, *theme)
    if any(out.resolve().is_relative_to(folder.resolve()) for folder in watched):
        raise click.UsageError("检查包不能写在网站、栏目、主题或者导出文件夹里")
    if out.exists() and any(out.iterdir()):
        raise click.UsageError(f"{out} 里已有文件；换一个空的文件夹")


def _inspection(
    register: Register,
    settings: Settings,
    policy: Policy,
    history: History,
    keys: Sequence[str],
    *,
    today: date,
) -> Inspection:
    seen = register.attention(policy, today=today, actor=ACTOR)
    told = _last_report(settings)
    matters, lacks = _open(told)
    manifest = shown_files(settings.folders.site)
    return Inspection(
        agency=settings.agency.name,
        supervisor=settings.agency.supervisor,
        made_on=today,
        seen_on=date.fromisoformat(told["today"]) if told else None,
        history=history,
        standing=seen.standing,
        withheld=seen.withheld,
        matters=matters,
        lacks=lacks,
        findings=findings(policy, history, matters, lacks, seen.withheld),
        breaks=register.verify(),
        policy=policy.title,
        policy_digest=policy.digest,
        rules=rules_page([policy]),
        decisions=tuple(_history(register, policy, key, today) for key in keys),
        site_files={name: file.sha256 for name, file in manifest.items()},
        version=__version__,
    )


def _last_report(settings: Settings) -> Mapping[str, Any]:
    with suppress(OSError, ValueError):
        told: Mapping[str, Any] = json.loads(
            (report_folder(settings) / LATEST / RECORD).read_bytes()
        )
        return told
    return {}


def _open(told: Mapping[str, Any]) -> tuple[tuple[Matter, ...], tuple[Lack, ...]]:
    with suppress(KeyError, ValueError, TypeError):
        return read_matters(told), read_lacks(told)
    return (), ()


def _history(register: Register, policy: Policy, key: str, today: date) -> DecisionHistory:
    status = register.status(key, policy, today=today)
    if status is None:
        raise click.UsageError(f"台账里没有 {key}号；核对文号")
    return DecisionHistory(
        case_number=status.case_number,
        slug=status.slug,
        state=status.state,
        days=tuple(_days(status)),
        reasons=status.reasons + status.pending,
        notice=status.notice,
        corrections=status.corrections,
        deadlines=status.deadlines,
        acts=tuple(
            Act(
                seq=each.seq,
                on=each.on,
                case_number=status.case_number,
                kind=each.kind,
                actor=each.actor,
                summary=each.summary,
            )
            for each in status.log
        ),
    )


def _days(status: Status) -> list[tuple[str, date]]:
    days = (
        ("决定日期", status.decided_on),
        ("首次公示", status.first_published_on),
        ("最近变动", status.changed_on),
        ("公示期满", status.expires_on),
    )
    return [(title, day) for title, day in days if day]
