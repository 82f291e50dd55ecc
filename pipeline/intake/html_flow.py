"""Collects the blocks of a page while it is walked: headings, paragraphs, lists, tables."""

import re

from pipeline.domain.document import Block, bullets, heading, paragraph, table
from pipeline.domain.text import RawText
from pipeline.intake.text_encoding import cleaned

LINE_BREAK = "\x01"
"""Stands for ``<br>`` until white space is folded; no cleaned text holds it."""

_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’]"
_JOINED = re.compile(rf"(?<={_WIDE})[ \t\f]*\n[ \t\n\f]*(?={_WIDE})")
_FOLDED = re.compile(r"[ \t\n\f]+")
_EDGES = " \t\n\f\u00a0\u3000\u2002\u2003\u2009\u200b"


class Flow:
    """The document so far, and what is open: a run of text, a heading, a list, a table cell.

    A table's cell takes every line that is written into it; lists inside cells become lines.
    """

    def __init__(self) -> None:
        self.blocks: list[Block[RawText]] = []
        self._text: list[str] = []
        self._preserved = 0
        self._heading = 0
        self._lists: list[int | None] = []
        self._items: list[str] = []
        self._item: list[str] | None = None
        self._mark = ""
        self._tables: list[bool] = []
        self._rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def write(self, text: str) -> None:
        """Add running text; inside preformatted text its line breaks stay."""
        text = cleaned(text)
        self._text.append(text.replace("\n", LINE_BREAK) if self._preserved else text)

    def preserve(self, step: int) -> None:
        """Enter (1) or leave (-1) preformatted text, whose line breaks are kept."""
        self._preserved += step

    def line_break(self) -> None:
        """Add a line break inside the paragraph."""
        self._text.append(LINE_BREAK)

    def end_paragraph(self) -> None:
        """Close the run of text and put it where it belongs."""
        text = folded("".join(self._text))
        self._text.clear()
        if not text:
            return
        if self._cell is not None:
            self._cell.append(self._mark + text)
        elif self._lists:
            self._write_item(text)
        elif self._heading:
            self.blocks.append(heading(RawText(text), self._heading))
        else:
            self.blocks.append(paragraph(RawText(text)))
        self._mark = ""

    def start_heading(self, level: int) -> None:
        """Open a heading of ``level`` 1–6."""
        self.end_paragraph()
        self._heading = level

    def end_heading(self) -> None:
        """Close the heading."""
        self.end_paragraph()
        self._heading = 0

    def start_list(self, first: int | None) -> None:
        """Open a list; numbered from ``first``, or not numbered when ``None``."""
        self.end_paragraph()
        self._end_item()
        self._lists.append(first)

    def end_list(self) -> None:
        """Close the innermost list; the outermost one becomes a block."""
        self.end_paragraph()
        self._end_item()
        if self._lists:
            self._lists.pop()
        if not self._lists:
            self._end_items()

    def start_item(self) -> None:
        """Open an item of the innermost list."""
        self.end_paragraph()
        self._end_item()
        if self._lists and (number := self._lists[-1]) is not None:
            self._mark = f"{number}. "
            self._lists[-1] = number + 1

    def end_item(self) -> None:
        """Close the item."""
        self.end_paragraph()
        self._end_item()
        self._mark = ""

    def start_table(self, *, holds_data: bool) -> None:
        """Open a table: one of data, which holds no other table, or one that only places text."""
        self.end_paragraph()
        self._tables.append(holds_data)
        if holds_data:
            self._end_item()
            self._end_items()
            self._rows = []

    def start_row(self) -> None:
        """Open a row."""
        self.end_cell()
        self._rows.append([])

    def start_cell(self) -> None:
        """Open a cell, and a row when none is open."""
        self.end_cell()
        if self._in_data:
            if not self._rows:
                self._rows.append([])
            self._cell = []

    def end_cell(self) -> None:
        """Close the cell."""
        self.end_paragraph()
        if self._rows and self._cell is not None:
            self._rows[-1].append("\n".join(self._cell))
        self._cell = None

    def end_table(self) -> None:
        """Close the table; rows without any text are left out."""
        self.end_cell()
        if not self._tables or not self._tables.pop():
            return
        rows = [tuple(map(RawText, row)) for row in self._rows if any(row)]
        if rows:
            self.blocks.append(table(tuple(rows)))

    @property
    def _in_data(self) -> bool:
        return bool(self._tables) and self._tables[-1]

    def _write_item(self, text: str) -> None:
        if self._item is None:
            self._item = [self._mark + text]
        else:
            self._item.append(text)

    def _end_item(self) -> None:
        if self._item:
            self._items.append("\n".join(self._item))
        self._item = None

    def _end_items(self) -> None:
        if self._items:
            self.blocks.append(bullets(tuple(map(RawText, self._items))))
            self._items = []


def folded(text: str) -> str:
    r"""Return running text as a browser shows it, trimmed outside only.

    A line break of the source between two Chinese characters is nothing; elsewhere white space
    is one space. No-break and ideographic spaces inside stay.

    >>> folded("  行政处罚\n决定书 ")
    '行政处罚决定书'
    """
    lines = (_FOLDED.sub(" ", _JOINED.sub("", line)) for line in text.split(LINE_BREAK))
    return "\n".join(line.strip(_EDGES) for line in lines).strip("\n")
