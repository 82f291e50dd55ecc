"""What the gate reads of a text and of a shard is what the index was made of."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.site.search.block_words import _card_grams
from pipeline.site.search.card import Card
from pipeline.site.search.postings import packed
from pipeline.verification.packed import UnreadableFileError
from pipeline.verification.search.grams import Card as Fetched
from pipeline.verification.search.grams import pairs_of
from pipeline.verification.search.shards import HALF, Pairs, Shard, grams_of, numbers_of, pairs_in

WORDS = st.text(
    st.sampled_from("处罚决定１２3,4，。 aBZé\n（〔2024〕)号①ǅ\U00020000\u0301が－％x0"),
    max_size=40,
)
CARDS = st.builds(
    Card,
    number=st.one_of(WORDS, st.just("常综执罚决字〔2024〕第00012号")),
    date=st.just("2024-05-06"),
    organ=WORDS,
    parties=st.just(()),
    title=WORDS,
    violation=WORDS,
    penalties=st.lists(WORDS, max_size=2).map(tuple),
    amount=st.none() | st.integers(0, 10**9),
    text=st.one_of(WORDS, st.text(max_size=60)),
    names=st.just(()),
)


def _fetched(card: Card, names: list[str]) -> Fetched:
    return msgspec.json.decode(replace(card, parties=tuple(names)).as_bytes(), type=Fetched)


@settings(deadline=None)
@given(st.lists(st.tuples(CARDS, st.lists(WORDS, max_size=2)), min_size=1, max_size=4))
def test_every_word_of_the_index_follows_from_the_texts_that_are_fetched(
    made: list[tuple[Card, list[str]]],
) -> None:
    found = pairs_of([_fetched(card, names) for card, names in made])
    for place, (card, names) in enumerate(made):
        explained = (found[numbers_of(found) == place] >> HALF).astype(np.uint32)
        indexed = _card_grams(replace(card, names=tuple(names)))
        assert np.isin(indexed, explained).all()


@settings(deadline=None)
@given(
    st.integers(0, 5),
    st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1)), max_size=60),
)
def test_a_shard_is_read_as_it_was_written(bits: int, told: list[tuple[int, int]]) -> None:
    for shard, content, pairs in _written(bits, told):
        assert np.array_equal(shard.pairs(content), pairs)


@settings(deadline=None)
@given(
    st.integers(0, 3),
    st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1)), max_size=60),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 40), st.binary(max_size=2)), max_size=2),
)
def test_shards_read_at_once_say_what_each_of_them_says(
    bits: int, told: list[tuple[int, int]], spoilt: list[tuple[int, int, bytes]]
) -> None:
    written = _written(bits, told)
    shards, contents = [shard for shard, _, _ in written], [content for _, content, _ in written]
    for which, at, instead in spoilt:
        content = contents[which % len(contents)]
        contents[which % len(contents)] = content[:at] + instead + content[at + 2 :]
    try:
        each = [shard.pairs(content) for shard, content in zip(shards, contents, strict=True)]
    except UnreadableFileError:
        with pytest.raises(UnreadableFileError):
            pairs_in(shards, contents)
        return
    pairs = pairs_in(shards, contents)
    assert np.array_equal(pairs, np.concatenate(each))
    assert np.array_equal(grams_of(pairs), np.unique(pairs >> HALF))


def _written(bits: int, told: list[tuple[int, int]]) -> list[tuple[Shard, bytes, Pairs]]:
    """Return every shard with its content and what it says."""
    pairs = np.array(sorted({gram << 32 | number for gram, number in told}), np.uint64)
    grams = (pairs >> HALF).astype(np.uint32)
    shards = []
    for number in range(1 << bits):
        start = number << (32 - bits) if bits else 0
        here = (grams >> np.uint32(32 - bits) if bits else np.zeros_like(grams)) == number
        content = packed(grams[here], numbers_of(pairs)[here].astype(np.uint32), start)
        shards.append((Shard(f"{number:x}.bin", number, bits), content, pairs[here]))
    return shards
