"""The day of a run that notes how long the answers given about it will hold.

Whether a decision may be published can change with the day alone: a date that has not come, a
period that has run out. Rules compare dates with the day; each comparison tells when it would go
otherwise. So a verdict need not be reached anew before that day, whatever rules there are.
"""

from datetime import date, timedelta
from typing import Any, Self

_OWN = frozenset({"until", "_note", "_all", "__class__", "__dict__"})


class AskedDay(date):
    """A day whose answers hold on every day from it on and before ``until``.

    Whoever asks more than whether another date is before or after it (a year, a difference) gets
    the answer, and ``until`` becomes the next day.

    >>> day = AskedDay.of(date(2026, 11, 20))
    >>> day < date(2026, 12, 1), date(2025, 1, 1) > day, day.until
    (True, False, datetime.date(2026, 12, 1))
    """

    until: date

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the day, about which nothing has been asked."""
        asked = cls(day.year, day.month, day.day)
        asked.until = date.max
        return asked

    def _note(self, other: object) -> None:
        if isinstance(other, AskedDay) or not isinstance(other, date):
            return
        if date.__lt__(self, other):
            self.until = min(self.until, other)
        elif date.__eq__(self, other):
            self._all()

    def _all(self) -> None:
        self.until = date.fromordinal(date.toordinal(self)) + timedelta(days=1)

    def __lt__(self, other: date, /) -> bool:  # noqa: D105
        self._note(other)
        return date.__lt__(self, other)

    def __le__(self, other: date, /) -> bool:  # noqa: D105
        self._note(other)
        return date.__le__(self, other)

    def __gt__(self, other: date, /) -> bool:  # noqa: D105
        self._note(other)
        return date.__gt__(self, other)

    def __ge__(self, other: date, /) -> bool:  # noqa: D105
        self._note(other)
        return date.__ge__(self, other)

    def __eq__(self, other: object) -> bool:  # noqa: D105
        self._note(other)
        return date.__eq__(self, other)

    def __ne__(self, other: object) -> bool:  # noqa: D105
        self._note(other)
        return date.__ne__(self, other)

    def __hash__(self) -> int:  # noqa: D105
        self._all()
        return date.__hash__(self)

    def __add__(self, other: timedelta, /) -> Any:  # noqa: ANN401, D105
        self._all()
        return date.fromordinal(date.toordinal(self)) + other

    def __sub__(self, other: Any, /) -> Any:  # noqa: ANN401, D105
        self._all()
        return date.fromordinal(date.toordinal(self)) - other

    def __rsub__(self, other: date) -> timedelta:  # noqa: D105
        self._all()
        return other - date.fromordinal(date.toordinal(self))

    def __str__(self) -> str:  # noqa: D105
        self._all()
        return date.__str__(self)

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401, D105
        if name not in _OWN:
            object.__getattribute__(self, "_all")()
        return object.__getattribute__(self, name)
