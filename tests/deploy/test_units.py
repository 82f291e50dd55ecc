"""The delivered units, container file and rotation say what the programs that read them accept."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.cli import gongshi
from tests.deploy.conftest import DEPLOY

UNITS = DEPLOY / "systemd"
ANALYZE = shutil.which("systemd-analyze")


@pytest.mark.skipif(ANALYZE is None, reason="没有 systemd-analyze")
def test_systemd_accepts_every_unit_without_a_word(tmp_path: Path) -> None:
    assert ANALYZE is not None
    shutil.copytree(UNITS, tmp_path, dirs_exist_ok=True)
    for path in tmp_path.rglob("*.*"):
        if path.is_file():
            text = path.read_text("utf-8")
            text = re.sub(r"=/(opt|usr)/\S+", "=/bin/true", text)
            path.write_text(text, "utf-8")
    units = [str(path) for path in sorted(tmp_path.iterdir()) if path.is_file()]
    done = subprocess.run(
        [ANALYZE, "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(ANALYZE is None, reason="没有 systemd-analyze")
@pytest.mark.parametrize("name", ["gongshi.service", "gongshi-alert.service"])
def test_a_service_is_shut_in(name: str) -> None:
    assert ANALYZE is not None
    done = subprocess.run(
        [ANALYZE, "security", "--offline=true", "--no-pager", "--threshold=20", str(UNITS / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-300:]


def test_a_missed_night_is_made_up_for() -> None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(UNITS / "gongshi.timer", "utf-8")
    assert parser["Timer"]["Persistent"] == "true"


def test_every_command_that_a_delivered_file_runs_exists() -> None:
    found = set()
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            found |= set(re.findall(r"bin/gongshi (\w+)", path.read_text("utf-8")))
    assert {"rebuild", "alert", "deploy"} <= found <= gongshi.commands.keys()


def test_the_container_copies_what_is_there_and_runs_as_nobody_special() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE):
        *sources, _ = line.split()
        assert all((DEPLOY.parent / source).exists() for source in sources)
    assert "USER gongshi" in text


@pytest.mark.skipif(shutil.which("logrotate") is None, reason="没有 logrotate")
def test_logrotate_accepts_its_rule(tmp_path: Path) -> None:
    command = ["logrotate", "--debug", "--state", str(tmp_path / "s")]
    done = subprocess.run(
        [*command, str(DEPLOY / "logrotate" / "gongshi")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "error:" not in done.stderr


def test_access_logs_stay_for_six_months_and_not_for_ever() -> None:
    rule = (DEPLOY / "logrotate" / "gongshi").read_text("utf-8")
    weeks, days = (int(re.search(rf"{word} (\d+)", rule)[1]) for word in ("rotate", "maxage"))  # type: ignore[index]
    assert weeks * 7 >= 184
    assert 184 <= days <= 366
