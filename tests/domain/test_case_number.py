"""文号: every bracket style is the same decision; nothing else is a 文号."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.case_number import CaseNumber

SAME = (
    "常综执罚决字〔2021〕第12号",
    "常综执罚决字﹝2021﹞第12号",
    "常综执罚决字[2021]12号",
    "常综执罚决字［2021］第012号",
    "常综执罚决字（2021）第12号",
    "常综执罚决字(２０２１)第１２号",
    "常综执罚决字【2021】第 12 号",
    " 常综执罚决字 〔2021〕 第12号 ",
)


@pytest.mark.parametrize("written", SAME)
def test_every_way_of_writing_a_number_is_one_decision(written: str) -> None:
    number = CaseNumber.parse(written)
    assert number.key == "常综执罚决字〔2021〕12"
    assert number.slug == CaseNumber.parse(SAME[0]).slug


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("常综执罚决字﹝2021﹞第0012号", "常综执罚决字〔2021〕第0012号"),
        ("常综执罚决字(2021)第12号", "常综执罚决字〔2021〕第12号"),
        ("（昆山）安监罚〔2023〕149号", "（昆山）安监罚〔2023〕149号"),
        ("浙0822综执罚决字［2024］3-2号", "浙0822综执罚决字〔2024〕3-2号"),
    ],
)
def test_the_page_shows_the_number_as_written_with_the_official_brackets(
    written: str, shown: str
) -> None:
    assert CaseNumber.parse(written).display == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "第12号",
        "常综执罚决字第12号",
        "〔2021〕12号",
        "常综执罚决字〔1821〕12号",
        "2021年5月3日",
        "常综执罚决字〔2021〕第12号、第13号",
        "常综执罚决字〔2021〕号",
    ],
)
def test_anything_else_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"^不是文号$"):
        CaseNumber.parse(text)


def test_branches_and_other_codes_are_other_decisions() -> None:
    numbers = (
        "常综执罚决字〔2021〕12号",
        "常综执罚决字〔2021〕12-1号",
        "常市监罚〔2021〕12号",
        "常综执罚决字〔2022〕12号",
    )
    assert len({CaseNumber.parse(number).key for number in numbers}) == len(numbers)
    assert len({CaseNumber.parse(number).slug for number in numbers}) == len(numbers)


@given(st.text(max_size=60))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        number = CaseNumber.parse(text)
    except ValueError as refused:
        assert str(refused) == "不是文号"  # noqa: PT017 - either outcome is right
    else:
        assert set(number.slug) <= set("0123456789abcdef/-")
        assert not number.slug.startswith(("/", "."))
        assert CaseNumber.parse(number.display).key == number.key
