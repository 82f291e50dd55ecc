"""Text for what is gathered from many decisions: lists, search, data. It names no punished person.

The name of a punished natural person stands on the decision's own page, which asks not to be
indexed, and nowhere else: whoever takes the data away does not take a register of people.
"""

import re
from collections.abc import Mapping

from pipeline.domain.cleared import ClearedDecision, plain
from pipeline.domain.party import PartyKind

NATURAL_PERSON = "自然人"
"""Stands in place of a natural person's name."""

_STANDS_FOR = {PartyKind.NATURAL_PERSON: "当事人", PartyKind.INDIVIDUAL_BUSINESS: "经营者"}


def people_of(decision: ClearedDecision) -> dict[str, str]:
    """Return the names of the punished people, each with the word that stands in its place."""
    names = {
        plain(name).strip(): stands
        for party in decision.parties
        if (stands := _STANDS_FOR.get(party.kind))
        for name in (
            (party.name,) if party.kind is PartyKind.NATURAL_PERSON else (party.representative,)
        )
    }
    return {name: stands for name, stands in names.items() if len(name) > 1}


def without_people(text: str, people: Mapping[str, str]) -> str:
    """Return ``text`` with each of ``people`` replaced, also where blanks stand in the name.

    >>> without_people("郝运来、郝 运 来占道经营", {"郝运来": "当事人"})
    '当事人、当事人占道经营'
    """
    for name in sorted(people, key=len, reverse=True):
        written = "".join(name.split())
        if all(character in text for character in written):  # most texts do not name them
            spread = r"\s*".join(map(re.escape, written))
            text = re.sub(spread, people[name], text)
    return text
