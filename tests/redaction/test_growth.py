"""Texts of 100 kB and tables of 5,000 people: all of detection, with names, grows with the text.

The time on a text is compared with the time on four times as much; no absolute time is asserted.
"""

import time
from collections.abc import Callable
from itertools import product

import pytest

from pipeline.redaction.engine import detect
from pipeline.redaction.model import Known

DECISION = (
    "当事人：常山县同福烟酒商行，经营者：{name}，身份证号：33082219900101{number:04}，"
    "住址：浙江省衢州市常山县天马街道新丰路{number}号3幢1单元201室，联系电话：138{number:04}1234。\n"
    "2024年3月5日，执法人员{name}、周文博到该店检查，发现货架上有超过保质期的食品，批号20240101。"
    "投诉人{name}陈述，其患有高血压，于2024年3月2日支付宝付款35元，订单号20240302{number:08}。"
    "依据《中华人民共和国食品安全法》第一百二十四条第一款，常市监罚〔2024〕{number}号。\n"
)
SURNAMES = "王李张刘陈杨赵黄周吴"
FIRST = "建志文丽秀国海晓玉明佳子宇思雨梓浩俊嘉振"
SECOND = "华强芳伟英军平敏杰红涛磊静娟艳勇超鹏飞婷萍辉刚琴兰"
PEOPLE = ["".join(parts) for parts in product(SURNAMES, FIRST, SECOND)]
ROWS = "{number}\t{name}\t138{number:04}1234\t住址：常山县天马街道新丰路{number}号3幢1单元201室\n"


def _filled(form: str, rows: int) -> str:
    return "".join(
        form.format(number=number, name=PEOPLE[number % len(PEOPLE)]) for number in range(rows)
    )


TEXTS: dict[str, Callable[[int], str]] = {
    "decisions": lambda size: _filled(DECISION, size // 280),
    "one decision again and again": lambda size: (DECISION * (size // len(DECISION)))[:size],
    "table": lambda size: _filled(ROWS, size // 20),
    "table in a line": lambda size: _filled("{name}138{number:04}1234、", size // 20),
    "list of names": lambda size: "、".join(PEOPLE[: size // 20]),
    "digits": lambda size: "1" * size,
    "numbers side by side": lambda size: ("13805701234 " * size)[:size],
    "padded labels": lambda size: ("住 址：十号\n" * size)[:size],
    "padded form": lambda size: _filled(
        "住 址：常山县天马街道{number}号（其住宅）\n联 系 电 话：{number}\n", size // 40
    ),
    "labels": lambda size: ("账号" * size)[:size],
}
SMALL = 25_000


def _seconds(text: str) -> float:
    begun = time.process_time()
    detect(text, Known())
    return time.process_time() - begun


@pytest.mark.parametrize("make", TEXTS.values(), ids=TEXTS)
def test_four_times_the_text_takes_about_four_times_as_long(make: Callable[[int], str]) -> None:
    small, large = make(SMALL), make(4 * SMALL)
    assert any(_seconds(large) < 9 * _seconds(small) + 0.05 for _ in range(4))


def test_the_large_table_names_5000_people() -> None:
    assert len(set(PEOPLE)) == TEXTS["table"](4 * SMALL).count("\n") == 5_000
