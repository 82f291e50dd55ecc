"""Hostile text in every cell of a table and in a PDF: all is counted, no report runs it."""

import io
import re
from pathlib import Path

import pytest
from lxml import etree, html
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.intake.sheet_columns import COLUMNS
from tests.conftest import run_gongshi
from tests.exports import DAY, record, write_jsonl
from tests.hostile.payloads import PAYLOADS
from tests.intake.sheet_rows import csv_bytes, grid, row, xlsx_bytes

_RUNS = re.compile(r"on[a-z]+|srcdoc|formaction")
_FONT = "STSong-Light"


def _rows(first: int) -> list[dict[str, object]]:
    """Return one row for each payload and column: the payload stands in that column."""
    columns = [column.key for column in COLUMNS]
    texts = [text for text in PAYLOADS.values() if "\x00" not in text]
    return [
        row(case_number=f"某综执罚决字〔2024〕{first + number}号") | {columns[number]: text}
        for number, text in enumerate(texts[number % len(texts)] for number in range(len(columns)))
    ]


def _printed(lines: list[str]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setFont(_FONT, 10)
    for number, line in enumerate(lines):
        canvas.drawString(50, 800 - 14 * number, "".join(filter(str.isprintable, line)))
    canvas.save()
    return stream.getvalue()


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "agency"
    run_gongshi(folder.parent, "init", str(folder), "--name", "某县综合行政执法局")
    exports = folder / "exports"
    write_jsonl(exports, record(1), {k: v for k, v in record(2).items() if k != "document_text"})
    printable = [
        {key: "".join(filter(str.isprintable, str(cell))) for key, cell in each.items()}
        for each in _rows(500)
    ]
    (exports / "表.csv").write_bytes(csv_bytes(grid(*_rows(100))))
    (exports / "表.xlsx").write_bytes(xlsx_bytes(法人=grid(*printable)))
    lines = ["行政处罚决定书", str(record(2)["case_number"]), *PAYLOADS.values()]
    (exports / "书.pdf").write_bytes(_printed(lines))
    done = run_gongshi(folder, "rebuild", "--today", DAY)
    assert done.returncode == 0, done.stderr
    assert "公示 1" in done.stdout or "公示 2" in done.stdout
    assert all(char.isprintable() or char == "\n" for char in done.stdout)
    return folder


def test_every_row_is_counted(agency: Path) -> None:
    told = run_gongshi(agency, "check", str(agency / "exports"), "--today", DAY)
    counted = re.search(r"处罚决定 ([\d,]+)", told.stdout)
    assert counted
    assert int(counted[1].replace(",", "")) > len(COLUMNS)


def test_no_page_and_no_report_runs_what_a_cell_brought(agency: Path) -> None:
    reports = list((agency / "state" / "report").rglob("*.html"))
    pages = list((agency / "site" / "current").rglob("*.html"))
    assert reports
    assert pages
    for path in (*reports, *pages):
        for element in html.fromstring(path.read_bytes()).iter(etree.Element):
            assert element.tag not in {"iframe", "object", "embed", "base"}, path.name
            for name, value in element.attrib.items():
                assert not _RUNS.fullmatch(name), (path.name, name)
                assert not value.strip().lower().startswith("javascript:"), path.name


def test_nothing_is_made_outside_the_agency(agency: Path) -> None:
    assert {path.name for path in agency.parent.iterdir()} == {"agency"}
    assert not list(agency.rglob("*escaped*"))
