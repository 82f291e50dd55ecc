"""DOCX → blocks. What a reader of the printed page does not see never comes through."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.domain.document import Block, bullets, heading, paragraph, table
from pipeline.domain.faults import Place
from pipeline.domain.text import RawText
from pipeline.intake.docx_numbering import BULLET, Numbering, parse_numbering
from pipeline.intake.docx_package import Package, open_package
from pipeline.intake.docx_styles import (
    Style,
    Styles,
    W,
    child,
    heading_level,
    is_centred,
    numbering_of,
    parse_styles,
    toggle,
    value,
)
from pipeline.intake.docx_text import (
    WRAPPERS,
    ParagraphText,
    TextReader,
    alternative,
)
from pipeline.intake.model import DocumentFile, FileContent

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TITLE_CHARACTERS = 40
_SENTENCE = re.compile(r"[。；：，、！？]|〔|﹝|\[\d{4}\]")
_PAGE_NUMBER_REST = re.compile(r"[\s\d—－–\-~·.,，/第页共]*")
_UNREAD = frozenset({W + "altChunk", W + "subDoc"})


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of a bulleted list, before its neighbours are known."""

    text: str


@dataclass(slots=True)
class _BlockReader:
    """Reads block content in document order; collects the notes that it passes."""

    package: Package
    styles: Styles
    numbering: Numbering
    text: TextReader
    notes: list[tuple[str, str]] = field(default_factory=list)

    def blocks(self, elements: Iterable[etree._Element]) -> list[Block[RawText]]:
        """Return the blocks of body-level elements; neighbouring items become one list."""
        found: list[Block[RawText]] = []
        items: list[RawText] = []
        for piece in self._pieces(elements):
            if isinstance(piece, _Item):
                items.append(RawText(piece.text))
                continue
            if items:
                found.append(bullets(tuple(items)))
                items = []
            found.append(piece)
        return [*found, bullets(tuple(items))] if items else found

    def _pieces(self, elements: Iterable[etree._Element]) -> Iterator[Block[RawText] | _Item]:
        carried = ""
        for element in self._flat(elements):
            if element.tag == W + "p":
                style = self.styles[value(element, "pPr", "pStyle")]
                read = self.text.read(element, style)
                self.notes.extend(read.notes)
                mark = child(element, "pPr", "rPr")
                if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
                    carried += read.text
                else:
                    yield from self._paragraph(element, style, read, carried)
                    carried = ""
                for box in read.boxes:
                    yield from self._box(box)
            else:
                yield from self._table(element)
        if carried:
            yield paragraph(RawText(carried))

    def _flat(self, elements: Iterable[etree._Element]) -> Iterator[etree._Element]:
        """Yield the paragraphs and tables, through content controls and alternatives."""
        for element in elements:
            if element.tag in {W + "p", W + "tbl"}:
                yield element
            elif element.tag in _UNREAD:
                raise self.package.fault(
                    "正文嵌入了另一份文件，其内容读不到",
                    "请在 Word 中把嵌入的内容粘贴为正文，另存后重新导出",
                )
            elif element.tag == W + "sdt":
                if child(element, "sdtPr", "showingPlcHdr") is None:
                    yield from self._flat(element)
            elif element.tag in WRAPPERS:
                yield from self._flat(element)
            elif str(element.tag).endswith("}AlternateContent"):
                yield from self._flat(alternative(element))

    def _paragraph(
        self, element: etree._Element, style: Style, read: ParagraphText, carried: str
    ) -> Iterator[Block[RawText] | _Item]:
        properties = child(element, "pPr")
        label = self._label(properties, style) if carried + read.text else ""
        text = carried + read.text
        if not text:
            return
        level = heading_level(properties, style) or _looks_like_title(properties, style, read)
        if label == BULLET and not level:
            yield _Item(text)
            return
        text = text if label in {"", BULLET} else label + text
        yield heading(RawText(text), level) if level else paragraph(RawText(text))

    def _label(self, properties: etree._Element | None, style: Style) -> str:
        numbering = numbering_of(properties) or style.numbering
        return self.numbering.label(*numbering) if numbering else ""

    def _box(self, box: etree._Element) -> Iterator[Block[RawText]]:
        if box.tag == W + "txbxContent":
            yield from self.blocks(box)
        elif text := box.get("string", "").strip():
            yield paragraph(RawText(text))

    def _table(self, element: etree._Element) -> Iterator[Block[RawText]]:
        rows = [
            tuple(self._cells(row))
            for row in _inside(element, "tr")
            if child(row, "trPr", "del") is None
        ]
        if all(len(row) <= 1 for row in rows):
            for row in rows:
                for cell in row:
                    yield from cell
            return
        texts = tuple(tuple(RawText(_joined(cell)) for cell in row) for row in rows)
        if any(text for row in texts for text in row):
            yield table(texts)

    def _cells(self, row: etree._Element) -> Iterator[list[Block[RawText]]]:
        for cell in _inside(row, "tc"):
            if child(cell, "tcPr", "cellDel") is None:
                yield self.blocks(cell)


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, through content controls."""
    for element in parent:
        if element.tag == W + name:
            yield element
        elif element.tag in WRAPPERS or element.tag == W + "sdt":
            yield from _inside(element, name)


def _joined(blocks: list[Block[RawText]]) -> str:
    """Return blocks as the text of one cell: a line each, cells of an inner table spaced."""
    return "\n".join(" ".join(filter(None, row)) for block in blocks for row in block.rows)


def _looks_like_title(properties: etree._Element | None, style: Style, read: ParagraphText) -> int:
    centred = is_centred(properties)
    text = read.text
    if not (style.centred if centred is None else centred) or not read.strong:
        return 0
    return int(len(text) <= _TITLE_CHARACTERS and not _SENTENCE.search(text))


def read_docx(file: FileContent) -> DocumentFile:
    """Return the visible content of a Word file: page headers, body, notes, page footers.

    Raises ``UnreadableFileError`` with place and remedy for a file that is damaged, hostile,
    without text, or that hides part of its content from us.
    """
    package = open_package(file)
    try:
        blocks = _read(package)
    except RecursionError:
        raise package.fault("正文嵌套过深，已拒绝读取", "请另存为普通文档后重新导出") from None
    if not blocks:
        raise package.fault(
            "文档里没有文字，可能整页都是图片", "请提供有文字的 .docx，或先做文字识别并人工校对"
        )
    return DocumentFile(Place(file.name), file.digest, tuple(blocks))


def _read(package: Package) -> list[Block[RawText]]:
    main = package.main_part()
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise package.fault("Word 文件里没有正文", "请用 Word 或 WPS 另存后重新导出", main)
    links = package.relationships(main)
    named = {link.kind: link.target for link in links.values()}
    styles = parse_styles(package.xml(named.get("styles", "")))
    numbering = parse_numbering(package.xml(named.get("numbering", "")))
    reader = _BlockReader(package, styles, numbering, TextReader(styles))
    parts = {key: link.target for key, link in links.items()}
    even = toggle(package.xml(named.get("settings", "")), "evenAndOddHeaders")
    headers = _margins(reader, body, parts, "headerReference", even=bool(even))
    content = reader.blocks(body)
    footers = _margins(reader, body, parts, "footerReference", even=bool(even))
    return [*headers, *content, *_notes(reader, named), *footers]


def _margins(
    reader: _BlockReader, body: etree._Element, parts: dict[str, str], kind: str, *, even: bool
) -> list[Block[RawText]]:
    """Return the page headers or footers in use, each text once, page numbers left out."""
    found: list[Block[RawText]] = []
    for reference in body.iter(W + kind):
        section = reference.getparent()
        use = reference.get(W + "type", "default")
        if (use == "first" and not toggle(section, "titlePg")) or (use == "even" and not even):
            continue
        root = reader.package.xml(parts.get(reference.get(_R + "id", ""), ""))
        for block in reader.blocks(root if root is not None else ()):
            if block not in found and not _PAGE_NUMBER_REST.fullmatch(_joined([block])):
                found.append(block)
    return found


def _notes(reader: _BlockReader, named: dict[str, str]) -> list[Block[RawText]]:
    """Return the footnotes and endnotes in the order of their marks in the text."""
    roots = {
        kind: reader.package.xml(named.get(kind + "s", "")) for kind in ("footnote", "endnote")
    }
    notes = {
        (kind, note.get(W + "id", "")): note
        for kind, root in roots.items()
        for note in (root.iterfind(W + kind) if root is not None else ())
    }
    found: list[Block[RawText]] = []
    for mark in dict.fromkeys(reader.notes):
        if mark in notes:
            found.extend(reader.blocks(notes[mark]))
    return found
