"""Amounts are whole 分 and days exist, in whatever form a bureau writes them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.dates import parse_date
from pipeline.domain.money import (
    Fen,
    format_yuan,
    parse_capital,
    parse_numeral,
    parse_wan,
    parse_yuan,
)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("2000", 200_000),
        ("2,000.00元", 200_000),
        ("￥１２，０００", 1_200_000),
        ("人民币500元整", 50_000),
        ("0.01", 1),
        ("-5", -500),
    ],
)
def test_amounts_in_yuan(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "fen"), [("0.2", 200_000), ("1", 1_000_000), ("0.000001", 1), ("1.5万元", 1_500_000)]
)
def test_amounts_in_ten_thousand_yuan(text: str, fen: int) -> None:
    assert parse_wan(text) == fen


@pytest.mark.parametrize("text", ["", "若干", "1e400", "NaN", "0.001", "1,2元3", "Infinity"])
def test_what_is_no_amount_of_whole_fen_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="金额"):
        parse_yuan(text)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("人民币壹万贰仟元整", 1_200_000),
        ("伍佰元", 50_000),
        ("贰拾万零叁佰元整", 20_030_000),
        ("拾元", 1_000),
        ("叁佰零伍元肆角贰分", 30_542),
        ("一千二百元整", 120_000),
        ("壹亿元整", 10**10),
        ("壹佰元零伍分", 10_005),
    ],
)
def test_amounts_in_words(text: str, fen: int) -> None:
    assert parse_capital(text) == fen


@pytest.mark.parametrize("text", ["", "元", "壹万", "甲元整", "壹元甲角"])
def test_other_words_are_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match="不是"):
        parse_capital(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("十二", 12), ("一百零三", 103), ("壹拾贰万零叁佰", 120_300), ("二亿三千万", 230_000_000)],
)
def test_numerals(text: str, number: int) -> None:
    assert parse_numeral(text) == number


@given(st.integers(min_value=0, max_value=10**15))
def test_a_printed_amount_reads_back(fen: int) -> None:
    assert parse_yuan(format_yuan(Fen(fen))) == fen


@pytest.mark.parametrize(
    "text",
    [
        "2021-12-31",
        "2021/12/31",
        "2021.12.31",
        "2021年12月31日",
        "20211231",
        "２０２１年１２月３１日",
        "二〇二一年十二月三十一日",
        "二○二一年十二月卅一日",
        "2021-12-31 00:00:00",
        "2021-12-31T08:30",
        "2021/12/31 10:00:00",
        "2021年12月31日 9:05",
    ],
)
def test_every_usual_form_of_a_day(text: str) -> None:
    assert parse_date(text) == date(2021, 12, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二二年元月初三", date(2022, 1, 3)),
        ("二零二二年二月廿八日", date(2022, 2, 28)),
        ("二〇二四年十月十日", date(2024, 10, 10)),
        ("2021.5.3", date(2021, 5, 3)),
        ("2024/5/3 10:00:00", date(2024, 5, 3)),
    ],
)
def test_old_fashioned_days(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text", ["", "2021-02-29", "2021年13月1日", "2021-4-31", "20210230", "昨日", "2021"]
)
def test_a_day_that_does_not_exist_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(不是日期|日期不存在)$"):
        parse_date(text)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_iso_days_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(day.strftime("%Y%m%d")) == day


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        assert isinstance(parse_date(text), date)
    except ValueError:
        assert text != "2021-12-31"
