"""One decision as open data: values for machines, without the names of punished people."""

from dataclasses import dataclass
from datetime import date

from pipeline.domain.cleared import ClearedDecision, ClearedParty, ClearedText, plain
from pipeline.domain.money import Fen
from pipeline.domain.party import PartyKind
from pipeline.domain.penalty import PenaltyKind
from pipeline.domain.public import PublicRecord
from pipeline.site.addresses import decision_path
from pipeline.site.data.publisher import Publisher
from pipeline.site.people import NATURAL_PERSON, people_of, without_people

_CONFISCATED = frozenset({PenaltyKind.CONFISCATE_INCOME, PenaltyKind.CONFISCATE_PROPERTY})


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenParty:
    """当事人. A natural person has neither name nor code here."""

    name: str
    kind: str
    code: str
    representative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPenalty:
    """处罚: its kind, and the amount in 元 with two decimals where it is money, else null."""

    kind: str
    amount_yuan: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCorrection:
    """更正: the day and what was corrected."""

    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDecision:
    """一件处罚决定. Days are ISO 8601; what a decision does not say is empty or null.

    ``text`` is the whole document, one line a paragraph; null in lists and for natural persons.
    """

    case_number: str
    page: str
    api: str
    title: str
    parties: tuple[OpenParty, ...]
    violation_kind: str
    facts: str
    legal_basis: str
    penalties: tuple[OpenPenalty, ...]
    penalty_text: str
    decided_on: date
    valid_until: date | None
    agency: str
    agency_code: str
    performance: str
    remark: str
    first_published_on: date
    changed_on: date
    corrections: tuple[OpenCorrection, ...]
    text: str | None = None

    @property
    def fine(self) -> Fen | None:
        """罚款 altogether, in 分."""
        return self._sum(frozenset({PenaltyKind.FINE}))

    @property
    def confiscated(self) -> Fen | None:
        """没收违法所得 and 没收非法财物 altogether, in 分."""
        return self._sum(_CONFISCATED)

    def _sum(self, kinds: frozenset[PenaltyKind]) -> Fen | None:
        amounts = [
            Fen(int(each.amount_yuan.replace(".", "")))
            for each in self.penalties
            if each.amount_yuan is not None and each.kind in kinds
        ]
        return Fen(sum(amounts)) if amounts else None


def api_path(slug: str) -> str:
    """Return the file of one decision.

    >>> api_path("2026/12-0a1b2c3d4e")
    'api/v1/decisions/2026/12-0a1b2c3d4e.json'
    """
    return f"api/v1/decisions/{slug}.json"


def open_decision(
    record: PublicRecord, publisher: Publisher, *, whole: bool = False
) -> OpenDecision:
    """Return a published record as open data; ``whole`` asks for the text of the document."""
    decision = record.decision
    assert decision is not None  # noqa: S101 - only published records come here
    people = people_of(decision)

    def said(text: ClearedText) -> str:
        return without_people(plain(text).strip(), people)

    return OpenDecision(
        case_number=record.case_number,
        page=publisher.address(decision_path(record.slug)),
        api=publisher.address(api_path(record.slug)),
        title="" if decision.about_natural_person else said(decision.title),
        parties=tuple(_party(party) for party in decision.parties),
        violation_kind=said(decision.violation_kind),
        facts=said(decision.facts),
        legal_basis=said(decision.legal_basis),
        penalties=tuple(
            OpenPenalty(kind=each.kind.value, amount_yuan=_yuan(each.amount))
            for each in decision.penalties
        ),
        penalty_text=said(decision.penalty_text),
        decided_on=decision.decided_on,
        valid_until=decision.valid_until,
        agency=decision.organ,
        agency_code=decision.organ_code,
        performance=said(decision.performance),
        remark=said(decision.remark),
        first_published_on=record.first_published_on,
        changed_on=record.changed_on,
        corrections=tuple(
            OpenCorrection(on=note.on, text=without_people(note.text, people))
            for note in record.corrections
        ),
        text=_text(decision, people) if whole else None,
    )


def _party(party: ClearedParty) -> OpenParty:
    if party.kind is PartyKind.NATURAL_PERSON:
        return OpenParty(name=NATURAL_PERSON, kind=party.kind.value, code="", representative="")
    own = party.kind is PartyKind.INDIVIDUAL_BUSINESS
    return OpenParty(
        name=plain(party.name),
        kind=party.kind.value,
        code=party.code,
        representative="" if own else plain(party.representative),
    )


def _yuan(amount: Fen | None) -> str | None:
    if amount is None:
        return None
    yuan, fen = divmod(amount, 100)
    return f"{yuan}.{fen:02}"


def _text(decision: ClearedDecision, people: dict[str, str]) -> str | None:
    if decision.about_natural_person or not decision.document:
        return None
    lines = (
        "\t".join(plain(cell) for cell in row) for part in decision.document for row in part.rows
    )
    return without_people("\n".join(lines), people)
