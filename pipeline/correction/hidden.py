"""Values that staff want hidden on a page, held against what the page says.

A value that the page does not show as written would be kept and never match: it is refused.
"""

from collections.abc import Iterator, Sequence

from pipeline.correction.words import HIDDEN, CorrectionError, clean
from pipeline.domain.cleared import ClearedDecision, ClearedText
from pipeline.domain.text import RawText
from pipeline.redaction.normalise import normalise


def checked_values(values: Sequence[str], page: ClearedDecision | None) -> tuple[RawText, ...]:
    """Return the values, each once.

    Raises ``CorrectionError``, without the values, for one that is too short to be hidden alone or
    that ``page`` does not show in one piece. Without a page they are taken as they are.
    """
    cleaned = tuple(dict.fromkeys(clean(value, HIDDEN) for value in values))
    for place, value in enumerate(cleaned, start=1):
        if len("".join(value.split())) < 2:
            raise CorrectionError(
                f"第 {place} 处应隐去的内容只有一个字，会误伤别处。请连同前后文字一起写"
            )
        if page is not None and not places_of(value, page):
            raise CorrectionError(
                f"第 {place} 处应隐去的内容在公示的文书里没有找到。"
                "请照页面原样写，不要跨过已经隐去的地方"
            )
    return tuple(map(RawText, cleaned))


def places_of(value: str, page: ClearedDecision) -> int:
    """Return how often the page shows ``value`` in one piece."""
    wanted = normalise(value).text.strip()
    return sum(normalise(text).text.count(wanted) for text in _shown(page))


def _shown(page: ClearedDecision) -> Iterator[str]:
    for text in _texts(page):
        yield from (run.text for run in text if run.mask is None)


def _texts(page: ClearedDecision) -> Iterator[ClearedText]:
    yield from (page.title, page.violation_kind, page.facts, page.legal_basis)
    yield from (page.penalty_text, page.performance, page.remark)
    for party in page.parties:
        yield from (party.name, party.representative)
    for block in page.document:
        for row in block.rows:
            yield from row
