"""Decisions by kind of violation, kind of penalty, agency and organisation; never by person."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pipeline.domain.penalty import PenaltyKind
from pipeline.site.addresses import category_path, dimension_path, feed_path
from pipeline.site.lists import Listed, oldest_first

MOST = 500
"""Categories with a list of their own; where there are more, the rarest share one list."""

OTHERS = "其他"
_OTHERS_KEY = "others"


def key_of(name: str) -> str:
    """Return the address of what has no ASCII name: it follows from the name alone.

    >>> key_of("擅自占用道路堆放物料")
    '7f81c6a858'
    """
    return sha256(name.encode()).hexdigest()[:10]


def _penalty_key(name: str) -> str:
    return PenaltyKind(name).name.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to browse: ``names_of`` are the categories of an entry, ``key_of`` their address."""

    key: str
    title: str
    noun: str
    names_of: Callable[[Listed], tuple[str, ...]]
    key_of: Callable[[str], str] = key_of

    @property
    def path(self) -> str:
        """The page that lists the categories."""
        return dimension_path(self.key)


VIOLATIONS = Dimension(
    "violations",
    "按违法行为",
    "违法行为类型",
    lambda entry: (entry.violation,) if entry.violation else (),
)
PENALTIES = Dimension(
    "penalties", "按处罚种类", "处罚种类", lambda entry: entry.penalties, _penalty_key
)
AGENCIES = Dimension(
    "agencies", "按处罚机关", "处罚机关", lambda entry: (entry.organ,) if entry.organ else ()
)
ORGANISATIONS = Dimension("organisations", "按单位", "单位名称", lambda _: ())
"""Its categories are made by ``organisations_of``: a name alone does not say who it is."""

DIMENSIONS = (VIOLATIONS, PENALTIES, AGENCIES)


@dataclass(frozen=True, slots=True)
class Category:
    """One kind, agency or organisation and its decisions, the oldest first."""

    dimension: Dimension
    key: str
    name: str
    entries: tuple[Listed, ...]

    @property
    def path(self) -> str:
        """The address of its list."""
        return category_path(self.dimension.key, self.key)

    @property
    def feed(self) -> str:
        """The address of its feed; empty where there is none."""
        has_feed = self.dimension in (VIOLATIONS, AGENCIES)
        return feed_path(self.dimension.key, self.key) if has_feed else ""


def categories_of(
    dimension: Dimension, entries: Iterable[Listed], most: int = MOST
) -> tuple[Category, ...]:
    """Return the categories with a decision, the greatest first, and what the rarest share."""
    found: dict[str, list[Listed]] = {}
    for entry in entries:
        for name in dimension.names_of(entry):
            found.setdefault(name, []).append(entry)
    names = sorted(found, key=lambda name: (-len(found[name]), name))
    made = [
        Category(dimension, dimension.key_of(name), name, oldest_first(found[name]))
        for name in names[:most]
    ]
    rest = {entry.key: entry for name in names[most:] for entry in found[name]}
    if rest:
        made.append(Category(dimension, _OTHERS_KEY, OTHERS, oldest_first(rest.values())))
    return tuple(made)


def all_categories(entries: Sequence[Listed]) -> dict[str, tuple[Category, ...]]:
    """Return the categories of kinds and agencies, by the key of their dimension."""
    return {each.key: categories_of(each, entries) for each in DIMENSIONS}
