"""A list as its keeper writes it: what is read, and every fault at once with its place."""
# ruff: noqa: E501 - a table is read by its rows

from datetime import date
from pathlib import Path

import pytest

from pipeline.domain.faults import BadSiteError
from pipeline.policy.vocabulary import PAGES
from pipeline.settings import bundled
from pipeline.site.tables.catalogue import OFFICERS, TABLES
from pipeline.site.tables.cells import BadCellError, read_cell
from pipeline.site.tables.model import Cell
from pipeline.site.tables.read import load_tables
from tests.conftest import SAMPLE

OFFICER = "姓名: 简宁\n    单位: 一中队\n    职务: 队员\n    证件编号: '0110'\n    执法类别: 综合\n    执法区域: 全县"
HEADINGS = "姓名,单位,职务,证件编号,执法类别,执法区域"


def write(content: Path, text: str, key: str = "officers") -> Path:
    (content / "tables").mkdir(exist_ok=True)
    (content / "tables" / f"{key}.yaml").write_text(text, "utf-8")
    return content


def faults_of(content: Path) -> list[str]:
    with pytest.raises(BadSiteError) as caught:
        load_tables(content)
    return str(caught.value).splitlines()[1:]


def test_a_list_is_read_with_its_day_and_no_number_loses_a_zero(tmp_path: Path) -> None:
    text = f"reviewed_on: 2026-03-01\nnote: 说明一句\nrows:\n  - {OFFICER}\n"
    (table,) = load_tables(write(tmp_path, text))
    assert (table.kind, table.reviewed_on, table.note) == (OFFICERS, date(2026, 3, 1), "说明一句")
    assert table.rows[0].cells == ("简宁", "一中队", "队员", "0110", "综合", "全县", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_may_stand_in_a_csv_file_as_a_spreadsheet_saves_it(
    tmp_path: Path, encoding: str
) -> None:
    write(tmp_path, "reviewed_on: 2026年3月1日\nrows: officers.csv\n")
    lines = f"{HEADINGS}\r\n简宁,一中队,队员,0110,综合,全县\r\n,,,,,\r\n"
    (tmp_path / "tables" / "officers.csv").write_bytes(lines.encode(encoding))
    (table,) = load_tables(tmp_path)
    assert [row.cells[3] for row in table.rows] == ["0110"]


def test_a_form_without_a_day_is_never_shown(tmp_path: Path) -> None:
    assert load_tables(write(tmp_path, f"reviewed_on:\nrows:\n  - {OFFICER}\n")) == ()
    assert load_tables(tmp_path / "nowhere") == ()


def test_what_comes_with_the_program_states_nothing_of_any_bureau() -> None:
    assert load_tables(bundled("content")) == ()
    forms = {path.stem for path in (bundled("content") / "tables").glob("*.yaml")}
    assert forms == {kind.key for kind in TABLES}


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.key)
def test_every_form_names_the_columns_that_are_read(kind) -> None:  # noqa: ANN001
    form = (bundled("content") / "tables" / f"{kind.key}.yaml").read_text("utf-8")
    (told,) = (line for line in form.splitlines() if "栏目（带 * 的必须填写）" in line)
    names = told.partition("：")[2].split("、")
    assert [name.rstrip("*") for name in names] == list(kind.headings)
    assert [name.endswith("*") for name in names] == [column.required for column in kind.columns]


def test_a_pack_can_ask_for_every_list() -> None:
    assert {kind.key: kind.title for kind in TABLES}.items() <= PAGES.items()


def test_the_sample_fills_every_list() -> None:
    tables = load_tables(SAMPLE / "content")
    assert [table.kind.key for table in tables] == [kind.key for kind in TABLES]
    assert all(table.rows for table in tables)


def test_the_nine_known_rows_of_the_list_of_recordings_are_there() -> None:
    (records,) = (t for t in load_tables(SAMPLE / "content") if t.kind.key == "av-records")
    assert [records.cell(row, "序号") for row in records.rows] == [str(n) for n in range(1, 10)]
    assert records.cell(records.rows[8], "记录事项") == "当事人口头陈述申辩情况"
    assert [name for name, _ in records.groups] == [
        "现场检查", "双随机抽查", "调查取证环节", "审查决定环节",
    ]  # fmt: skip


def test_the_sample_keeps_the_hand_written_pages_of_the_program() -> None:
    ours = {path.name: path.read_bytes() for path in bundled("content").glob("*.md")}
    theirs = {path.name: path.read_bytes() for path in (SAMPLE / "content").glob("*.md")}
    assert theirs == ours, "cp content/*.md examples/changshan/content/"


def test_every_fault_of_every_file_is_told_at_once_and_none_repeats_a_value(
    tmp_path: Path,
) -> None:
    write(
        tmp_path,
        "reviewed_on: 2026-03-01\nrows:\n  - 姓名: 简宁\n    电话: 1\n    职务: 身份证33082219990101123X\n    证件编号: '*'\n",
    )
    write(tmp_path, "reviewed_on: soon\nrows: []\n", "windows")
    write(tmp_path, "reviewed_on: 2026-03-01\nrow: []\n", "items")
    write(tmp_path, "reviewed_on: 2026-03-01\nrows: ../officers.csv\n", "monitors")
    write(tmp_path, "reviewed_on: 2026-03-01\nrows: [a]\n", "guides")
    write(tmp_path, "a: [", "flows")
    write(tmp_path, "rows: []\n", "oficers")
    found = faults_of(tmp_path)
    for place in (
        "tables/officers.yaml · 第1项 · 单位：没有填写",
        "tables/officers.yaml · 第1项 · 职务：疑似公民身份号码",
        "tables/officers.yaml · 第1项 · 证件编号：还是样式",
        "tables/officers.yaml · 第1项：有 1 个不认识的栏目",
        "tables/windows.yaml · reviewed_on：不是日期",
        "tables/items.yaml · row：有不认识的项",
        "tables/monitors.yaml · rows：应是一列内容",
        "tables/guides.yaml · rows：每一项应是",
        "tables/flows.yaml：",
        "tables/oficers.yaml：没有这种清单",
    ):
        assert any(line.startswith(place) for line in found), place
    assert "33082219990101123X" not in "\n".join(found)
    assert "简宁" not in "\n".join(found)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"{HEADINGS}\n简宁,一中队,队员,0110,综合,全县,多,余\n", "第2行的格数多于标题"),
        (f'{HEADINGS}\n"简宁\n', "行不是 CSV"),
    ],
)
def test_a_bad_csv_file_is_told_with_its_line(tmp_path: Path, content: str, told: str) -> None:
    write(tmp_path, "reviewed_on: 2026-03-01\nrows: officers.csv\n")
    (tmp_path / "tables" / "officers.csv").write_text(content + "甲,\n", "utf-8")
    assert told in "\n".join(faults_of(tmp_path))


def test_a_missing_or_unreadable_csv_file_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "reviewed_on: 2026-03-01\nrows: officers.csv\n")
    assert "不存在或无法读取" in faults_of(tmp_path)[0]
    (tmp_path / "tables" / "officers.csv").write_bytes(b"\x81")
    assert "编码无法识别" in faults_of(tmp_path)[0]
    (tmp_path / "tables" / "officers.csv").write_bytes(b"a" * 1_000_001)
    assert "超过 1 MB" in faults_of(tmp_path)[0]


@pytest.mark.parametrize(
    ("cell", "written", "shown"),
    [
        (Cell.TEXT, "  一行 \n  二行\n", "一行\n二行"),
        (Cell.TEXT, "不低于20%", "不低于20%"),
        (Cell.DAY, "2026年1月5日", "2026-01-05"),
        (Cell.UNTIL, "2027/12/31", "2027-12-31"),
        (Cell.CERTIFICATE, "13082201001", "13082201001"),
        (Cell.CERTIFICATE, "浙ZJ-0110（A）", "浙ZJ-0110（A）"),
        (Cell.PHONE, "0570-5000001， 12345", "0570-5000001、12345"),
        (Cell.PHONE, "", ""),
    ],
)
def test_a_cell_is_shown_as_it_is_meant(cell: Cell, written: str, shown: str) -> None:
    assert read_cell(written, cell) == shown


@pytest.mark.parametrize(
    ("cell", "written", "problem"),
    [
        (Cell.TEXT, "……", "还是样式"),
        (Cell.TEXT, "联系13805700001", "疑似手机号码"),
        (Cell.TEXT, "１３８ ０５７０ ０００１", "疑似手机号码"),
        (Cell.PHONE, "13805700001", "疑似手机号码"),
        (Cell.PHONE, "办公室", "不是办公电话"),
        (Cell.CERTIFICATE, "330822199901011234", "疑似公民身份号码"),
        (Cell.CERTIFICATE, "张三 0110", "不是证件编号"),
        (Cell.DAY, "2026-02-30", "不是日期"),
        (Cell.TEXT, "字" * 2001, "文字过长"),
    ],
)
def test_a_cell_that_must_not_be_public_or_says_nothing_is_refused(
    cell: Cell, written: str, problem: str
) -> None:
    with pytest.raises(BadCellError) as caught:
        read_cell(written, cell)
    assert problem in caught.value.problem
    assert caught.value.remedy
