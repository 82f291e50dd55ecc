"""The detector of names behind the protocol of the engine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.domain.protected import Category, Finding
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.names.document import Reader


@dataclass(frozen=True, slots=True)
class NameDetector:
    """Finds the names of people, by evidence from the whole document."""

    name: str = "names"

    def find(
        self, text: NormalText, known: Known, protected: Sequence[tuple[int, int]]
    ) -> Iterator[Finding | Kept]:
        """Yield every mention of a person, those of the punished too, in original offsets."""
        reader = Reader(text.text, known, protected)
        mentions = reader.read()
        for start, end, reason in reader.kept:
            yield Kept(text.original(start, end), Category.PERSON, self.name, reason)
        labels = reader.people.labels()
        groups = {name: person.whose for name, person in reader.people.by_name.items()}
        for mention in mentions:
            person = mention.person
            yield Finding(
                text.original(mention.start, mention.end),
                Category.PERSON,
                self.name,
                mention.reason,
                person.confidence,
                labels[person.name],
                groups[person.name],
            )


NAMES = NameDetector()
