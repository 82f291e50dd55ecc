"""Say what is wrong with an agency's folder or its host, each with a remedy.

``examine`` makes every check, ``watch`` those that are cheap enough for every hour. A check that
fails itself is told as a finding; it never ends the examination.
"""

from collections.abc import Callable, Iterator

from pipeline.domain.faults import GongshiError
from pipeline.operations.doctor import agency, host, memory, runs
from pipeline.operations.doctor.model import Diagnosis, Grade, Patient

Check = Callable[[Patient], Iterator[Diagnosis]]

_HOURLY: tuple[tuple[str, Check], ...] = (
    ("磁盘", host.disk),
    ("时钟", host.clock),
    ("权限", host.permissions),
    ("更新", runs.last_run),
    ("中断", runs.interruption),
    ("期限", runs.deadlines),
)
_THOROUGH: tuple[tuple[str, Check], ...] = (
    ("程序", host.program),
    ("设置", agency.settings),
    ("制度", agency.policy),
    ("年历", agency.calendar),
    ("导出", agency.exports),
    *_HOURLY,
    ("台账", memory.register),
    ("备份", memory.backup),
    ("更正材料", memory.evidence),
    ("网站", runs.site),
)


def examine(patient: Patient) -> tuple[Diagnosis, ...]:
    """Make every check; what is in order is told too."""
    return tuple(_checked(patient, _THOROUGH))


def watch(patient: Patient) -> tuple[Diagnosis, ...]:
    """Make the cheap checks and return only what a person must be told of."""
    return tuple(each for each in _checked(patient, _HOURLY) if each.grade is Grade.GRAVE)


def _checked(patient: Patient, checks: tuple[tuple[str, Check], ...]) -> Iterator[Diagnosis]:
    for title, check in checks:
        try:
            found = tuple(check(patient))
        except (GongshiError, OSError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            remedy = "检查文件夹的权限和磁盘" if isinstance(error, OSError) else "按上面所说处理"
            found = (Diagnosis.grave(f"查不了：{why}", remedy),)
        yield from (each.of(title) for each in found or (Diagnosis.fine("没有发现问题"),))
