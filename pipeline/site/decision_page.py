"""The page of a decision: on what it rests, and what its template is given."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from pipeline.site.addresses import HOME, LISTS, Month, decision_path, month_path, year_path
from pipeline.site.catalogue import Catalogue
from pipeline.site.data.linked import linked_decision
from pipeline.site.decision_view import view_of
from pipeline.site.frame import Crumb
from pipeline.site.lists import digest_of
from pipeline.site.organisations import Related, related_to
from pipeline.site.renderer import Renderer
from pipeline.site.tables.areas import Item, Items

_TEMPLATE = "decision.html"
_ABOVE = (Crumb("首页", HOME), Crumb("处罚决定", LISTS))


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """The page of the decision at ``slug``; may be rendered in another process.

    ``item`` is the one of 执法事项清单 that it answers, ``related`` what else is known of its
    parties. ``inputs`` is the digest of everything that the page rests on.
    """

    slug: str
    inputs: str
    item: Item | None
    related: tuple[Related, ...]

    @property
    def path(self) -> str:
        """The address of the page."""
        return decision_path(self.slug)

    def render(self, renderer: Renderer) -> bytes:
        """Return the page."""
        record = renderer.record(self.slug)
        decision = record.decision
        assert decision is not None  # noqa: S101 - a published record has one
        month = Month(decision.decided_on.year, decision.decided_on.month)
        above = (
            *_ABOVE,
            Crumb(f"{month.year}年", year_path(month.year)),
            Crumb(f"{month.number}月", month_path(month)),
        )
        values = {
            "record": record,
            "decision": decision,
            "view": view_of(record, decision),
            "linked": linked_decision(record, decision, renderer.publisher),
            "noindex": decision.about_natural_person,
            "crumbs": above,
            "item": self.item,
            "related": self.related,
        }
        return renderer.page(self.path, _TEMPLATE, values).encode()


def decision_pages(catalogue: Catalogue, items: Items, frame: str) -> Iterator[DecisionPage]:
    """Yield the page of every published decision; ``frame`` is the digest of the frame.

    ``items`` are what decisions may link to.
    """
    related = related_to(catalogue.organisations)
    for row in catalogue.published:
        near = related.get(row.slug, ())
        item = items.item_of(row.violation_kind)
        shown = digest_of(entry.digest for each in near for entry in each.entries) if near else ""
        rests_on = f"{frame}{_TEMPLATE}{row.digest}{item.name if item else ''}{shown}"
        yield DecisionPage(row.slug, sha256(rests_on.encode()).hexdigest(), item, near)
