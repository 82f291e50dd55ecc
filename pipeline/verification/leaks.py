"""One file of the site → what is wrong with it: how many leaks of which kind, never their text."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from pipeline.verification.model import Expectation
from pipeline.verification.plain import plain
from pipeline.verification.records import records_of
from pipeline.verification.shapes import digits, shapes_in
from pipeline.verification.texts import UnreadableFileError, text_of
from pipeline.verification.tree import owner_of
from pipeline.verification.values import LONG_NUMBER, Page, Public, Values, united

Kinds = Mapping[str, int]

HIDDEN = "本应隐去的内容"
BANISHED = "已撤下决定的内容"
_WINDOW = 600
_SLUG = re.compile(r"[0-9]{4}/[0-9A-Za-z\-]+")


@dataclass(frozen=True, slots=True)
class Looked:
    """What the gate saw in one file: the leaks in it, and the words that may make it look again.

    ``slugs`` are the addresses of the decisions that the leaks stand with, where that is known.
    ``words`` are the addresses of decisions and the long numbers that stand in the file: it holds
    a hidden value of another decision only where one of them is that decision's.
    """

    leaks: Kinds
    slugs: frozenset[str] = frozenset()
    words: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True)
class Gate:
    """The leak gate for one expectation."""

    expectation: Expectation = field(repr=False)

    @cached_property
    def _allowed(self) -> frozenset[str]:
        return _as_written(self.expectation.public_values)

    @cached_property
    def _public(self) -> Public:
        shown = (frozenset(names) for names in self.expectation.shown.values())
        return Public(united(shown) | frozenset(self.expectation.public_values))

    @cached_property
    def _banished(self) -> Values:
        return Values(frozenset(self.expectation.banished), self._public)

    @cached_property
    def _everywhere(self) -> frozenset[str]:
        """Hidden numbers that are so long that they can stand nowhere by chance."""
        return Values(united(self.expectation.hidden.values()), self._public).long_numbers

    @cached_property
    def words(self) -> frozenset[str]:
        """The addresses and long numbers for which a file is looked at again."""
        slugs = (slug for slug, values in self.expectation.hidden.items() if values)
        return self._everywhere.union(slugs)

    def look(self, path: str, content: bytes) -> Looked:
        """Return how many leaks of which kind a file holds, its name included."""
        try:
            page = Page(plain(text_of(path, content)))
            told = self._records_in(path, content)
        except UnreadableFileError:
            return Looked({"无法检查的文件": 1})
        leaks = self._leaks_in(path, page, told)
        slugs = frozenset(self._owners(path, page, told)) if leaks else frozenset()
        return Looked(leaks, slugs, _words_of(path, page))

    def _owners(self, path: str, page: Page, told: Collection[str]) -> Iterator[str]:
        """Yield the decisions that the leaks of a file stand with: a slow second look."""
        own = owner_of(path)
        if own is not None:
            yield own
            return
        listed = _as_written(self._listed_at(path))
        for slug, text in self._entries(told) if told else self._surroundings(page.text):
            values = Values(frozenset(self.expectation.hidden.get(slug, ())), self._public)
            near = Page(text)
            if (
                values.count_in(near)
                or (self._everywhere & near.numbers) - listed
                or any(shapes_in(text, self._allowed | listed, personal=bool(told)))
            ):
                yield slug

    def _records_in(self, path: str, content: bytes) -> tuple[str, ...]:
        """Return what a file of many decisions tells of those with hidden values, one by one.

        What stands beside its records goes with each of them.
        """
        if owner_of(path) is not None or not self.expectation.hidden:
            return ()
        records = records_of(path, content)
        told = tuple(filter(self._slugs_in, map(plain, records.each)))
        slugs = frozenset(slug for text in told for slug in self._slugs_in(text))
        rest = "\n".join([plain(records.rest), *sorted(slugs)])
        return (*told, rest) if told else ()

    def _slugs_in(self, text: str) -> frozenset[str]:
        return frozenset(_SLUG.findall(text)) & self.expectation.hidden.keys()

    def _leaks_in(self, path: str, page: Page, told: Collection[str]) -> Kinds:
        listed = _as_written(self._listed_at(path))
        allowed = self._allowed | listed if listed else self._allowed
        found = Counter(
            shapes_in(page.text, allowed, personal=owner_of(path) is not None or bool(told))
        )
        found[HIDDEN] += (
            self._hidden_in(self._entries(told)) if told else self._hidden_of_slugs(path, page)
        )
        if self._everywhere and not found[HIDDEN]:
            found[HIDDEN] += len((self._everywhere & page.numbers) - listed)
        found[BANISHED] += self._banished.count_in(page)
        found.update(f"文件名中的{kind}" for kind in self._in_name(path))
        return +found

    def _listed_at(self, path: str) -> Collection[str]:
        """Return the numbers that are public at ``path``; the page of a decision has none."""
        return () if owner_of(path) else self.expectation.listed.get(path, ())

    def _in_name(self, path: str) -> Iterator[str]:
        name = plain(unquote(path)).replace("/", "\n")
        yield from shapes_in(name, self._allowed, personal=False)
        slug = owner_of(path)
        hidden = self._of_slug(slug) if slug else None
        if (hidden and hidden.count_in(Page(name))) or self._banished.count_in(Page(name)):
            yield HIDDEN

    def _of_slug(self, slug: str) -> Values | None:
        """Return the hidden values of a decision on its own page."""
        values = self.expectation.hidden.get(slug)
        shown = frozenset(self.expectation.shown.get(slug, ()))
        public = Public(shown | frozenset(self.expectation.public_values))
        return Values(frozenset(values), public) if values else None

    def _hidden_of_slugs(self, path: str, page: Page) -> int:
        """Return the hidden values on a decision's page, or near its address on another."""
        own = owner_of(path)
        if own is not None:
            values = self._of_slug(own)
            return values.count_in(page) if values else 0
        return self._hidden_in(self._surroundings(page.text)) if self.expectation.hidden else 0

    def _hidden_in(self, entries: Iterable[tuple[str, str]]) -> int:
        """Return how many hidden values of decisions stand in their entries.

        What is public with any decision may stand there: the entry of a neighbour shows it.
        """
        return sum(
            Values(frozenset(self.expectation.hidden[slug]), self._public).count_in(Page(text))
            for slug, text in entries
        )

    def _entries(self, told: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield each decision with hidden values and the record that tells of it."""
        return ((slug, text) for text in told for slug in self._slugs_in(text))

    def _surroundings(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield each decision with hidden values and what stands near its address.

        Its neighbours end that on either side.
        """
        places = [match for match in _SLUG.finditer(text) if match[0] in self.expectation.hidden]
        ends = [0, *(match.end() for match in places)]
        starts = [*(match.start() for match in places[1:]), len(text)]
        for place, after, before in zip(places, ends, starts, strict=False):
            near = slice(max(after, place.start() - _WINDOW), min(before, place.end() + _WINDOW))
            yield place[0], text[near]


def _words_of(path: str, page: Page) -> frozenset[str]:
    numbers = (number for number in page.numbers if len(number) >= LONG_NUMBER)
    return frozenset([*numbers, *(() if owner_of(path) else _SLUG.findall(page.text))])


def _as_written(values: Collection[str]) -> frozenset[str]:
    """Return public values as ``shapes_in`` compares them: plain, and as digits only."""
    written = [plain(value).strip().lower() for value in values]
    return frozenset([*written, *(digits(value) for value in written)]) - {""}
