"""The static API: files below ``api/v1/``, described by ``openapi.json`` among them.

| file | holds |
|---|---|
| ``index.json`` | publisher, how many decisions, the months and years with their files |
| ``months/2026/03.json`` | the decisions of a month, cut where the list on the page is cut |
| ``decisions/SLUG.json`` | one decision with its text |
| ``violations.json``, ``penalties.json``, ``agencies.json`` | the kinds and agencies with counts |
| ``withdrawals.json`` | what was withdrawn, so that copies can be put right |
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import msgspec

from pipeline.projection.model import Row
from pipeline.projection.read import Projection
from pipeline.site.addresses import Month, decision_path
from pipeline.site.catalogue import Catalogue
from pipeline.site.categories import DIMENSIONS, Category
from pipeline.site.data.entry import api_path, open_decision
from pipeline.site.data.publisher import Publisher
from pipeline.site.data.years import Year, YearFiles
from pipeline.site.lists import Listed, by_month, digest_of, parts_of
from pipeline.site.output import PlannedFile
from pipeline.site.renderer import Renderer

ROOT = "api/v1/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """An entry of a list: of a natural person nothing but that it is one."""

    case_number: str
    page: str
    api: str
    title: str
    parties: tuple[str, ...]
    violation_kind: str
    penalties: tuple[str, ...]
    decided_on: date
    first_published_on: date
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthList:
    """Decisions made in a month, the newest first; ``older`` is the next part or null."""

    month: str
    decisions: tuple[Summary, ...]
    older: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """A month in the index: how many decisions, and where its list begins."""

    month: str
    count: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryCount:
    """One kind or agency: ``page`` lists its decisions, ``feed`` tells of new ones."""

    name: str
    count: int
    page: str
    feed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """撤下说明. A copy of the decision ought to be deleted wherever it is."""

    case_number: str
    page: str
    withdrawn_on: date
    ground: str
    reason: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Where everything is. ``changed_on`` is the day of the last change of any decision."""

    publisher: str
    publisher_code: str
    site: str
    count: int
    changed_on: date | None
    months: tuple[MonthCount, ...]
    years: tuple[YearFiles, ...]


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """The file of the decision at ``slug``; may be made in another process."""

    slug: str
    inputs: str

    @property
    def path(self) -> str:
        """The address of the file."""
        return api_path(self.slug)

    def render(self, renderer: Renderer) -> bytes:
        """Return the decision as JSON."""
        record = renderer.record(self.slug)
        return msgspec.json.encode(open_decision(record, renderer.publisher, whole=True))


def decision_files(rows: Iterable[Row], publisher: Publisher, code: str) -> Iterator[DecisionFile]:
    """Yield the file of every published decision of ``rows``."""
    mark = digest_of([code, publisher])
    return (DecisionFile(row.slug, f"{mark}{row.digest}") for row in rows)


def api_files(
    source: Projection,
    catalogue: Catalogue,
    years: Sequence[Year],
    publisher: Publisher,
    code: str,
) -> Iterator[PlannedFile]:
    """Yield every file of the API but those of single decisions and its description."""
    mark = digest_of([code, publisher])
    months = by_month(catalogue.entries)
    for month, entries in months.items():
        yield from _month_files(month, entries, publisher)
    for dimension in DIMENSIONS:
        counts = tuple(_count(each, publisher) for each in catalogue.categories[dimension.key])
        yield _file(f"{dimension.key}.json", counts)
    yield PlannedFile(
        f"{ROOT}withdrawals.json",
        digest_of([mark, *sorted(row.digest for row in catalogue.withdrawn)]),
        lambda: msgspec.json.encode(_withdrawals(source, catalogue, publisher)),
    )
    index = Index(
        publisher=publisher.name,
        publisher_code=publisher.code,
        site=publisher.site,
        count=len(catalogue.entries),
        changed_on=max((row.changed_on for row in catalogue.published), default=None),
        months=tuple(_month_count(each, len(months[each]), publisher) for each in months)[::-1],
        years=tuple(year.files(publisher) for year in years),
    )
    yield _file("index.json", index)


def _file(name: str, value: object) -> PlannedFile:
    content = msgspec.json.encode(value)
    return PlannedFile(f"{ROOT}{name}", digest_of([content]), partial(bytes, content))


def _month_files(
    month: Month, entries: Sequence[Listed], publisher: Publisher
) -> Iterator[PlannedFile]:
    cut = parts_of(entries)
    paths = [_month_path(month, part) for part, _ in cut]
    for place, (_, rows) in enumerate(cut):
        older = publisher.address(ROOT + paths[place + 1]) if place + 1 < len(cut) else None
        inputs = digest_of([publisher, older, _MARK, *(row.digest for row in rows)])

        def render(rows: Sequence[Listed] = rows, older: str | None = older) -> bytes:
            found = tuple(_summary(row, publisher) for row in rows)
            return msgspec.json.encode(MonthList(month=str(month), decisions=found, older=older))

        yield PlannedFile(ROOT + paths[place], inputs, render)


_MARK = repr([Summary.__annotations__, MonthList.__annotations__])
"""Changes when the shape of a month does."""


def _month_path(month: Month, part: int | None = None) -> str:
    tail = "" if part is None else f"-{part}"
    return f"months/{month.year}/{month.number:02}{tail}.json"


def _month_count(month: Month, count: int, publisher: Publisher) -> MonthCount:
    url = publisher.address(ROOT + _month_path(month))
    return MonthCount(month=str(month), count=count, url=url)


def _summary(row: Listed, publisher: Publisher) -> Summary:
    return Summary(
        case_number=row.case_number,
        page=publisher.address(row.path),
        api=publisher.address(api_path(row.slug)),
        title=row.title,
        parties=row.parties,
        violation_kind=row.violation,
        penalties=row.penalties,
        decided_on=row.decided_on,
        first_published_on=row.published_on,
        agency=row.organ,
    )


def _count(each: Category, publisher: Publisher) -> CategoryCount:
    return CategoryCount(
        name=each.name,
        count=len(each.entries),
        page=publisher.address(each.path),
        feed=publisher.address(each.feed) if each.feed else "",
    )


def _withdrawals(
    source: Projection, catalogue: Catalogue, publisher: Publisher
) -> tuple[Withdrawal, ...]:
    records = [source.record(row.slug) for row in catalogue.withdrawn]
    records.sort(key=lambda record: (record.changed_on, record.key), reverse=True)
    return tuple(
        Withdrawal(
            case_number=record.case_number,
            page=publisher.address(decision_path(record.slug)),
            withdrawn_on=record.notice.on,
            ground=record.notice.ground,
            reason=record.notice.reason,
            basis=record.notice.basis,
        )
        for record in records
        if record.notice
    )
