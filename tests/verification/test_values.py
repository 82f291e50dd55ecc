"""The quick look, which shows first that a value stands nowhere, finds what a slow one does."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.verification.hidden import Hidden
from pipeline.verification.lines import Lines
from pipeline.verification.plain import form_of, plain, squeezed
from pipeline.verification.shapes import shapes_in
from pipeline.verification.values import _TERMS, Page, Public, Values, _any_of, _Count, numbers_in
from tests.verification.sample_site import A, B

VALUES = (
    *("李晓明", "高明", "欧阳海燕", "阿依古丽·买买提", "天马街道文峰西路1号2幢", "D-7788-X"),
    *(
        "0570-5012349",
        "(0570)5012349",
        "33082219900307001X",
        "330822000099887",
        "--",
        "王某",
        "Ａb",
    ),
)
PUBLIC = ("李晓明商贸行", "高明", "0570-5012345", "常山县某局")
PIECES = (
    *VALUES,
    *PUBLIC,
    *"李晓明高欧阳海燕-·._*|~ \u200b\u202e\n\t，x&①",
    *("证人", "称", "电话", "账号", "138-0570-0001", "３３０８２２", "19900307001"),
    *("一三八零五七零零零零一", "a@b.cn", "浙H12345"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
BETWEEN = ("", "-", "·", ".", "_", "|", "~", "*", " ", "\u200b", "--", "·-")


def slowly(raw: frozenset[str], text: str, public: Public) -> int:
    """Count the values with every look there is, whether or not one can stand there."""
    return _Count(Values(raw)._forms - public.forms, public).of(Page(plain(text)))


@settings(deadline=None)
@given(TEXTS, st.frozensets(st.sampled_from(PUBLIC)))
def test_the_quick_count_is_the_slow_count(text: str, names: frozenset[str]) -> None:
    public, page = Public(names), Page(plain(text))
    for raw in (frozenset(VALUES), *(frozenset({value}) for value in VALUES)):
        assert Values(raw).count_in(page, public) == slowly(raw, text, public)


@settings(max_examples=10, deadline=None)
@given(TEXTS)
def test_the_quick_count_is_the_slow_count_whatever_is_put_between(around: str) -> None:
    for value, between in product(VALUES, BETWEEN):
        text = f"{around}证人{between.join(value)}，{around}"
        raw = frozenset({value})
        assert Values(raw).count_in(Page(plain(text)), Public()) == slowly(raw, text, Public())


@settings(deadline=None)
@given(st.frozensets(st.sampled_from(VALUES), min_size=1), TEXTS)
def test_many_values_are_counted_like_few(raw: frozenset[str], text: str) -> None:
    others = frozenset(f"无人叫此名{number}" for number in range(100))
    page = Page(plain(text))
    few, many = Values(raw).count_in(page, Public()), Values(raw | others).count_in(page, Public())
    assert many == few


@settings(deadline=None)
@given(st.sampled_from([value for value in VALUES if len(value) > 2 and value != "--"]), TEXTS)
def test_a_value_that_anybody_can_see_is_found(value: str, text: str) -> None:
    line = plain(text.replace("\n", "，"))
    seen = form_of(value).casefold() in squeezed(line).casefold()
    if seen and not any(mark.isdigit() for mark in value):
        assert Values(frozenset({value})).count_in(Page(line), Public())


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_lines_that_are_known_are_read_like_new_ones(texts: list[str]) -> None:
    known = Lines(frozenset({"a@b.cn"}))
    for text in texts * 2:
        page, kinds = known.read(text)
        assert page.text == plain(text)
        assert page.numbers == numbers_in(plain(text))
        assert kinds == Counter(shapes_in(plain(text), frozenset({"a@b.cn"})))


def test_what_is_remembered_of_lines_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.verification.lines._MOST", 100)
    lines = Lines(frozenset())
    for number in range(50):
        lines.read(f"第{number}件，电话13805700001")
        assert sum(map(len, lines._plain)) < 200
    assert lines.read("第1件，电话13805700001")[1] == Counter({"手机号码": 1})


@settings(deadline=None)
@given(st.frozensets(st.sampled_from(VALUES)), TEXTS, st.frozensets(st.sampled_from(PUBLIC)))
def test_what_is_at_hand_of_a_decision_counts_as_its_values_do(
    raw: frozenset[str], text: str, names: frozenset[str]
) -> None:
    page, public = Page(plain(text)), Public(names)
    counted = Values(raw).count_in(page, public)
    hidden = Hidden({A: raw, B: ()})
    assert [hidden.count_in(A, page, public) for _ in range(2)] == [counted] * 2
    assert hidden.count_in(B, page, public) == 0
    assert hidden.may_stand_in([A, B], page) or not counted


@settings(deadline=None)
@given(TEXTS, st.frozensets(st.sampled_from((*PUBLIC, *VALUES))), st.booleans())
def test_the_public_names_around_a_value_are_those_found_by_asking_for_each(
    text: str, names: frozenset[str], joined: bool
) -> None:
    public, page = Public(names), Page(plain(text))
    written = page.joined if joined else page.folded
    forms = public.joined if joined else public.forms
    hits = {value for value in map(str.casefold, VALUES) if value in written}
    asked = {
        name
        for name in (*forms, *_TERMS)
        if name in written and any(hit in name != hit for hit in hits)
    }
    found = public.holding(hits, written, joined=joined)
    assert (found.pattern if found else "") == (
        wanted.pattern if (wanted := _any_of(asked)) else ""
    )
