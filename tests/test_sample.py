"""The main job on the sample: every decision is where its rule puts it, and nothing leaks."""

import csv
import re
import shutil
import sqlite3
from pathlib import Path

from pipeline.domain.case_number import CaseNumber
from tests.conftest import SAMPLE, SampleAgency, run_anew, run_gongshi

STATES = {
    "published": "公示中",
    "withheld": "不予公开",
    "held": "待核",
    "withdrawn": "撤下",
    "expired": "期满",
    "suspended": "暂停公示",
}
TODAY = "2026-11-20"


def _files(site: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def _listed() -> frozenset[str]:
    """Return what the list of officers is for: public on its page, hidden everywhere else."""
    with (SAMPLE / "content" / "tables" / "officers.csv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines)
        return frozenset(row[heading] for row in rows for heading in ("姓名", "证件编号"))


def _page(sample: SampleAgency, number: str) -> Path:
    return sample.site / "decisions" / f"{CaseNumber.parse(number).slug}.html"


def test_every_decision_is_where_its_rule_puts_it(sample: SampleAgency) -> None:
    with sqlite3.connect(sample.folder / "state" / "register.sqlite") as register:
        stands = dict(register.execute("SELECT key, state FROM decision"))
    register.close()
    expected = {
        CaseNumber.parse(number).key: STATES[str(told["state"])]
        for number, told in sample.decisions.items()
    }
    assert {key: stands.get(key) for key in expected} == expected
    assert len(expected) >= 60
    assert set(expected.values()) >= {"公示中", "不予公开", "待核", "撤下", "期满"}


def test_nothing_that_must_be_hidden_stands_in_any_byte_of_the_site(sample: SampleAgency) -> None:
    everything = {**_files(sample.site), "names": "\n".join(_files(sample.site)).encode()}
    leaks = [
        (path, number)
        for number, told in sample.decisions.items()
        for value in told.get("absent", [])
        for path, content in everything.items()
        if str(value).encode() in content
        and not (path == "officers.html" and str(value) in _listed())
    ]
    assert leaks == []


def test_what_must_stay_stands_on_the_page(sample: SampleAgency) -> None:
    missing = [
        (number, value)
        for number, told in sample.decisions.items()
        if told["state"] == "published"
        for value in told.get("present", [])
        if str(value) not in _page(sample, number).read_text("utf-8")
    ]
    assert missing == []


def test_only_public_decisions_have_an_address(sample: SampleAgency) -> None:
    for number, told in sample.decisions.items():
        public = told["state"] in {"published", "withdrawn", "expired", "suspended"}
        assert _page(sample, number).exists() == public, number


def test_the_closing_line_adds_up(sample: SampleAgency) -> None:
    closing = sample.last.stdout.strip().splitlines()[-1]
    counts = [int(number) for number in re.findall(r"\d+", closing)]
    assert closing.startswith("处罚决定 ")
    assert counts[0] == sum(counts[1:]) == len(sample.decisions)


def test_a_second_run_changes_not_one_byte(sample: SampleAgency, tmp_path: Path) -> None:
    folder = tmp_path / "again"
    shutil.copytree(sample.folder, folder, symlinks=True)
    before = _files(folder / "site" / "current")
    again = run_gongshi(folder, "rebuild", "--today", TODAY)
    assert again.returncode == 0, again.stderr
    assert "本次变动：无" in again.stdout
    assert _files(folder / "site" / "current") == before


def test_a_first_run_elsewhere_gives_the_same_bytes(sample: SampleAgency, tmp_path: Path) -> None:
    nights = (
        ("2021-06-30", "earlier/2021-06-30"),
        ("2026-10-30", "earlier/2026-10-30"),
        (TODAY, "exports"),
    )
    other = tmp_path / "other"
    shutil.copytree(sample.folder, other, ignore=shutil.ignore_patterns("state", "site"))
    for day, exports in nights:
        run = run_anew(other, "rebuild", "--today", day, "--exports", str(other / exports))
        assert run.returncode == 0, run.stderr
    assert _files(other / "site" / "current") == _files(sample.site)


def test_no_word_on_the_terminal_is_protected(sample: SampleAgency) -> None:
    check = run_gongshi(sample.folder, "check", "--today", TODAY)
    told = sample.last.stdout + sample.last.stderr + check.stdout + check.stderr
    hidden = {
        str(value) for told_of in sample.decisions.values() for value in told_of.get("absent", [])
    }
    assert hidden
    assert [value for value in hidden if value in told] == []


def test_the_register_and_the_projection_hold_no_raw_text(sample: SampleAgency) -> None:
    hidden = {str(value) for told in sample.decisions.values() for value in told.get("absent", [])}
    state = sample.folder / "state"
    for path in (path for path in state.rglob("*") if path.is_file()):
        content = path.read_bytes()
        allowed = _listed() if path.name == "officers.html" else frozenset()
        assert [v for v in hidden - allowed if v.encode() in content] == [], path.name


def test_an_officer_stands_on_the_list_of_officers_and_on_no_decision(
    sample: SampleAgency,
) -> None:
    listed = (sample.site / "officers.html").read_text("utf-8")
    assert all(value in listed for value in _listed())
    for page in (sample.site / "decisions").rglob("*.html"):
        text = page.read_text("utf-8")
        assert [value for value in _listed() if value in text] == [], page.name


def test_the_figures_of_the_year_are_those_of_the_register(sample: SampleAgency) -> None:
    lines = (sample.site / "statistics" / "2026.csv").read_text("utf-8-sig").splitlines()
    rows = list(csv.reader(lines))
    made = next(int(row[3]) for row in rows if row[2] == "合计")
    standings = {row[2]: int(row[3]) for row in rows if row[1] == "按公示情况"}
    assert sum(standings.values()) == made
    with sqlite3.connect(sample.folder / "state" / "register.sqlite") as register:
        query = (
            "SELECT state, count(*) FROM decision "
            "WHERE tally != 'null' AND decided_on LIKE '2026%' GROUP BY state"
        )
        assert dict(register.execute(query)) == standings
    register.close()
    assert standings["公示中"] == 38
