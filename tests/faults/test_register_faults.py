"""The register: locked, damaged, cut short, from a newer program."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.domain.faults import ExitCode
from tests.faults.night import TONIGHT, Night, each, one_clear_line, shown
from tests.faults.table import told


def _damaged(register: Path) -> None:
    content = bytearray(register.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 512] = b"\xff" * 512
    register.write_bytes(content)


def _cut(register: Path) -> None:
    register.write_bytes(register.read_bytes()[: register.stat().st_size // 2])


def _emptied(register: Path) -> None:
    register.write_bytes(b"")


def _no_database(register: Path) -> None:
    register.write_bytes("不是数据库".encode() * 1000)


@told(
    "台账文件损坏、被截短、被清空、被别的文件盖掉",
    visitors="旧站，完整",
    run="停下（退出码 14），一行说明用备份恢复",
    after="`gongshi register restore` 之后，下一次运行恢复；备份之后撤下的仍是撤下",
)
@pytest.mark.parametrize("spoil", each(_damaged, _cut, _emptied, _no_database))
def test_with_a_spoilt_register_the_old_site_stays_and_a_backup_brings_it_back(
    night: Night, agency: Path, spoil: Callable[[Path], None]
) -> None:
    register = agency / "state" / "register.sqlite"
    for beside in register.parent.glob("register.sqlite-*"):
        beside.unlink()
    spoil(register)
    ended = night.program.rebuild(agency)
    assert ended.code == ExitCode.BAD_REGISTER, ended
    one_clear_line(ended)
    assert shown(agency) == night.old
    backups = sorted((agency / "state" / "backups").glob("*.sqlite*"))
    files = [path for path in backups if path.suffix != ".json"]
    restored = night.program.run(agency, "register", "restore", str(files[-1]), "--today", TONIGHT)
    assert restored.code == 0, restored.err
    night.assert_heals(agency, spoil.__name__)


@told("台账被另一程序锁住", visitors="旧站，完整", run="最多等 30 秒，停下（退出码 12），一行说明")
def test_with_a_locked_register_the_old_site_stays(night: Night, agency: Path) -> None:
    with closing(sqlite3.connect(agency / "state" / "register.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        ended = night.program.rebuild(agency, patience=1)
        other.rollback()
    assert ended.code == ExitCode.LOCKED, ended
    one_clear_line(ended, "台账")
    assert shown(agency) == night.old
    night.assert_heals(agency, "locked register")


@told(
    "台账由更新版本的程序写成",
    visitors="旧站，完整",
    run="停下（退出码 14），一行说明升级程序",
    after="升级程序后下一次运行恢复",
)
def test_with_a_register_from_a_newer_program_the_old_site_stays(
    night: Night, agency: Path
) -> None:
    register = agency / "state" / "register.sqlite"
    kept = shutil.copy(register, agency / "kept.sqlite")
    with closing(sqlite3.connect(register)) as own, own:
        own.execute("UPDATE alembic_version SET version_num = '9999'")
    ended = night.program.rebuild(agency)
    assert ended.code == ExitCode.BAD_REGISTER
    one_clear_line(ended, "升级程序")
    assert shown(agency) == night.old
    shutil.move(kept, register)
    night.assert_heals(agency, "newer register")


@told(
    "公开数据库（投影）、核验和建站的记忆损坏或者丢失",
    visitors="新站",
    run="照常完成：它们从台账和导出重新做出",
)
@pytest.mark.parametrize("spoil", each(_no_database, _emptied, Path.unlink))
def test_what_is_remembered_besides_the_register_may_be_lost(
    night: Night, agency: Path, spoil: Callable[[Path], None]
) -> None:
    for path in sorted((agency / "state").rglob("*.sqlite")):
        if path.name != "register.sqlite" and "backups" not in path.parts:
            spoil(path)
    ended = night.program.rebuild(agency)
    assert ended.code == 0, ended.err
    assert shown(agency) == night.new
