"""What the gate reads of a text and of a shard is what the index was made of."""

from dataclasses import replace

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.site.search.block_words import _card_grams
from pipeline.site.search.card import Card
from pipeline.site.search.postings import packed
from pipeline.verification.search.grams import Card as Fetched
from pipeline.verification.search.grams import pairs_of
from pipeline.verification.search.shards import HALF, Shard, numbers_of

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
    pairs = np.array(sorted({gram << 32 | number for gram, number in told}), np.uint64)
    grams = (pairs >> HALF).astype(np.uint32)
    for number in range(1 << bits):
        start = number << (32 - bits) if bits else 0
        here = (grams >> np.uint32(32 - bits) if bits else np.zeros_like(grams)) == number
        written = packed(grams[here], numbers_of(pairs)[here].astype(np.uint32), start)
        assert np.array_equal(Shard("0.bin", number, bits).pairs(written), pairs[here])
