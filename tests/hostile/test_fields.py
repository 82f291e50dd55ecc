"""Hostile text in every field of every format: nothing runs, nothing escapes, the batch goes on."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree, html

from pipeline.domain.case_number import CaseNumber
from tests.conftest import run_gongshi
from tests.exports import DAY, record, write_jsonl
from tests.hostile.payloads import PAYLOADS

_FREE = ("title", "violation_kind", "facts", "legal_basis", "penalty_text", "document_text")
_ATTRIBUTES_THAT_RUN = re.compile(r"on[a-z]+|srcdoc|formaction")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _poisoned(number: int, payload: str) -> dict[str, Any]:
    """Return a record with the payload in every field that is free text."""
    whole = record(number)
    for name in _FREE:
        whole[name] = f"{whole[name]}{payload}"
    party = whole["parties"][0]
    return {
        **whole,
        "organ": {**whole["organ"], "name": f"{whole['organ']['name']}{payload}"},
        "parties": [
            {**party, "name": f"{party['name']}{payload}", "representative": f"冯立群{payload}"}
        ],
        "persons": [{"name": f"邬晓岚{payload}", "role": "证人"}],
        "performance": payload,
        "remark": payload,
    }


def _spoken(number: int) -> dict[str, Any]:
    """Return a record whose document is a file of its own."""
    whole = record(number)
    whole.pop("document_text")
    return whole


def _document(number: int, payload: str) -> str:
    return f"行政处罚决定书\n{record(number)['case_number']}\n经查，当事人堆放砂石。{payload}\n"


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "agency"
    run_gongshi(folder.parent, "init", str(folder), "--name", "青石县综合行政执法局")
    exports = folder / "exports"
    records = [record(1)]
    records += [_poisoned(100 + n, text) for n, text in enumerate(PAYLOADS.values())]
    names = [record(300 + n) | {"case_number": f"青综执罚决字〔2026〕第{300 + n}号{text}"}
             for n, text in enumerate(PAYLOADS.values())]  # fmt: skip
    everything = "".join(PAYLOADS.values())
    printable = "".join(char for char in everything if char.isprintable())
    write_jsonl(exports, *records, *names, *map(_spoken, (501, 502, 503, 504)))
    markup = _document(501, everything).replace("\n", "<p>")
    (exports / "a.html").write_text(f"<html><body><p>{markup}", "utf-8")
    (exports / "b.md").write_text(_document(502, everything), "utf-8")
    (exports / "c.txt").write_text(_document(503, everything), "utf-8")
    letter = docx.Document()
    for line in _document(504, printable).split("\n"):
        letter.add_paragraph(line)
    letter.save(str(exports / "d.docx"))
    done = run_gongshi(folder, "rebuild", "--today", DAY)
    assert done.returncode == 0, done.stderr
    return folder


def _files(agency: Path, *endings: str) -> list[Path]:
    site = agency / "site" / "current"
    return [path for path in site.rglob("*") if path.is_file() and path.suffix in endings]


def test_the_sound_decision_is_published_and_so_are_spoilt_ones(agency: Path) -> None:
    def is_there(number: int) -> bool:
        slug = CaseNumber.parse(record(number)["case_number"]).slug
        return (agency / "site" / "current" / "decisions" / f"{slug}.html").exists()

    assert is_there(1)
    assert sum(is_there(100 + n) for n in range(len(PAYLOADS))) > len(PAYLOADS) / 2


def test_no_page_runs_anything_that_an_export_brought(agency: Path) -> None:
    pages = _files(agency, ".html")
    assert pages
    for path in pages:
        page = html.fromstring(path.read_bytes())
        assert len(page.findall(".//body")) == 1, path.name
        for element in page.iter(etree.Element):
            assert element.tag not in {"iframe", "object", "embed", "base"}, path.name
            if element.get("type") == "application/ld+json":
                json.loads(element.text or "")  # data, whole: nothing broke out of it
            elif element.tag == "script":
                assert element.get("src"), path.name
                assert not (element.text or "").strip(), path.name
            for name, value in element.attrib.items():
                assert not _ATTRIBUTES_THAT_RUN.fullmatch(name), (path.name, name)
                assert not value.strip().lower().startswith(("javascript:", "//")), path.name
                if name in {"src", "href"}:
                    assert "evil.example" not in value, path.name


def test_no_template_syntax_is_obeyed(agency: Path) -> None:
    everything = b"".join(path.read_bytes() for path in _files(agency, ".html", ".json"))
    assert b"8337" not in everything  # 7 × 1191
    assert b"{{7*1191}}" in everything
    assert b"root:x:" not in everything


def test_nothing_that_is_not_seen_reaches_a_page(agency: Path) -> None:
    for path in _files(agency, ".html", ".json", ".csv", ".xml", ".txt"):
        assert not _CONTROL.search(path.read_text("utf-8")), path.name


def test_no_cell_of_a_table_is_a_formula(agency: Path) -> None:
    for path in _files(agency, ".csv"):
        for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))):
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in row), path.name


def test_every_feed_is_well_formed(agency: Path) -> None:
    read = [
        etree.fromstring(path.read_bytes()).tag for path in _files(agency, ".xml", ".svg", ".atom")
    ]
    assert any(tag.endswith("feed") for tag in read)
    assert any(tag.endswith("svg") for tag in read)


def test_no_file_is_made_outside_the_folders(agency: Path) -> None:
    assert {path.name for path in agency.parent.iterdir()} == {"agency"}
    assert not list(agency.rglob("*escaped*"))
    assert not Path("/tmp/gongshi-escaped").exists()  # noqa: S108 - the name that the payloads give


def test_the_same_hostile_export_gives_the_same_site_again(agency: Path) -> None:
    before = {str(path): path.read_bytes() for path in _files(agency, ".html", ".json", ".csv")}
    assert run_gongshi(agency, "rebuild", "--today", DAY).returncode == 0
    after = {str(path): path.read_bytes() for path in _files(agency, ".html", ".json", ".csv")}
    assert after == before
