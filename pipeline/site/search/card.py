"""What search knows of one decision: the entry in the list of results, and the text to look in.

The name of a punished natural person stands on the decision's own page and in no list; nor can
it be searched for. In the text it is replaced by what that person is in the case.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from pipeline.domain.cleared import ClearedDecision, ClearedText, plain
from pipeline.domain.party import PartyKind
from pipeline.site.lists import Listed
from pipeline.site.people import people_of, without_people
from pipeline.site.search.words import normal

STEPS = (0, 100_000, 1_000_000, 5_000_000, 10_000_000, 100_000_000)
"""Lower ends of the steps of amounts, in 分: 0, 1千, 1万, 5万, 10万, 100万元."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One decision as search sees it; ``amount`` in 分, ``None`` where no money is due.

    ``names`` are those of organisations, by which it can be found as such.
    """

    number: str
    date: str
    organ: str
    parties: tuple[str, ...]
    title: str
    violation: str
    penalties: tuple[str, ...]
    amount: int | None
    text: str
    names: tuple[str, ...]

    def as_bytes(self) -> bytes:
        """Return the file that the browser fetches for a result."""
        shown = {name: getattr(self, name) for name in _SHOWN}
        return msgspec.json.encode(shown)

    @property
    def step(self) -> int | None:
        """Which of ``STEPS`` the amount is on."""
        if self.amount is None:
            return None
        return sum(self.amount >= low for low in STEPS) - 1


_SHOWN = (
    "number", "date", "organ", "parties", "title", "violation", "penalties", "amount", "text",
)  # fmt: skip


def card_of(entry: Listed, decision: ClearedDecision) -> Card:
    """Return the card of a published decision."""
    amounts = [penalty.amount for penalty in decision.penalties if penalty.amount is not None]
    named = [party for party in decision.parties if party.kind is not PartyKind.NATURAL_PERSON]
    return Card(
        number=entry.case_number,
        date=entry.decided_on.isoformat(),
        organ=entry.organ,
        parties=entry.parties,
        title=entry.title,
        violation=entry.violation,
        penalties=entry.penalties,
        amount=sum(amounts) if amounts else None,
        text=without_people("\n".join(_texts(decision)), people_of(decision)),
        names=tuple(plain(party.name) for party in named),
    )


def _texts(decision: ClearedDecision) -> Iterator[str]:
    """Yield the document, and of the fields what it does not hold."""
    lines = [_line(cell) for block in decision.document for row in block.rows for cell in row]
    whole = normal("\n".join(lines))
    fields = (
        decision.title,
        *(party.name for party in decision.parties),
        decision.violation_kind,
        decision.facts,
        decision.legal_basis,
        decision.penalty_text,
        decision.performance,
        decision.remark,
    )
    for text in map(_line, fields):
        if text and normal(text) not in whole:
            yield text
    yield from filter(None, lines)


def _line(text: ClearedText) -> str:
    return " ".join(plain(text).split())
