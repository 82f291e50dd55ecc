"""The open data page with the files of each year, and 数据字典, generated from the fields."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from pipeline.site.addresses import DATA_FIELDS, FEED_ALL, FEED_WITHDRAWALS, HOME, OPEN_DATA
from pipeline.site.catalogue import Catalogue
from pipeline.site.categories import AGENCIES, VIOLATIONS
from pipeline.site.data.fields import COLUMNS, NOT_GIVEN, ONLY_JSON
from pipeline.site.data.linked import linked_data_set
from pipeline.site.data.publisher import Publisher
from pipeline.site.data.years import Year, years_of_data
from pipeline.site.frame import Crumb
from pipeline.site.lists import digest_of
from pipeline.site.plan import PlannedPage

_KINDS = (
    ("csv", "text/csv"),
    ("jsonl", "application/jsonl"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
_SHOWN = 20
"""Kinds of violation whose feeds the page names; the others are named on their own pages."""


def data_pages(catalogue: Catalogue, publisher: Publisher) -> Iterator[PlannedPage]:
    """Yield the two pages about the data."""
    years = years_of_data(catalogue.published)
    shown = tuple((year.number, len(year.rows), year.path("")) for year in years)
    feeds = (
        *catalogue.categories[AGENCIES.key],
        *catalogue.categories[VIOLATIONS.key][:_SHOWN],
    )
    named = tuple((each.name, each.feed) for each in feeds)
    as_of = None if years else catalogue.as_of

    def values() -> Mapping[str, object]:
        return {
            "years": shown,
            "feeds": (("全部决定", FEED_ALL), ("撤下说明", FEED_WITHDRAWALS), *named),
            "as_of": as_of,
            "linked": _linked(years, publisher),
            "crumbs": (Crumb("首页", HOME),),
        }

    yield PlannedPage(OPEN_DATA, "data.html", digest_of([shown, named, as_of]), values)
    yield PlannedPage(
        DATA_FIELDS,
        "data_fields.html",
        "",
        lambda: {
            "columns": COLUMNS,
            "only_json": ONLY_JSON,
            "not_given": NOT_GIVEN,
            "crumbs": (Crumb("首页", HOME), Crumb("开放数据", OPEN_DATA)),
        },
    )


def _linked(years: tuple[Year, ...], publisher: Publisher) -> Markup:
    files = ((year.path(ending), kind) for year in years for ending, kind in _KINDS)
    return linked_data_set(publisher, files)
