"""One process or many: the same site, the same register, to the byte."""

from pathlib import Path

from tests.conftest import SampleAgency, copy_sample, run_gongshi
from tests.exports import DAY
from tests.left_behind import differences, everything


def test_the_sample_is_the_same_with_two_processes(sample: SampleAgency, tmp_path: Path) -> None:
    folder = copy_sample(tmp_path / "changshan")
    for day in ("2021-06-30", "2026-10-30"):
        exports = str(folder / "earlier" / day)
        done = run_gongshi(
            folder, "rebuild", "--workers", "2", "--today", day, "--exports", exports
        )
        assert done.returncode == 0, done.stderr
    done = run_gongshi(folder, "rebuild", "--workers", "2", "--today", DAY)
    assert done.returncode == 0, done.stderr
    assert differences(everything(folder), everything(sample.folder)) == []
