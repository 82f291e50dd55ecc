"""The bundle for the supervising authority: every trigger watched, every figure the register's."""

import hashlib
import io
import json
import shutil
import sqlite3
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result

from pipeline.casefile.predicates import PREDICATES as CASE_FILE
from pipeline.cli import gongshi
from pipeline.domain.faults import ExitCode
from pipeline.lifecycle.attention import Act
from pipeline.lifecycle.history import History
from pipeline.policy.load import load_policy, pack_keys
from pipeline.report.inspection.draw import draw
from pipeline.report.inspection.triggers import TRIGGERS
from pipeline.screening.predicates import PREDICATES as SCREENING
from tests.conftest import SampleAgency, run_gongshi

TODAY = ("--today", "2026-11-20")
DAY = date(2026, 11, 20)
GONE = "常综执罚决字〔2021〕第0032号"


def _inspect(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(gongshi, ["-C", str(folder), "inspect", *words, *TODAY])


@pytest.fixture(scope="module")
def bundle(sample: SampleAgency, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("inspection") / "检查包"
    done = run_gongshi(sample.folder, "inspect", str(out), "--decision", GONE, *TODAY)
    assert done.returncode == 0, done.stderr
    return out


def test_there_are_fourteen_triggers_each_with_its_item_and_its_watch() -> None:
    assert [each.number for each in TRIGGERS] == list(range(1, 15))
    assert str(TRIGGERS[0].basis).endswith("》第五十七条第一项")
    assert str(TRIGGERS[9].basis).endswith("》第五十七条第十项")
    assert str(TRIGGERS[13].basis).endswith("》第五十七条第十四项")
    assert all(each.watch for each in TRIGGERS)


def test_every_check_named_by_a_trigger_exists() -> None:
    named = {name for each in TRIGGERS for name in each.predicates}
    assert named <= SCREENING.keys() | CASE_FILE.keys()
    clocks = load_policy("changshan-2021").clocks
    assert {clock for each in TRIGGERS for clock in each.clocks} <= clocks.keys()


def test_every_check_of_every_pack_belongs_to_a_trigger() -> None:
    named = {name for each in TRIGGERS for name in each.predicates}
    policies = [load_policy(key) for key in pack_keys()]
    used = {rule.predicate for policy in policies for rule in policy.screening}
    used |= {duty.predicate for policy in policies for duty in (*policy.records, *policy.review)}
    assert used <= named


def test_the_summary_answers_all_fourteen_and_agrees_with_the_register(
    bundle: Path, sample: SampleAgency
) -> None:
    page = BeautifulSoup((bundle / "检查摘要.html").read_text("utf-8"), "html.parser")
    rows = page.select("section:nth-of-type(1) tbody tr")
    assert len(rows) == 14
    assert "校验无误" in page.select_one(".headline").get_text()  # type: ignore[union-attr]
    withheld = sum(each["state"] == "withheld" for each in sample.decisions.values())
    assert f"{withheld} 件已拦下不予公开" in rows[3].get_text()
    with sqlite3.connect(sample.folder / "state" / "register.sqlite") as register:
        query = "SELECT count(*) FROM event WHERE on_day BETWEEN '2026-01-01' AND '2026-11-20'"
        told = register.execute(query).fetchone()[0]
    register.close()
    assert f"台账记载 {told} 条" in page.get_text()


def test_the_ledger_says_what_was_done_when_by_whom_and_under_which_article(bundle: Path) -> None:
    book = openpyxl.load_workbook(bundle / "台账.xlsx")
    rows = list(book["台账经过"].iter_rows(values_only=True))
    assert rows[0] == ("序号", "日期", "文号", "事项", "经办", "说明和依据")
    withdrawn = [row for row in rows if row[3] == "撤下"]
    assert len(withdrawn) == 4
    assert all("《" in str(row[5]) and row[4] == "gongshi rebuild" for row in withdrawn)
    kept = list(book["期限履行"].iter_rows(values_only=True))[1:]
    assert all(row[5] == ("逾期" if row[4] > row[3] else "按期") for row in kept)
    assert {row[1] for row in kept} >= {"公开行政处罚决定", "公开期满撤下"}


def test_every_file_is_in_the_list_of_digests_and_in_the_archive(bundle: Path) -> None:
    listed = dict(
        reversed(line.split("  ", 1))
        for line in (bundle / "清单.sha256").read_text("utf-8").splitlines()
    )
    files = {
        str(path.relative_to(bundle)): path.read_bytes()
        for path in bundle.rglob("*")
        if path.is_file()
    }
    assert listed == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name != "清单.sha256"
    }
    with zipfile.ZipFile(bundle.with_name("检查包.zip")) as package:
        packed = {name.split("/", 1)[1]: package.read(name) for name in package.namelist()}
    assert packed == files
    assert {path.stat().st_mode & 0o777 for path in bundle.rglob("*") if path.is_file()} == {0o600}


def test_the_digests_of_the_site_are_those_of_its_files(bundle: Path, sample: SampleAgency) -> None:
    for line in (bundle / "网站文件.sha256").read_text("utf-8").splitlines():
        sha256, name = line.split("  ", 1)
        assert hashlib.sha256((sample.site / name).read_bytes()).hexdigest() == sha256


def test_one_decision_tells_its_whole_course(bundle: Path) -> None:
    page = next((bundle / "decisions").iterdir()).read_text("utf-8")
    assert GONE in page
    for word in ("新公示", "期满", "2021-06-30", "2026-10-30", "第十一条"):
        assert word in page


def test_no_byte_of_the_bundle_is_protected(bundle: Path, sample: SampleAgency) -> None:
    hidden = {str(value) for told in sample.decisions.values() for value in told.get("absent", [])}
    content = {str(path): path.read_bytes() for path in bundle.rglob("*") if path.is_file()}
    with zipfile.ZipFile(io.BytesIO((bundle / "台账.xlsx").read_bytes())) as book:
        content |= {name: book.read(name) for name in book.namelist()}
    leaks = [(name, value) for name, each in content.items() for value in hidden
             if value.encode() in each]  # fmt: skip
    assert leaks == []


def test_a_register_that_was_altered_is_told_in_the_first_line(
    sample: SampleAgency, tmp_path: Path
) -> None:
    folder = tmp_path / "altered"
    shutil.copytree(sample.folder, folder, symlinks=True)
    with sqlite3.connect(folder / "state" / "register.sqlite") as register:
        for (name,) in register.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            register.execute(f"DROP TRIGGER {name}")
        register.execute("UPDATE event SET actor = 'x' WHERE seq = 3")
    register.close()
    done = _inspect(folder, str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    assert "不符" in done.output
    page = (tmp_path / "out" / "检查摘要.html").read_text("utf-8")
    assert "事件 3 的内容已被改动" in page


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("site/x",), "不能写在网站"),
        (("exports",), "不能写在网站"),
        (("state",), "已有文件"),
        (("out", "--decision", "x"), "不是文号"),
        (("out", "--decision", "常综执罚决字〔2026〕第9999号"), "台账里没有"),
        (("out", "--from", "2026-05-02", "--to", "2026-05-01"), "颠倒"),
    ],
)
def test_a_place_or_number_that_cannot_be_is_refused(
    sample: SampleAgency, words: tuple[str, ...], told: str
) -> None:
    out = str(sample.folder / words[0])
    done = _inspect(sample.folder, out, *words[1:])
    assert done.exit_code == ExitCode.USAGE
    assert told in done.output


def test_a_spot_check_draws_the_same_decisions_again(sample: SampleAgency, tmp_path: Path) -> None:
    drawn = []
    for name in ("one", "two"):
        done = _inspect(sample.folder, str(tmp_path / name), "--sample", "3")
        assert done.exit_code == 0, done.output
        assert len(list((tmp_path / name / "decisions").iterdir())) == 3
        book = openpyxl.load_workbook(tmp_path / name / "台账.xlsx")
        drawn.append([row[1] for row in book["抽查"].iter_rows(min_row=2, values_only=True)])
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) == 3


def test_another_register_draws_other_decisions() -> None:
    acts = tuple(
        Act(seq=n, on=DAY, case_number=f"第{n}号", kind="", actor="", summary="") for n in range(99)
    )

    def drawn(head: str) -> tuple[str, ...]:
        return draw(
            History(since=DAY, until=DAY, acts=acts, deeds=(), runs=1, run_days=1, head=head), 5
        )

    assert len(drawn("a")) == 5
    assert drawn("a") != drawn("b")
    assert set(drawn("a")) <= {act.case_number for act in acts}


def test_what_was_open_is_that_of_the_last_report(bundle: Path, sample: SampleAgency) -> None:
    report = json.loads((sample.folder / "state/report/latest/report.json").read_bytes())
    rows = list(openpyxl.load_workbook(bundle / "台账.xlsx")["待处理"].iter_rows(values_only=True))
    assert len(rows) - 1 == sum(len(matter["points"]) for matter in report["matters"])
