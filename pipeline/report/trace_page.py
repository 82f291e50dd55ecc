"""The private page of a trace: the whole text with what is hidden and what stays, and why.

One file: no script, nothing from elsewhere. It holds the original text and is for staff only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.domain.document import Block, BlockKind
from pipeline.domain.protected import Category
from pipeline.redaction.flatten import Segment
from pipeline.report.explanation import Explanation, Item, Stay
from pipeline.report.places import place_title


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind looks: a letter, a hue (0–359) and one of five patterns."""

    kind: Category
    letter: str
    hue: int
    pattern: int


LOOKS = tuple(
    Look(kind, letter, hue, pattern)
    for kind, letter, hue, pattern in (
        (Category.PERSON, "名", 48, 0),
        (Category.ID_CARD, "身", 0, 1),
        (Category.CERTIFICATE, "证", 20, 2),
        (Category.PHONE, "话", 205, 1),
        (Category.EMAIL, "邮", 185, 2),
        (Category.SOCIAL_ACCOUNT, "网", 225, 3),
        (Category.ADDRESS_HOME, "址", 120, 1),
        (Category.BANK_ACCOUNT, "账", 280, 2),
        (Category.PLATE, "牌", 160, 3),
        (Category.PROPERTY, "权", 85, 4),
        (Category.HEALTH, "健", 330, 3),
        (Category.BIRTH_DATE, "生", 30, 4),
        (Category.MINOR, "未", 305, 4),
        (Category.MARKED, "他", 250, 4),
    )
)
_LOOK = {look.kind: look for look in LOOKS}
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff]"
)
_ENVIRONMENT = Environment(
    loader=PackageLoader("pipeline.report"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text: hidden (``item``), considered and kept (``stay``), or neither."""

    text: str = field(repr=False)
    item: Item | None = None
    stay: Stay | None = None

    @property
    def look(self) -> Look:
        """How the kind of a hidden piece looks."""
        assert self.item is not None  # noqa: S101 - the template asks only for hidden pieces
        return _LOOK[self.item.entry.category]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A field of the decision with its heading."""

    title: str
    pieces: tuple[Piece, ...]


def trace_page(explanation: Explanation) -> str:
    """Return the page as HTML. It holds the original text: never put it where visitors come."""
    pieces = {segment.place: found for segment, found in _pieces_by_segment(explanation)}
    decision = explanation.decision
    fields = [
        Paragraph(place_title(place, decision), found)
        for place, found in pieces.items()
        if not place.startswith("document/")
    ]
    template = _ENVIRONMENT.get_template("trace.html")
    return template.render(
        it=explanation,
        fields=fields,
        blocks=_blocks(explanation, pieces),
        looks=[look for look in LOOKS if look.kind in _kinds(explanation)],
        look_of=_LOOK,
        kinds=BlockKind,
    )


def _kinds(explanation: Explanation) -> frozenset[Category]:
    return frozenset(each.entry.category for each in explanation.items)


def _blocks(
    explanation: Explanation, pieces: dict[str, tuple[Piece, ...]]
) -> Iterator[Block[tuple[Piece, ...]]]:
    for number, block in enumerate(explanation.decision.document):
        rows = tuple(
            tuple(pieces[f"document/{number}/{row}/{cell}"] for cell in range(len(cells)))
            for row, cells in enumerate(block.rows)
        )
        yield Block(block.kind, rows, block.level)


def _pieces_by_segment(
    explanation: Explanation,
) -> Iterator[tuple[Segment, tuple[Piece, ...]]]:
    """Yield each part of the decision in pieces; what is hidden goes before what stays."""
    text = explanation.flat.text
    owner: list[Item | Stay | None] = [None] * len(text)
    for stay in explanation.stays:
        for start, end in stay.spans:
            owner[start:end] = [stay] * (end - start)
    for item in explanation.items:
        start, end = item.entry.start, item.entry.end
        owner[start:end] = [item] * (end - start)
    for segment in explanation.flat.segments:
        at = range(segment.start, segment.end)
        groups = (list(group) for _, group in groupby(at, key=lambda i: id(owner[i])))
        yield segment, tuple(_piece(text[g[0] : g[-1] + 1], owner[g[0]]) for g in groups)


def _piece(text: str, owner: Item | Stay | None) -> Piece:
    seen = _UNSEEN.sub(lambda odd: f"⟦U+{ord(odd.group()):04X}⟧", text)
    if isinstance(owner, Item):
        return Piece(seen, item=owner)
    return Piece(seen, stay=owner)
