"""A power cut: what was written and not synced is gone, on a real file system of its own.

The run is stopped and the disk copied as it is at that instant, without what only the memory of
the machine holds; the copy is what stands there when the power is back. The file system is told
to keep writes in memory as long as it may and to put them down in any order.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.night import KILLED, SOAK, TONIGHT, Ended, Night, shown
from tests.faults.table import told

_LAZY = "loop,commit=300,data=writeback,noauto_da_alloc"
_MEGABYTES = 48
CUTS = 200 if SOAK else 3


@contextmanager
def _mounted(image: Path, folder: Path, options: str) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "ext4", "-o", options, str(image), str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _made(image: Path) -> Path:
    with image.open("wb") as file:
        file.truncate(_MEGABYTES << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    return image


@pytest.fixture(scope="module")
def disk(night: Night, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the image of a disk that holds the agency on the eve of the night, all of it synced.

    Only root may mount, and only where the kernel has loop devices and ext4.
    """
    if os.geteuid() or not all(map(shutil.which, ("mkfs.ext4", "mount", "umount"))):
        pytest.skip("这里不能挂载磁盘映像")
    folder = tmp_path_factory.mktemp("power")
    try:
        image = _made(folder / "disk.img")
        with _mounted(image, folder / "disk", "loop") as place:
            night.copy(place / "agency")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("这里不能挂载磁盘映像")
    return image


@contextmanager
def _after_a_cut(
    night: Night, disk: Path, folder: Path, **order: int
) -> Iterator[tuple[Ended, Path]]:
    """Run the night, cut the power, and yield how it ended and the agency as it then stands."""
    image, left = folder / "disk.img", folder / "left.img"
    shutil.copyfile(disk, image)
    with _mounted(image, folder / "disk", _LAZY) as place:
        ended = night.program.rebuild(place / "agency", **order)
        shutil.copyfile(image, left)
    with _mounted(left, folder / "disk", "loop") as place:
        yield ended, place / "agency"


@told(
    "突然断电：写过而没有落到磁盘的都丢失（ext4 上任意时刻，200 处）",
    visitors="旧站或新站，完整",
    run="无",
)
def test_when_the_power_goes_the_site_is_whole_and_heals(
    night: Night, disk: Path, tmp_path: Path
) -> None:
    for number in range(CUTS):
        step = night.steps * (2 * number + 1) // (2 * CUTS)
        with _after_a_cut(night, disk, tmp_path, kill_at=step) as (ended, agency):
            assert ended.code == KILLED
            night.assert_whole(agency, f"power cut at step {step}")
            night.assert_heals(agency, f"power cut at step {step}")


@told("更新刚刚完成就断电", visitors="新站", run="已完成")
def test_what_a_run_says_is_done_outlives_a_power_cut(
    night: Night, disk: Path, tmp_path: Path
) -> None:
    with _after_a_cut(night, disk, tmp_path) as (ended, agency):
        assert ended.code == 0, ended.err
        assert shown(agency) == night.new
        assert (agency / "state" / "report" / "latest").readlink().name == TONIGHT
        assert all(path.stat().st_size for path in (agency / "state" / "report").rglob("*.*"))
        assert TONIGHT in night.program.run(agency, "register", "backups").out
        night.assert_heals(agency, "power cut after the end")
