"""What the structured fields of a decision tell about its text."""

from collections.abc import Iterator

from pipeline.domain.decision import Decision
from pipeline.domain.party import Party, PartyKind, Role
from pipeline.domain.protected import Category
from pipeline.redaction.model import Known, KnownParty, KnownPerson


def known_of(decision: Decision, public_values: frozenset[str]) -> Known:
    """Return the names, numbers and addresses that the fields of ``decision`` hold."""
    persons = [KnownPerson(person.name, person.role) for person in decision.persons]
    for party in decision.parties:
        if party.representative:
            individual = party.kind is PartyKind.INDIVIDUAL_BUSINESS
            role = Role.OPERATOR if individual else Role.LEGAL_REPRESENTATIVE
            persons.append(KnownPerson(party.representative, role))
    return Known(
        parties=tuple(KnownParty(party.name, party.kind) for party in decision.parties),
        persons=tuple(persons),
        values=tuple(_values(decision)),
        homes=tuple(str(p.address) for p in decision.parties if p.is_natural and p.address),
        public_values=public_values,
    )


def _values(decision: Decision) -> Iterator[tuple[str, Category]]:
    for party in decision.parties:
        for identifier in party.identifiers:
            yield identifier, Category.ID_CARD
        yield from _contacts(party)
    for passage in decision.protected:
        yield passage, Category.MARKED


def _contacts(party: Party) -> Iterator[tuple[str, Category]]:
    for contact in party.contacts:
        yield contact, Category.EMAIL if "@" in contact else Category.PHONE
