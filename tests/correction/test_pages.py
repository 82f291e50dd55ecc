"""An accepted correction reaches the page; who asked never does. The real program, by nights."""

import io
import os
import pty
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from pipeline.cli import gongshi
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.faults import ExitCode, GongshiError
from pipeline.register import open_register
from tests.conftest import ROOT
from tests.correction.cases import ASKER, CLAIM, CONTACT
from tests.exports import record, write_jsonl

OFFICER = "毕春和"
REASON = "经核对照片，页面有误"
FINE = {
    "penalty_text": "罚款人民币贰佰元整",
    "penalties": [{"kind": "罚款", "amount_yuan": "200.00"}],
}


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an agency on whose site everything below happened, day by day."""
    folder = tmp_path_factory.mktemp("agency") / "a"
    _run(folder.parent, "init", str(folder), "--name", "青石县综合行政执法局")
    write_jsonl(folder / "exports", *(record(n) for n in (1, 2, 3, 4)))
    _rebuild(folder, "2026-11-16")
    (folder / "照片.jpg").write_bytes(b"picture of the asker")
    for n in (1, 2, 3, 4):
        _opened(folder, n)
    _decide(folder, 1, "--by", "hide", "--hide-file", _written(folder, "hide.txt", "砂石\n"))
    _decide(folder, 2, "--by", "note", "--text", "更正了缴款期限")
    _decide(folder, 3, "--by", "export")
    _decide(folder, 4, "--by", "hide", "--hide-file", _written(folder, "other.txt", "人行道\n"))
    write_jsonl(folder / "exports", *(record(n) for n in (1, 2, 3)))
    _rebuild(folder, "2026-11-18")
    return folder


def _run(folder: Path, *words: str) -> tuple[int, str]:
    """Run the command line in this process; return the exit code and all that it said."""
    done = CliRunner().invoke(gongshi, ["-C", str(folder), *words])
    if done.exception and not isinstance(done.exception, (GongshiError, SystemExit)):
        raise done.exception
    if isinstance(done.exception, GongshiError):
        return done.exception.exit_code, done.output + str(done.exception)
    return done.exit_code, done.output


def _rebuild(folder: Path, day: str) -> str:
    code, told = _run(folder, "rebuild", "--today", day)
    assert code == 0, told
    return told


def _written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


def _correction(folder: Path, *words: str) -> str:
    code, told = _run(folder, "correction", *words)
    assert code == 0, told
    return told


def _opened(folder: Path, n: int) -> str:
    return _correction(
        folder, "open", record(n)["case_number"], "--asker", ASKER, "--contact", CONTACT,
        "--claim", CLAIM, "--evidence", str(folder / "照片.jpg"), "--received", "2026-11-16",
        "--officer", OFFICER, "--today", "2026-11-17",
    )  # fmt: skip


def _decide(folder: Path, n: int, *words: str) -> str:
    return _correction(
        folder, "decide", f"更正〔2026〕{n}号", "--accepted", "--reason", REASON,
        "--actor", "申屠远", "--today", "2026-11-17", *words,
    )  # fmt: skip


def _page(folder: Path, n: int) -> str:
    slug = CaseNumber.parse(record(n)["case_number"]).slug
    text = (folder / "site" / "current" / "decisions" / f"{slug}.html").read_text("utf-8")
    return re.sub(r"<[^>]*>", "", text)


def test_hidden_values_are_gone_from_the_page_that_says_when(agency: Path) -> None:
    page = _page(agency, 1)
    assert "砂石" not in page
    assert "2026年11月18日更正：隐去了依法不应公开的内容（更正〔2026〕1号）。" in page
    assert "砂石" in _page(agency, 2)


def test_the_explanation_of_a_decision_knows_what_a_correction_hides(agency: Path) -> None:
    before = _run(agency, "explain", record(2)["case_number"], "--today", "2026-11-18")[1]
    after = _run(agency, "explain", record(1)["case_number"], "--today", "2026-11-18")[1]
    assert "审查人员指明" not in before
    assert "审查人员指明" in after


def test_a_note_alone_changes_nothing_else(agency: Path) -> None:
    assert "2026年11月18日更正：更正了缴款期限（更正〔2026〕2号）。" in _page(agency, 2)


def test_what_cannot_be_hidden_tonight_is_suspended_until_the_export_brings_it(
    agency: Path,
) -> None:
    page = _page(agency, 4)
    assert "暂停公示" in page
    assert "人行道" not in page
    told = _run(agency, "status", record(4)["case_number"], "--today", "2026-11-18")
    assert "放回导出" in told[1]


def test_the_corrected_export_carries_its_note_and_a_list_tells_what_waits(agency: Path) -> None:
    assert "更正〔2026〕3号" not in _page(agency, 3)
    before = _correction(agency, "list", "--open", "--today", "2026-11-18")
    assert [line for line in before.splitlines() if "页面未更正" in line] == [
        line for line in before.splitlines() if re.match(r"更正〔2026〕[34]号", line)
    ]
    write_jsonl(agency / "exports", record(1), record(2), record(3, **FINE), record(4))
    _rebuild(agency, "2026-11-19")
    page = _page(agency, 3)
    assert "贰佰元整" in page
    assert re.search(r"2026年11月19日[^。]*处罚内容（更正〔2026〕3号）。", page)
    assert "人行道" not in _page(agency, 4)
    assert "2026年11月19日更正：隐去了依法不应公开的内容" in _page(agency, 4)
    assert "页面未更正" not in _correction(agency, "list", "--today", "2026-11-19")
    assert "本次变动：无" in _rebuild(agency, "2026-11-20")
    write_jsonl(agency / "exports", record(1, performance="已履行"), *map(record, (2, 3, 4)))
    _rebuild(agency, "2026-11-21")
    assert "砂石" not in _page(agency, 1)


def test_no_public_byte_and_no_list_holds_a_private_word(agency: Path) -> None:
    private = (ASKER, CONTACT, CLAIM.split("\n")[1], OFFICER, REASON, "picture of the asker")
    public = [path for path in (agency / "site").rglob("*") if path.is_file()]
    public += (agency / "state").glob("public.sqlite*")
    reports = [path for path in (agency / "state" / "report").rglob("*") if path.is_file()]
    assert len(public) > 20
    for path in (*public, *reports):
        content = path.read_bytes()
        for word in private[: 6 if path in public else 3]:
            assert word.encode() not in content, path
    told = _correction(agency, "list", "--today", "2026-11-19")
    assert OFFICER in told
    for word in (*private[:3], REASON):
        assert word not in told
    shown = _correction(agency, "show", "2026-1", "--today", "2026-11-19")
    assert ASKER in shown
    assert "完好" in shown
    with open_register(agency / "state" / "register.sqlite") as register:
        assert register.verify() == ()


def test_the_form_on_the_site_can_be_filled_in_on_paper_and_in_word(agency: Path) -> None:
    site = agency / "site" / "current"
    page = (site / "correction.html").read_text("utf-8")
    assert 'href="correction-form.docx"' in page
    form = (site / "correction-form.docx").read_bytes()
    document = docx.Document(io.BytesIO(form))
    labels = [row.cells[0].text for row in document.tables[0].rows]
    assert labels[1] == "申请人（姓名或者名称）"
    for label in labels:
        assert label in (site / "correction-form.html").read_text("utf-8")
    assert document.paragraphs[1].text == "青石县综合行政执法局："
    with zipfile.ZipFile(io.BytesIO(form)) as package:
        assert {part.date_time[0] for part in package.infolist()} == {1980}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("open", "青综执罚决字〔2026〕1号", "--received", "2026-11-16"), "缺少 --asker"),
        (("open", "不是文号"), "不是文号"),
        (("decide", "2026-1", "--actor", "甲"), "缺少 --accepted 等"),
        (("decide", "2026-1", "--accepted", "--actor", "甲", "--reason", "乙"), "缺少 --by"),
        (("show", "2026-99"), "没有 更正〔2026〕99号"),
        (("show", "abc"), "不是编号"),
        (("decide", "2026-1", "--refused", "--basis", "第十二条"), "缺少 --actor"),
    ],
)
def test_what_lacks_is_named_where_nobody_can_be_asked(
    agency: Path, words: tuple[str, ...], told: str
) -> None:
    code, said = _run(agency, "correction", *words)
    assert code == ExitCode.USAGE
    assert told in said


def test_at_a_terminal_the_program_asks_for_what_lacks(agency: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pipeline", "-C", str(agency), "correction", "open"]
    command += [record(2)["case_number"], "--today", "2026-11-20", "--kind", "explain"]
    os.write(ours, "申请人乙\n13800001111\n请说明罚款的依据\n2026-11-20\n承办人丙\n".encode())
    try:
        done = subprocess.run(
            command,
            stdin=theirs,
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 0, done.stderr.decode()
    assert "已登记 解释〔2026〕1号" in done.stdout.decode()
    assert "期限：2026年11月27日" in done.stdout.decode()
