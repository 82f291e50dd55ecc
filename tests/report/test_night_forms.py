"""The same report as a page, a workbook, JSON and metrics."""

import io
import json
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import jsonschema_rs
import openpyxl
import pytest
from bs4 import BeautifulSoup
from prometheus_client.parser import text_string_to_metric_families

from pipeline.lifecycle.model import State, Urgency
from pipeline.report.night.book import night_book
from pipeline.report.night.compose import compose
from pipeline.report.night.folder import last_success, latest_page, prune, write_night
from pipeline.report.night.metrics import night_metrics
from pipeline.report.night.model import NightReport
from pipeline.report.night.page import MOST, night_page
from pipeline.report.night.record import night_json
from pipeline.report.night.requests import TITLES
from pipeline.report.night.stops import stopped
from tests.report.night_builders import attention, deadline, finding, held, number, outcome

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
GOLDEN = HERE / "golden" / "night.json"
SCHEMA = json.loads((ROOT / "docs" / "night-report.schema.json").read_text("utf-8"))


def _stopped_night() -> str:
    halt = stopped(3, ("处罚.xlsx · 第3行：不是日期。改成日期",))
    return night_json(
        compose(outcome(stopped=halt, received=0, placed={}, attention=None, site=None))
    )


def test_the_json_is_what_it_was() -> None:
    told = night_json(compose(outcome()))
    if os.environ.get("GONGSHI_GOLDEN") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(told, "utf-8")
    assert told == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("told", [night_json(compose(outcome())), _stopped_night()])
def test_the_json_keeps_to_its_schema(told: str) -> None:
    assert [
        str(fault) for fault in jsonschema_rs.validator_for(SCHEMA).iter_errors(json.loads(told))
    ] == []


def test_the_schema_refuses_a_field_that_it_does_not_describe() -> None:
    told = json.loads(night_json(compose(outcome())))
    told["matters"][0]["name"] = "x"
    assert not jsonschema_rs.validator_for(SCHEMA).is_valid(told)


def test_the_counts_of_the_json_add_up() -> None:
    counts = json.loads(night_json(compose(outcome())))["counts"]
    assert counts["received"] == sum(counts["placed"].values()) == 8


def test_the_page_says_first_what_happened_and_what_to_do() -> None:
    page = BeautifulSoup(night_page(compose(outcome())), "html.parser")
    assert page.select_one("main, .headline") is page.select_one(".headline")
    tables = [table["class"] for table in page.select("table.cards")]
    assert [kinds[-1] for kinds in tables[:4]] == ["overdue", "soon", "due", "open"]
    row = page.select_one("table.overdue tbody tr")
    assert row
    cells = [cell.get_text(" ", strip=True) for cell in row.select("td")]
    assert cells == [
        number(1),
        "待核",
        "法制审核未完成 《某县公示办法》第八条第一项",
        "补充审核结论",
        "2026年6月6日",
    ]


def test_the_page_is_one_file_without_a_script() -> None:
    text = night_page(compose(outcome()))
    assert "default-src 'none'" in text
    assert not re.search(r"<script|<link|<img|https?://", text)


def test_the_page_writes_text_as_text() -> None:
    odd = replace(finding(), title="<script>alert(1)</script>")
    text = night_page(compose(outcome(findings={number(9): (odd,)})))
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_a_long_table_ends_and_says_where_the_rest_is() -> None:
    many = attention(*(held(n) for n in range(1, MOST + 31)))
    page = BeautifulSoup(night_page(compose(outcome(attention=many, faults=()))), "html.parser")
    assert len(page.select("table.open tbody tr")) == MOST
    assert "另有 30 件，见 report.xlsx。" in page.get_text()


def test_the_page_of_a_stopped_run_gives_the_reason_and_the_way_out() -> None:
    halt = stopped(13, ("本次将因筛查结果撤下 30 件，未做任何改动",))
    page = BeautifulSoup(
        night_page(compose(outcome(stopped=halt, received=0, placed={}, site=None))), "html.parser"
    )
    head, stop = page.select_one(".headline.bad"), page.select_one("pre.stop")
    assert head
    assert stop
    assert "--allow-removals" in head.get_text()
    assert stop.get_text() == "本次将因筛查结果撤下 30 件，未做任何改动"


def _book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_workbook_has_a_row_for_every_reason() -> None:
    rows = list(_book(night_book(compose(outcome())))["事项"].iter_rows(values_only=True))
    assert rows[0][:4] == ("紧急程度", "期限", "类别", "文号或者位置")
    assert rows[1][:5] == (
        Urgency.OVERDUE.value,
        "2026年6月6日",
        "待核",
        number(1),
        "法制审核未完成",
    )
    assert sum(row[3] == number(9) for row in rows) == 1
    lacks = list(_book(night_book(compose(outcome())))["案卷检查"].iter_rows(values_only=True))
    assert lacks[1][0] == "送达：没有受送达人签章"
    assert lacks[1][3:5] == (1, number(9))


def test_every_form_tells_how_the_requests_of_the_year_stand() -> None:
    report = compose(outcome())
    told = json.loads(night_json(report))["requests"]
    assert told["received"] == sum(told[key] for key in ("in_time", "late", "open", "overdue")) == 8
    page = BeautifulSoup(night_page(report), "html.parser")
    (section,) = (each for each in page.select("section") if each.h2 and each.h2.text == "更正申请")
    row = dict(
        zip(
            (cell.get_text() for cell in section.select("th")),
            (int(cell.get_text()) for cell in section.select("td")),
            strict=True,
        )
    )
    rows = dict(_book(night_book(report))["更正申请"].iter_rows(min_row=3, values_only=True))
    assert row == rows
    assert list(row.values()) == [told[key] for key in TITLES]
    assert (row["按期办结"], row["逾期办结"], row["不予更正"]) == (4, 1, 1)
    assert 'gongshi_correction_requests{count="late"} 1.0' in night_metrics(report).splitlines()


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    odd = replace(finding(), title="=HYPERLINK(1)", act="", document="")
    cells = [
        cell
        for row in _book(night_book(compose(outcome(findings={number(9): (odd,)}))))["案卷检查"]
        for cell in row
        if cell.value == "=HYPERLINK(1)"
    ]
    assert [cell.data_type for cell in cells] == ["s"]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert night_book(compose(outcome())) == night_book(compose(outcome()))


def test_the_metrics_can_be_read_by_who_collects_them() -> None:
    families = {f.name: f for f in text_string_to_metric_families(night_metrics(_full()))}
    assert all(f.documentation and f.type == "gauge" for f in families.values())
    values = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in families.values()
        for sample in family.samples
    }
    assert values["gongshi_run_success",] == 1
    assert values["gongshi_decisions_received",] == 8
    assert values["gongshi_decisions_placed", "published"] == 5
    assert values["gongshi_decisions", State.HELD.name.lower()] == 3
    assert values["gongshi_matters", "held", "overdue"] == 1
    assert values["gongshi_matters", "case_file", "due"] == 1
    assert values["gongshi_run_duration_seconds",] == 12.5
    at = datetime(2026, 6, 10, 2, 0, 12, tzinfo=UTC).timestamp()
    assert values["gongshi_last_success_timestamp_seconds",] == at


def _full() -> NightReport:
    return compose(outcome())


def test_the_metrics_hold_counts_and_nothing_that_names_a_case() -> None:
    text = night_metrics(compose(outcome()))
    assert text.isascii()
    assert "2026" not in text


def test_a_stopped_run_tells_the_metrics_its_code_and_the_last_success() -> None:
    report = compose(outcome(stopped=stopped(10, ("x",)), received=0, placed={}))
    lines = night_metrics(report).splitlines()
    assert "gongshi_run_success 0.0" in lines
    assert "gongshi_run_exit_code 10.0" in lines
    assert any(line.startswith("gongshi_last_success_timestamp_seconds") for line in lines)


def test_the_folder_holds_every_form_for_this_account_only(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    page = write_night(folder, compose(outcome()), metrics=tmp_path / "textfile")
    assert page == folder / "2026-06-10" / "report.html"
    names = {path.name for path in page.parent.iterdir()}
    assert names == {"report.html", "report.json", "report.xlsx", "gongshi.prom"}
    assert {path.stat().st_mode & 0o777 for path in page.parent.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert latest_page(folder) == page
    assert (tmp_path / "textfile" / "gongshi.prom").stat().st_mode & 0o777 == 0o644


def test_latest_follows_the_newest_night_and_knows_the_last_success(tmp_path: Path) -> None:
    assert latest_page(tmp_path) is None
    assert last_success(tmp_path) is None
    first = compose(outcome())
    write_night(tmp_path, first)
    expected = tmp_path / "2026-06-11" / "report.html"
    assert write_night(tmp_path, replace(first, today=first.today.replace(day=11))) == expected
    assert latest_page(tmp_path) == expected
    assert last_success(tmp_path) == first.run.last_success_at


def test_only_the_newest_reports_stay_and_nothing_else_is_touched(tmp_path: Path) -> None:
    first = compose(outcome())
    for day in (9, 11, 10, 8):  # the clock was set back twice
        write_night(tmp_path, replace(first, today=first.today.replace(day=day)))
    (tmp_path / "2026-01-01 备注").mkdir()
    prune(tmp_path, keep=4)
    names = {"2026-06-08", "2026-06-09", "2026-06-10", "2026-06-11", "2026-01-01 备注", "latest"}
    assert {path.name for path in tmp_path.iterdir()} == names
    prune(tmp_path, keep=2)
    assert {path.name for path in tmp_path.iterdir()} == names - {"2026-06-09"}
    assert latest_page(tmp_path) == tmp_path / "2026-06-08" / "report.html"


def test_the_period_that_is_not_near_is_named_in_the_table_of_periods() -> None:
    standing = held(5, due=deadline("withdraw", 2, Urgency.SOON))
    page = BeautifulSoup(night_page(compose(outcome(attention=attention(standing)))), "html.parser")
    titles = [row.select("td")[0].get_text() for row in page.select("section table:not(.cards) tr")
              if row.select("td")]  # fmt: skip
    assert "公开行政处罚决定" in titles
