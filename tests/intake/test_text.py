"""Plain text and Markdown as decisions come in them."""
# ruff: noqa: E501 - tables are read by their rows

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.document import BlockKind
from pipeline.intake.model import DocumentFile, DocumentReader, FileContent, UnreadableFileError
from pipeline.intake.text import read_markdown, read_text


def plain(text: str, encoding: str = "utf-8") -> DocumentFile:
    return read_text(FileContent("决定书.txt", text.encode(encoding)))


def marked(text: str) -> DocumentFile:
    return read_markdown(FileContent("决定书.md", text.encode()))


def cells(document: DocumentFile) -> list[str]:
    return [cell for block in document.blocks for row in block.rows for cell in row]


def shown_by(read: DocumentReader, file: FileContent) -> list[str]:
    """Return the cells of a file, none when it is refused for want of text."""
    try:
        return cells(read(file))
    except UnreadableFileError:
        return []


HEAD = "某县综合行政执法局\n行 政 处 罚 决 定 书\n某综执罚决字〔2024〕12号\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r", "\u2028"])
def test_every_usual_encoding_and_line_break(encoding: str, breaks: str) -> None:
    document = plain(HEAD.replace("\n", breaks) + "当事人：王　伟", encoding)
    assert cells(document)[-2:] == ["某综执罚决字〔2024〕12号", "当事人：王　伟"]


def test_the_title_line_is_a_heading_and_the_first_only() -> None:
    document = plain(HEAD + "一、收到本决定书\n行政处罚决定书\n")
    kinds = [block.kind for block in document.blocks]
    assert kinds[1] is BlockKind.HEADING
    assert kinds.count(BlockKind.HEADING) == 1


def test_every_line_is_a_paragraph_where_nothing_was_wrapped() -> None:
    assert cells(plain("　　甲\n\n\n　　乙乙乙\n丙\n")) == ["甲", "乙乙乙", "丙"]


def test_lines_cut_at_a_fixed_width_are_joined_so_that_names_are_whole() -> None:
    line = "经查明当事人在某县某路未经批准占用城市道路堆放建筑材料证人钱小"
    text = f"　　{line}\n七的陈述与现场检查笔录相互印证足以证明上述违法事实成立应当予以处\n罚。\n　　{line}\n七。\n"
    assert cells(plain(text)) == [
        line + "七的陈述与现场检查笔录相互印证足以证明上述违法事实成立应当予以处罚。",
        line + "七。",
    ]


def test_items_are_never_joined_to_the_line_before() -> None:
    line = "甲" * 30
    text = f"{line}\n{line}\n（一）{line[3:]}\n1. 乙\n第三条 丙\n　　丁\n"
    assert cells(plain(text)) == [line * 2, f"（一）{line[3:]}", "1. 乙", "第三条 丙", "丁"]


def test_a_page_break_parts_nothing_and_leaves_no_character() -> None:
    assert cells(plain("甲\f\n\x0c乙\x0b丙")) == ["甲", "乙", "丙"]


def test_unseen_characters_are_dropped() -> None:
    assert cells(plain("王\x00伟\u202e甲\ufeff乙\u2066" + "。" * 99)) == ["王伟甲乙" + "。" * 99]


@pytest.mark.parametrize("encoding", ["big5", "utf-16-le", "shift-jis", "euc-kr"])
def test_an_unknown_encoding_is_refused_and_not_guessed(encoding: str) -> None:
    content = ("行政處罰決定書當事人應當於收到本決定書之日起履行。\n" * 9).encode(
        encoding, "ignore"
    )
    with pytest.raises(UnreadableFileError, match=r"编码|损坏"):
        read_text(FileContent("a.txt", content))


def test_a_file_cut_inside_a_character_is_refused() -> None:
    content = ("当事人王伟，住某县某路。" * 9).encode()[:-1]
    with pytest.raises(UnreadableFileError, match="损坏"):
        read_text(FileContent("a.txt", content))


@pytest.mark.parametrize("read", [read_text, read_markdown])
def test_an_empty_file_is_refused(read: DocumentReader) -> None:
    with pytest.raises(UnreadableFileError, match="没有文字"):
        read(FileContent("a.txt", " \n　\n".encode()))


def test_the_digest_is_of_the_bytes() -> None:
    assert plain("甲").digest == plain("甲").digest != plain("乙").digest


def test_markdown_keeps_headings_lists_and_tables() -> None:
    document = marked(
        "# 行政处罚决定书\n\n当事人：王伟\n住址：某县\n\n## 一、事实\n\n- 甲\n- 乙\n\n2. 丙\n3. 丁\n\n"
        "| 项 | 额 |\n|---|---:|\n| 罚款 | 2000 |\n"
    )
    assert [(b.kind, b.level, b.rows) for b in document.blocks] == [
        (BlockKind.HEADING, 1, (("行政处罚决定书",),)),
        (BlockKind.PARAGRAPH, 0, (("当事人：王伟\n住址：某县",),)),
        (BlockKind.HEADING, 2, (("一、事实",),)),
        (BlockKind.LIST, 0, (("甲",), ("乙",))),
        (BlockKind.LIST, 0, (("2. 丙",), ("3. 丁",))),
        (BlockKind.TABLE, 0, (("项", "额"), ("罚款", "2000"))),
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("王**伟**明", "王伟明"),
        ("甲 &amp; 乙 &#20013;", "甲 & 乙 中"),
        ("[链接](http://192.0.2.1 '秘密')", "链接"),
        ("甲~~秘密~~乙", "甲乙"),
        ("甲<!-- 秘密 -->乙", "甲乙"),
        ("甲<span hidden>秘密</span>乙", "甲乙"),
        ("甲<script>秘密</script>乙", "甲乙"),
        ("<div style='display:none'>秘密</div>\n\n乙", "乙"),
        ("![秘密](a.png)乙", "乙"),
        ("    四个空格的段落", "四个空格的段落"),
        ("`代码`", "代码"),
    ],
)
def test_markdown_shows_what_a_reader_sees(source: str, text: str) -> None:
    assert cells(marked(source)) == [text]


def test_markdown_nested_too_deeply_is_refused_or_kept_whole() -> None:
    assert "".join(cells(marked(">" * 50 + " 深"))) == "深"
    with pytest.raises(UnreadableFileError, match="层次过深"):
        marked(">" * 3_000 + " 深")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_blocks_or_a_fault_and_loses_no_letter(text: str) -> None:
    found = "".join(shown_by(read_text, FileContent("a.txt", text.encode())))
    assert [c for c in found if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.text("#*-_>|`~[]()<!&;: \n1.甲乙", max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_markdown_is_blocks_or_a_fault(text: str) -> None:
    shown = shown_by(read_markdown, FileContent("a.md", text.encode()))
    assert all("甲" in text for cell in shown if "甲" in cell)
