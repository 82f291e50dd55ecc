"""Parts of the document: text in Markdown, with the charts that it shows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from benchmarks.charts import told

PICTURES = PurePosixPath("pictures/performance")
"""The folder of the charts, beside the document."""

_CHINESE = r"[\u2018-\u201d\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]"
_BREAK = re.compile(rf"(?<={_CHINESE})\n(?={_CHINESE})")

Cell = str | float | None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document, and its charts by name."""

    text: str
    pictures: Mapping[str, str] = field(default_factory=dict)


NOTHING = Section("")


def joined(sections: Iterable[Section]) -> Section:
    """Return several parts as one, those without text left out."""
    found = [section for section in sections if section.text]
    text = "\n\n".join(section.text.strip() for section in found) + "\n"
    pictures = {name: drawn for section in found for name, drawn in section.pictures.items()}
    return Section(text, pictures)


def unbroken(text: str) -> str:
    r"""Return text without line breaks between Chinese characters: they would show as spaces.

    >>> unbroken("处罚\n决定\n\n`a`\n的")
    '处罚决定\n\n`a`\n的'
    """
    return _BREAK.sub("", text)


def shown(name: str, title: str, drawing: str) -> Section:
    """Return a chart as a part of the document."""
    return Section(f"![{title}]({PICTURES / name}.svg)", {name: drawing})


def table(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Section:
    """Return a table; what was not measured is a dash. Nothing without rows."""
    body = [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    if not body:
        return NOTHING
    rule = "|".join(["---", *("---:" for _ in headings[1:])])
    return Section("\n".join([f"| {' | '.join(headings)} |", f"|{rule}|", *body]))


def times(ratio: float | None) -> str | None:
    """Return a ratio in words.

    >>> times(18.4), times(0.0421), times(None)
    ('18.4 倍', '0.0421 倍', None)
    """
    return None if ratio is None else f"{told(ratio)} 倍"


def _cell(value: Cell) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else told(value)
