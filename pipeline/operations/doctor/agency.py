"""What the bureau sets and hands over: settings, policy, calendar of working days, exports."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.operations.doctor.model import Diagnosis, Patient
from pipeline.policy.load import load_policy
from pipeline.policy.workdays import load_calendar, next_calendar_missing

_STALE = timedelta(days=4)
"""A long weekend; exports that are older have stopped coming."""


def settings(patient: Patient) -> Iterator[Diagnosis]:
    """Yield what a government site must show and nobody has filled in (LAW.md §5)."""
    told = patient.settings
    wanted = {
        "site.url": (told.site.url, "没有网址，订阅、下载和清除清单里只有相对地址"),
        "agency.phone": (told.agency.phone, "没有咨询电话，公民不知道向谁询问"),
        "agency.supervisor": (told.agency.supervisor, "没有监督机关"),
        "footer.site_code": (told.footer.site_code, "没有网站标识码"),
        "footer.icp": (told.footer.icp, "没有 ICP 备案号"),
    }
    for key, (value, problem) in wanted.items():
        if not value:
            yield Diagnosis.note(problem, f"在 gongshi.yaml 填写 {key}")
    rule = told.alerts
    if not (rule.mail or rule.webhook):
        yield Diagnosis.note(
            "没有设置告警：更新失败时没有人会知道", "填写 alerts.mail 或者 alerts.webhook"
        )


def policy(patient: Patient) -> Iterator[Diagnosis]:
    """Yield which policy is in force; raises ``BadSettingsError`` when it cannot be loaded."""
    told = patient.settings
    found = load_policy(told.policy, folders=(told.folders.policies,))
    yield Diagnosis.fine(found.title)


def calendar(patient: Patient) -> Iterator[Diagnosis]:
    """Yield the year whose working days are not known and should be by now."""
    missing = next_calendar_missing(patient.today, load_calendar())
    if missing is not None:
        yield Diagnosis.note(
            f"没有 {missing} 年的工作日历，期限按最早的一天预计",
            "国务院办公厅的放假通知公布后，更新本软件",
        )


def exports(patient: Patient) -> Iterator[Diagnosis]:
    """Yield exports that do not come any more, or cannot be read."""
    folder = patient.settings.folders.exports
    if not folder.is_dir():
        yield Diagnosis.grave(f"没有导出文件夹 {folder}", "建好文件夹，或者改设置 folders.exports")
        return
    newest = max((_written(path) for path in folder.rglob("*") if path.is_file()), default=None)
    if newest is None:
        yield Diagnosis.note(f"{folder} 是空的", "请办案系统的管理员核对导出任务")
    elif patient.now - newest > _STALE:
        days = (patient.now - newest).days
        yield Diagnosis.note(f"最新的导出是 {days} 天以前的", "请办案系统的管理员核对导出任务")
    else:
        yield Diagnosis.fine(f"最新的导出写于 {newest.astimezone(patient.now.tzinfo):%m-%d %H:%M}")


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
