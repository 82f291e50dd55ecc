"""``python -m benchmarks.report docs/performance.md`` writes the document and its charts."""

import sys
from pathlib import Path

from benchmarks.report.document import document
from benchmarks.report.section import PICTURES
from benchmarks.results import load_results


def main(target: Path) -> None:
    """Write the document, and beside it the charts, and no others."""
    whole = document(load_results())
    target.write_text(whole.text, "utf-8")
    folder = target.parent / PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.svg"):
        old.unlink()
    for name, drawing in whole.pictures.items():
        (folder / f"{name}.svg").write_text(drawing, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
