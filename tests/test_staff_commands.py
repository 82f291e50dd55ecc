"""Staff withdraw, hold, release and note: who, why, what will change, and only then it counts."""

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import gongshi
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.faults import BrakeError, ExitCode
from pipeline.redaction.recogniser import load_engine
from pipeline.register import open_register
from tests.conftest import ROOT
from tests.exports import DAY, record, write_jsonl

LAW = "《中华人民共和国行政处罚法》第四十八条第二款"
SIGNED = ("--actor", "祝文澜", "--basis", LAW, "--yes")
UNSIGNED_REVIEW = {"required": True, "passed": True}
Told = Callable[..., Result]


def number(n: int) -> str:
    return str(record(n)["case_number"])


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    folder = tmp_path / "agency"
    made = CliRunner().invoke(gongshi, ["init", str(folder), "--name", "青石县综合行政执法局"])
    assert made.exit_code == 0, made.output
    held = record(4, legal_review=UNSIGNED_REVIEW)
    answers: dict[str, Any] = record(5)["secrecy_review"]
    unanswered = record(5, secrecy_review={**answers, "privacy": None})
    write_jsonl(folder / "exports", *map(record, (1, 2, 3)), held, unanswered)
    return folder


@pytest.fixture
def told(agency: Path) -> Told:
    def run(*words: str) -> Result:
        done = CliRunner().invoke(gongshi, ["-C", str(agency), *words, "--today", DAY])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return run


def page(agency: Path, n: int) -> str:
    slug = CaseNumber.parse(number(n)).slug
    path = agency / "site" / "current" / "decisions" / f"{slug}.html"
    return path.read_text("utf-8") if path.exists() else ""


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


UNSAID = [
    (("withdraw", number(1)), "--ground"),
    (("withdraw", number(1), "--ground", "撤销"), "--on"),
    (("withdraw", number(1), "--ground", "撤销", "--on", "2026-11-18"), "--actor"),
    (("hold", number(1), "--basis", LAW), "--reason"),
    (("hold", number(1), "--reason", "核对"), "--actor"),
    (("hold", number(1), "--reason", "核对", "--actor", "祝文澜"), "--basis"),
    (("release", number(4), "--reason", "看过"), "--actor"),
    (("note", number(1), "回访"), "--actor"),
    (("hold", number(1), "--reason", "核对", *SIGNED[:-1]), "--yes"),
]
"""Orders in which something is not said, and the option that the refusal names."""

REFUSED = [
    (("withdraw", "不是文号", "--ground", "撤销"), "不是文号"),
    (("withdraw", number(1), "--ground", "维持", *SIGNED), "维持"),
    (("withdraw", number(1), "--ground", "撤销", "--on", "2026-11-30", *SIGNED), "晚于今天"),
    (("withdraw", number(1), "--ground", "撤销", "--on", "2026-10-01", *SIGNED), "早于决定日期"),
    (("hold", number(1), "--reason", "核对", *SIGNED[:2], "--basis", "有关规定"), "《文件名称》"),
    (("release", number(1), "--reason", "看过", *SIGNED), "没有待核的理由"),
    (("release", number(5), "--reason", "看过", *SIGNED), "不能由人工放行"),
    (("release", number(9), "--reason", "看过", *SIGNED), "没有这个文号"),
    (("note", number(9), "回访", "--actor", "祝文澜"), "没有这个文号"),
    (("release", number(4), "--upheld-on", "2027-01-01", "--reason", "看", *SIGNED), "晚于今天"),
]
"""Orders that cannot be carried out, and the reason that is told."""


def test_what_is_not_said_or_cannot_be_done_is_refused_and_changes_nothing(
    agency: Path, told: Told
) -> None:
    told("rebuild")
    before = (agency / "state" / "register.sqlite").read_bytes()
    for words, why in UNSAID + REFUSED:
        done = told(*words)
        assert done.exit_code == ExitCode.USAGE, words
        assert why in done.stderr, words
    assert (agency / "state" / "register.sqlite").read_bytes() == before


def test_a_withdrawal_by_staff_takes_the_page_down_for_good(agency: Path, told: Told) -> None:
    told("rebuild")
    shutil.copytree(agency / "site", agency / "backup", symlinks=True)
    shown = page(agency, 1)
    order = told("withdraw", number(1), "--ground", "撤销", "--on", "2026-11-18", *SIGNED)
    assert order.exit_code == 0, order.stderr
    assert "状态：公示中 → 撤下" in order.stdout
    assert "该行政处罚决定已被依法撤销" in order.stdout
    assert page(agency, 1) == shown
    assert "撤下 1" in told("rebuild").stdout
    assert "第1建材" not in page(agency, 1)
    assert "已经撤下" in told("withdraw", number(1), "--ground", "撤销", *SIGNED).stderr
    assert "不能放行" in told("release", number(1), "--reason", "再看", *SIGNED).stderr
    told("rebuild")  # an old export brings it once more
    # Somebody puts the backup of the site back: the next run takes the page down again.
    shutil.rmtree(agency / "site")
    shutil.copytree(agency / "backup", agency / "site", symlinks=True)
    shutil.rmtree(agency / "backup")
    assert page(agency, 1) == shown
    told("rebuild")
    assert "已被依法撤销" in page(agency, 1)
    assert "第1建材".encode() not in everything(agency / "site")
    assert "祝文澜".encode() not in everything(agency / "site")


def test_a_hold_rests_the_page_and_a_release_brings_it_back(agency: Path, told: Told) -> None:
    told("rebuild")
    held = told("hold", number(2), "--reason", "当事人来电称金额有误", *SIGNED)
    assert "状态：公示中 → 暂停公示" in held.stdout
    told("rebuild")
    assert "核查期间暂停公示" in page(agency, 2)
    status = told("status", number(2)).stdout
    assert "祝文澜" in status
    assert "备注：当事人来电称金额有误" in status
    let_go = told("release", number(2), "--reason", "金额无误", *SIGNED)
    assert "暂停公示 → 公示中（导出没有变动时）" in let_go.stdout
    assert "恢复公示 1" in told("rebuild").stdout
    assert "第2建材" in page(agency, 2)
    assert "金额有误".encode() not in everything(agency / "site")


def test_a_release_is_bound_to_the_export_that_was_looked_at(agency: Path, told: Told) -> None:
    told("rebuild")
    attested = told("release", number(4), "--reason", "审核人为毕春和", *SIGNED)
    assert "待核 → 公示中（导出没有变动时）" in attested.stdout
    unchanged = (agency / "exports" / "导出.jsonl").read_bytes()
    write_jsonl(agency / "exports", record(4, legal_review=UNSIGNED_REVIEW, remark="另一版本"))
    told("rebuild")
    assert page(agency, 4) == ""
    (agency / "exports" / "导出.jsonl").write_bytes(unchanged)
    assert "新公示 1" in told("rebuild").stdout
    assert "第4建材" in page(agency, 4)
    assert "本次变动：无" in told("rebuild").stdout


RECOGNISER = """
from pipeline.domain.protected import Category, Confidence, Finding

class Words:
    name = "words"
    version = "1"

    def find(self, text, known, protected):
        at = text.text.find("砂石")
        while at >= 0:
            yield Finding(text.original(at, at + 2), Category.MARKED, "words", "",
                          Confidence.DOUBTFUL)
            at = text.text.find("砂石", at + 2)
"""
PACK = """
key: strict-sample
title: 不许存疑
extends: [changshan-2021]
limits:
  doubt_limit: {value: 0, reason: 试验}
"""


def test_what_is_released_after_a_doubt_goes_out_masked(
    agency: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    (agency / "policies").mkdir(exist_ok=True)
    (agency / "policies" / "strict-sample.yaml").write_text(PACK, "utf-8")
    (agency / "released_words.py").write_text(RECOGNISER, "utf-8")
    monkeypatch.syspath_prepend(str(agency))
    settings = agency / "gongshi.yaml"
    text = settings.read_text("utf-8").replace("changshan-2021", "strict-sample")
    settings.write_text(f"{text}\nrecogniser: released_words:Words\n", "utf-8")
    load_engine.cache_clear()
    assert "因隐去存疑待核 3 件" in told("rebuild").stdout
    told("release", number(1), "--reason", "逐处看过", *SIGNED)
    assert "新公示 1" in told("rebuild").stdout
    assert "砂石" not in page(agency, 1)
    assert "第1建材" in page(agency, 1)
    assert page(agency, 2) == ""


def test_a_decision_said_to_be_in_force_again_waits_until_a_person_has_looked(
    agency: Path, told: Told
) -> None:
    told("rebuild")
    revoked: dict[str, Any] = {"events": [{"kind": "撤销", "effective_on": "2026-11-10"}]}
    told("release", number(1), "--upheld-on", "2026-11-18", "--reason", "二审维持", *SIGNED)
    write_jsonl(agency / "exports", record(1, **revoked))
    assert "暂停公示 1" in told("rebuild").stdout
    assert "互相矛盾" in told("status", number(1)).stdout
    settled = told("release", number(1), "--reason", "已核对两份判决", *SIGNED)
    assert "→ 公示中" in settled.stdout
    assert "恢复公示 1" in told("rebuild").stdout


def test_the_number_that_the_brake_named_lets_the_pages_go(agency: Path, told: Told) -> None:
    write_jsonl(agency / "exports", *(record(n) for n in range(1, 13)))
    told("rebuild")
    write_jsonl(agency / "exports", *(record(n, procedure="简易程序") for n in range(1, 13)))
    with pytest.raises(BrakeError, match="--allow-removals 12"):
        told("rebuild")
    signed = SIGNED[:-1]
    with pytest.raises(BrakeError):
        told("rebuild", "--allow-removals", "11", *signed)
    assert told("rebuild", "--allow-removals", "12").exit_code == ExitCode.USAGE
    told("rebuild", "--allow-removals", "12", *signed)
    assert "第1建材".encode() not in everything(agency / "site")
    with open_register(agency / "state" / "register.sqlite") as register:
        assert register.verify() == ()


def test_on_a_terminal_everything_missing_is_asked_for(agency: Path, told: Told) -> None:
    told("rebuild")
    here, there = pty.openpty()
    words = ["-m", "pipeline", "-C", str(agency), "withdraw", number(3), "--today", DAY]
    with subprocess.Popen(
        [sys.executable, *words],
        stdin=there,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"},
    ) as asking:
        os.write(here, "确认违法\n2026-11-19\n祝文澜\n\ny\n".encode())
        out, err = asking.communicate(timeout=60)
    os.close(here)
    os.close(there)
    assert asking.returncode == 0, err
    assert "公示中 → 撤下" in out
    assert "《中华人民共和国行政处罚法》第四十八条" in out
    for question in ("事由", "日期", "经办人姓名", "依据的条文", "确认登记"):
        assert question in err
    assert "撤下 1" in told("rebuild").stdout


def test_two_people_and_a_rebuild_at_once_lose_nothing(agency: Path, told: Told) -> None:
    told("rebuild")
    write_jsonl(agency / "exports", *(record(n) for n in range(1, 21)))

    def start(*words: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "pipeline", "-C", str(agency), *words, "--today", DAY],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    running = [
        start("rebuild"),
        start("hold", number(1), "--reason", "核对", *SIGNED),
        start("withdraw", number(2), "--ground", "撤销", "--on", "2026-11-18", *SIGNED),
        start("note", number(3), "回访", "--actor", "毕春和"),
    ]
    ended = [(each.communicate(timeout=120), each.returncode) for each in running]
    assert [code for _, code in ended] == [0, 0, 0, 0], ended
    told("rebuild")
    assert "暂停公示" in page(agency, 1)
    assert "已被依法撤销" in page(agency, 2)
    assert "第20建材" in page(agency, 20)
    with open_register(agency / "state" / "register.sqlite") as register:
        assert register.verify() == ()
