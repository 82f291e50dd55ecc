"""Citations of a decision: each belongs to the law that stands before it, or to none."""

import pytest

from pipeline.domain.cleared import ClearedText, Run
from pipeline.domain.document import Block, bullets, heading, paragraph
from pipeline.domain.protected import Category
from pipeline.site.outline import is_heading, parts_of
from pipeline.site.statutes import citations_of


def one(text: str) -> ClearedText:
    return (Run(text),)


def cited(*paragraphs: str) -> list[tuple[str, str]]:
    blocks = [paragraph(one(text)) for text in paragraphs]
    return [(each.law, each.article) for each in citations_of(blocks)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("违反了《甲条例》第十四条的规定", [("《甲条例》", "第十四条")]),
        ("依据《甲条例》第三十四条第（二）项", [("《甲条例》", "第三十四条第（二）项")]),
        ("《甲法》第五条第一款第六项", [("《甲法》", "第五条第一款第六项")]),
        ("《甲法》第一百二十条之一", [("《甲法》", "第一百二十条之一")]),
        ("《甲法》（2021年修订）第五条", [("《甲法》", "第五条")]),
        ("《甲法》第五条、第七条第二款", [("《甲法》", "第五条"), ("《甲法》", "第七条第二款")]),
        ("《甲法》第九条第一项、第二项", [("《甲法》", "第九条第一项、第二项")]),
        (
            "《甲法》第五条和《乙办法》第3条",
            [("《甲法》", "第五条"), ("《乙办法》", "第3条")],
        ),
        ("《甲〈乙〉实施办法》第三条", [("《甲〈乙〉实施办法》", "第三条")]),
        (
            "《甲条例》第一条。依据该条例第二条",
            [("《甲条例》", "第一条"), ("《甲条例》", "第二条")],
        ),
        ("依据该条例第二条", []),
        ("第七条", []),
        ("《甲合同》约定，乙方违反第七条", []),
        ("《行政处罚事先告知书》送达当事人", []),
        ("一条街", []),
    ],
)
def test_an_article_belongs_to_the_law_before_it(text: str, found: list[tuple[str, str]]) -> None:
    assert cited(text) == found


def test_a_law_named_earlier_is_remembered_across_paragraphs() -> None:
    assert cited("《甲条例》规定如下", "该条例第二条") == [("《甲条例》", "第二条")]


def test_an_article_cited_twice_stands_once_with_both_places() -> None:
    blocks = [paragraph(one(f"依据《甲法》第五条，{n}")) for n in range(2)]
    (only,) = citations_of(blocks)
    assert only.places == (("d1", 1), ("d2", 2))


def test_what_is_masked_is_in_no_citation() -> None:
    hidden: ClearedText = (Run("《甲法》"), Run("张某", Category.PERSON, "乙"), Run("第五条"))
    assert citations_of([paragraph(hidden)]) == ()


@pytest.mark.parametrize(
    ("text", "heading_in_truth"),
    [
        ("一、违法事实", True),
        ("十二、处罚决定", True),
        ("一、罚款人民币三千元；", False),
        ("一、当事人应当自收到决定书之日起十五日内缴纳罚款", False),
        ("1．现场笔录", False),
        ("上述事实", False),
    ],
)
def test_a_short_numbered_line_is_a_heading(text: str, heading_in_truth: bool) -> None:
    assert is_heading(paragraph(one(text))) is heading_in_truth


def test_the_outline_has_the_headings_below_the_title_in_their_order() -> None:
    blocks: tuple[Block[ClearedText], ...] = (
        heading(one("行政处罚决定书"), 1),
        paragraph(one("一、违法事实")),
        bullets((one("一、证据"),)),
        heading(one("二、决定"), 2),
    )
    assert [(part.anchor, part.title) for part in parts_of(blocks)] == [
        ("d2", "一、违法事实"),
        ("d4", "二、决定"),
    ]


def test_a_line_with_something_masked_is_no_heading() -> None:
    assert not is_heading(paragraph((Run("一、关于"), Run("张某", Category.PERSON, "甲"))))
