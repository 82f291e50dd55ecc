"""The texts that search shows and looks through: one file for each decision."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from pipeline.domain.public import PublicRecord
from pipeline.projection.model import Row
from pipeline.site.lists import listed
from pipeline.site.search.card import card_of
from pipeline.site.search.index import CODE


class Records(Protocol):
    """Where the records are."""

    def record(self, slug: str, /) -> PublicRecord: ...  # noqa: D102 - what is public there


@dataclass(frozen=True, slots=True)
class Text:
    """The file of the decision of ``row``; may be made in another process."""

    row: Row
    inputs: str

    @property
    def path(self) -> str:
        """The address of the file."""
        return f"search/texts/{self.row.slug}.json"

    def render(self, records: Records, /) -> bytes:
        """Return what the browser fetches for a result."""
        decision = records.record(self.row.slug).decision
        assert decision is not None  # noqa: S101 - a published record has one
        return card_of(listed(self.row), decision).as_bytes()


def search_texts(rows: Iterable[Row]) -> Iterator[Text]:
    """Yield the text of each published decision of ``rows``, in their order."""
    return (Text(row, sha256(f"{CODE}{row.digest}".encode()).hexdigest()) for row in rows)
