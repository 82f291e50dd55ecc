"""What must never be lost: the register, its backups, the papers of corrections."""

from collections.abc import Iterator
from datetime import date

from pipeline.operations.doctor.model import Diagnosis, Patient
from pipeline.publication import backups_of, memorandum_of, papers_of
from pipeline.rebuild import open_agency_register
from pipeline.register.backup import backups, read_manifest
from pipeline.register.papers import FOLDER

_OLDEST_DAYS = 2


def register(patient: Patient) -> Iterator[Diagnosis]:
    """Yield what is altered or missing in the register, by its own seals and those beside it."""
    settings = patient.settings
    lost = not settings.register and not (settings.folders.state / "register.sqlite").exists()
    if lost and memorandum_of(settings).path.exists():
        yield Diagnosis.grave("台账文件不见了", "运行 gongshi register restore 备份文件")
        return
    if lost:
        yield Diagnosis.note("还没有台账", "运行 gongshi rebuild")
        return
    with open_agency_register(settings) as opened:
        found = opened.verify_with(backups_of(settings))
        count = sum(opened.standing().values())
    if found:
        told = f"台账有 {len(found)} 处不符，第一处：{found[0]}"
        yield Diagnosis.grave(told, "不要改动台账，运行 gongshi register restore 备份文件")
    else:
        yield Diagnosis.fine(f"决定 {count} 件，每一行都没有被改动")


def backup(patient: Patient) -> Iterator[Diagnosis]:
    """Yield backups that are missing, old or damaged."""
    folder = backups_of(patient.settings)
    found = backups(folder)
    if not found:
        yield Diagnosis.note("还没有备份", "运行 gongshi register backup")
        return
    read_manifest(folder / found[0].file)
    age = _days(patient.today, found[0].on)
    if age > _OLDEST_DAYS:
        yield Diagnosis.note(f"最新的备份是 {age} 天以前的", "运行 gongshi register backup")
    else:
        yield Diagnosis.fine(f"{len(found)} 份，最新的 {found[0].on.isoformat()}；要另存到别的机器")


def evidence(patient: Patient) -> Iterator[Diagnosis]:
    """Yield how many papers of requests for correction have no copy beside the backups yet."""
    papers, copies = papers_of(patient.settings), backups_of(patient.settings) / FOLDER
    listed = [path.relative_to(papers) for path in papers.glob("*/**/*") if path.is_file()]
    missing = sum(not (copies / path).exists() for path in listed)
    if missing:
        yield Diagnosis.note(
            f"{missing} 份更正申请的材料还没有备份", "运行 gongshi register backup"
        )
    else:
        yield Diagnosis.fine(f"更正申请的材料 {len(listed)} 份，都有备份")


def _days(today: date, then: date) -> int:
    return (today - then).days
