"""Finds the title of a document whose format does not mark it: 行 政 处 罚 决 定 书 on a line."""

import re
from dataclasses import replace

from pipeline.domain.document import Block, BlockKind
from pipeline.domain.text import RawText

_TITLE = re.compile(
    r"[^。，；：、,;:]{0,40}(?:决定书|告知书|通知书|意见书)(?:[(（][^)）]{1,12}[)）])?"
)
_SEARCHED = 5


def with_title_line(blocks: tuple[Block[RawText], ...]) -> tuple[Block[RawText], ...]:
    """Return the blocks with their title line as a heading, when they have no heading yet.

    Only the first blocks are searched, and only a paragraph that is nothing but a title.
    """
    if any(block.kind is BlockKind.HEADING for block in blocks):
        return blocks
    for index, block in enumerate(blocks[:_SEARCHED]):
        text = re.sub(r"\s", "", block.rows[0][0])
        if block.kind is BlockKind.PARAGRAPH and _TITLE.fullmatch(text):
            title = replace(block, kind=BlockKind.HEADING, level=1)
            return (*blocks[:index], title, *blocks[index + 1 :])
    return blocks
