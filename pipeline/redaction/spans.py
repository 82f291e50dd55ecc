"""Findings as plain records, for measuring: ``gongshi spans``."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from pipeline.domain.party import Role
from pipeline.domain.protected import Category
from pipeline.redaction.engine import detect
from pipeline.redaction.model import Known, KnownParty, KnownPerson
from pipeline.redaction.resolve import resolve

_SHOWN = frozenset({"PARTY", "OPERATOR"})
_TYPES = {
    category: category.value
    for category in (
        Category.PERSON,
        Category.ID_CARD,
        Category.PHONE,
        Category.EMAIL,
        Category.ADDRESS_HOME,
        Category.BANK_ACCOUNT,
        Category.PLATE,
        Category.HEALTH,
        Category.MARKED,
    )
} | {Category.CERTIFICATE: Category.ID_CARD.value}
"""Types that a corpus labels. What none of them labels (birth dates, network accounts, titles of
property, schools) is hidden all the same by ``redact`` but cannot be measured."""
_ROLES = (
    {role.value: role for role in Role}
    | {role.name.lower(): role for role in Role}
    | {"legal_rep": Role.LEGAL_REPRESENTATIVE}
)


class SpanRecord(TypedDict):
    """Characters ``start`` up to, not including, ``end``; ``type`` is a ``Category``."""

    start: int
    end: int
    type: str


def spans(record: Mapping[str, object]) -> list[SpanRecord]:
    """Return what is hidden in ``record["text"]`` where the names of known parties are shown.

    ``record["known"]`` may tell ``parties`` (names) and ``persons`` (``name`` and ``role``).
    Raises ``KeyError`` or ``TypeError`` for a record of another form.
    """
    text = record["text"]
    if not isinstance(text, str):
        raise TypeError("text")
    found = detect(text, _known(record.get("known"))).findings
    asked = [
        finding for finding in found if finding.category in _TYPES and finding.whose not in _SHOWN
    ]
    return [
        {"start": each.span.start, "end": each.span.end, "type": _TYPES[each.category]}
        for each in resolve(asked)
    ]


def _known(told: object) -> Known:
    if not isinstance(told, Mapping):
        return Known()
    return Known(
        parties=tuple(
            KnownParty(name) for name in _listed(told, "parties") if isinstance(name, str) and name
        ),
        persons=tuple(
            KnownPerson(str(person["name"]), _ROLES.get(str(person.get("role", "")), Role.OTHER))
            for person in _listed(told, "persons")
            if isinstance(person, Mapping) and person.get("name")
        ),
    )


def _listed(told: Mapping[str, object], key: str) -> Sequence[object]:
    value = told.get(key)
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()
