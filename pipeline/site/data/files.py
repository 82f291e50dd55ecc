"""Every file of the open data, beside the pages."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from pipeline.projection.model import Row
from pipeline.projection.read import Projection
from pipeline.site import people
from pipeline.site.catalogue import Catalogue
from pipeline.site.data.api import ROOT, DecisionFile, api_files, decision_files
from pipeline.site.data.feeds import feed_files
from pipeline.site.data.openapi import description
from pipeline.site.data.publisher import Publisher
from pipeline.site.data.sitemaps import sitemap_files
from pipeline.site.data.years import year_files, years_of_data
from pipeline.site.lists import digest_of
from pipeline.site.output import PlannedFile

_CODE = sha256(
    b"".join(
        file.read_bytes()
        for file in (*sorted(Path(__file__).parent.glob("*.py")), Path(people.__file__))
    )
).hexdigest()[:16]


def data_of_decisions(rows: Iterable[Row], publisher: Publisher) -> Iterator[DecisionFile]:
    """Yield the file of each published decision of ``rows``, in their order."""
    return decision_files(rows, publisher, _CODE)


def data_files(
    source: Projection,
    catalogue: Catalogue,
    pages: Sequence[str],
    publisher: Publisher,
    memory: Path,
) -> Iterator[PlannedFile]:
    """Yield every other file; ``pages`` are the paths of the pages that are not of one decision.

    ``memory`` is a file for the lines of decisions in tables; it may be deleted.
    """
    published = catalogue.published
    years = years_of_data(published)
    yield from year_files(source, years, publisher, _CODE, memory)
    yield from api_files(source, catalogue, years, publisher, _CODE)
    yield from feed_files(source, catalogue, publisher, _CODE)
    yield from sitemap_files(published, pages, publisher, _CODE)
    inputs = digest_of([_CODE, publisher])
    yield PlannedFile(f"{ROOT}openapi.json", inputs, partial(description, publisher))
