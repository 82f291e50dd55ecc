"""What redaction is measured against: naive patterns, and jieba's names beside them."""

import re
from collections.abc import Iterator

import rjieba

FLOOR = re.compile(
    r"(?P<ID_CARD>\d{17}[\dXx])"
    r"|(?P<BANK_ACCOUNT>\d{16,19})"
    r"|(?P<PHONE>1[3-9]\d{9}|0\d{2,3}-\d{7,8})"
    r"|(?P<PLATE>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9]{5,6})"
    r"|(?P<EMAIL>[\w.]+@[\w.]+\.\w+)"
    r"|(?P<ADDRESS_HOME>(?<=住址：)[^，。；\n]+|(?<=家住)[^，。；\n]+)"
    r"|(?P<CERTIFICATE>[EG]\d{8})"
    r"|(?P<IP>\d+\.\d+\.\d+\.\d+)"
    r"|(?P<QQ>(?<=QQ)\d{5,11})"
    r"|(?P<ZIP>(?<=邮编)\d{6})"
)
"""Ten naive patterns in one alternation: the floor in speed and in recall."""

Found = tuple[int, int, str]


def floor(text: str) -> Iterator[Found]:
    """Yield what the ten patterns find."""
    for match in FLOOR.finditer(text):
        yield match.start(), match.end(), match.lastgroup or ""


def floor_with_names(text: str) -> Iterator[Found]:
    """Yield what the ten patterns find and every word that jieba's dictionary tags ``nr``."""
    yield from floor(text)
    at = 0
    for word, tag in rjieba.tag(text):
        if tag == "nr":
            yield at, at + len(word), "PERSON"
        at += len(word)
