"""For search engines: site maps of the pages they may index, and robots.txt.

Pages about natural persons and notices of what is gone ask not to be indexed; no site map names
them. They are not forbidden in robots.txt: who may not read a page cannot read that it asks.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from lxml import etree

from pipeline.projection.model import Row
from pipeline.site.addresses import decision_path
from pipeline.site.data.publisher import Publisher
from pipeline.site.frame import base_path_of
from pipeline.site.lists import digest_of
from pipeline.site.output import PlannedFile

MOST = 50_000
"""Addresses in one site map (sitemaps.org)."""

SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IN = f"{{{_SCHEMA}}}"
_NAMESPACES: Any = {None: _SCHEMA}  # the stubs know no default namespace

Location = tuple[str, str]
"""A whole address and the day of its last change, which may be empty."""


def sitemap_files(
    rows: Iterable[Row], pages: Sequence[str], publisher: Publisher, code: str, *, most: int = MOST
) -> Iterator[PlannedFile]:
    """Yield the site maps and robots.txt; without an address of the site only the latter.

    ``rows`` are published, ``pages`` the paths of all other pages to be indexed.
    """
    named = dict(_named(rows, sorted(pages), publisher, most)) if publisher.url else {}
    for path, locations in named.items():
        yield _file(path, "urlset", "url", locations, code)
    index = [
        (publisher.address(path), max(day for _, day in found)) for path, found in named.items()
    ]
    if index:
        yield _file(SITEMAP, "sitemapindex", "sitemap", index, code)
    robots = _robots(publisher, has_map=bool(index))
    yield PlannedFile(ROBOTS, digest_of([robots]), partial(bytes, robots))


def _named(
    rows: Iterable[Row], pages: Sequence[str], publisher: Publisher, most: int
) -> Iterator[tuple[str, list[Location]]]:
    """Yield the locations of each map: by year of decision, the years cut where they are long."""
    yield from _cut("pages", [(publisher.address(path), "") for path in pages], most)
    indexed = (row for row in rows if not row.about_natural_person)
    ordered = sorted(indexed, key=lambda row: (row.decided_on, row.key))
    for year, found in groupby(ordered, key=lambda row: row.decided_on and row.decided_on.year):
        locations = [
            (publisher.address(decision_path(row.slug)), row.changed_on.isoformat())
            for row in found
        ]
        yield from _cut(str(year), locations, most)


def _cut(name: str, locations: list[Location], most: int) -> Iterator[tuple[str, list[Location]]]:
    for number, start in enumerate(range(0, len(locations), most)):
        tail = f"-{number + 1}" if number else ""
        yield f"sitemaps/{name}{tail}.xml", locations[start : start + most]


def _file(path: str, root: str, item: str, locations: Sequence[Location], code: str) -> PlannedFile:
    inputs = digest_of([code, *locations])
    return PlannedFile(path, inputs, partial(_as_bytes, root, item, locations))


def _as_bytes(root: str, item: str, locations: Sequence[Location]) -> bytes:
    top = etree.Element(f"{_IN}{root}", nsmap=_NAMESPACES)
    for address, day in locations:
        each = etree.SubElement(top, f"{_IN}{item}")
        etree.SubElement(each, f"{_IN}loc").text = address
        if day:
            etree.SubElement(each, f"{_IN}lastmod").text = day
    made: bytes = etree.tostring(top, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return made


def _robots(publisher: Publisher, *, has_map: bool) -> bytes:
    base = base_path_of(publisher.url)
    lines = ["User-agent: *", f"Disallow: {base}search/", f"Disallow: {base}api/"]
    if has_map:
        lines.append(f"Sitemap: {publisher.address(SITEMAP)}")
    return "\n".join([*lines, ""]).encode()
