"""What lies in the export folder and is no file to be read: it is named, and nothing waits."""

import os
import socket
import stat
from datetime import date
from pathlib import Path

import pytest

from pipeline.intake.join import JoinSettings
from pipeline.intake.read import Intake, read_exports
from tests.conftest import run_gongshi
from tests.exports import record, write_jsonl

TODAY = date(2026, 11, 20)
_STRANGE = {
    "new line": "决定\n书.txt".encode(),
    "not UTF-8": b"\xbe\xf6\xb6\xa8.txt",
    "bidi": "决定\u202etxt.exe.txt".encode(),
    "escape": b"\x1b[2J.txt",
    "markup": b"<script>alert(1)<\\script>.txt",
    "255 bytes": "书".encode() * 83 + b"12.txt",
    "shell": b"$(touch escaped);`touch escaped`.txt",
    "option": b"-rf --.txt",
    "formula": b"=1+1.txt",
}


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    write_jsonl(folder, record(1), name="好.jsonl")
    return folder


def _read(folder: Path) -> Intake:
    intake = read_exports(folder, JoinSettings(today=TODAY))
    assert [each for each in intake.received if each.place.file == "好.jsonl"]
    return intake


def _told(intake: Intake) -> str:
    records = [fault for each in intake.received for fault in getattr(each, "faults", ())]
    return "\n".join(map(str, [*intake.faults, *records]))


@pytest.mark.parametrize("name", ["管道.jsonl", "管道.pdf", "manifest.json", "全过程记录.xlsx"])
def test_a_pipe_is_named_and_not_waited_for(exports: Path, name: str) -> None:
    os.mkfifo(exports / name)
    assert "不是普通文件" in _told(_read(exports))


@pytest.mark.parametrize("device", [(1, 5), (1, 8), (5, 0)], ids=["zero", "random", "tty"])
def test_a_device_is_named_and_not_read(exports: Path, device: tuple[int, int]) -> None:
    try:
        os.mknod(exports / "设备.txt", stat.S_IFCHR | 0o666, os.makedev(*device))
    except PermissionError:
        pytest.skip("只有 root 能建设备文件")
    assert "不是普通文件" in _told(_read(exports))


def test_a_socket_is_named(exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(exports)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.json")
        assert "不是普通文件" in _told(_read(exports))


@pytest.mark.parametrize("name", _STRANGE.values(), ids=_STRANGE)
def test_a_strange_name_stops_nothing_and_cannot_write_on_the_screen(
    exports: Path, name: bytes
) -> None:
    Path(os.fsdecode(bytes(exports) + b"/" + name)).write_text("不是决定书", "utf-8")
    intake = _read(exports)
    assert intake.files == 2
    assert all(char.isprintable() or char == "\n" for char in _told(intake))
    assert not list(exports.rglob("escaped"))


def test_more_faults_than_a_person_reads_are_counted_on_the_screen(tmp_path: Path) -> None:
    agency = tmp_path / "agency"
    run_gongshi(tmp_path, "init", str(agency), "--name", "青石县综合行政执法局")
    write_jsonl(agency / "exports", record(1))
    for number in range(60):
        (agency / "exports" / f"{number}.txt").write_bytes(b"x")
    done = run_gongshi(agency, "rebuild", "--today", TODAY.isoformat())
    assert done.returncode == 0, done.stderr
    assert "另有 10 处" in done.stdout
    assert done.stdout.count("导出有误") == 51
    assert "待核 60" in done.stdout


def test_folders_as_deep_as_a_path_may_be_stop_nothing(
    exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(exports)
    for _ in range(1_500):
        Path("d").mkdir()
        os.chdir("d")
    try:
        assert "文件夹套了超过" in _told(_read(exports))
    finally:
        for _ in range(1_500):
            os.chdir("..")
            Path("d").rmdir()
