"""What is never looked at could not have been a name: the quick reading equals the full one."""

from collections.abc import Iterable

from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.gold.generate import documents
from pipeline.domain.protected import Category
from pipeline.redaction.engine import detect
from pipeline.redaction.model import Known
from pipeline.redaction.names.candidates import candidates
from pipeline.redaction.names.characters import FLOOR, Readings
from pipeline.redaction.names.lexicon import (
    CHARS,
    COMPOUND_FIRST,
    FIRST,
    SURNAME,
    WEIGHTS,
)
from pipeline.redaction.names.score import left_of, right_of, shape_of
from pipeline.redaction.names.segments import Interest, Segments

COMMON = "".join(name for name, score in SURNAME.items() if score > 1.0 and len(name) == 1)
GIVEN = "".join(char for char, score in FIRST.items() if score > 1.5)
PIECES = st.one_of(
    st.sampled_from(COMMON),
    st.sampled_from(GIVEN),
    st.sampled_from("，。、：的和对向在为后等中有于 \n（）1年月日A"),
    st.sampled_from(
        ("当事人", "证人", "执法人员", "负责人", "陈述", "先生", "欧阳", "司马", "其妻", "公司")
    ),
)
UNLIKELY = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(("，", "。", "证人", "当事人", "负责人：", "执法人员", "对", "其妻", "和", "")),
    st.sampled_from(sorted(SURNAME)),
    st.text(sorted(CHARS), min_size=1, max_size=2),
    st.sampled_from(("，", "陈述", "称", "签名", "的询问笔录", "（男", "、", "到", "向", "")),
)
"""Surnames and given names of every kind between neighbours that make the most of them."""
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map("".join),
    st.lists(UNLIKELY, min_size=4, max_size=20).map("".join),
)
_ANYTHING = 1e9
WHOLE = {"name", "oddname", "seldom", "rarely", "word"}


def in_full(words: Segments) -> dict[tuple[int, int], float]:
    """Return the odds of every reading above the floor, each sign of each looked at."""
    text = words.text
    found: dict[tuple[int, int], float] = {}
    for start, word, kind in words.marked:
        if kind & Interest.BEGINS:
            if word[0] in COMPOUND_FIRST:
                found |= _weighed(words, start, 2, Readings(2, before=_ANYTHING))
            found |= _weighed(words, start, 1, Readings(1, before=_ANYTHING))
        if kind & Interest.ENDS:
            last = start + len(word) - 1
            found |= _weighed(words, last, 1, Readings(1, "h:last", before=_ANYTHING))
    assert all(end <= len(text) for _, end in found)
    return found


def _weighed(
    words: Segments, start: int, surname: int, readings: Readings
) -> dict[tuple[int, int], float]:
    text = words.text
    reading = readings[text[start : start + surname + 2]]
    if reading is None:
        return {}
    before = WEIGHTS[left_of(words, start)[0]] + _own(text[start - 1 : start], "before")
    found = {}
    for size, odds, ending in (
        (1, reading.one, reading.one_ending),
        (2, reading.two, reading.two_ending),
    ):
        end = start + surname + size
        if end > len(text) or odds < -50:
            continue
        right = right_of(words, end)
        shape = shape_of(words, start, end, surname, right)
        after = ending.right[right]
        if size == 2:
            after += _own(text[end : end + 1], "after")
        cut = WEIGHTS[f"{size}:{shape}"] + (ending.whole if shape in WHOLE else 0.0)
        if odds + before + after + cut > FLOOR:
            found[start, end] = odds + before + after + cut
    return found


def _own(char: str, side: str) -> float:
    return getattr(CHARS[char], side) if char in CHARS else 0.0


def _clear_of_the_floor(found: Iterable[tuple[tuple[int, int], float]]) -> dict[object, float]:
    """Return what was found; on the floor itself, the order in which weights are added decides."""
    return {place: round(odds, 6) for place, odds in found if abs(odds - FLOOR) > 1e-6}


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("，丁0，，丁0，，丁0，对锁卜加，")
def test_no_bound_hides_a_candidate(text: str) -> None:
    words = Segments(text)
    quick = _clear_of_the_floor(((use.start, use.end), use.odds) for use in candidates(words))
    assert quick == _clear_of_the_floor(in_full(words).items())


def test_no_bound_hides_a_candidate_of_a_decision() -> None:
    for document in documents(40, seed=3):
        words = Segments(document.text)
        quick = _clear_of_the_floor(((use.start, use.end), use.odds) for use in candidates(words))
        assert quick == _clear_of_the_floor(in_full(words).items())
        assert quick


def test_a_name_never_touches_what_stays_or_what_was_found_before() -> None:
    for document in documents(60, seed=5):
        detection = detect(document.text, Known())
        names = [f.span for f in detection.findings if f.category is Category.PERSON]
        numbers = [f.span for f in detection.findings if f.category is Category.PHONE]
        stays = [kept.span for kept in detection.kept if kept.detector == "protect"]
        assert names
        assert not any(name.overlaps(other) for name in names for other in (*numbers, *stays))
