"""What the index knows of a text, and how it is kept."""

import re
import unicodedata
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.site.search.postings import bits_for, packed, ranges
from pipeline.site.search.words import grams, labels, name_grams, normal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("罚款２，０００元", "罚款2000元"),
        ("罚款2,000元", "罚款2000元"),
        ("占 压\u3000盲道", "占压盲道"),
        ("ＫＴＶ包厢", "ktv包厢"),
    ],
)
def test_spellings_of_the_same_words_have_the_same_grams(one: str, other: str) -> None:
    assert np.array_equal(grams(one), grams(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("盲道", "道盲"), ("2000元", "200元"), ("盲道", "盲"), ("没，收", "没收")],
)
def test_other_words_have_other_grams(one: str, other: str) -> None:
    assert not np.array_equal(grams(one), grams(other))


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_a_phrase_of_letters_has_no_gram_that_its_text_lacks(
    text: str, start: int, end: int
) -> None:
    letters = "".join(c for c in text if "\u4e00" <= c <= "\u9fff")
    assert set(grams(letters[start:end])) <= set(grams(letters))


written = st.text(
    st.one_of(st.characters(), st.sampled_from("，：；（）．＊％　 ,.09０３azＡZ罚款"))
)


@given(written)
def test_what_is_compared_is_the_compatible_form_in_small_letters(text: str) -> None:
    small = unicodedata.normalize("NFKC", text).lower()
    assert normal(text) == re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", small)


@given(written)
def test_the_grams_of_a_text_are_those_of_its_symbols_side_by_side(text: str) -> None:
    symbols = re.findall(r"[a-z0-9]+|\S", normal(text))
    joins = [unicodedata.category(symbol[0])[0] in "LNM" for symbol in symbols]
    expected = {gram for symbol in symbols for gram in grams(symbol).tolist()}
    for (one, other), both in zip(pairwise(symbols), pairwise(joins), strict=True):
        if all(both):
            expected |= set(grams(f"{one} {other}").tolist())
    assert grams(text).tolist() == sorted(expected)


def test_a_name_is_found_as_a_name_apart_from_the_text() -> None:
    assert not set(name_grams("青石建材")) & set(grams("青石建材"))
    assert not set(labels("青石建材")) & set(grams("青石建材"))


pairs = st.lists(
    st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 600)), max_size=200, unique=True
)


@settings(deadline=None)
@given(pairs, st.integers(0, 6))
def test_a_browser_reads_from_the_shards_what_went_in(
    found: list[tuple[int, int]], bits: int
) -> None:
    ordered = sorted(found)
    keys = np.array([key for key, _ in ordered], np.uint32)
    numbers = np.array([number for _, number in ordered], np.uint32)
    read = []
    for start, low, high in ranges(keys, bits):
        shard = packed(keys[low:high], numbers[low:high], start)
        read += _read(shard, start)
    assert read == ordered


def _read(shard: bytes, start: int) -> list[tuple[int, int]]:
    values, value, shift = [], 0, 0
    for byte in shard:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            values.append(value)
            value = shift = 0
    found, key, at = [], start, 0
    while at < len(values):
        key += values[at]
        number = 0
        for step in values[at + 2 : at + 2 + values[at + 1]]:
            number += step
            found.append((key, number))
        at += 2 + values[at + 1]
    return found


def test_shards_stay_small_as_the_index_grows() -> None:
    sizes = [count * 3 / 2 / 2 ** bits_for(count) for count in (10, 10_000, 1_000_000, 20_000_000)]
    assert max(sizes) <= 4096
    assert all(a <= b for a, b in pairwise(map(bits_for, range(0, 100_000, 977))))
