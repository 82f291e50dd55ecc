"""The delivered units on a machine that systemd has really booted; ``make test-booted``."""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SampleAgency
from tests.deploy.conftest import DEPLOY
from tests.deploy.machine import AGENCY, PYTHON, Machine, booted, until, why_not
from tests.deploy.probe import ATTEMPTS

pytestmark = [
    pytest.mark.booted,
    pytest.mark.slow,
    pytest.mark.skipif(bool(why_not()), reason=why_not()),
]

DAY = "2026-11-20"
ALLOWED = {"write its own folder", "speak to a server"}
UNITS = "etc/systemd/system"
GONE = "常综执罚决字〔2026〕第0001号"


@pytest.fixture(scope="module")
def machine(sample: SampleAgency, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """Boot a machine that was off for two nights; all is where the guide puts it."""
    prepared = tmp_path_factory.mktemp("prepared")
    agency = prepared / AGENCY
    shutil.copytree(sample.folder, agency, symlinks=True)
    agency.chmod(0o711)
    with (agency / "gongshi.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nalerts:\n  webhook: http://127.0.0.1:8099/\n")
    units = prepared / UNITS
    shutil.copytree(DEPLOY / "systemd", units)
    shutil.rmtree(units / "gongshi.service.d")
    _settle(units / "gongshi.service.d", "today.conf", f"rebuild --today {DAY}")
    (units / "gongshi.timer.d").mkdir()
    at_once = "[Timer]\nRandomizedDelaySec=0\n"
    (units / "gongshi.timer.d" / "at-once.conf").write_text(at_once, "utf-8")
    _probes(units)
    (units / "bell.py").write_text(_BELL, "utf-8")
    (units / "bell.service").write_text(_BELL_SERVICE, "utf-8")
    for name in ("gongshi.timer", "gongshi-alert.timer", "gongshi-nginx.path", "bell.service"):
        subprocess.run(["systemctl", f"--root={prepared}", "-q", "enable", name], check=True)
    snippets, sites = prepared / "etc/nginx/snippets", prepared / "etc/nginx/conf.d"
    for folder in (snippets, sites):
        folder.mkdir(parents=True)
    for name in ("gongshi-location.conf", "gongshi-headers.conf"):
        shutil.copy(DEPLOY / "nginx" / name, snippets)
    shutil.copy(DEPLOY / "nginx" / "gongshi.conf", sites)
    stamp = prepared / "var/lib/systemd/timers/stamp-gongshi.timer"
    stamp.parent.mkdir(parents=True)
    stamp.touch()
    two_nights_ago = time.time() - 2 * 86400
    os.utime(stamp, (two_nights_ago, two_nights_ago))
    with booted(prepared, tmp_path_factory.mktemp("booted")) as running:
        running.run("systemctl", "start", "nginx")
        yield running


def _settle(folder: Path, name: str, words: str) -> None:
    """Write what ``systemctl edit`` would: another command line of the nightly run."""
    folder.mkdir(exist_ok=True)
    line = f"ExecStart=/opt/gongshi/bin/gongshi {words}"
    (folder / name).write_text(f"[Service]\nExecStart=\n{line}\n", "utf-8")


def _probes(units: Path) -> None:
    """Beside each service, one that is shut in the same way and tells what it can do."""
    source = (DEPLOY.parent / "tests" / "deploy" / "probe.py").read_text("utf-8")
    (units / "probe.py").write_text(source, "utf-8")
    for name in ("gongshi", "gongshi-alert"):
        text = (DEPLOY / "systemd" / f"{name}.service").read_text("utf-8")
        told = f"ExecStart={PYTHON} /{UNITS}/probe.py /{AGENCY}/{name}.json"
        text = re.sub(r"^ExecStart=.*$", told, text, flags=re.MULTILINE)
        text = re.sub(r"^ExecStopPost=.*\n", "", text, flags=re.MULTILINE)
        (units / f"{name}-probe.service").write_text(text, "utf-8")


_BELL = """
import http.server
class Bell(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        with open("/root/rung", "ab") as rung:
            rung.write(self.rfile.read(int(self.headers["Content-Length"])) + b"\\n")
        self.send_response(200)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", 8099), Bell).serve_forever()
"""

_BELL_SERVICE = f"""
[Unit]
Before=gongshi.service
[Service]
ExecStart={PYTHON} /{UNITS}/bell.py
[Install]
WantedBy=multi-user.target
"""


def _tree(machine: Machine) -> dict[str, bytes]:
    site = machine.agency / "site"
    current = site / (site / "current").readlink()
    return {
        path.relative_to(current).as_posix(): path.read_bytes()
        for path in current.rglob("*")
        if path.is_file()
    }


def test_the_night_that_was_missed_while_it_was_off_is_made_up_for(machine: Machine) -> None:
    machine.wait_until("gongshi.service", "inactive", "failed")
    assert machine.shown("gongshi.service", "Result") == "success"
    assert machine.shown("gongshi.timer", "LastTriggerUSec") not in {"", "n/a"}
    assert re.search(r"^处罚决定 \d+ · 公示 \d+", machine.journal("gongshi"), re.MULTILINE)
    assert machine.ask("/") == (200, (_tree(machine)["index.html"]).decode())


@pytest.mark.parametrize("name", ["gongshi", "gongshi-alert"])
def test_a_service_can_do_what_it_needs_and_nothing_else(machine: Machine, name: str) -> None:
    for path, mode in (("srv/anybody", 0o777), ("home/clerk", 0o755), ("var/tmp", 0o1777)):
        (machine.root / path).mkdir(exist_ok=True, parents=True)
        (machine.root / path).chmod(mode)
        (machine.root / path / "notes").write_text("x", "utf-8")
    unit = f"{name}-probe.service"
    machine.run("systemctl", "start", unit)
    inside = json.loads((machine.agency / f"{name}.json").read_text("utf-8"))
    free = ("runuser", "-u", "gongshi", "--", PYTHON, f"/{UNITS}/probe.py", f"/{AGENCY}/free.json")
    machine.run(*free)
    outside = json.loads((machine.agency / "free.json").read_text("utf-8"))
    assert outside == dict.fromkeys(ATTEMPTS, True)
    assert inside == {attempt: attempt in ALLOWED for attempt in ATTEMPTS}


def test_a_night_that_withdraws_makes_nginx_answer_410(machine: Machine) -> None:
    address = re.search(r"地址：(\S+)", machine.gongshi("status", GONE))
    assert address is not None
    assert machine.ask(f"/{address[1]}")[0] == 200
    said = ("--ground", "不予公开", "--on", DAY, "--reason", "经核实不得公开", "--actor", "韩一")
    basis = "《中华人民共和国政府信息公开条例》第十五条"
    machine.gongshi("withdraw", GONE, *said, "--basis", basis, "--yes", "--today", DAY)
    machine.run("systemctl", "start", "gongshi.service")
    until(lambda: machine.ask(f"/{address[1]}")[0] == 410, "nginx reads the table again")
    assert "撤下" in machine.ask(f"/{address[1]}")[1]
    assert machine.shown("gongshi-nginx.service", "Result") == "success"


def test_a_night_that_is_stopped_half_way_leaves_the_site_rings_and_is_made_good_by_two_workers(
    machine: Machine,
) -> None:
    before = _tree(machine)
    folder = machine.root / UNITS / "gongshi.service.d"
    _settle(folder, "today.conf", f"rebuild --today {DAY} --workers 2")
    machine.run("systemctl", "daemon-reload")
    shutil.rmtree(machine.agency / "state" / "work")
    read = machine.journal("gongshi").count("读取导出")
    machine.run("systemctl", "start", "--no-block", "gongshi.service")
    until(lambda: machine.journal("gongshi").count("读取导出") > read, "read the exports")
    machine.run("systemctl", "stop", "gongshi.service")
    assert machine.shown("gongshi.service", "Result") == "signal"
    assert _tree(machine) == before
    assert "上次运行中途被杀死" in (machine.root / "root" / "rung").read_text("utf-8")
    machine.run("systemctl", "start", "gongshi.service")
    assert machine.shown("gongshi.service", "Result") == "success"
    assert _tree(machine) == before


def test_a_broken_export_fails_the_unit_rings_and_leaves_the_site(machine: Machine) -> None:
    before = _tree(machine)
    stray = machine.agency / "exports" / "办案系统" / "半个.jsonl"
    stray.write_text('{"文号', "utf-8")
    machine.run("systemctl", "start", "gongshi.service", check=False)
    stray.unlink()
    assert machine.shown("gongshi.service", "Result") == "exit-code"
    assert _tree(machine) == before
    rung = (machine.root / "root" / "rung").read_text("utf-8").splitlines()[-1]
    assert "上次更新没有完成（退出码 3）" in json.loads(rung)["text"]["content"]


def test_neither_the_journal_nor_an_alert_holds_a_protected_word(
    machine: Machine, sample: SampleAgency
) -> None:
    told = machine.run("journalctl", "--boot", "--no-pager") + (
        machine.root / "root" / "rung"
    ).read_text("utf-8")
    hidden = {str(word) for each in sample.decisions.values() for word in each.get("absent", [])}
    assert len(hidden) > 100
    assert [word for word in hidden if word in told] == []
