"""A decision as one text, so that it is judged as a whole, and the way back to its parts.

Fields come first, each after its heading (当事人：…), because the heading is evidence; then the
document. Cells are joined by a tab, rows and blocks by a line break.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.domain.decision import Decision
from pipeline.domain.text import RawText

FIELDS = (
    ("title", "标题"),
    ("violation_kind", "违法行为类型"),
    ("facts", "违法事实"),
    ("legal_basis", "处罚依据"),
    ("penalty_text", "处罚内容"),
    ("performance", "履行情况"),
    ("remark", "备注"),
)


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """One text of the decision: where it stands in the flat text and what it is.

    ``place`` is a field (``facts``), ``party/0/name``, ``party/0/representative`` or
    ``document/3/1/0`` (block, row, cell).
    """

    start: int
    end: int
    place: str


@dataclass(frozen=True, slots=True)
class Flat:
    """The flat text and its segments, in order; text between segments is ours."""

    text: RawText = field(repr=False)
    segments: tuple[Segment, ...]


Part = tuple[str, str, str]
"""What stands before a text, its place, and the text."""


def flatten(decision: Decision) -> Flat:
    """Return the whole decision as one text."""
    return join([*_party_parts(decision), *_field_parts(decision), *_document_parts(decision)])


def join(parts: Sequence[Part]) -> Flat:
    """Return ``parts`` one after another."""
    pieces: list[str] = []
    segments: list[Segment] = []
    at = 0
    for before, place, text in parts:
        pieces += (before, text)
        start = at + len(before)
        at = start + len(text)
        segments.append(Segment(start, at, place))
    return Flat(RawText("".join(pieces)), tuple(segments))


def _party_parts(decision: Decision) -> Iterator[Part]:
    for index, party in enumerate(decision.parties):
        yield "\n当事人：", f"party/{index}/name", party.name
        heading = "经营者" if party.kind.value == "个体工商户" else "法定代表人"
        if party.representative:
            yield f"\n{heading}：", f"party/{index}/representative", party.representative


def _field_parts(decision: Decision) -> Iterator[Part]:
    for name, heading in FIELDS:
        text: str = getattr(decision, name)
        if text:
            yield f"\n{heading}：", name, text


def _document_parts(decision: Decision) -> Iterator[Part]:
    for number, block in enumerate(decision.document):
        for row_number, row in enumerate(block.rows):
            for cell_number, cell in enumerate(row):
                before = "\t" if cell_number else "\n"
                yield before, f"document/{number}/{row_number}/{cell_number}", cell
