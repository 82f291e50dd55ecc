"""The measuring of the leak gate works, and every leak it plants is found."""

from benchmarks.gate import PLANTED, measure


def test_every_planted_leak_is_found_and_nothing_else() -> None:
    figures = measure(12)
    assert figures["planted"] == PLANTED
    assert figures["missed"] == figures["false_alarms"] == 0
