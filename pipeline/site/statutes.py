"""Which articles of which laws a decision cites, and in which of its paragraphs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.domain.cleared import ClearedText
from pipeline.domain.document import Block
from pipeline.site.outline import anchor_of

_NUMBER = r"[零〇一二三四五六七八九十百千0-9]{1,7}"
_PARAGRAPH = rf"(?:第{_NUMBER}款)?(?:第?[（(]?{_NUMBER}[）)]?[项目])?"
_MORE = rf"(?:[、和及]第?[（(]?{_NUMBER}[）)]?[款项])*"
_TOKEN = re.compile(
    r"(?P<law>《[^《》]{2,60}(?:《[^《》]{2,40}》[^《》]{0,30})?》)(?:[（(][^（）()]{2,30}[）)])?"
    r"|(?P<same>(?:该|同|本)(?:法|条例|规定|办法|细则))"
    rf"|(?P<article>第{_NUMBER}条(?:之{_NUMBER})?{_PARAGRAPH}{_MORE})"
)
_BETWEEN = frozenset({"", "的", "、", "和", "及", "与", "以及", "，", "中"})


@dataclass(frozen=True, slots=True)
class Citation:
    """An article cited: ``law`` with its 《》, ``article`` as written, and where.

    ``places`` are the anchors of the paragraphs with their numbers, in order.
    """

    law: str
    article: str
    places: tuple[tuple[str, int], ...]


def citations_of(blocks: Sequence[Block[ClearedText]]) -> tuple[Citation, ...]:
    """Return the articles that a document cites, in the order in which it first does."""
    places: dict[tuple[str, str], dict[int, None]] = {}
    for number, law, article in _cited(_texts(blocks)):
        places.setdefault((law, article), {})[number] = None
    return tuple(
        Citation(law, article, tuple((anchor_of(n), n) for n in numbers))
        for (law, article), numbers in places.items()
    )


def _texts(blocks: Iterable[Block[ClearedText]]) -> Iterator[str]:
    """Yield the text of each block; what is masked is in no law, and ends a chain of articles."""
    for block in blocks:
        cells = [cell for row in block.rows for cell in row]
        yield "\n".join(
            ["".join(["\0" if run.mask else run.text for run in cell]) for cell in cells]
        )


def _cited(texts: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the number of the block, the law and the article of each citation.

    An article belongs to the law, or to the article of it, that stands right before it; 该条例 is
    the law named last. Any other article is of no law that could be told, and is left out.
    """
    last = ""
    for number, text in enumerate(texts, 1):
        if "条" not in text and "《" not in text:
            continue
        end = -1
        for token in _TOKEN.finditer(text):
            if token["law"]:
                last, end = token["law"], token.end()
            elif token["same"]:
                end = token.end()
            elif last and end >= 0 and text[end : token.start()] in _BETWEEN:
                end = token.end()
                yield number, last, token["article"]
