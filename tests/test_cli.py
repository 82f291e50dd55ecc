"""The command line as a new user meets it, in an empty folder."""

import os
import re
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from pipeline.domain.faults import ExitCode
from tests.conftest import ROOT, SAMPLE, copy_sample, run_anew

TODAY = ("--today", "2026-11-20")


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    folder = tmp_path / "单位"
    made = run_anew(tmp_path, "init", str(folder), "--name", "青石县综合行政执法局")
    assert made.returncode == 0, made.stderr
    return folder


def test_help_is_chinese_and_names_every_command_and_exit_code(tmp_path: Path) -> None:
    told = run_anew(tmp_path, "--help")
    assert told.returncode == 0
    assert told.stdout.startswith("用法： gongshi")
    for word in ("init", "check", "rebuild", "status", "rules", "serve", "spans"):
        assert re.search(rf"^  {word}\b", told.stdout, re.MULTILINE)
    for code in ExitCode:
        assert re.search(rf"\b{code.value}\b", told.stdout)
    assert not re.search(r"Usage|Options|Commands|Show", told.stdout)


def test_an_empty_folder_becomes_a_site_that_builds(agency: Path) -> None:
    built = run_anew(agency, "rebuild", *TODAY)
    assert built.returncode == 0, built.stderr
    home = (agency / "site" / "current" / "index.html").read_text("utf-8")
    assert "青石县综合行政执法局" in home
    assert built.stdout.strip().splitlines()[-1].startswith("处罚决定 0 · 公示 0")


def test_pelican_builds_the_site_on_its_own(agency: Path) -> None:
    assert run_anew(agency, "rebuild", *TODAY).returncode == 0
    alone = subprocess.run(
        [sys.executable, "-m", "pelican", "content", "-s", "publishconf.py", "-o", "alone"],
        cwd=agency,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert alone.returncode == 0, alone.stderr
    released = agency / "site" / "current"
    made = {
        p.relative_to(agency / "alone"): p.read_bytes()
        for p in (agency / "alone").rglob("*")
        if p.is_file()
    }
    assert made == {
        p.relative_to(released): p.read_bytes() for p in released.rglob("*") if p.is_file()
    }


def test_init_never_touches_a_folder_with_something_in_it(agency: Path, tmp_path: Path) -> None:
    before = (agency / "gongshi.yaml").read_bytes()
    assert run_anew(tmp_path, "init", str(agency)).returncode == ExitCode.USAGE
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("keep", "utf-8")
    assert run_anew(tmp_path, "init", str(other)).returncode == ExitCode.USAGE
    assert (agency / "gongshi.yaml").read_bytes() == before
    assert [path.name for path in other.iterdir()] == ["mine.txt"]


def test_check_writes_nothing(tmp_path: Path) -> None:
    folder = copy_sample(tmp_path / "sample")
    before = set(folder.rglob("*"))
    told = run_anew(folder, "check", *TODAY)
    assert told.returncode == 0, told.stderr
    assert set(folder.rglob("*")) == before
    numbers = list(map(int, re.findall(r"\d+", told.stdout.strip().splitlines()[-1])))
    assert numbers[0] == sum(numbers[1:])


def test_without_settings_the_message_names_the_remedy(tmp_path: Path) -> None:
    told = run_anew(tmp_path, "rebuild")
    assert told.returncode == ExitCode.BAD_SETTINGS
    assert "gongshi init" in told.stderr
    assert "Traceback" not in told.stderr


def test_every_fault_of_the_settings_is_told_at_once(agency: Path) -> None:
    (agency / "gongshi.yaml").write_text(
        "site: {name: '', url: not-an-address}\nagency: {name: 甲局, fax: 1}\nwrong: 1\n"
        "opened_on: soon\nfolders: {theme: nowhere}\n",
        "utf-8",
    )
    told = run_anew(agency, "rules")
    assert told.returncode == ExitCode.BAD_SETTINGS
    for place in ("site.name", "site.url", "agency.fax", "wrong", "opened_on", "folders.theme"):
        assert place in told.stderr


def test_status_tells_states_reasons_and_articles(tmp_path: Path) -> None:
    folder = copy_sample(tmp_path / "sample")
    assert run_anew(folder, "rebuild", *TODAY).returncode == 0
    told = run_anew(folder, "status", "常综执罚决字(2026)第1号", *TODAY)
    assert told.returncode == 0, told.stderr
    assert "公示中" in told.stdout
    assert run_anew(folder, "status", "不是文号").returncode == ExitCode.USAGE
    assert run_anew(folder, "status", "常综执罚决字〔1999〕1号").returncode == ExitCode.USAGE


def test_rules_show_the_winner_and_the_loser(agency: Path) -> None:
    told = run_anew(agency, "rules")
    assert told.returncode == 0, told.stderr
    assert "第四十八条" in told.stdout
    assert "5工作日" in told.stdout.replace(" ", "").replace("个", "")


def test_spans_marks_what_would_be_hidden(tmp_path: Path) -> None:
    text = "证人林小燕（身份证号330822199001011234，电话13800001234）到场。"
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "a", "text": "%s"}\n' % text, "utf-8")  # noqa: UP031 - braces
    told = run_anew(tmp_path, "spans", str(source), str(output))
    assert told.returncode == 0, told.stderr
    found = output.read_text("utf-8")
    for kind in ("PERSON", "ID_CARD", "PHONE"):
        assert kind in found
    assert "林小燕" not in found


@pytest.mark.parametrize("line", ["[]", "{", '{"id": "a"}', '{"id": "a", "text": 3}', "\udcff"])
def test_spans_refuses_a_line_of_another_form_by_its_number(tmp_path: Path, line: str) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"id": "a", "text": "b"}\n' + line.encode("utf-8", "surrogateescape"))
    told = run_anew(tmp_path, "spans", str(source), str(tmp_path / "out.jsonl"))
    assert told.returncode == ExitCode.BAD_EXPORT
    assert "第2行" in told.stderr


def test_an_unknown_word_is_answered_in_chinese(tmp_path: Path) -> None:
    told = run_anew(tmp_path, "publish")
    assert told.returncode == ExitCode.USAGE
    assert "没有命令" in told.stderr


def test_serve_shows_the_released_site_on_this_machine(agency: Path) -> None:
    assert run_anew(agency, "rebuild", *TODAY).returncode == 0
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "pipeline", "--folder", str(agency), "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[0]
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - loopback
                assert "青石县综合行政执法局" in answer.read().decode()
        finally:
            server.terminate()


@pytest.mark.slow
def test_a_built_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--disable-pip-version-check",
            "--wheel-dir",
            str(tmp_path),
            str(ROOT),
        ],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    env = {**os.environ, "PYTHONPATH": str(installed)}

    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "pipeline", *words],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    assert run("init", "agency").returncode == 0
    exports = sorted((SAMPLE / "exports").rglob("*.jsonl"))
    (tmp_path / "agency" / "exports" / "a.jsonl").write_bytes(exports[0].read_bytes())
    built = run("--folder", "agency", "rebuild", *TODAY)
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "agency" / "site" / "current" / "index.html").read_text("utf-8")
    assert "行政处罚" in page


def test_two_runs_at_once_do_not_meet(agency: Path) -> None:
    assert run_anew(agency, "rebuild", *TODAY).returncode == 0
    holder = (
        "import sys, time; from pathlib import Path; from pipeline.release import run_lock\n"
        "with run_lock(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(agency / "state" / "lock")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as first:
        try:
            assert first.stdout is not None
            assert first.stdout.readline().strip() == "held"
            second = run_anew(agency, "rebuild", *TODAY)
            assert second.returncode == ExitCode.LOCKED
            assert len(second.stderr.strip().splitlines()) == 1
        finally:
            first.kill()
    time.sleep(0.1)
    assert run_anew(agency, "rebuild", *TODAY).returncode == 0
