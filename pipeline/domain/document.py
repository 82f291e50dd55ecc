"""A document as blocks: what remains of a page once its format is forgotten."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class BlockKind(StrEnum):
    """The four kinds of block that a decision is made of."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block(Generic[T]):
    """One block; ``T`` is ``RawText`` before redaction and ``ClearedText`` after it.

    ``rows`` is a grid of cells: 1×1 for a heading or paragraph, n×1 for a list, n×m for a table
    (rows may differ in length). ``level`` is a heading's depth, 1 the highest, else 0.
    """

    kind: BlockKind
    rows: tuple[tuple[T, ...], ...] = field(repr=False)
    level: int = 0


def heading(text: T, level: int = 1) -> Block[T]:
    """Return a heading of ``level`` 1–6."""
    return Block(BlockKind.HEADING, ((text,),), level)


def paragraph(text: T) -> Block[T]:
    """Return a paragraph; line breaks inside it are newline characters."""
    return Block(BlockKind.PARAGRAPH, ((text,),))


def bullets(items: tuple[T, ...]) -> Block[T]:
    """Return a list of items."""
    return Block(BlockKind.LIST, tuple((item,) for item in items))


def table(rows: tuple[tuple[T, ...], ...]) -> Block[T]:
    """Return a table."""
    return Block(BlockKind.TABLE, rows)
