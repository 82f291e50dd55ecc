"""One file of the site → what is wrong with it: how many leaks of which kind, never their text."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from urllib.parse import unquote

from pipeline.verification.hidden import Hidden
from pipeline.verification.known import Known, mark_of
from pipeline.verification.lines import Lines
from pipeline.verification.model import Expectation
from pipeline.verification.plain import plain
from pipeline.verification.records import Records, records_of
from pipeline.verification.shapes import WHERE_TOLD, digits, shapes_in
from pipeline.verification.texts import UnreadableFileError, text_of
from pipeline.verification.tree import owner_of
from pipeline.verification.values import (
    LONG_NUMBER,
    Page,
    Public,
    Values,
    numbers_in,
    united,
)

Kinds = Mapping[str, int]
Told = tuple[frozenset[str], Page]
"""Decisions with hidden values, and what a file says of them."""

HIDDEN = "本应隐去的内容"
BANISHED = "已撤下决定的内容"
_WINDOW = 600
_FEW = 4
"""Decisions of one record that are asked for one by one."""

NOTHING: Known = MappingProxyType({})

_SLUG = re.compile(r"[0-9]{4}/[0-9A-Za-z\-]+")


@dataclass(frozen=True, slots=True)
class Looked:
    """What the gate saw in one file: the leaks in it, and the words that may make it look again.

    ``slugs`` are the addresses of the decisions that the leaks stand with, where that is known.
    ``words`` are the addresses of decisions and the long numbers that stand in the file: it holds
    a hidden value of another decision only where one of them is that decision's. ``known`` are
    the records that need not be read again in another version of the file.
    """

    leaks: Kinds
    slugs: frozenset[str] = frozenset()
    words: frozenset[str] = field(default=frozenset(), repr=False)
    known: Known = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Gate:
    """The leak gate for one expectation."""

    expectation: Expectation = field(repr=False)

    def __reduce__(self) -> tuple[type["Gate"], tuple[Expectation]]:
        """Give another process what it is held against; it works out the rest."""
        return Gate, (self.expectation,)

    @cached_property
    def _allowed(self) -> frozenset[str]:
        return _as_written(self.expectation.public_values)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._allowed)

    @cached_property
    def _public(self) -> Public:
        shown = (frozenset(names) for names in self.expectation.shown.values())
        return Public(united(shown) | frozenset(self.expectation.public_values))

    @cached_property
    def _hidden(self) -> Hidden:
        return Hidden(self.expectation.hidden)

    @cached_property
    def _banished(self) -> Values:
        return Values(frozenset(self.expectation.banished))

    @cached_property
    def _everywhere(self) -> frozenset[str]:
        """Hidden numbers that are so long that they can stand nowhere by chance."""
        return Values(united(self.expectation.hidden.values())).long_numbers(self._public)

    @cached_property
    def words(self) -> frozenset[str]:
        """The addresses and long numbers for which a file or a record is looked at again."""
        return self._everywhere.union(self.expectation.hidden)

    def look(self, path: str, content: bytes, known: Known = NOTHING) -> Looked:
        """Return how many leaks of which kind a file holds, its name included.

        Records that are ``known`` of the same program, in a file at the same path that was held
        against the same public values, are not read again unless one of ``words`` stands there.
        """
        try:
            found = _read(path, content)
            marks = list(map(mark_of, found.each))
            still = {mark: known[mark] for mark in marks if self._may_rest(mark, known)}
            fresh = [(m, each) for m, each in zip(marks, found.each, strict=True) if m not in still]
            texts = [found.read(each) for _, each in fresh]
        except UnreadableFileError as error:
            return Looked({f"无法检查的文件（{error}）": 1})
        page, kinds = self._lines_at(path).read("\n".join([*texts, found.rest]))
        records, rest = _records_in(page, texts)
        told = self._told(records, rest) if found.each and self.expectation.hidden else ()
        leaks = self._leaks_in(path, page, kinds, told)
        slugs = frozenset(self._owners(path, page, told)) if leaks else frozenset()
        words = _words_of(path, page).union(*still.values())
        if leaks or kinds:
            return Looked(leaks, slugs, words)
        seen = zip((mark for mark, _ in fresh), _words_in(records, page), strict=True)
        return Looked(leaks, slugs, words, {**still, **dict(seen)})

    def _may_rest(self, mark: bytes, known: Known) -> bool:
        return mark in known and known[mark].isdisjoint(self.words)

    def _lines_at(self, path: str) -> Lines:
        listed = self._listed_at(path)
        return Lines(self._allowed | listed) if listed else self._lines

    def _listed_at(self, path: str) -> frozenset[str]:
        """Return the numbers that are public at ``path``; the page of a decision has none."""
        return _as_written(() if owner_of(path) else self.expectation.listed.get(path, ()))

    def _told(self, records: Iterable[str], rest: str) -> tuple[Told, ...]:
        """Return what a file tells of each decision with hidden values.

        What stands beside its records goes with each of them.
        """
        told = [(slugs, Page(text)) for text in records if (slugs := self._slugs_in(text))]
        slugs = self._slugs_in(rest).union(*(slugs for slugs, _ in told))
        return (*told, (slugs, Page(rest))) if told else ()

    def _slugs_in(self, text: str) -> frozenset[str]:
        return frozenset(_SLUG.findall(text)) & self.expectation.hidden.keys()

    def _leaks_in(
        self, path: str, page: Page, kinds: Mapping[str, int], told: Collection[Told]
    ) -> Kinds:
        own = owner_of(path)
        case = own is not None or bool(told)
        found = Counter({kind: n for kind, n in kinds.items() if case or kind not in WHERE_TOLD})
        if own is not None:
            found[HIDDEN] += self._hidden.count_in(own, page, self._public_with(own))
        elif self.expectation.hidden:
            entries = self._entries(told) if told else self._surroundings(page.text)
            found[HIDDEN] += sum(self._hidden_in(slug, near) for slug, near in entries)
        if self._everywhere and not found[HIDDEN]:
            found[HIDDEN] += len((self._everywhere & page.numbers) - self._listed_at(path))
        found[BANISHED] += self._banished.count_in(page, self._public)
        found.update(f"文件名中的{kind}" for kind in self._in_name(path))
        return +found

    def _hidden_in(self, slug: str, near: Page) -> int:
        """Return how many hidden values of a decision stand in its entry on another page.

        What is public with any decision may stand there: the entry of a neighbour shows it.
        """
        return self._hidden.count_in(slug, near, self._public)

    def _owners(self, path: str, page: Page, told: Collection[Told]) -> Iterator[str]:
        """Yield the decisions that the leaks of a file stand with: a slow second look."""
        own = owner_of(path)
        if own is not None:
            yield own
            return
        listed = self._listed_at(path)
        for slug, near in self._entries(told) if told else self._surroundings(page.text):
            kinds = frozenset(shapes_in(near.text, self._allowed | listed))
            if (
                self._hidden_in(slug, near)
                or (self._everywhere & near.numbers) - listed
                or (kinds if told else kinds - WHERE_TOLD)
            ):
                yield slug

    def _in_name(self, path: str) -> Iterator[str]:
        own = owner_of(path)
        page, kinds = self._lines.read(_in_lines(unquote(path), own))
        yield from (kind for kind in kinds if kind not in WHERE_TOLD)
        hidden = own is not None and self._hidden.count_in(own, page, self._public_with(own))
        if hidden or self._banished.count_in(page, self._public):
            yield HIDDEN

    def _public_with(self, slug: str) -> Public:
        """Return what may stand on the own page of a decision."""
        shown = frozenset(self.expectation.shown.get(slug, ()))
        return Public(shown | frozenset(self.expectation.public_values))

    def _entries(self, told: Iterable[Told]) -> Iterator[tuple[str, Page]]:
        """Yield each decision with hidden values and the record that tells of it."""
        for slugs, page in told:
            if len(slugs) <= _FEW or self._hidden.may_stand_in(slugs, page):
                yield from ((slug, page) for slug in slugs)

    def _surroundings(self, text: str) -> Iterator[tuple[str, Page]]:
        """Yield each decision with hidden values and what stands near its address.

        Its neighbours end that on either side.
        """
        places = [match for match in _SLUG.finditer(text) if match[0] in self.expectation.hidden]
        ends = [0, *(match.end() for match in places)]
        starts = [*(match.start() for match in places[1:]), len(text)]
        for place, after, before in zip(places, ends, starts, strict=False):
            near = slice(max(after, place.start() - _WINDOW), min(before, place.end() + _WINDOW))
            yield place[0], Page(text[near])


def _read(path: str, content: bytes) -> Records:
    """Return the text of a file; the shards of the search index hold none."""
    if path.startswith("search/") and path.endswith(".bin"):
        return Records()
    if owner_of(path) is None:
        return records_of(path, content)
    return Records(rest=text_of(path, content))


def _records_in(page: Page, texts: Iterable[str]) -> tuple[list[str], str]:
    """Return what came of each of the ``texts`` that a page was read from, and of the rest."""
    lines = iter(page.text.split("\n"))
    return ["\n".join(islice(lines, 1 + text.count("\n"))) for text in texts], "\n".join(lines)


def _in_lines(path: str, own: str | None) -> str:
    """Return a path, one folder a line; the address of its decision stays whole, as one."""
    folders, address, ending = path.partition(own) if own else (path, "", "")
    return folders.replace("/", "\n") + address + ending


def _words_of(path: str, page: Page) -> frozenset[str]:
    return _long(page.numbers).union(() if owner_of(path) else _SLUG.findall(page.text))


def _words_in(records: Iterable[str], page: Page) -> Iterator[frozenset[str]]:
    """Yield the addresses and long numbers in each record of a page."""
    has_long = bool(_long(page.numbers))
    for text in records:
        numbers = _long(numbers_in(text)) if has_long else frozenset()
        yield numbers.union(_SLUG.findall(text))


def _long(numbers: Iterable[str]) -> frozenset[str]:
    return frozenset(number for number in numbers if len(number) >= LONG_NUMBER)


def _as_written(values: Collection[str]) -> frozenset[str]:
    """Return public values as ``shapes_in`` compares them: plain, and as digits only."""
    written = [plain(value).strip().lower() for value in values]
    return frozenset([*written, *(digits(value) for value in written)]) - {""}
