"""The figures of redaction on invented decisions can only improve (``make eval`` records them)."""

import json

from benchmarks.gold.generate import documents
from benchmarks.redaction import BEST, figures, worse


def test_no_figure_falls_below_the_best_so_far() -> None:
    best = json.loads(BEST.read_text("utf-8"))["test"]
    assert set(best) == {"recall", "clean", "precision", "kept"}
    assert worse(figures(list(documents(60, seed=7))), best) == []
