"""Every run leaves a report: one that ended well, and one that stopped."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from pipeline.domain.faults import ExitCode
from tests.conftest import ROOT, SampleAgency, run_gongshi
from tests.exports import DAY, record, write_jsonl

TODAY = ("--today", DAY)
SCHEMA = json.loads((ROOT / "docs" / "night-report.schema.json").read_text("utf-8"))


def _told(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "state/report/latest/report.json").read_bytes())
    jsonschema_rs.validator_for(SCHEMA).validate(told)
    return told


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    folder = tmp_path / "agency"
    made = run_gongshi(tmp_path, "init", str(folder), "--name", "青石县综合行政执法局")
    assert made.returncode == 0, made.stderr
    write_jsonl(folder / "exports", *(record(number) for number in (1, 2, 3)))
    return folder


def _unpacked(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix != ".xlsx":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"\n".join(package.read(name) for name in package.namelist())


def test_no_byte_of_any_report_is_protected(sample: SampleAgency) -> None:
    hidden = {str(value) for told in sample.decisions.values() for value in told.get("absent", [])}
    files = [path for path in (sample.folder / "state" / "report").rglob("*") if path.is_file()]
    assert len(files) >= 12
    for path in files:
        content = _unpacked(path)
        assert [value for value in hidden if value.encode() in content] == [], path.name


def test_the_report_of_the_sample_agrees_with_what_is_expected(sample: SampleAgency) -> None:
    told = _told(sample.folder)
    wanted = [str(each["state"]) for each in sample.decisions.values()]
    assert told["counts"]["standing"] == {
        state: wanted.count(state) for state in told["counts"]["standing"]
    }
    assert told["counts"]["received"] == sum(told["counts"]["placed"].values())
    held = {m["subject"] for m in told["matters"] if m["kind"] == "待核"}
    assert held == {n for n, each in sample.decisions.items() if each["state"] == "held"}
    assert all(p["basis"] and p["remedy"] for m in told["matters"] if m["kind"] == "待核"
               for p in m["points"])  # fmt: skip
    assert sum(total["count"] for total in told["withheld"]) >= wanted.count("withheld")


def test_the_report_is_shown_in_the_terminal(sample: SampleAgency) -> None:
    shown = run_gongshi(sample.folder, "report")
    assert shown.returncode == 0, shown.stderr
    told = _told(sample.folder)
    assert told["headline"][:12] in shown.stdout
    assert "report.html" in shown.stdout.replace("\n", "")


def test_without_a_report_the_command_says_what_to_do(agency: Path) -> None:
    shown = run_gongshi(agency, "report")
    assert shown.returncode == ExitCode.USAGE
    assert "gongshi rebuild" in shown.stderr


def test_each_night_tells_only_what_is_new_and_never_who_asked(agency: Path) -> None:
    assert run_gongshi(agency, "rebuild", "--today", "2026-11-19").returncode == 0
    write_jsonl(agency / "exports", *(record(number) for number in (1, 2, 3, 4)))
    assert run_gongshi(agency, "rebuild", *TODAY).returncode == 0
    told = _told(agency)
    assert told["act_totals"]["新公示"] == 1
    assert told["headline"].startswith("更新完成，公示中 4 件；上次以来新公示 1 件。")
    assert [each["case_number"] for each in told["acts"] if each["kind"] == "新公示"] == [
        record(4)["case_number"]
    ]
    words = ("--asker", "申请人戊", "--contact", "13900001111", "--claim", "金额写错了",
             "--officer", "承办人己", "--received", DAY)  # fmt: skip
    asked = run_gongshi(agency, "correction", "open", record(4)["case_number"], *words, *TODAY)
    assert asked.returncode == 0, asked.stderr
    assert run_gongshi(agency, "rebuild", "--today", "2026-11-23").returncode == 0
    told = _told(agency)
    assert "上次以来更正申请登记 1 件。" in told["headline"]
    waiting = [each for each in told["matters"] if each["kind"] == "更正申请"]
    assert [(each["due"], each["urgency"]) for each in waiting] == [("2026-11-27", "due")]
    assert (told["requests"]["received"], told["requests"]["open"]) == (1, 1)
    files = [path for path in (agency / "state" / "report").rglob("*") if path.is_file()]
    private = ("申请人戊", "13900001111", "金额写错了")
    assert [word for path in files for word in private if word.encode() in _unpacked(path)] == []


def test_the_night_takes_the_oldest_reports_away(agency: Path) -> None:
    settings = agency / "gongshi.yaml"
    text = settings.read_text("utf-8")
    assert "\n  keep: 2200 " in text
    settings.write_text(text.replace("  keep: 2200 ", "  keep: 2 "), "utf-8")
    for day in ("2026-11-18", "2026-11-19", DAY):
        assert run_gongshi(agency, "rebuild", "--today", day).returncode == 0
    left = {path.name for path in (agency / "state" / "report").iterdir()}
    assert left == {"2026-11-19", DAY, "latest"}


def test_a_stopped_run_leaves_a_report_and_keeps_the_last_success(agency: Path) -> None:
    assert run_gongshi(agency, "rebuild", *TODAY).returncode == 0
    before = _told(agency)
    (agency / "exports" / "manifest.json").write_text("{", "utf-8")
    stopped = run_gongshi(agency, "rebuild", *TODAY)
    assert stopped.returncode == ExitCode.BAD_EXPORT
    told = _told(agency)
    assert told["stopped"]["code"] == ExitCode.BAD_EXPORT
    assert told["stopped"]["lines"] == stopped.stderr.strip().splitlines()
    assert told["run"]["last_success_at"] == before["run"]["last_success_at"]
    assert told["counts"]["standing"]["published"] == 3
    metrics = (agency / "state/report/latest/gongshi.prom").read_text("utf-8")
    assert "gongshi_run_success 0.0" in metrics


def test_a_report_that_cannot_be_written_does_not_stop_the_release(agency: Path) -> None:
    (agency / "state").mkdir(mode=0o700, exist_ok=True)
    (agency / "state" / "report").write_text("", "utf-8")
    done = run_gongshi(agency, "rebuild", *TODAY)
    assert done.returncode == 0, done.stderr
    assert "报告没有写成" in done.stderr
    assert (agency / "site" / "current" / "index.html").exists()


def test_the_metrics_go_where_the_settings_say(agency: Path) -> None:
    settings = agency / "gongshi.yaml"
    text = settings.read_text("utf-8")
    line = next(each for each in text.splitlines() if each.startswith("  # metrics:"))
    settings.write_text(text.replace(line, "  metrics: textfile"), "utf-8")
    assert run_gongshi(agency, "rebuild", *TODAY).returncode == 0
    assert "gongshi_decisions" in (agency / "textfile" / "gongshi.prom").read_text("utf-8")
