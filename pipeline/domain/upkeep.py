"""What the site asks of its keepers by a day: lists to look at again, figures to publish."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class StalePage:
    """A page whose content must be looked at again since ``due_on`` (000 公示 第五条, 动态调整).

    ``path`` is its address in the site; ``reviewed_on`` when somebody last vouched for it.
    """

    due_on: date
    title: str
    path: str
    reviewed_on: date


@dataclass(frozen=True, slots=True, order=True)
class AnnualDue:
    """年度执法数据 of ``year``: to be public before ``due_on``, 31 January (LAW.md 2.8).

    ``done`` says that its closed figures are on the site.
    """

    due_on: date
    year: int
    done: bool

    def is_overdue(self, today: date) -> bool:
        """Whether the day has passed without the figures."""
        return not self.done and today > self.due_on
