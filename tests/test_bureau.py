"""A bureau with a 双公示 sheet and a folder of DOCX files, following only the messages."""
# ruff: noqa: E501 - a table is read by its rows

from pathlib import Path

import docx
import openpyxl
import pytest

from pipeline.domain.faults import ExitCode
from tests.conftest import run_gongshi

TODAY = ("--today", "2026-11-20")
NUMBERS = ("常综执罚决字〔2026〕第201号", "常综执罚决字〔2026〕第202号")
HEADINGS = (
    "行政相对人名称", "行政相对人类别", "行政相对人代码_1（统一社会信用代码）", "法定代表人", "证件类型",
    "证件号码", "行政处罚决定书文号", "违法行为类型", "违法事实", "处罚依据", "处罚类别", "处罚内容",
    "罚款金额（万元）", "处罚决定日期", "处罚有效期", "处罚机关", "处罚机关统一社会信用代码",
    "数据来源单位", "数据来源单位统一社会信用代码", "备注",
)  # fmt: skip
ORGAN = ("常山县综合行政执法局", "11330822MB0000001R")
ROWS = (
    ("常山顺达渣土运输有限公司", "法人及非法人组织", "91330822MA65H0FHQ3", "冯立群", "", "", NUMBERS[0],
     "未经核准擅自处置建筑垃圾", "运输渣土沿途抛撒", "《浙江省城市市容和环境卫生管理条例》", "罚款",
     "罚款人民币贰仟元整", "0.2", "2026/10/20", "2099/12/31", *ORGAN, *ORGAN, ""),
    ("周建安", "自然人", "", "", "身份证", "330822198505154414", NUMBERS[1], "占道经营", "在定阳路占道摆摊",
     "《浙江省城市市容和环境卫生管理条例》", "罚款", "罚款人民币贰佰元整", "0.02", "2026/10/21",
     "2099/12/31", *ORGAN, *ORGAN, ""),
)  # fmt: skip


def _sheet(path: Path, *rows: tuple[str, ...]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)


def _decisions(folder: Path) -> None:
    for row, day in zip(ROWS, ("2026年10月20日", "2026年10月21日"), strict=True):
        document = docx.Document()
        document.add_heading("常山县综合行政执法局行政处罚决定书", 1)
        for line in (
            row[6], f"当事人：{row[0]}。",
            "2026年9月1日，执法人员柴国栋、毛丽仙巡查时发现违法行为，证人何桂英（电话13857012345）予以证实。",
            "罚款缴至常山县财政局，账号：19750101040000018。本机关咨询电话：0570-5021234。",
            ORGAN[0], day,
        ):  # fmt: skip
            document.add_paragraph(line)
        document.save(str(folder / f"{row[6]}.docx"))


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    folder = tmp_path / "agency"
    assert run_gongshi(tmp_path, "init", str(folder), "--name", ORGAN[0]).returncode == 0
    _sheet(folder / "exports" / "双公示.xlsx", HEADINGS, *ROWS)
    _decisions(folder / "exports")
    return folder


def test_from_a_sheet_and_documents_to_a_site_by_following_the_messages(agency: Path) -> None:
    first = run_gongshi(agency, "check", *TODAY)
    assert first.returncode == ExitCode.NOTHING_PUBLISHED
    assert first.stdout.strip().endswith("待核 2")
    for remedy in ("扩展列“适用程序”", "扩展列“送达日期”", "审查表", "批次声明"):
        assert remedy in first.stdout

    extended = [(*row, "普通程序", "2026/10/25") for row in ROWS]
    _sheet(agency / "exports" / "双公示.xlsx", (*HEADINGS, "适用程序", "送达日期"), *extended)
    reviews = [
        row
        for number in NUMBERS
        for row in (
            (number, "保密审查", "不涉及", "毕春和", "2026/10/26", "申屠远"),
            (number, "法制审核", "通过", "祝文澜", "2026/10/18", ""),
        )
    ]
    heading = ("文号", "审查事项", "审查结论", "审查人", "审查日期", "制作人")
    _sheet(agency / "exports" / "审查表.xlsx", heading, *reviews)

    done = run_gongshi(agency, "rebuild", *TODAY)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip().endswith("公示 2 · 不予公开 0 · 待核 0 · 撤下 0 · 期满 0")
    pages = [
        path.read_text("utf-8") for path in (agency / "site/current/decisions").rglob("*.html")
    ]
    assert len(pages) == len(NUMBERS)
    for page in pages:
        for hidden in ("柴国栋", "毛丽仙", "何桂英", "13857012345", "冯立群", "330822198505154414"):
            assert hidden not in page
        for public in ("19750101040000018", "0570-5021234", "罚款人民币"):
            assert public in page
