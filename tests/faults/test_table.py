"""``docs/reliability.md`` says what the tests say."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def test_the_page_on_reliability_is_made_from_these_tests(tmp_path: Path) -> None:
    made = tmp_path / "reliability.md"
    subprocess.run(
        [sys.executable, "-m", "tests.faults.table", str(made)], cwd=ROOT, check=True, timeout=120
    )
    written = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    assert made.read_text("utf-8") == written, (
        "运行 python -m tests.faults.table docs/reliability.md"
    )
    assert written.count("| `test_") > 12
