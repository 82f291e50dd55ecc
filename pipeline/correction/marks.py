"""Values that an accepted correction hides, brought to the decision before it is redacted."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.domain.correction import Amendment
from pipeline.domain.decision import Decision, Received
from pipeline.domain.text import RawText

Marks = Mapping[str, tuple[RawText, ...]]
"""Key of a decision → values to hide in it."""


def marks_of(amendments: Iterable[Amendment]) -> Marks:
    """Return the values to hide, by decision."""
    found: dict[str, tuple[RawText, ...]] = {}
    for each in amendments:
        if each.hidden:
            found[each.key] = (*found.get(each.key, ()), *each.hidden)
    return found


def marked(record: Received, marks: Marks) -> Received:
    """Return the record with the values of ``marks`` among those that a reviewer marked."""
    if not isinstance(record, Decision) or record.case_number.key not in marks:
        return record
    told = (*record.protected, *marks[record.case_number.key])
    return replace(record, protected=tuple(dict.fromkeys(told)))
