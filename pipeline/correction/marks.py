"""What accepted corrections hide, brought to the decisions before they are examined.

A record with more to hide is another record: its digest changes, so it is examined anew.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from pipeline.domain.correction import Amendment
from pipeline.domain.decision import Decision, Received
from pipeline.domain.text import RawText


@dataclass(frozen=True, slots=True)
class Marks:
    """The accepted corrections that a run knows of, by key of the decision."""

    _amendments: Mapping[str, tuple[Amendment, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, amendments: Iterable[Amendment]) -> Self:
        """Return the marks of all accepted corrections."""
        found: dict[str, tuple[Amendment, ...]] = {}
        for each in amendments:
            found[each.key] = (*found.get(each.key, ()), each)
        return cls(found)

    def known(self, key: str) -> tuple[str, ...]:
        """Return the numbers of the corrections of one decision."""
        return tuple(str(each.number) for each in self._amendments.get(key, ()))

    def put_on(self, record: Received) -> Received:
        """Return the record with what is hidden among the passages that a reviewer marked."""
        if not isinstance(record, Decision):
            return record
        values = self._hidden(record.case_number.key)
        if not values:
            return record
        told = tuple(dict.fromkeys((*record.protected, *values)))
        digest = self.digest_of(record.case_number.key, record.digest)
        return replace(record, protected=told, digest=digest)

    def digest_of(self, key: str, digest: str) -> str:
        """Return the digest of a decision with what is hidden in it, from that without."""
        values = self._hidden(key)
        if not values:
            return digest
        return hashlib.sha256("\x00".join((digest, *values)).encode()).hexdigest()

    def _hidden(self, key: str) -> tuple[RawText, ...]:
        amendments = self._amendments.get(key, ())
        return tuple(dict.fromkeys(value for each in amendments for value in each.hidden))
