"""Which 执法领域 and which item of the bureau's list a violation belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.site.tables.catalogue import ITEMS
from pipeline.site.tables.model import Table, anchor_of

OTHER = "其他"
_BETWEEN = str.maketrans("；;\n", "、、、")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the list: the words of a violation that it answers, its area and its name."""

    words: str
    area: str
    name: str

    @property
    def path(self) -> str:
        """Where the item stands on the site."""
        return f"{ITEMS.path}#{anchor_of(ITEMS.key, self.name)}"


@dataclass(frozen=True, slots=True)
class Items:
    """The items of 执法事项清单, those with the most telling words first."""

    found: tuple[Item, ...] = ()
    _known: dict[str, Item | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, tables: Iterable[Table]) -> "Items":
        """Return the items of the list among ``tables``; none when there is no such list."""
        found = [
            Item(words, table.cell(row, "领域"), table.cell(row, "事项名称"))
            for table in tables
            if table.kind is ITEMS
            for row in table.rows
            for words in _words(table.cell(row, "对应违法行为"))
        ]
        return cls(tuple(sorted(found, key=lambda item: (-len(item.words), item.words))))

    def item_of(self, violation: str) -> Item | None:
        """Return the item whose words stand in ``violation``; the longest words win."""
        if violation not in self._known:
            first = (item for item in self.found if item.words in violation)
            self._known[violation] = next(first, None)
        return self._known[violation]

    def area_of(self, violation: str) -> str:
        """Return the area of a violation, a word of the list; 其他 when no item answers it."""
        item = self.item_of(violation)
        return item.area if item else OTHER


def _words(cell: str) -> list[str]:
    """Return the words between the marks, and the whole where a mark may be part of a name."""
    parts = [part.strip() for part in cell.translate(_BETWEEN).split("、")]
    return list(dict.fromkeys(word for word in (cell.strip(), *parts) if len(word) > 3))
