"""Atom feeds: all decisions, each kind of violation, each agency, and what was withdrawn.

Of a natural person a feed says what a list may say: nothing but that it is one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

from lxml import etree

from pipeline.domain.public import PublicRecord
from pipeline.projection.model import Row
from pipeline.projection.read import Projection
from pipeline.site.addresses import FEED_ALL, FEED_WITHDRAWALS, decision_path, root_of
from pipeline.site.catalogue import Catalogue
from pipeline.site.categories import AGENCIES, VIOLATIONS
from pipeline.site.data.publisher import Publisher
from pipeline.site.lists import Listed, digest_of
from pipeline.site.output import PlannedFile

NEWEST = 50
"""Entries in a feed."""

_ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACES: Any = {None: _ATOM}  # the stubs know no default namespace
_MIDNIGHT = "T00:00:00+08:00"
_BEGINNING = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry: ``slug`` is the address of its decision, ``on`` the day it tells of."""

    slug: str
    title: str
    summary: str
    author: str
    on: date


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: its address, its name, the page that shows the same, its newest entries."""

    path: str
    title: str
    page: str
    entries: tuple[FeedEntry, ...]

    def as_bytes(self, publisher: Publisher) -> bytes:
        """Return the feed as Atom (RFC 4287)."""
        feed = etree.Element(f"{{{_ATOM}}}feed", nsmap=_NAMESPACES)
        feed.set("{http://www.w3.org/XML/1998/namespace}lang", "zh-CN")
        _put(feed, "id", _identity(publisher, self.path))
        _put(feed, "title", self.title)
        _put(feed, "updated", f"{max((e.on for e in self.entries), default=_BEGINNING)}{_MIDNIGHT}")
        _put(_put(feed, "author"), "name", publisher.name)
        _link(feed, "self", self._to(self.path, publisher), "application/atom+xml")
        _link(feed, "alternate", self._to(self.page, publisher), "text/html")
        for each in self.entries:
            page = decision_path(each.slug)
            entry = _put(feed, "entry")
            _put(entry, "id", _identity(publisher, page))
            _put(entry, "title", each.title)
            _put(entry, "updated", f"{each.on}{_MIDNIGHT}")
            _put(_put(entry, "author"), "name", each.author)
            _link(entry, "alternate", self._to(page, publisher), "text/html")
            _put(entry, "summary", each.summary)
        made: bytes = etree.tostring(
            feed, xml_declaration=True, encoding="utf-8", pretty_print=True
        )
        return made

    def _to(self, path: str, publisher: Publisher) -> str:
        return publisher.address(path) if publisher.url else f"{root_of(self.path)}{path}"


def feed_files(
    source: Projection, catalogue: Catalogue, publisher: Publisher, code: str
) -> Iterator[PlannedFile]:
    """Yield every feed; ``code`` is the digest of what writes them."""
    for feed in _feeds(catalogue, publisher):
        inputs = digest_of([code, publisher, feed])
        yield PlannedFile(feed.path, inputs, partial(feed.as_bytes, publisher))
    newest = sorted(catalogue.withdrawn, key=lambda row: (row.changed_on, row.key))[::-1][:NEWEST]
    yield PlannedFile(
        FEED_WITHDRAWALS,
        digest_of([code, publisher, *(row.digest for row in newest)]),
        lambda: _withdrawals(source, newest, publisher).as_bytes(publisher),
    )


def _feeds(catalogue: Catalogue, publisher: Publisher) -> Iterator[Feed]:
    yield _feed(FEED_ALL, publisher.site, "lists/index.html", catalogue.entries)
    for dimension in (VIOLATIONS, AGENCIES):
        for each in catalogue.categories[dimension.key]:
            title = f"{each.name} - {publisher.site}"
            yield _feed(each.feed, title, each.path, each.entries)


def _feed(path: str, title: str, page: str, entries: Sequence[Listed]) -> Feed:
    newest = sorted(entries, key=lambda row: (row.published_on, row.decided_on, row.key))[::-1]
    return Feed(path, title, page, tuple(map(_entry, newest[:NEWEST])))


def _entry(row: Listed) -> FeedEntry:
    what = row.title or row.violation or "行政处罚决定"
    facts = ["、".join(row.parties), "、".join(row.penalties), f"{row.decided_on}作出"]
    return FeedEntry(
        slug=row.slug,
        title=f"{row.case_number} {what}",
        summary="；".join(filter(None, facts)),
        author=row.organ,
        on=row.published_on,
    )


def _withdrawals(source: Projection, rows: Sequence[Row], publisher: Publisher) -> Feed:
    records = [source.record(row.slug) for row in rows]
    return Feed(
        FEED_WITHDRAWALS,
        f"撤下说明 - {publisher.site}",
        "withdrawals.html",
        tuple(_withdrawal(record, publisher) for record in records),
    )


def _withdrawal(record: PublicRecord, publisher: Publisher) -> FeedEntry:
    notice = record.notice
    said = (notice.ground, notice.reason, notice.basis) if notice else ()
    return FeedEntry(
        slug=record.slug,
        title=f"{record.case_number} 已撤下",
        summary="；".join(part.rstrip("。；") for part in said if part),
        author=publisher.name,
        on=notice.on if notice else record.changed_on,
    )


def _identity(publisher: Publisher, path: str) -> str:
    """Return the name of a feed or entry for ever: its address, or what stands for it."""
    if publisher.url:
        return publisher.address(path)
    return f"urn:sha256:{sha256(f'{publisher.name} {path}'.encode()).hexdigest()}"


def _put(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = "".join(c for c in text if c.isprintable() or c in "\n\t") or None
    return element


def _link(parent: etree._Element, relation: str, target: str, kind: str) -> None:
    _put(parent, "link").attrib.update({"rel": relation, "type": kind, "href": target})
