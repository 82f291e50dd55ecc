"""The pages on which citizens browse: by kind of violation, penalty, agency and organisation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from pipeline.site.addresses import HOME, LISTS, category_path
from pipeline.site.catalogue import Catalogue
from pipeline.site.categories import DIMENSIONS, ORGANISATIONS, Category, Dimension
from pipeline.site.frame import Crumb
from pipeline.site.lists import PART, Listed, digest_of, parts_of
from pipeline.site.organisations import as_spoken, by_letter, places_of
from pipeline.site.plan import PlannedPage

_TOP = (Crumb("首页", HOME), Crumb("处罚决定", LISTS))


@dataclass(frozen=True, slots=True)
class Line:
    """One category in a list of them."""

    name: str
    path: str
    count: int


def browse_pages(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Yield the pages of every way to browse but that by month."""
    for dimension in DIMENSIONS:
        found = catalogue.categories[dimension.key]
        lines = tuple(Line(each.name, each.path, len(each.entries)) for each in found)
        yield _lines_page(dimension, lines, catalogue)
        for each in found:
            yield from _category_pages(each)
    yield from _organisation_pages(catalogue)


def _lines_page(
    dimension: Dimension, lines: Sequence[Line], catalogue: Catalogue, *, letters: bool = False
) -> PlannedPage:
    """Return the list of the categories, or where there are many, of their ``letters``."""
    as_of = None if lines else catalogue.as_of
    said = {"lines": lines, "letters": letters, "as_of": as_of}
    return PlannedPage(
        dimension.path,
        "dimension.html",
        digest_of(said.values()),
        lambda: {**said, "dimension": dimension, "crumbs": _TOP},
    )


def _category_pages(each: Category) -> Iterator[PlannedPage]:
    """Yield the list of a category: on one page, or where it is long, a page of its years."""
    crumbs = (*_TOP, Crumb(each.dimension.title, each.dimension.path))
    if len(each.entries) <= PART:
        yield _page(each, each.path, each.entries[::-1], crumbs, total=len(each.entries))
        return
    years = [
        (year, tuple(entries))
        for year, entries in groupby(each.entries, key=lambda entry: entry.decided_on.year)
    ]
    counts = tuple((year, len(found), _year_path(each, year)) for year, found in years)[::-1]
    yield _page(each, each.path, (), crumbs, total=len(each.entries), years=counts)
    for year, found in years:
        yield from _year_pages(each, year, found, (*crumbs, Crumb(each.name, each.path)))


def _year_pages(
    each: Category, year: int, entries: Sequence[Listed], crumbs: tuple[Crumb, ...]
) -> Iterator[PlannedPage]:
    parts = parts_of(entries)
    paths = [_year_path(each, year, part) for part, _ in parts]
    for place, (part, rows) in enumerate(parts):
        newer = paths[place - 1] if place else ""
        older = paths[place + 1] if place + 1 < len(paths) else ""
        told = {"total": len(entries)} if part is None else {}
        yield _page(each, paths[place], rows, crumbs, year=year, part=part, newer=newer,
                    older=older, **told)  # fmt: skip


def _year_path(each: Category, year: int, part: int | None = None) -> str:
    return category_path(each.dimension.key, each.key, year, part)


def _page(
    each: Category,
    path: str,
    rows: Sequence[Listed],
    crumbs: tuple[Crumb, ...],
    **told: object,
) -> PlannedPage:
    """Return one page of a category; what is not ``told`` it does not say."""
    said = {"total": None, "years": (), "year": None, "part": None, "newer": "", "older": ""} | told

    def values() -> Mapping[str, object]:
        return {"category": each, "rows": tuple(rows), "crumbs": crumbs, **said}

    digest = digest_of([each.name, *(row.digest for row in rows), *sorted(said.items())])
    return PlannedPage(path, "category.html", digest, values)


def _organisation_pages(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Yield the lists of organisations by letter, and a page for each with several decisions."""
    places = places_of(catalogue.entries)
    for each in catalogue.organisations:
        if len(each.entries) > 1:
            yield from _category_pages(each)
    if len(catalogue.organisations) <= PART:
        every = tuple(map(_line, as_spoken(catalogue.organisations, places)))
        yield _lines_page(ORGANISATIONS, every, catalogue)
        return
    letters = by_letter(catalogue.organisations, places)
    lines = tuple(
        Line(letter, _letter_path(letter), len(found)) for letter, found in letters.items()
    )
    yield _lines_page(ORGANISATIONS, lines, catalogue, letters=True)
    for letter, found in letters.items():
        yield from _letter_pages(letter, found, places)


def _letter_pages(
    letter: str, found: Sequence[Category], places: Sequence[str]
) -> Iterator[PlannedPage]:
    """Cut the organisations of a letter as lists are cut, and sort each page by its names."""
    crumbs = (*_TOP, Crumb(ORGANISATIONS.title, ORGANISATIONS.path))
    cut = parts_of(found)
    paths = [_letter_path(letter, part) for part, _ in cut]
    for place, (_, organisations) in enumerate(cut):
        own = tuple(map(_line, as_spoken(organisations, places)))
        values: dict[str, object] = {
            "letter": letter,
            "lines": own,
            "newer": paths[place - 1] if place else "",
            "older": paths[place + 1] if place + 1 < len(paths) else "",
        }
        inputs = digest_of(sorted(values.items()))
        yield PlannedPage(paths[place], "letter.html", inputs, partial(dict, values, crumbs=crumbs))


def _line(each: Category) -> Line:
    """Return an organisation's line; with one decision only it leads to that."""
    path = each.path if len(each.entries) > 1 else each.entries[0].path
    return Line(each.name, path, len(each.entries))


def _letter_path(letter: str, part: int | None = None) -> str:
    name = letter.lower() if letter.isascii() else "else"
    return category_path(ORGANISATIONS.key, name if part is None else f"{name}-{part}")
