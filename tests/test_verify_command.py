"""``gongshi verify``: what is public is read again, and nothing is changed by it."""

import shutil
from pathlib import Path

import pytest

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.faults import ExitCode
from tests.conftest import run_gongshi
from tests.exports import DAY, WITNESS, record, write_jsonl

TODAY = ("--today", DAY)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("released")
    folder = tmp_path / "agency"
    run_gongshi(tmp_path, "init", str(folder), "--name", "青石县综合行政执法局")
    write_jsonl(folder / "exports", record(1), record(2))
    done = run_gongshi(folder, "rebuild", *TODAY)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def agency(released: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released, tmp_path / "agency", symlinks=True))


def _page(agency: Path, number: int, tree: str = "current") -> Path:
    slug = CaseNumber.parse(record(number)["case_number"]).slug
    return agency / "site" / tree / "decisions" / f"{slug}.html"


def _spoil(page: Path, text: str) -> None:
    """Write into a page of one tree; the other shares its bytes and stays as it was."""
    content = page.read_text("utf-8").replace("<article>", f"<article><p>{text}</p>", 1)
    page.unlink()
    page.write_text(content, "utf-8")


def test_a_site_as_it_was_released_passes_and_stays_as_it_is(agency: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (agency / "site").rglob("*")}
    done = run_gongshi(agency, "verify", "--all", *TODAY)
    assert done.returncode == 0, done.stderr
    assert "公示的网站：" in done.stdout
    assert "上一版网站：" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in (agency / "site").rglob("*")} == before


def test_what_another_hand_wrote_into_a_page_is_found(agency: Path) -> None:
    _spoil(_page(agency, 1), f"证人{WITNESS}陈述")
    done = run_gongshi(agency, "verify", *TODAY)
    assert done.returncode == ExitCode.LEAK_FOUND
    assert "本应隐去的内容" in done.stderr
    assert WITNESS not in done.stdout + done.stderr


def test_a_touched_file_is_told_of_though_it_leaks_nothing(agency: Path) -> None:
    _spoil(_page(agency, 1), "某某")
    done = run_gongshi(agency, "verify", *TODAY)
    assert done.returncode == ExitCode.BAD_SITE
    assert "被别的程序改动" in done.stderr


def test_the_tree_before_is_read_only_when_all_is_asked_for(agency: Path) -> None:
    other = {"blue", "green"} - {(agency / "site" / "current").resolve().name}
    _spoil(_page(agency, 1, f"releases/{other.pop()}"), f"证人{WITNESS}陈述")
    assert run_gongshi(agency, "verify", *TODAY).returncode == 0
    assert run_gongshi(agency, "verify", "--all", *TODAY).returncode == ExitCode.LEAK_FOUND


def test_a_page_that_has_left_is_found_where_it_came_back(agency: Path) -> None:
    old = _page(agency, 2).read_bytes()
    revoked = record(2, events=[{"kind": "撤销", "effective_on": "2026-11-18"}])
    write_jsonl(agency / "exports", record(1), revoked)
    assert run_gongshi(agency, "rebuild", *TODAY).returncode == 0
    _page(agency, 2).unlink()
    _page(agency, 2).write_bytes(old)
    done = run_gongshi(agency, "verify", *TODAY)
    assert done.returncode == ExitCode.BAD_SITE
    assert "没有不再公示的说明" in done.stderr


def test_before_the_first_release_there_is_nothing_to_verify(tmp_path: Path) -> None:
    run_gongshi(tmp_path, "init", str(tmp_path / "new"), "--name", "青石县综合行政执法局")
    done = run_gongshi(tmp_path / "new", "verify", *TODAY)
    assert done.returncode == ExitCode.BAD_SITE
    assert "gongshi rebuild" in done.stderr
