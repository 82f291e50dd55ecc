"""The machine: is the program whole, is there room, is the clock right, who may read what."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from datetime import timedelta
from importlib import metadata
from pathlib import Path

from pipeline.operations.doctor.model import Diagnosis, Patient
from pipeline.publication import report_folder
from pipeline.report.night.folder import last_start
from pipeline.settings import FILE_NAME

_BEIJING = timedelta(hours=8)
_SLACK = timedelta(minutes=5)
_LEAST_FREE = 500 << 20
_LEAST_INODES = 10_000


def program(patient: Patient) -> Iterator[Diagnosis]:
    """Yield what of the program or of what it calls is not installed."""
    missing = sorted(_missing_packages())
    if missing:
        yield Diagnosis.grave(f"缺少软件包 {'、'.join(missing)}", "重新安装：pip install gongshi")
    wanted = []
    if patient.settings.mirrors:
        wanted.append(("rsync", "同步网站"))
    if any("@" in each for each in patient.settings.mirrors):
        wanted.append(("ssh", "同步网站"))
    if patient.settings.signing_key:
        wanted.append(("ssh-keygen", "签名"))
    for name, use in wanted:
        if shutil.which(name) is None:
            yield Diagnosis.grave(
                f"没有 {name}，不能{use}", f"安装软件包后再试：apt install {name}"
            )
    if not missing:
        python = ".".join(map(str, sys.version_info[:3]))
        yield Diagnosis.fine(f"Python {python}，依赖的软件包齐全")


def _missing_packages() -> Iterator[str]:
    for line in metadata.requires("gongshi") or ():
        if "extra ==" in line:
            continue
        name = line.split(";")[0].split(">")[0].split("=")[0].split("[")[0].strip()
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            yield name


def disk(patient: Patient) -> Iterator[Diagnosis]:
    """Yield each place with too little room for another night: bytes or files."""
    folders = patient.settings.folders
    need = max(_LEAST_FREE, 3 * _size_of(folders.state / "register.sqlite"))
    for title, folder in (("台账", folders.state), ("网站", folders.site)):
        place = _existing(folder)
        free = shutil.disk_usage(place).free
        left = os.statvfs(place)
        if free < need:
            yield Diagnosis.grave(
                f"放{title}的磁盘只剩 {_megabytes(free)}，至少要 {_megabytes(need)}",
                "清理或者扩大磁盘；旧备份的份数由设置 backup.keep 决定",
            )
        elif left.f_files and left.f_favail < _LEAST_INODES:
            yield Diagnosis.grave(
                f"放{title}的磁盘只能再建 {left.f_favail} 个文件", "清理小文件，或者换一块磁盘"
            )
        else:
            yield Diagnosis.fine(f"放{title}的磁盘剩余 {_megabytes(free)}")


def _size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


def _megabytes(size: int) -> str:
    """Return a size as people say it.

    >>> _megabytes(3 << 30)
    '3072 MB'
    """
    return f"{size >> 20} MB"


def clock(patient: Patient) -> Iterator[Diagnosis]:
    """Yield a clock that was set back, or that does not keep the time of the law's days."""
    before = last_start(report_folder(patient.settings))
    if before is not None and patient.now + _SLACK < before:
        yield Diagnosis.grave(
            f"现在的时间早于上次更新开始的时间（{before:%Y-%m-%d %H:%M}），时钟被拨回",
            "用 timedatectl 核对时间，改正之前不要运行 gongshi rebuild",
        )
    elif patient.now.utcoffset() != _BEIJING:
        yield Diagnosis.note(
            "本机不用北京时间，期限会在错误的时刻换日",
            "运行 timedatectl set-timezone Asia/Shanghai",
        )
    else:
        yield Diagnosis.fine(f"{patient.now:%Y-%m-%d %H:%M}，北京时间")


def permissions(patient: Patient) -> Iterator[Diagnosis]:
    """Yield what this account cannot do and must, and what others can do and must not."""
    folders, rule = patient.settings.folders, patient.settings.alerts
    for folder in (folders.state, folders.site):
        if not os.access(_existing(folder), os.W_OK | os.X_OK):
            yield Diagnosis.grave(f"{folder} 写不进去", f"chown -R {_account()} {folder}")
    if folders.state.exists() and _mode(folders.state) & 0o077:
        yield Diagnosis.grave(
            f"{folders.state} 别的账户也能读，里面有台账", f"chmod 700 {folders.state}"
        )
    if folders.exports.exists() and _mode(folders.exports) & 0o007:
        yield Diagnosis.note(
            f"{folders.exports} 任何账户都能读，里面是没有隐去的原文",
            f"chmod o-rwx {folders.exports}",
        )
    for secret in (rule.password_file, patient.settings.signing_key):
        if secret and not secret.exists():
            yield Diagnosis.grave(f"设置里写的 {secret} 不存在", "放好文件，或者删去这一项设置")
        elif secret and _mode(secret) & 0o077:
            yield Diagnosis.grave(f"{secret} 别的账户也能读", f"chmod 600 {secret}")
    if _mode(patient.settings.root / FILE_NAME) & 0o002:
        yield Diagnosis.grave(f"任何账户都能改 {FILE_NAME}", f"chmod o-w {FILE_NAME}")
    closed = [each for each in (folders.site, *folders.site.parents) if _closed(each)]
    if closed:
        yield Diagnosis.note(f"网页服务器进不了 {closed[0]}", f"chmod o+x {closed[0]}")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _closed(folder: Path) -> bool:
    return folder.exists() and not _mode(folder) & 0o001


def _account() -> str:
    return f"{os.getuid()}:{os.getgid()}"
