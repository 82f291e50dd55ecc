"""Text → page, line by line: what many files of a site share is read once.

No shape and no number goes beyond its line, nor does anything that makes text plain.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from pipeline.verification.plain import plain
from pipeline.verification.shapes import shapes_in
from pipeline.verification.values import Page, numbers_in

_AT_ONCE = 20_000
_MOST = 500_000
"""Characters of lines that are remembered; then all are forgotten, and soon known again."""


class Lines:
    """Reads texts. ``allowed`` are the public numbers and addresses, as ``shapes_in`` takes them.

    What is remembered of a line depends on nothing but the line.
    """

    def __init__(self, allowed: Collection[str]) -> None:
        self._allowed = allowed
        self._plain: dict[str, str] = {}
        self._numbers: dict[str, frozenset[str]] = {}
        self._kinds: dict[str, tuple[str, ...]] = {}
        self._held = 0

    def read(self, text: str) -> tuple[Page, Counter[str]]:
        """Return the page of a text, and how many shapes of which kind it holds."""
        found: list[str] = []
        numbers: set[str] = set()
        kinds: Counter[str] = Counter()
        pending = iter(text.split("\n"))
        while lines := list(islice(pending, _AT_ONCE)):
            different = set(lines)
            self._learn(different)
            found += map(self._plain.__getitem__, lines)
            numbers.update(*map(self._numbers.__getitem__, self._numbers.keys() & different))
            kinds.update(kind for line in self._suspicious(lines) for kind in self._kinds[line])
        return Page("\n".join(found), frozenset(numbers)), kinds

    def _suspicious(self, lines: Iterable[str]) -> Iterator[str]:
        return filter(self._kinds.__contains__, lines) if self._kinds else iter(())

    def _learn(self, lines: set[str]) -> None:
        """Read the lines that are not known, all together."""
        if self._held > _MOST:
            for known in (self._plain, self._numbers, self._kinds):
                known.clear()
            self._held = 0
        fresh = lines.difference(self._plain)
        if not fresh:
            return
        whole = plain("\n".join(fresh))
        read = dict(zip(fresh, whole.split("\n"), strict=True))
        self._plain |= read
        self._held += len(whole)
        self._numbers |= {line: found for line, text in read.items() if (found := numbers_in(text))}
        if any(shapes_in(whole, self._allowed)):
            kinds = {line: tuple(shapes_in(text, self._allowed)) for line, text in read.items()}
            self._kinds |= {line: found for line, found in kinds.items() if found}
