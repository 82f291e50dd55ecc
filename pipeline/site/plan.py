"""Which pages the projection makes, from what, and when each has to be rendered again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.public import Standing
from pipeline.projection.model import Row
from pipeline.projection.read import Projection
from pipeline.site.addresses import (
    HOME,
    LISTS,
    NOT_FOUND,
    SITE_MAP,
    WITHDRAWALS,
    Month,
    decision_path,
    year_path,
)
from pipeline.site.catalogue import Catalogue
from pipeline.site.categories import PENALTIES
from pipeline.site.frame import Crumb
from pipeline.site.lists import MonthPage, by_month, digest_of, pages_of, years_of
from pipeline.site.renderer import Renderer
from pipeline.site.search.page import SEARCH, SEARCH_CSP, search_values

LATEST = 10
"""Decisions on the home page."""

_HOME = Crumb("首页", HOME)
_LISTS = Crumb("处罚决定", LISTS)

_UNINDEXED = frozenset({"notice.html", "404.html", "search.html"})

Years = Mapping[int, tuple[tuple[Month, int], ...]]


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page: ``inputs`` is the digest of all that it shows beside the frame.

    ``values`` is asked only when the page has to be rendered. ``encode`` makes the bytes of the
    file from what the template gave.
    """

    path: str
    template: str
    inputs: str
    values: Callable[[], Mapping[str, object]]
    encode: Callable[[str], bytes] = str.encode

    def render(self, renderer: Renderer) -> bytes:
        """Return the bytes of the file."""
        return self.encode(renderer.page(self.path, self.template, self.values()))

    @property
    def is_indexed(self) -> bool:
        """Whether search engines are told of it here; pages of decisions are told of apart."""
        return self.template not in _UNINDEXED and self.path.endswith(".html")


def planned_pages(source: Projection, catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Yield every page that the projection makes but those of decisions and those to browse."""
    public, as_of = catalogue.entries, catalogue.as_of
    successors = source.successors()
    for row in catalogue.rows:
        if row.standing is not Standing.PUBLISHED:
            yield _notice_page(source, row, successors.get(row.slug))
    months = by_month(public)
    for month, found in months.items():
        pages = pages_of(month, found)
        for page in pages:
            yield _month_page(page, pages)
    years = years_of(months)
    for year, counts in years.items():
        yield _year_page(year, counts, years)
    yield _fixed(
        LISTS, "lists.html", (_HOME,), years=_totals(years), as_of=None if years else as_of
    )
    yield _home_page(catalogue, years)
    yield _withdrawals_page(source, catalogue.withdrawn, as_of)
    yield _fixed(SITE_MAP, "sitemap.html", (_HOME,), years=_totals(years))
    yield _fixed(SEARCH, "search.html", (_HOME,), csp=SEARCH_CSP, **search_values(public))
    yield _fixed(NOT_FOUND, "404.html", (_HOME,))


def _fixed(path: str, template: str, crumbs: tuple[Crumb, ...], **values: object) -> PlannedPage:
    """Return a page whose values are at hand and are their own inputs."""
    inputs = digest_of(sorted(values.items()))
    return PlannedPage(path, template, inputs, lambda: {**values, "crumbs": crumbs})


def _notice_page(source: Projection, row: Row, successor: Row | None) -> PlannedPage:
    """Return what stands in the place of a page; ``successor`` took the place of its decision."""
    later = Crumb(successor.case_number, decision_path(successor.slug)) if successor else None
    inputs = row.digest + (later.path if later else "")

    def values() -> Mapping[str, object]:
        record = source.record(row.slug)
        return {"record": record, "later": later, "noindex": True, "crumbs": (_HOME, _LISTS)}

    return PlannedPage(decision_path(row.slug), "notice.html", inputs, values)


def _month_page(page: MonthPage, pages: Sequence[MonthPage]) -> PlannedPage:
    place = pages.index(page)
    month = page.month
    crumbs = (_HOME, _LISTS, Crumb(f"{month.year}年", year_path(month.year)))
    newer = pages[place - 1].path if place else ""
    older = pages[place + 1].path if place + 1 < len(pages) else ""
    values = {"page": page, "newer": newer, "older": older}
    if page.part is None:  # only the newest page tells how many there are
        values["total"] = sum(len(part.rows) for part in pages)
    return _fixed(page.path, "month.html", crumbs, **values)


def _year_page(year: int, counts: tuple[tuple[Month, int], ...], years: Years) -> PlannedPage:
    return _fixed(
        year_path(year),
        "year.html",
        (_HOME, _LISTS),
        year=year,
        months=counts[::-1],
        newer=year + 1 if year + 1 in years else None,
        older=year - 1 if year - 1 in years else None,
    )


def _totals(years: Years) -> tuple[tuple[int, int], ...]:
    return tuple((year, sum(count for _, count in found)) for year, found in years.items())[::-1]


def _home_page(catalogue: Catalogue, years: Years) -> PlannedPage:
    public = catalogue.entries
    latest = sorted(public, key=lambda row: (row.published_on, row.decided_on, row.key))[::-1]
    newest = max(years, default=None)
    return _fixed(
        HOME,
        "index.html",
        (),
        latest=tuple(latest[:LATEST]),
        total=len(public),
        as_of=None if public else catalogue.as_of,
        kinds=tuple(
            (each.name, len(each.entries), each.path)
            for each in catalogue.categories[PENALTIES.key]
        ),
        years=tuple(found for found in _totals(years) if found[1]),
        months=tuple(found for found in years[newest][::-1] if found[1]) if newest else (),
    )


def _withdrawals_page(source: Projection, gone: Sequence[Row], as_of: date | None) -> PlannedPage:
    empty_on = None if gone else as_of

    def values() -> Mapping[str, object]:
        records = [source.record(row.slug) for row in gone]
        records.sort(key=lambda record: (record.changed_on, record.key), reverse=True)
        return {"records": tuple(records), "as_of": empty_on, "crumbs": (_HOME,)}

    inputs = digest_of([empty_on, *sorted(row.digest for row in gone)])
    return PlannedPage(WITHDRAWALS, "withdrawals.html", inputs, values)
