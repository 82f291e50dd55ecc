"""The nightly run: did it end well, is it late, was it cut off, is the site as it left it."""

import fcntl
import os
from collections.abc import Iterator
from datetime import timedelta

from pipeline.operations.doctor.model import Diagnosis, Patient
from pipeline.publication import report_folder
from pipeline.release.shown import shown
from pipeline.report.night.folder import last_record, last_success

_AGAIN = "核对后重新运行 gongshi rebuild"


def last_run(patient: Patient) -> Iterator[Diagnosis]:
    """Yield why the last run stopped, and that none has ended well for too long."""
    told = last_record(report_folder(patient.settings))
    if told is None:
        yield Diagnosis.note("还没有运行过", "运行 gongshi rebuild")
        return
    stopped = told["stopped"]
    if stopped:
        why = stopped["lines"][0] if stopped["lines"] else ""
        yield Diagnosis.grave(
            f"上次更新没有完成（退出码 {stopped['code']}）：{why}", stopped["remedy"]
        )
    rule = patient.settings.alerts
    success = last_success(report_folder(patient.settings))
    late = timedelta(hours=rule.late_hours)
    if success is not None and patient.now - success > late:
        yield Diagnosis.grave(
            f"最近一次成功的更新在 {success:%Y-%m-%d %H:%M}，已超过 {rule.late_hours} 小时",
            "查看 systemctl status gongshi.timer 和 gongshi report",
        )
    elif not stopped and success is not None:
        yield Diagnosis.fine(f"{success:%Y-%m-%d %H:%M}，{told['headline']}")


def interruption(patient: Patient) -> Iterator[Diagnosis]:
    """Yield a run that was killed: it could not tell anybody, but its lock still names it."""
    path = patient.settings.folders.state / "lock"
    if not path.exists():
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        named = os.pread(descriptor, 200, 0).decode(errors="replace")
    except BlockingIOError:
        named = ""
    finally:
        os.close(descriptor)
    if named:
        yield Diagnosis.grave(
            f"上次运行中途被杀死（{named}），网站是完整的旧版或者新版",
            "用 journalctl -u gongshi 查看原因（内存不足、断电），再运行 gongshi rebuild",
        )


def deadlines(patient: Patient) -> Iterator[Diagnosis]:
    """Yield how many matters of each kind are overdue; which they are is in the report only."""
    told = last_record(report_folder(patient.settings))
    counts: dict[str, int] = {}
    for matter in told["matters"] if told else ():
        if matter["urgency"] == "overdue":
            counts[matter["kind"]] = counts.get(matter["kind"], 0) + 1
    if counts:
        listed = "、".join(f"{kind} {count} 件" for kind, count in sorted(counts.items()))
        yield Diagnosis.grave(f"期限已过：{listed}", "运行 gongshi report 查看是哪几件和办法")


def site(patient: Patient) -> Iterator[Diagnosis]:
    """Yield a public site that is not as the last release left it."""
    folder = patient.settings.folders.site
    if not (folder / "current").is_symlink():
        yield Diagnosis.note("还没有发布过网站", "运行 gongshi rebuild")
        return
    tree = shown(folder).tree
    files = tree.survey()
    if tree.is_as_left(files):
        yield Diagnosis.fine(f"{len(files)} 个文件，与发布时相同")
    else:
        yield Diagnosis.grave(f"{tree.folder} 里的文件被改动、添加或者删去", _AGAIN)
