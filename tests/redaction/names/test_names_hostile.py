"""Whatever the text: no crash, true spans, one reading, linear time."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.protected import Finding
from pipeline.redaction.model import Kept, Known, KnownParty, KnownPerson, NormalText
from pipeline.redaction.names import NAMES

_PIECES = [
    *"王李欧阳赵某阿老小氏之的称、，。：（）“”\n ·A1",
    *["证人", "执法人员", "法定代表人：", "买买提", "先生", "绰号“"],
    *["万元", "有限公司", "JOHN", "张伟"],
]
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)
)


def read(text: str, known: Known | None = None) -> list[Finding | Kept]:
    return list(NAMES.find(NormalText(text), known or Known(), ()))


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, party=TEXTS, person=TEXTS)
def test_spans_are_true_and_disjoint_whatever_the_text(text: str, party: str, person: str) -> None:
    known = Known(parties=(KnownParty(party),), persons=(KnownPerson(person),))
    found = [one for one in read(text, known) if isinstance(one, Finding)]
    assert all(one.span.end <= len(text) and one.label for one in found)
    assert all(first.span.end <= second.span.start for first, second in pairwise(found))
    assert found == [one for one in read(text, known) if isinstance(one, Finding)]


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_everyone_told_is_found(text: str) -> None:
    found = read(f"{text}，赵铁柱到场。", Known(persons=(KnownPerson("赵铁柱"),)))
    assert any(isinstance(one, Finding) and one.label.startswith("赵某") for one in found)


def _seconds(text: str) -> float:
    """Return the least of three times: what else the machine does only adds to them."""
    return min(map(_once, [text] * 3))


def _once(text: str) -> float:
    started = time.process_time()
    read(text)
    return time.process_time() - started


@pytest.mark.parametrize(
    "unit",
    [
        "王",
        "阿",
        "·",
        "克",
        "（",
        " ",
        "王 ",
        "王\n",
        "张某",
        "老王",
        "执法人员",
        "买·",
        "Aa ",
        "绰号“",
    ],
)
def test_no_text_is_slow_in_its_length(unit: str) -> None:
    short, long = unit * (2_000 // len(unit)), unit * (20_000 // len(unit))
    read(short)
    assert _seconds(long) < 30 * max(_seconds(short), 0.005)


def test_a_table_of_five_thousand_names_is_read_in_linear_time() -> None:
    given_names = "伟芳娜敏静丽强磊军洋"
    rows = [
        f"{number}\t王{given_names[number % 10]}{given_names[number // 10 % 10]}\t男"
        for number in range(5_000)
    ]
    assert _seconds("\n".join(rows)) < 40 * max(_seconds("\n".join(rows[:500])), 0.01)
