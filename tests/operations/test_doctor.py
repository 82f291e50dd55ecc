"""Everything that can be wrong with a host is found, graded and comes with a remedy."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.operations.doctor import examine, watch
from pipeline.operations.doctor.model import Diagnosis, Grade
from tests.conftest import Gongshi
from tests.exports import WITNESS, record, write_jsonl
from tests.operations.conftest import patient

OVERDUE = "期限"
"""The sample has matters that are overdue; every examination tells it."""


def graves(found: tuple[Diagnosis, ...]) -> dict[str, str]:
    return {each.check: each.told for each in found if each.grade is Grade.GRAVE}


def notes(found: tuple[Diagnosis, ...]) -> dict[str, str]:
    return {each.check: each.told for each in found if each.grade is Grade.NOTE}


def test_a_healthy_agency_has_nothing_grave_but_what_is_overdue(agency: Path) -> None:
    found = examine(patient(agency))
    assert graves(found).keys() == {OVERDUE}
    assert all(each.remedy for each in found if each.grade is not Grade.FINE)
    assert {"程序", "磁盘", "台账", "备份", "网站"} <= {
        each.check for each in found if each.grade is Grade.FINE
    }


def _register_gone(agency: Path) -> None:
    (agency / "state" / "register.sqlite").unlink()


def _register_damaged(agency: Path) -> None:
    book = agency / "state" / "memorandum.jsonl"
    book.write_bytes(book.read_bytes().replace("撤下".encode(), "公示".encode(), 1))


def _backup_damaged(agency: Path) -> None:
    newest = max((agency / "state" / "backups").glob("*.gz"))
    newest.write_bytes(newest.read_bytes()[:-40])


def _site_altered(agency: Path) -> None:
    page = agency / "site" / "current" / "index.html"
    page.write_bytes(page.read_bytes() + b" ")


def _state_open(agency: Path) -> None:
    (agency / "state").chmod(0o755)


def _settings_open(agency: Path) -> None:
    (agency / "gongshi.yaml").chmod(0o666)


def _password_open(agency: Path) -> None:
    _set(agency, "alerts: {mail: a@example.cn, password_file: secret}")
    (agency / "secret").write_text("x", "utf-8")
    (agency / "secret").chmod(0o644)


def _key_missing(agency: Path) -> None:
    _set(agency, "signing_key: nowhere")


def _exports_gone(agency: Path) -> None:
    shutil.rmtree(agency / "exports")


def _policy_gone(agency: Path) -> None:
    shutil.rmtree(agency / "policies")


def _killed(agency: Path) -> None:
    (agency / "state" / "lock").write_text("进程 4711，开始于 2026-11-20 02:00:00", "utf-8")


def _stopped(agency: Path) -> None:
    path = agency / "state" / "report" / "latest" / "report.json"
    told = json.loads(path.read_bytes())
    told["stopped"] = {"code": 13, "lines": ["将撤下 30 页"], "remedy": "核对导出"}
    path.write_text(json.dumps(told), "utf-8")


def _set(agency: Path, line: str) -> None:
    with (agency / "gongshi.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"\n{line}\n")


@pytest.mark.parametrize(
    ("ailment", "check", "told"),
    [
        (_register_gone, "台账", "台账文件不见了"),
        (_register_damaged, "台账", "备查簿第"),
        (_backup_damaged, "备份", "已损坏"),
        (_site_altered, "网站", "被改动"),
        (_state_open, "权限", "别的账户也能读"),
        (_settings_open, "权限", "任何账户都能改"),
        (_password_open, "权限", "别的账户也能读"),
        (_key_missing, "权限", "不存在"),
        (_exports_gone, "导出", "没有导出文件夹"),
        (_policy_gone, "制度", "查不了"),
        (_killed, "中断", "进程 4711"),
        (_stopped, "更新", "退出码 13"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else None,
)
def test_what_endangers_the_site_is_grave(
    agency: Path, ailment: Callable[[Path], None], check: str, told: str
) -> None:
    ailment(agency)
    found = examine(patient(agency))
    assert graves(found).keys() - {OVERDUE} == {check}
    assert told in graves(found)[check]


def test_a_clock_that_was_set_back_is_grave(agency: Path) -> None:
    assert "拨回" in graves(watch(patient(agency, later=timedelta(days=-1))))["时钟"]


def test_a_night_without_success_is_told_after_the_hours_of_the_settings(agency: Path) -> None:
    _set(agency, "alerts: {late_hours: 30}")
    assert "更新" not in graves(watch(patient(agency, later=timedelta(hours=29))))
    assert "已超过 30 小时" in graves(watch(patient(agency, later=timedelta(hours=31))))["更新"]


@pytest.mark.parametrize(("free", "inodes"), [(10 << 20, 10**6), (10 << 30, 12)])
def test_a_disk_that_will_not_last_another_night_is_grave(
    agency: Path, monkeypatch: pytest.MonkeyPatch, free: int, inodes: int
) -> None:
    """No test may fill the disk it runs on; only the system's answer is replaced."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    answer = SimpleNamespace(f_files=10**7, f_favail=inodes)
    monkeypatch.setattr(os, "statvfs", lambda _: answer)
    assert "磁盘" in graves(watch(patient(agency)))


def test_what_can_wait_is_only_noted(agency: Path) -> None:
    for path in (agency / "exports").rglob("*"):
        os.utime(path, (0, 0))
    (agency / "state" / "corrections" / "2026-1").mkdir(parents=True)
    (agency / "state" / "corrections" / "2026-1" / "答复.docx").write_bytes(b"x")
    for path in (agency / "state" / "backups").iterdir():
        path.unlink()
    (agency / "exports").chmod(0o755)
    made = examine(patient(agency))
    found, told = notes(made), "\n".join(map(str, made))
    assert "天以前" in found["导出"]
    assert "1 份更正申请的材料还没有备份" in found["更正材料"]
    assert found["备份"] == "还没有备份"
    assert "没有隐去的原文" in told


def test_a_new_agency_is_told_what_comes_next(tmp_path: Path, gongshi: Gongshi) -> None:
    folder = tmp_path / "new"
    gongshi(tmp_path, "init", str(folder))
    done = gongshi(folder, "doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("运行 gongshi rebuild") == 3
    assert not (folder / "state").exists()


def test_the_command_fails_when_something_is_grave_and_names_nobody(
    tmp_path: Path, gongshi: Gongshi
) -> None:
    folder = tmp_path / "new"
    gongshi(tmp_path, "init", str(folder))
    write_jsonl(folder / "exports", record(1), {**record(2), "decided_on": WITNESS})
    gongshi(folder, "rebuild", "--today", "2026-11-20")
    (folder / "state").chmod(0o755)
    done = gongshi(folder, "doctor", "--today", "2026-11-20")
    assert done.returncode == 17
    assert done.stdout.startswith("要紧 · ")
    assert WITNESS not in done.stdout


def test_broken_settings_are_told_as_everywhere(tmp_path: Path, gongshi: Gongshi) -> None:
    (tmp_path / "gongshi.yaml").write_text(
        "site: {name: 网}\nagency: {name: 局}\n"
        "alerts: {mail: nobody, smtp: x, webhook: ftp://x, late_hours: 0}\nmirrors: [-e x]\n",
        "utf-8",
    )
    done = gongshi(tmp_path, "doctor")
    assert done.returncode == 4
    keys = ("alerts.late_hours", "alerts.mail", "alerts.smtp", "alerts.webhook", "mirrors")
    assert all(key in done.stderr for key in keys)
