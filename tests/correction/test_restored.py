"""A register restored from before a request for correction knows the request and keeps its page."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import gongshi
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.faults import GongshiError
from tests.correction.cases import ASKER, CLAIM, CONTACT
from tests.exports import record, write_jsonl

HIDDEN = "砂石"


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an agency whose register was lost after a correction and restored from before it."""
    folder = tmp_path_factory.mktemp("agency") / "a"
    _run(folder.parent, "init", str(folder), "--name", "青石县综合行政执法局")
    write_jsonl(folder / "exports", record(1), record(2))
    _run(folder, "rebuild", "--today", "2026-11-16")
    assert HIDDEN in _page(folder)
    made = next((folder / "state" / "backups").glob("*.sqlite.gz"))
    (folder / "照片.jpg").write_bytes(b"picture")
    (folder / "hide.txt").write_text(f"{HIDDEN}\n", "utf-8")
    _run(
        folder, "correction", "open", record(1)["case_number"], "--asker", ASKER,
        "--contact", CONTACT, "--claim", CLAIM, "--evidence", str(folder / "照片.jpg"),
        "--received", "2026-11-16", "--officer", "毕春和", "--today", "2026-11-17",
    )  # fmt: skip
    _run(
        folder, "correction", "decide", "更正〔2026〕1号", "--accepted", "--reason", "属实",
        "--actor", "申屠远", "--by", "hide", "--hide-file", str(folder / "hide.txt"),
        "--today", "2026-11-17",
    )  # fmt: skip
    _run(folder, "rebuild", "--today", "2026-11-18")
    assert HIDDEN not in _page(folder)
    shutil.rmtree(folder / "state" / "corrections")
    _run(folder, "register", "restore", str(made), "--today", "2026-11-19")
    return folder


def test_what_a_correction_hides_stays_hidden_after_a_restore(agency: Path) -> None:
    _run(agency, "rebuild", "--today", "2026-11-19")
    page = _page(agency)
    assert HIDDEN not in page
    assert page.count("更正〔2026〕1号") == 1


def test_a_restore_brings_the_request_with_its_papers_and_gives_its_number_to_no_other(
    agency: Path,
) -> None:
    told = _run(agency, "correction", "show", "更正〔2026〕1号", "--today", "2026-11-19")
    assert ASKER in told
    assert "申屠远" in told
    (photo,) = (agency / "state" / "corrections").rglob("01-*.jpg")
    assert photo.read_bytes() == b"picture"
    assert photo.stat().st_mode & 0o077 == 0
    told = _run(
        agency, "correction", "open", record(2)["case_number"], "--asker", ASKER,
        "--contact", CONTACT, "--claim", CLAIM, "--received", "2026-11-19",
        "--officer", "毕春和", "--today", "2026-11-19",
    )  # fmt: skip
    assert "更正〔2026〕2号" in told
    assert "完好" in _run(agency, "register", "verify")


def test_papers_that_are_missing_or_altered_show_when_the_register_is_checked(
    agency: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "a"
    shutil.copytree(agency, copy, symlinks=True)
    (photo,) = (copy / "state" / "corrections").rglob("01-*.jpg")
    photo.write_bytes(b"another")
    with pytest.raises(AssertionError, match="更正〔2026〕1号"):
        _run(copy, "register", "verify")


def _run(folder: Path, *words: str) -> str:
    done = CliRunner().invoke(gongshi, ["-C", str(folder), *words])
    told = done.output + (str(done.exception) if isinstance(done.exception, GongshiError) else "")
    if done.exception and not isinstance(done.exception, (GongshiError, SystemExit)):
        raise done.exception
    assert done.exit_code == 0, told
    return told


def _page(folder: Path) -> str:
    slug = CaseNumber.parse(record(1)["case_number"]).slug
    return (folder / "site" / "current" / "decisions" / f"{slug}.html").read_text("utf-8")
