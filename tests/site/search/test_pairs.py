"""A block takes from what it was before the grams of every decision that has not changed."""

from itertools import pairwise
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.site.search.pairs import Pairs, load_pairs
from pipeline.site.search.postings import edges

_DECISIONS = st.dictionaries(
    st.integers(0, 30), st.frozensets(st.integers(0, 2**32 - 1), max_size=6), max_size=12
)


def _worked_out(decisions: dict[int, frozenset[int]], before: Pairs | None) -> tuple[Pairs, int]:
    asked = []

    def grams_of(place: int) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
        asked.append(place)
        return np.array(sorted(list(decisions.values())[place]), np.uint32)

    names = [f"{name} {sorted(grams)}" for name, grams in decisions.items()]
    return Pairs.worked_out(names, before, grams_of), len(asked)


@given(_DECISIONS, _DECISIONS)
def test_what_is_remembered_of_an_earlier_block_gives_the_pairs_that_are_worked_out_anew(
    earlier: dict[int, frozenset[int]], now: dict[int, frozenset[int]]
) -> None:
    before, _ = _worked_out(dict(sorted(earlier.items())), None)
    now = dict(sorted(now.items()))
    anew, _ = _worked_out(now, None)
    found, asked = _worked_out(now, before)
    assert found.names == anew.names
    assert found.grams.tolist() == anew.grams.tolist()
    assert found.places.tolist() == anew.places.tolist()
    assert asked == sum(earlier.get(name) != grams for name, grams in now.items())


def test_nothing_of_a_decision_that_has_left_stays_in_the_pairs() -> None:
    before, _ = _worked_out({1: frozenset({7}), 2: frozenset({8})}, None)
    found, _ = _worked_out({2: frozenset({8})}, before)
    assert (found.grams.tolist(), found.places.tolist()) == ([8], [0])
    assert len(found.names) == 1


def test_decisions_that_changed_places_are_all_read_again() -> None:
    before, _ = _worked_out({1: frozenset({7}), 2: frozenset({8})}, None)
    _, asked = _worked_out({2: frozenset({8}), 1: frozenset({7})}, before)
    assert asked == 2


def test_pairs_are_found_again_as_they_were_saved_and_damaged_ones_are_not(tmp_path: Path) -> None:
    pairs, _ = _worked_out({1: frozenset({7, 2**32 - 1}), 2: frozenset({7})}, None)
    file = tmp_path / "pairs.npz"
    pairs.save(file)
    found = load_pairs(file)
    assert found is not None
    assert found.names == pairs.names
    assert (found.grams.tolist(), found.places.tolist()) == ([7, 7, 2**32 - 1], [0, 1, 0])
    file.write_bytes(file.read_bytes()[:-30])
    assert load_pairs(file) is None
    assert load_pairs(tmp_path / "none.npz") is None


@given(st.frozensets(st.integers(0, 2**32 - 1), max_size=50), st.integers(0, 6))
def test_each_gram_is_in_the_one_shard_that_its_high_bits_name(
    grams: frozenset[int], bits: int
) -> None:
    ordered = np.array(sorted(grams), np.uint32)
    ends = edges(ordered, bits, range(1 << bits)).tolist()
    for number, (low, high) in enumerate(pairwise(ends)):
        assert all(gram >> (32 - bits) == number for gram in ordered[low:high].tolist())
    assert (ends[0], ends[-1]) == (0, len(ordered))
    middle = range(1, 1 << bits) if bits else range(1)
    assert edges(ordered, bits, middle).tolist() == ends[middle.start :]
