"""The command line: reads words, calls, prints, sets the exit code. Decides nothing."""

import gc
import gettext
import os
import signal
import sys
from pathlib import Path

import click

from pipeline import __version__
from pipeline.commands import (
    alert,
    casefile,
    check,
    correction,
    deploy,
    doctor,
    explain,
    hold,
    init,
    inspect,
    note,
    rebuild,
    register,
    release,
    report,
    rollback,
    rules,
    serve,
    spans,
    status,
    verify,
    withdraw,
)
from pipeline.commands.common import Invocation
from pipeline.commands.disk import disk_line
from pipeline.commands.journal import STOPPED, Journalled
from pipeline.domain.faults import ExitCode, GongshiError, where

_RARELY = 100_000
"""New objects between two looks for rings of them: most of ours are values that live to the end."""

_EPILOG = "退出码：" + "；".join(
    f"{code.value} {meaning}"
    for code, meaning in (
        (ExitCode.DONE, "完成"),
        (ExitCode.INTERNAL, "程序内部错误"),
        (ExitCode.USAGE, "命令写法不对"),
        (ExitCode.BAD_EXPORT, "导出不可用"),
        (ExitCode.BAD_SETTINGS, "设置有误"),
        (ExitCode.LEAK_FOUND, "发布前核验发现应隐去的信息"),
        (ExitCode.NOTHING_PUBLISHED, "没有可以公示的决定"),
        (ExitCode.LOCKED, "另一次运行尚未结束"),
        (ExitCode.BRAKE, "将撤下的页面过多，已停下"),
        (ExitCode.BAD_REGISTER, "台账不可用"),
        (ExitCode.BAD_SITE, "网站没有建成"),
        (ExitCode.INCOMPLETE, "案卷有缺项，因此待核"),
        (ExitCode.UNHEALTHY, "检查发现要紧的问题"),
        (ExitCode.NOT_DEPLOYED, "有的服务器没有同步"),
        (ExitCode.NOT_TOLD, "告警没有发出"),
        (ExitCode.INTERRUPTED, "被人中止"),
    )
)


def _speak_chinese() -> None:
    """Let click's own words come from our catalogue."""
    gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))
    os.environ["LANGUAGE"] = "zh_CN"


_speak_chinese()  # before the decorators below, which ask for some words at once


@click.group(
    cls=Journalled,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="gongshi")
@click.option(
    "--folder",
    "-C",
    metavar="文件夹",
    default=".",
    show_default="当前文件夹",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="单位文件夹（内有 gongshi.yaml）。",
)
@click.pass_context
def gongshi(context: click.Context, folder: Path) -> None:
    """行政处罚决定公示：读取办案系统导出的决定，筛查、隐去、公示、撤下。"""
    context.obj = Invocation(folder)


for _module in (
    init,
    check,
    casefile,
    rebuild,
    rollback,
    verify,
    report,
    inspect,
    status,
    register,
    withdraw,
    hold,
    release,
    note,
    correction,
    explain,
    rules,
    serve,
    doctor,
    deploy,
    alert,
    spans,
):
    gongshi.add_command(_module.command)


def _run() -> int | None:
    """Run the command. Only a person aborts: a file that ends too soon is an error like others."""
    try:
        code: int | None = gongshi.main(prog_name="gongshi", standalone_mode=False)
    except click.Abort as abort:
        if isinstance(abort.__cause__, EOFError):
            raise abort.__cause__ from None
        raise
    return code


def main() -> None:
    """Run the program; ``sys.exit`` with one of ``ExitCode``."""
    gc.set_threshold(_RARELY)
    try:
        code = _told()
    except KeyboardInterrupt:
        click.echo(STOPPED, err=True)
        code = ExitCode.INTERRUPTED
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing is left to do but to leave
    sys.exit(code)


def _told() -> int:
    """Run the command, say in one line what stopped it if anything did; return the exit code."""
    try:
        return _run() or ExitCode.DONE
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except click.Abort:
        raise KeyboardInterrupt from None
    except GongshiError as error:
        click.echo(str(error), err=True)
        return error.exit_code
    except MemoryError:
        click.echo("内存不足，网站没有改变。请关闭别的程序或者增加内存后重新运行。", err=True)
        return ExitCode.INTERNAL
    except OSError as error:
        click.echo(disk_line(error, where(error)), err=True)
        return ExitCode.BAD_SITE
    except Exception as error:  # noqa: BLE001 - the message may hold protected text; never print it
        click.echo(f"程序内部错误：{where(error)}。网站没有改变，请把这一行发给维护者。", err=True)
        return ExitCode.INTERNAL
