"""One process or many: the same site, the same register, to the byte."""

import re
from pathlib import Path
from shutil import copytree

from pipeline.domain.faults import ExitCode
from tests.conftest import SampleAgency, copy_sample, run_anew, run_gongshi
from tests.exports import DAY
from tests.left_behind import differences, everything

_LEFT = re.compile("，约剩.*")
"""What progress says of the time that is left: never twice the same."""


def test_the_sample_is_the_same_with_two_processes(sample: SampleAgency, tmp_path: Path) -> None:
    folder = copy_sample(tmp_path / "changshan")
    for day in ("2021-06-30", "2026-10-30"):
        exports = str(folder / "earlier" / day)
        done = run_anew(folder, "rebuild", "--workers", "2", "--today", day, "--exports", exports)
        assert done.returncode == 0, done.stderr
    done = run_anew(folder, "rebuild", "--workers", "2", "--today", DAY)
    assert done.returncode == 0, done.stderr
    assert differences(everything(folder), everything(sample.folder)) == []


def test_a_check_of_the_sample_says_the_same_with_two_processes(tmp_path: Path) -> None:
    folder = copy_sample(tmp_path / "changshan")
    one, two = (run_gongshi(folder, "check", "--workers", count, "--today", DAY) for count in "12")
    assert one.returncode == 0, one.stderr
    assert (two.stdout, two.stderr, two.returncode) == (one.stdout, one.stderr, 0)


def test_a_spoilt_site_is_found_out_the_same_with_two_processes(
    sample: SampleAgency, tmp_path: Path
) -> None:
    folder = copytree(sample.folder, tmp_path / "changshan", symlinks=True)
    for page in sorted((folder / "site" / "current" / "decisions").rglob("*.html"))[::7]:
        content = page.read_text("utf-8").replace("</main>", "身份证号330822197001010017</main>")
        page.unlink()
        page.write_text(content, "utf-8")
    one, two = (
        run_gongshi(folder, "verify", "--all", "--workers", count, "--today", DAY) for count in "12"
    )
    assert one.returncode == ExitCode.LEAK_FOUND
    assert (two.stdout, two.returncode) == (one.stdout, one.returncode)
    assert _LEFT.sub("", two.stderr) == _LEFT.sub("", one.stderr)
