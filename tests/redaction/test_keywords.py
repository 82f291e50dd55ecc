"""One pass for all tables finds what a pass for each would."""

from ahocorasick_rs import AhoCorasick, MatchKind
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.redaction.keywords import Keywords

SHORT = Keywords(["甲", "甲乙", "乙丙", "丙"])
LONG = Keywords(["甲乙丙", "乙丙丁", "丁", "丁甲"])
TEXTS = st.text("甲乙丙丁，", max_size=30)


def in_a_pass_of_its_own(table: Keywords, text: str) -> list[tuple[int, int, int]]:
    finder = AhoCorasick(table.words, matchkind=MatchKind.LeftmostLongest)
    return finder.find_matches_as_indexes(text)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_every_table_has_the_longest_words_as_if_it_were_alone(text: str) -> None:
    assert SHORT.longest(text) == in_a_pass_of_its_own(SHORT, text)
    assert LONG.longest(text) == in_a_pass_of_its_own(LONG, text)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_every_place_of_every_word_is_found(text: str) -> None:
    places = {
        (number, start, start + len(word))
        for number, word in enumerate(LONG.words)
        for start in range(len(text))
        if text.startswith(word, start)
    }
    assert set(LONG.everywhere(text)) == places
    assert [end for *_, end in LONG.everywhere(text)] == sorted(end for *_, end in places)


def test_a_table_made_after_the_first_search_is_searched_for_too() -> None:
    text = "甲乙丙戊"
    assert SHORT.longest(text) == [(1, 0, 2), (3, 2, 3)]
    late = Keywords(["丙戊"])
    assert late.longest(text) == [(0, 2, 4)]
    assert SHORT.longest(text) == [(1, 0, 2), (3, 2, 3)]


def test_a_text_searched_again_after_another_has_its_own_places() -> None:
    assert SHORT.longest("甲") == [(0, 0, 1)]
    assert SHORT.longest("，甲乙") == [(1, 1, 3)]
    assert SHORT.longest("甲") == [(0, 0, 1)]
