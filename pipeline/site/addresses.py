"""Where pages stand. Addresses are permanent, ASCII and free of personal data."""

from dataclasses import dataclass

HOME = "index.html"
LISTS = "lists/index.html"
WITHDRAWALS = "withdrawals.html"
BEFOREHAND = "beforehand.html"
STATISTICS = "statistics/index.html"
SITE_MAP = "sitemap.html"
NOT_FOUND = "404.html"
CORRECTION = "correction.html"
OPEN_DATA = "data/index.html"
DATA_FIELDS = "data/fields.html"
FEED_ALL = "feeds/all.atom"
FEED_WITHDRAWALS = "feeds/withdrawals.atom"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month.

    >>> str(Month(2026, 3)), Month(2026, 3).chinese
    ('2026-03', '2026年3月')
    """

    year: int
    number: int

    def __str__(self) -> str:
        """Return the month as it sorts."""
        return f"{self.year}-{self.number:02}"

    @property
    def chinese(self) -> str:
        """The month as it is read."""
        return f"{self.year}年{self.number}月"


def decision_path(slug: str) -> str:
    """Return the page of a decision, the same whatever becomes of it.

    >>> decision_path("2026/12-0a1b2c3d4e")
    'decisions/2026/12-0a1b2c3d4e.html'
    """
    return f"decisions/{slug}.html"


def year_path(year: int) -> str:
    """Return the list page of a year."""
    return f"lists/{year}/index.html"


def month_path(month: Month, part: int | None = None) -> str:
    """Return the list page of a month, or of its full ``part`` (1 is the oldest).

    >>> month_path(Month(2026, 3)), month_path(Month(2026, 3), 2)
    ('lists/2026/03.html', 'lists/2026/03-2.html')
    """
    tail = "" if part is None else f"-{part}"
    return f"lists/{month.year}/{month.number:02}{tail}.html"


def dimension_path(dimension: str) -> str:
    """Return the page that lists the kinds, agencies or organisations to browse by."""
    return f"lists/{dimension}/index.html"


def category_path(
    dimension: str, key: str, year: int | None = None, part: int | None = None
) -> str:
    """Return the list of one kind, agency or organisation; of a year of it, or a full part.

    >>> category_path("penalties", "fine"), category_path("penalties", "fine", 2025, 2)
    ('lists/penalties/fine.html', 'lists/penalties/fine/2025-2.html')
    """
    tail = "" if part is None else f"-{part}"
    below = "" if year is None else f"/{year}{tail}"
    return f"lists/{dimension}/{key}{below}.html"


def feed_path(dimension: str, key: str) -> str:
    """Return the feed of one kind or agency."""
    return f"feeds/{dimension}/{key}.atom"


def statistics_path(year: int, ending: str = "html") -> str:
    """Return the page of a year's figures, or its table for a spreadsheet.

    >>> statistics_path(2025), statistics_path(2025, "csv")
    ('statistics/2025.html', 'statistics/2025.csv')
    """
    return f"statistics/{year}.{ending}"


def root_of(path: str) -> str:
    """Return the way from ``path`` to the root of the site, to put before a link.

    >>> root_of("index.html"), root_of("lists/2026/03.html")
    ('', '../../')
    """
    return "../" * path.count("/")
