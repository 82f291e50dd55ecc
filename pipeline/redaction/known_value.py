"""Values that the structured fields or a reviewer named: hidden wherever they stand."""

import re
from collections.abc import Iterable, Iterator

from pipeline.domain.protected import Category, Finding
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.normalise import normalise
from pipeline.redaction.numbers import finder
from pipeline.redaction.reading import Reading, Stretches, read

_BETWEEN = re.compile(r"[\s·.-]+")


class KnownValue:
    """Finds what is known to be protected, as written and with gaps in it."""

    name = "known_value"

    def find(
        self, text: NormalText, known: Known, protected: Stretches
    ) -> Iterable[Finding | Kept]:
        """Return every place of a known value."""
        del protected
        reading = read(text)
        found: list[Finding] = []
        for value, category in known.values:
            add = finder(reading, (), category, self.name, found)
            for start, end in _places(reading, normalise(value).text.strip(), category):
                add(start, end, "导出字段或者审查人员指明")
        return found


def _places(reading: Reading, value: str, category: Category) -> Iterator[tuple[int, int]]:
    if len(value) < 2:
        return
    start = reading.text.find(value)
    while start >= 0:
        yield start, start + len(value)
        start = reading.text.find(value, start + len(value))
    digits = _BETWEEN.sub("", value)
    if category is not Category.MARKED and digits.isascii() and digits.isdigit():
        for run in reading.runs:
            first = run.digits.find(digits)
            if first >= 0:
                yield run.span(first, first + len(digits))
