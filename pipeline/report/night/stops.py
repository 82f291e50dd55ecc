"""What to do when a run stopped: one remedy for each exit code."""

from pipeline.domain.faults import ExitCode
from pipeline.report.night.model import Stopped

_REMEDIES = {
    ExitCode.USAGE: "核对命令的写法，用 gongshi --help 查看",
    ExitCode.BAD_EXPORT: "按所列的文件、位置和办法改正导出，再运行 gongshi rebuild",
    ExitCode.BAD_SETTINGS: "按所列的位置改正 gongshi.yaml 或者制度文件，再运行 gongshi rebuild",
    ExitCode.LEAK_FOUND: "先查看所列的页面，找出应隐去的内容从何而来；改正之前不要绕过核验",
    ExitCode.BRAKE: (
        "核对导出和规则；确认应当撤下的，由负责人运行 gongshi rebuild --allow-removals 件数"
    ),
    ExitCode.BAD_REGISTER: "不要改动台账文件；用备份恢复后再运行，原文件留作检查",
    ExitCode.BAD_SITE: "检查磁盘空间和文件夹权限，按停下的原因改正后再运行 gongshi rebuild",
}


def stopped(code: int, lines: tuple[str, ...]) -> Stopped:
    """Return why a run stopped and what to do about it."""
    try:
        remedy = _REMEDIES.get(ExitCode(code), "")
    except ValueError:
        remedy = ""
    return Stopped(code=code, lines=lines, remedy=remedy or "把停下的原因发给维护者")
