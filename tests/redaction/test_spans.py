"""Predictions for measuring."""

import pytest

from pipeline.redaction.spans import spans


def test_a_span_counts_characters_of_the_given_text() -> None:
    text = "电话：\u200b１３８０５７０１２３４。"
    assert spans({"id": "1", "text": text}) == [{"start": 4, "end": 15, "type": "PHONE"}]


def test_a_home_address_is_predicted_whole() -> None:
    text = "住址：浙江省常山县天马街道新丰路12号。"
    assert spans({"text": text}) == [{"start": 3, "end": 19, "type": "ADDRESS_HOME"}]


def test_the_name_of_a_known_party_is_not_predicted() -> None:
    text = "当事人林木森，投诉人周慧敏称其购买了过期食品。"
    record = {"text": text, "known": {"parties": ["林木森"], "persons": []}}
    assert [text[s["start"] : s["end"]] for s in spans(record)] == ["周慧敏"]


def test_kinds_that_no_corpus_labels_are_left_out() -> None:
    assert spans({"text": "1990年1月1日出生，微信号：lin_mu88"}) == []


def test_a_passport_is_predicted_as_a_number_of_identity() -> None:
    assert spans({"text": "护照号码：E12345678"})[0]["type"] == "ID_CARD"


@pytest.mark.parametrize("known", [None, {}, {"parties": None, "persons": "x"}, []])
def test_known_values_are_optional(known: object) -> None:
    assert spans({"text": "无", "known": known}) == []


def test_a_record_without_text_is_refused_without_its_contents() -> None:
    with pytest.raises(TypeError, match=r"^text$"):
        spans({"text": 13805701234})
