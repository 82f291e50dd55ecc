"""What ``gongshi correction`` asks staff and tells them."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline.correction.clock import Progress, Stage
from pipeline.correction.statistics import Statistics
from pipeline.correction.words import CorrectionError
from pipeline.correction.workflow import Desk
from pipeline.domain.correction import Request, RequestNumber
from pipeline.lifecycle.model import Urgency
from pipeline.rebuild import load
from pipeline.register import Register
from pipeline.settings import Settings

_LARGEST = 100_000
"""Bytes of a text that is read from a file."""

F = TypeVar("F", bound=Callable[..., Any])


class _Number(click.ParamType[RequestNumber]):
    """The number of a request."""

    name = "编号"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> RequestNumber:
        """Return the number or fail with a usage error."""
        if isinstance(value, RequestNumber):
            return value
        try:
            return RequestNumber.parse(str(value))
        except ValueError:
            self.fail("不是编号；写成 更正〔2026〕3号 或者 2026-3 的样式", param, ctx)


def desk_of(settings: Settings, register: Register, today: date) -> Desk:
    """Return the desk of this agency on a day."""
    return Desk(
        corrections=register.corrections,
        policy=load(settings),
        state=settings.folders.state,
        today=today,
        public_values=settings.public_values,
    )


number_argument = click.argument("number", metavar="编号", type=_Number())


def text_option(name: str, told: str) -> Callable[[F], F]:
    """Return an option of text that is asked for when it lacks."""
    return click.option(name, metavar="文字", default=None, help=told)


def asked_for(
    given: str | None, option: str, title: str, kind: click.ParamType[str] | None = None
) -> str:
    """Return what was given, or ask at the terminal; elsewhere say which option lacks."""
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise click.UsageError(f"缺少 {option}（{title}）")
    return str(click.prompt(title, type=kind))


def lines_of(text: str) -> str:
    """Return the text, or what stands in the file whose name follows an ``@``."""
    return _read(Path(text[1:])) if text.startswith("@") else text


def lines_of_file(path: Path | None) -> tuple[str, ...]:
    """Return the lines of a file, or those that are typed until an empty one."""
    if path is not None:
        return tuple(line for line in _read(path).splitlines() if line.strip())
    if not sys.stdin.isatty():
        raise click.UsageError("缺少 --hide-file（应隐去的内容，每行一处）")
    ask = "应隐去的内容（照页面原样，每行一处，空行结束）"
    return tuple(iter(lambda: click.prompt(ask, default="", show_default=False), ""))


def list_lines(shown: Sequence[tuple[Request, Progress]]) -> Iterator[str]:
    """Yield one line a request, without the asker, and one of counts."""
    for request, stand in shown:
        page = _page(request)
        steps = (
            str(request.number),
            request.asked.case_number,
            f"期限 {stand.due}",
            str(stand),
            *([page] if page else []),
            f"承办 {request.asked.officer}",
        )
        yield " · ".join(steps)
    unfinished = [stand for _, stand in shown if stand.stage is not Stage.CLOSED]
    overdue = sum(stand.urgency is Urgency.OVERDUE for stand in unfinished)
    soon = sum(stand.urgency is Urgency.SOON for stand in unfinished)
    yield f"共 {len(shown)} 件 · 未办结 {len(unfinished)} · 即将到期 {soon} · 已逾期 {overdue}"


def show_lines(request: Request, stand: Progress, altered: Sequence[str]) -> Iterator[str]:
    """Yield everything about a request; for the eyes of who answers it."""
    asked, ruled, replied = request.asked, request.ruled, request.replied
    yield f"{request.number} · {asked.kind} · {stand}"
    yield f"文号：{asked.case_number}"
    yield f"收到：{asked.received_on.isoformat()}；期限：{stand.due}（{stand.basis}）"
    yield f"承办：{asked.officer}"
    if asked.asker:
        yield f"申请人（不公开）：{asked.asker}；联系方式：{asked.contact}"
    yield from _labelled("申请内容", asked.claim)
    for file in asked.evidence:
        state = "缺失或者已被改动" if file.name in altered else "完好"
        yield f"证明材料：{file.name} {file.size} 字节 {state} SHA-256 {file.sha256}"
    if ruled:
        yield f"处理：{ruled.on.isoformat()} {ruled.ruling}，{ruled.actor}"
        yield from _labelled("理由", ruled.reason)
        yield f"依据：{'、'.join(map(str, ruled.bases))}"
    if ruled and ruled.way:
        yield f"更正方式：{ruled.way}；{_page(request) or ''}"
        yield f"更正说明（公开）：{ruled.note or '由更正后的导出给出'}"
        if ruled.hidden:
            yield f"应隐去的内容：{len(ruled.hidden)} 处"
    if replied:
        yield f"答复：{replied.on.isoformat()} {replied.letter_number}，{replied.actor}"


def _page(request: Request) -> str:
    if request.ruled is None or request.ruled.way is None:
        return ""
    if request.applied_on is None:
        return "页面未更正"
    return f"页面已更正 {request.applied_on.isoformat()}"


def _labelled(title: str, text: str) -> Iterator[str]:
    lines = text.splitlines()
    yield f"{title}：{lines[0] if lines else ''}"
    yield from (f"    {line}" for line in lines[1:])


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise CorrectionError(f"文件 {path.name} 太大。请只写这一项的文字")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CorrectionError(f"文件 {path.name} 不是 UTF-8 文字。请另存为 UTF-8") from None
    except OSError as error:
        told = os.strerror(error.errno or 0)
        raise CorrectionError(f"文件 {path.name} 不能读取（{told}）。请核对路径和权限") from None


def year_line(year: Statistics) -> str:
    """Return, in one line, what the year's requests came to so far."""
    answered = year.received - year.open
    took = year.average_working_days
    average = f"，平均 {took:.1f} 个工作日" if took is not None else ""
    return (
        f"{year.since.year}年收到 {year.received} 件：办结 {answered} 件{average}，"
        f"其中逾期办结 {year.late} 件；未办结 {year.open} 件，其中已逾期 {year.overdue} 件"
    )
