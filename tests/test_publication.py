"""Gone stays gone, by the whole program: no way back and no restored register brings it back."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Gongshi, SampleAgency

NIGHT = "2026-11-20"
EARLIER = "2026-10-30"


@pytest.fixture
def agency(sample: SampleAgency, tmp_path: Path) -> Path:
    """Return a copy of the sample after all its nights."""
    shutil.copytree(sample.folder, tmp_path / "agency", symlinks=True)
    return tmp_path / "agency"


def shown(agency: Path) -> dict[str, str]:
    """Return what each page of a decision is: 撤下, 期满 or 公示中."""
    folder = agency / "site" / "current" / "decisions"
    found = {}
    for path in folder.rglob("*.html"):
        title = path.read_text("utf-8").split("<title>")[1].split("</title>")[0]
        slug = path.relative_to(folder).with_suffix("").as_posix()
        found[slug] = "撤下" if "撤下" in title else "期满" if "期满" in title else "公示中"
    return found


def test_going_back_brings_nothing_back_that_was_withdrawn(agency: Path, gongshi: Gongshi) -> None:
    before = shown(agency)
    gone = {slug for slug, state in before.items() if state != "公示中"}
    assert len(gone) > 3
    done = gongshi(agency, "rollback")
    assert done.returncode == 0, done.stderr
    assert "已退回上一版" in done.stdout
    after = shown(agency)
    assert {slug: after[slug] for slug in gone} == {slug: before[slug] for slug in gone}


def test_a_restored_register_and_an_old_export_bring_nothing_back(
    agency: Path, gongshi: Gongshi
) -> None:
    before = shown(agency)
    (backup,) = (agency / "state" / "backups").glob(f"*{EARLIER}*.gz")
    done = gongshi(agency, "register", "restore", str(backup), "--today", NIGHT)
    assert done.returncode == 0, done.stderr
    assert gongshi(agency, "register", "verify").returncode == 0
    command = [sys.executable, "-W", "error", "-m", "pipeline", "--folder", str(agency)]
    old = ["rebuild", "--today", NIGHT, "--exports", str(agency / "earlier" / EARLIER)]
    again = subprocess.run(
        [*command, *old],
        capture_output=True,
        text=True,
        check=False,
        umask=0,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert again.returncode == 0, again.stderr
    assert shown(agency) == before
    private = [path for path in (agency / "state").rglob("*") if not path.is_symlink()]
    for path in [agency / "state", *private]:
        mode = stat.S_IMODE(path.stat().st_mode)
        if (agency / "state" / "work" / "site") in [path, *path.parents]:
            continue  # the site before it is released; nobody reaches it through its folder
        assert mode == (0o700 if path.is_dir() else 0o600) or path.name == "gone.map", path


def test_an_old_copy_of_the_register_is_refused(agency: Path, gongshi: Gongshi) -> None:
    """The file alone, put back by hand, has forgotten what was withdrawn since."""
    register = agency / "state" / "register.sqlite"
    register.unlink()
    done = gongshi(agency, "rebuild", "--today", NIGHT)
    assert done.returncode == 14
    assert "gongshi register restore" in done.stderr
    assert "\n" not in done.stderr.strip()


def test_what_is_altered_past_the_program_is_told(agency: Path, gongshi: Gongshi) -> None:
    book = agency / "state" / "memorandum.jsonl"
    book.write_bytes(book.read_bytes().replace("撤下".encode(), "公示".encode(), 1))
    done = gongshi(agency, "register", "verify")
    assert done.returncode == 14
    assert "备查簿第" in done.stderr


def test_the_register_is_handed_out_backed_up_and_listed(agency: Path, gongshi: Gongshi) -> None:
    out = agency / "out"
    assert gongshi(agency, "register", "export", str(out), "--today", NIGHT).returncode == 0
    assert {path.name for path in out.iterdir()} == {"台账.xlsx", "台账.csv", "经过.csv"}
    made = gongshi(agency, "register", "backup", "--today", NIGHT)
    assert made.returncode == 0, made.stderr
    listed = gongshi(agency, "register", "backups")
    assert listed.stdout.count("决定 ") == 2


def test_what_left_is_listed_for_caches_and_nginx(agency: Path) -> None:
    gone = {slug for slug, state in shown(agency).items() if state != "公示中"}
    told = (agency / "state" / "nginx" / "gone.map").read_text("utf-8")
    lists = "".join(path.read_text("utf-8") for path in (agency / "state" / "purge").glob("*.txt"))
    for slug in gone:
        assert f'"/decisions/{slug}.html" 1;' in told
        assert f"/decisions/{slug}.html\n" in lists
    assert "/index.html" in lists
