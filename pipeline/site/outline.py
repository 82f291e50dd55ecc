"""The outline of a decision: which of its paragraphs are headings in truth, and their anchors."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.domain.cleared import ClearedText
from pipeline.domain.document import Block, BlockKind

_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；;，,：:\n]{2,16}")


@dataclass(frozen=True, slots=True)
class Part:
    """One heading inside a document: ``anchor`` is its address on the page."""

    anchor: str
    title: str


def anchor_of(number: int) -> str:
    """Return the anchor of the block ``number``; the first is 1.

    >>> anchor_of(12)
    'd12'
    """
    return f"d{number}"


def is_heading(block: Block[ClearedText]) -> bool:
    """Return whether a paragraph is but a numbered heading, 一、违法事实, with nothing masked.

    Word processors make such headings of plain paragraphs.
    """
    if block.kind is not BlockKind.PARAGRAPH:
        return False
    runs = [run for row in block.rows for cell in row for run in cell]
    text = "".join([run.text for run in runs]).strip()
    return _HEADING.fullmatch(text) is not None and all(run.mask is None for run in runs)


def parts_of(blocks: Sequence[Block[ClearedText]]) -> Iterator[Part]:
    """Yield the headings of a document but its title, in their order."""
    for number, block in enumerate(blocks, 1):
        if is_heading(block) or (block.kind is BlockKind.HEADING and block.level > 1):
            runs = [run for row in block.rows for cell in row for run in cell]
            yield Part(anchor_of(number), "".join([run.text for run in runs]).strip())
