"""``gongshi explain`` and the share of held decisions, as staff meet them on the sample."""

import re
import stat
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from pipeline.cli import gongshi
from pipeline.domain.decision import Decision
from pipeline.domain.faults import BadExportError, ExitCode
from pipeline.examination import inspect, receive
from pipeline.rebuild import load
from pipeline.report.explanation import explain
from pipeline.report.explanation import told as lines_of
from pipeline.report.trace_page import trace_page
from pipeline.settings import load_settings
from tests.conftest import SAMPLE, copy_sample, run_gongshi

TODAY = ("--today", "2026-11-20")
EXPECTED = yaml.safe_load((SAMPLE / "expected.yaml").read_text("utf-8"))["decisions"]
NUMBER = "常综执罚决字〔2026〕第0001号"
HIDDEN = frozenset(str(value) for each in EXPECTED.values() for value in each.get("absent", []))


def ran(agency: Path, *words: str) -> Result:
    """Run ``explain`` in this process."""
    return CliRunner().invoke(gongshi, ["-C", str(agency), "explain", *words, *TODAY])


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_sample(tmp_path_factory.mktemp("explain") / "changshan")


def test_the_terminal_holds_no_protected_value_and_the_page_is_private(agency: Path) -> None:
    told = run_gongshi(agency, "explain", NUMBER, *TODAY)
    assert told.returncode == 0, told.stderr
    assert [value for value in HIDDEN if value in told.stdout + told.stderr] == []
    page = Path(told.stdout.strip().rpartition("：")[2])
    assert page.is_relative_to(agency / "state" / "explain")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert stat.S_IMODE((agency / "state" / "explain").stat().st_mode) == 0o700
    shown = page.read_text("utf-8")
    count = int(re.search(r"隐去 (\d+) 处", told.stdout)[1])  # type: ignore[index]
    assert count
    assert all(f'<tr id="n{n}"' in shown for n in range(1, count + 1))
    assert "不得公开" in shown


def test_no_decision_of_the_sample_puts_a_protected_value_on_the_terminal(agency: Path) -> None:
    settings = load_settings(agency)
    policy, today = load(settings), date(2026, 11, 20)
    received = receive(settings, settings.folders.exports, today=today).received
    explained = 0
    for each in received:
        if isinstance(each, Decision):
            found = inspect(each, policy, settings, today=today)
            explanation = explain(each, found.trace, found.verdict, policy)
            lines = "\n".join(lines_of(explanation))
            assert [value for value in HIDDEN if value in lines] == [], each.case_number.display
            page = trace_page(explanation)
            assert all(f'<tr id="n{item.number}"' in page for item in explanation.items)
            assert all(f'href="#n{item.number}"' in page for item in explanation.items)
            explained += bool(explanation.items)
    assert explained > 50
    assert len(HIDDEN) > 100


def test_positions_kinds_evidence_articles_and_the_verdict_are_told(agency: Path) -> None:
    told = ran(agency, NUMBER).stdout
    line = next(line for line in told.splitlines() if "身份证件号码" in line)
    assert re.search(
        r"\d+\. 文书第\d+段第\d+至\d+字 · 身份证件号码 · 确定 · \w+：.+ · 《.+》", line
    )
    assert "（执法人员）" in told
    assert "文号 1 处" in told
    assert re.search(r"^存疑 \d+ 处，制度允许 \d+ 处$", told, re.MULTILINE)
    assert "结论：予以公开" in told


def test_what_is_withheld_is_explained_with_its_articles(agency: Path) -> None:
    number = next(n for n, each in EXPECTED.items() if each["state"] == "withheld")
    told = ran(agency, number)
    assert told.exit_code == 0, told.stderr
    assert "结论：不予公开" in told.stdout
    assert re.search(r"  不予公开：.+（《.+》.+）", told.stdout)


def test_a_decision_that_cannot_be_read_is_answered_with_its_faults(agency: Path) -> None:
    told = ran(agency, "常综执罚决字〔2026〕第48号")
    assert "还读不成一件完整的决定，待核" in told.stderr
    assert isinstance(told.exception, BadExportError)
    assert "决定书" in str(told.exception)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("不是文号",), "不是文号"),
        (("常综执罚决字〔1999〕第1号",), "导出里没有这个文号"),
        ((NUMBER, "--html", "{agency}/site/current/a.html"), "不能写在网站"),
        ((NUMBER, "--html", "{agency}/exports/a.html"), "不能写在网站"),
        ((NUMBER, "--html", "{agency}/state/../exports/a.html"), "不能写在网站"),
        ((NUMBER, "--html", "{agency}/gongshi.yaml"), "以 .html 结尾"),
        ((NUMBER, "--html", "/proc/nowhere/a.html"), "写不到"),
    ],
)
def test_a_word_that_does_not_fit_is_answered_in_chinese(
    agency: Path, words: tuple[str, ...], said: str
) -> None:
    told = ran(agency, *(w.format(agency=agency) for w in words))
    assert told.exit_code == ExitCode.USAGE
    assert said in told.stderr
    assert not (agency / "exports" / "a.html").exists()


def test_the_page_goes_where_it_is_told(agency: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "page.html"
    told = ran(agency, NUMBER, "--html", str(target))
    assert told.exit_code == 0, told.stderr
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    shown = target.read_text("utf-8")
    assert all(value in shown for value in ("18700002194", "330822198105067282", "钱德娟"))
