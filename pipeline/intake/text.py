"""Reads a 决定书 from plain text and from Markdown."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from markdown_it import MarkdownIt

from pipeline.domain.document import Block, paragraph
from pipeline.domain.faults import Fault, Place
from pipeline.domain.text import RawText
from pipeline.intake.html import page_blocks, too_much
from pipeline.intake.html_css import TooMuchMarkupError
from pipeline.intake.model import DocumentFile, FileContent, UnreadableFileError
from pipeline.intake.text_encoding import cleaned, decode
from pipeline.intake.title_line import with_title_line

_NARROW, _BROAD = 44, 140
"""Columns between which a file may have been wrapped by the program that wrote it."""
_SLACK = 5
_EDGES = " \t\u3000\u00a0\f"
_ENDS = ("。", "；", "：", "！", "？", ":", ";")
_INDENT = re.compile(r"[ \t\u3000\u00a0]{2,}|\u3000")
_STARTS_ANEW = re.compile(
    r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、．]|第[一二三四五六七八九十百]+[条章节]|[-*•·●]\s"
)


def read_text(file: FileContent) -> DocumentFile:
    """Return a plain text file as paragraphs; its title line as a heading.

    Every line is a paragraph, blank lines or not, unless the lines were cut at a fixed width: then
    those of a paragraph are joined again. A page break parts nothing.
    """
    lines = cleaned(decode(file)).replace("\f", "\n").split("\n")
    blocks = tuple(paragraph(RawText(text)) for text in _paragraphs(lines))
    return _document(file, with_title_line(blocks))


def read_markdown(file: FileContent) -> DocumentFile:
    """Return a Markdown file as blocks. Raw HTML in it is read like a page.

    Raises ``UnreadableFileError`` for an empty file or one nested too deeply to be a document.
    """
    text = cleaned(decode(file))
    try:
        blocks = page_blocks(_MARKDOWN.render(text))
    except RecursionError:
        raise UnreadableFileError(
            Fault(Place(file.name), "列表或引用的层次过深", "请改成普通段落后重新导出")
        ) from None
    except TooMuchMarkupError:
        raise UnreadableFileError(too_much(file)) from None
    return _document(file, blocks)


def _markdown() -> MarkdownIt:
    """Return a parser that loses no text: no nesting limit, a line break is a line break."""
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True, "maxNesting": 100_000})
    return parser.enable(["table", "strikethrough"]).disable(["code"])


_MARKDOWN = _markdown()


def _document(file: FileContent, blocks: tuple[Block[RawText], ...]) -> DocumentFile:
    if not blocks:
        raise UnreadableFileError(Fault(Place(file.name), "文件中没有文字", "请核对后重新导出"))
    digest = file.digest or hashlib.sha256(file.content).hexdigest()
    return DocumentFile(Place(file.name), digest, blocks)


def _paragraphs(lines: list[str]) -> Iterator[str]:
    widths = [_width(line.rstrip(_EDGES)) for line in lines]
    edge = max(widths, default=0)
    wrapped = _NARROW <= edge <= _BROAD and sum(w >= edge - _SLACK for w in widths) >= 2
    group: list[str] = []
    for line, width, following in zip(lines, widths, [*lines[1:], ""], strict=True):
        if plain := line.strip(_EDGES):
            group.append(plain)
        full = wrapped and width >= edge - _SLACK and not line.rstrip(_EDGES).endswith(_ENDS)
        if group and not (full and _continues(following)):
            yield _joined(group)
            group = []


def _continues(line: str) -> bool:
    """Say whether a line goes on with the one before: not blank, indented, or an item."""
    return bool(line.strip(_EDGES)) and not _INDENT.match(line) and not _STARTS_ANEW.match(line)


def _joined(lines: list[str]) -> str:
    """Join lines again; a space only between two words of Latin letters or digits."""
    text = lines[0]
    for line in lines[1:]:
        spaced = text[-1].isascii() and line[0].isascii() and text[-1].isalpha()
        text += f" {line}" if spaced else line
    return text


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
