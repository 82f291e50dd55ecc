"""What people type is made fit to be kept, or refused without being repeated."""

import pytest

from pipeline.correction.words import ASKER, CLAIM, CONTACT, HIDDEN, NOTE, CorrectionError, clean
from pipeline.correction.words import Entry as WordsEntry

MARKED = "绝密甲乙丙"


@pytest.mark.parametrize(
    ("typed", "entry", "kept"),
    [
        ("  张试 ", ASKER, "张试"),
        ("张\u3000试", ASKER, "张 试"),
        ("e\u0301", ASKER, "\u00e9"),
        ("第一行\r\n\r\n  第二行\n", CLAIM, "第一行\n第二行"),
        ("=HYPERLINK(1)", CLAIM, "=HYPERLINK(1)"),
        ("", NOTE, ""),
    ],
)
def test_blanks_and_line_ends_are_made_plain(typed: str, entry: WordsEntry, kept: str) -> None:
    assert clean(typed, entry) == kept


@pytest.mark.parametrize(
    ("typed", "entry", "why"),
    [
        ("  ", ASKER, "没有填写申请人"),
        (f"{MARKED}\x1b[2J", ASKER, "控制字符"),
        (f"{MARKED}\n第二行", CONTACT, "控制字符"),
        (f"{MARKED}\x00", CLAIM, "控制字符"),
        (f"{MARKED}\u202e", CLAIM, "控制字符"),
        (f"{MARKED}\u200b", HIDDEN, "控制字符"),
        (f"{MARKED}\ud800", CLAIM, "控制字符"),
        (MARKED * 21, ASKER, "超过 100 字"),
        (MARKED * 1001, CLAIM, "超过 5000 字"),
    ],
)
def test_what_steers_a_terminal_or_never_ends_is_refused_and_not_repeated(
    typed: str, entry: WordsEntry, why: str
) -> None:
    with pytest.raises(CorrectionError, match=why) as refused:
        clean(typed, entry)
    assert MARKED not in str(refused.value)
