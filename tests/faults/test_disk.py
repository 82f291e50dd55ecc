"""The disk: full, without inodes, read-only, closed to the account."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.domain.faults import ExitCode
from tests.faults.night import Ended, Night, each, one_clear_line, shown
from tests.faults.table import told

ROOT_USER = os.geteuid() == 0
NOBODY = 65534


@contextmanager
def _small_disk(folder: Path, options: str) -> Iterator[Path]:
    """Yield a real file system in memory, as small as ``options`` say; only root can."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "gongshi-test", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _can_mount() -> bool:
    if not ROOT_USER or shutil.which("mount") is None:
        return False
    probe = Path(os.environ.get("TMPDIR", "/tmp")) / f"gongshi-mount-{os.getpid()}"  # noqa: S108
    try:
        with _small_disk(probe, "size=64k"):
            pass
    except (OSError, subprocess.CalledProcessError):
        return False
    finally:
        if probe.exists():
            probe.rmdir()
    return True


@pytest.fixture(scope="module")
def mounts() -> bool:
    return _can_mount()


def _stopped(night: Night, agency: Path, ended: Ended, story: str) -> None:
    """The run stopped in good order; or what was left was enough for it, and it is done."""
    if ended.code == 0:
        assert shown(agency) == night.new, story
        return
    assert ended.code != ExitCode.INTERNAL, ended.err
    one_clear_line(ended)
    night.assert_whole(agency, story)


@told(
    "磁盘写满（剩 0、40、120、400 KB 时开始）",
    visitors="旧站或新站，完整",
    run="停下（退出码 14 或 15），一行说明是空间不足",
    after="腾出空间后下一次运行自行恢复",
)
@pytest.mark.parametrize("left", each(40, 0, 120, 400))
def test_on_a_full_disk_the_old_site_stays(
    night: Night, tmp_path: Path, mounts: bool, left: int
) -> None:
    if not mounts:
        agency = night.copy(tmp_path / "agency")
        ended = night.program.rebuild(agency, largest_file=left * 100)
        _stopped(night, agency, ended, f"files of {left * 100} bytes at most")
        night.assert_heals(agency, "files may grow again")
        return
    with _small_disk(tmp_path / "disk", "size=24m") as disk:
        agency = night.copy(disk / "agency")
        filler = disk / "filler"
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        filler.write_bytes(bytes(max(0, free - left * 1024)))
        ended = night.program.rebuild(agency)
        _stopped(night, agency, ended, f"{left} KB left")
        filler.unlink()
        night.assert_heals(agency, f"{left} KB left")


@told(
    "索引节点用完，不能再建文件",
    visitors="旧站或新站，完整",
    run="停下（退出码 14 或 15），一行说明是空间不足",
    after="删去多余文件后下一次运行自行恢复",
)
@pytest.mark.parametrize("left", each(3, 0, 20, 40))
def test_without_inodes_the_old_site_stays(
    night: Night, tmp_path: Path, mounts: bool, left: int
) -> None:
    if not mounts:
        pytest.skip("这里不能挂载小磁盘")
    with _small_disk(tmp_path / "disk", "size=64m,nr_inodes=4000") as disk:
        agency = night.copy(disk / "agency")
        (disk / "many").mkdir()
        for number in range(os.statvfs(disk).f_favail - left):
            (disk / "many" / str(number)).touch()
        ended = night.program.rebuild(agency)
        _stopped(night, agency, ended, f"{left} inodes left")
        shutil.rmtree(disk / "many")
        night.assert_heals(agency, f"{left} inodes left")


@told(
    "磁盘变成只读",
    visitors="旧站，完整",
    run="停下，一行说明不能写入",
    after="恢复可写后下一次运行自行恢复",
)
def test_on_a_read_only_disk_the_old_site_stays(night: Night, tmp_path: Path, mounts: bool) -> None:
    if not mounts:
        pytest.skip("这里不能挂载小磁盘")
    with _small_disk(tmp_path / "disk", "size=24m") as disk:
        agency = night.copy(disk / "agency")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        ended = night.program.rebuild(agency)
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        assert ended.code not in {0, ExitCode.INTERNAL}, ended.err
        one_clear_line(ended, "只读")
        assert shown(agency) == night.old
        night.assert_heals(agency, "read-only disk")


@told(
    "运行账户失去权限：网站、台账、工作区或者导出",
    visitors="旧站或新站，完整",
    run="停下，一行说明哪一处没有权限",
    after="恢复权限后下一次运行自行恢复",
)
@pytest.mark.parametrize(
    "lost",
    each("site/releases", "site", "state", "state/register.sqlite", "state/work", "exports"),
)
def test_without_permission_the_old_site_stays(night: Night, agency: Path, lost: str) -> None:
    place, mode = agency / lost, (agency / lost).stat().st_mode
    closed = 0o555 if lost.startswith("site") else 0
    if ROOT_USER:
        os.chown(place, NOBODY, NOBODY)
        closed = 0o755 if lost.startswith("site") else 0o700
    place.chmod(closed)
    ended = night.program.rebuild(agency, powerless=ROOT_USER)
    if ROOT_USER:
        os.chown(place, 0, 0)
    place.chmod(mode)
    _stopped(night, agency, ended, lost)
    night.assert_heals(agency, lost)
