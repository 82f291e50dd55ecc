"""Plain form and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.text import Span
from pipeline.redaction.normalise import normalise

ODD = st.text(
    st.sampled_from(
        "ab１３８Ｘ①⑩⒈㈠⑴\u200b\u00ad\ufeff\u202e\ufe0f\u0336 \u00a0\u3000—－·•"
        "﹝﹞（），：一О𝟏🄁⼀豈\n\r"
    )
)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("１３８ＡＢ", "138AB"),
        ("﹝２０２１﹞", "〔2021〕"),
        ("（第三条），：；", "（第三条），：；"),
        ("a\u200bb\u00adc\ufeff", "abc"),
        ("一\u3000二\u00a0三", "一 二 三"),
        ("浙H•12345", "浙H·12345"),
        ("⒈当事人", "1.当事人"),
        ("㈠违法事实", "(一)违法事实"),
        ("⑩", "10"),
        ("𝟏𝟑𝟖", "138"),
        ("٠١٢", "012"),
        ("ОХ", "OX"),
        ("⼀⽤", "一用"),
        ("第①项", "第①项"),
        ("三〇○O", "三〇○O"),
        ("", ""),
    ],
)
def test_a_text_has_one_plain_form(raw: str, plain: str) -> None:
    assert normalise(raw).text == plain


def test_ordinary_text_is_not_touched_and_needs_no_map() -> None:
    raw = "当事人：林木，住常山县天马街道，2024年3月5日。"
    normal = normalise(raw)
    assert normal.text == raw
    assert normal.offsets is None


def test_a_value_with_invisible_signs_maps_back_to_all_of_it() -> None:
    raw = "电话1\u200b3\u200b8完"
    normal = normalise(raw)
    start = normal.text.index("138")
    assert normal.original(start, start + 3) == Span(2, 7)


@given(ODD)
def test_every_character_maps_back_to_what_it_came_from(raw: str) -> None:
    normal = normalise(raw)
    for at in range(len(normal.text)):
        span = normal.original(at, at + 1)
        assert normal.text[at] in normalise(raw[span.start : span.end]).text


@given(ODD)
def test_spans_keep_their_order_and_stay_inside(raw: str) -> None:
    normal = normalise(raw)
    spans = [normal.original(at, at + 1) for at in range(len(normal.text))]
    assert spans == sorted(spans)
    assert all(span.end <= len(raw) for span in spans)


@given(st.text())
def test_a_plain_form_is_its_own_plain_form(raw: str) -> None:
    once = normalise(raw).text
    assert normalise(once).text == once
