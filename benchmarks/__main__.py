"""``make bench`` and ``make soak``: measure, and write the figures to ``benchmarks/results``.

``python -m benchmarks N …`` measures everything anew with N decisions.
``python -m benchmarks --keep FOLDER N …`` measures the nights alone, works in ``FOLDER``, and
goes on where an earlier run of the same program was interrupted.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks import soak
from benchmarks.bench import measure
from benchmarks.results import Notebook


def main(arguments: list[str]) -> None:
    """Measure as the arguments say."""
    if arguments[:1] == ["--keep"]:
        soak.measure(Path(arguments[1]), tuple(map(int, arguments[2:])))
        return
    for count in map(int, arguments):
        with tempfile.TemporaryDirectory() as place:
            measure(count, Path(place), Notebook(count, anew=True))


if __name__ == "__main__":
    main(sys.argv[1:])
