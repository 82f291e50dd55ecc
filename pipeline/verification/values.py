"""Values that the private side knows to be hidden, looked for where they may not stand.

A number or a name of three characters and more counts wherever it stands. A name of two may be
part of any word (高明, 方便): it counts when what stands around it makes it a name.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ahocorasick_rs import AhoCorasick

from pipeline.verification.plain import form_of, plain, squeezed_lines
from pipeline.verification.shapes import digits

SHORT = 2
_FEWEST = 4
LONG_NUMBER = 11
"""From this many digits on a hidden number may stand on no page at all."""

_FEW = 60
"""Up to so many values are asked for one by one."""

_TERMS = (
    *("陈述申辩", "施工单位", "许可证", "安全生产", "任何单位", "项目经理", "经营者", "常住人口"),
    *("包装袋", "水产品", "成品油"),
)
"""Words that begin like a name; a value that is a part of one is looked for outside it."""
_MASK = re.compile(r"[\u4e00-\u9fff]{1,2}某[某甲乙丙丁0-9]*|[*×xX＊]+")
"""What an exported text had hidden already stands on the page as it stood there."""
_MARKS = "-·._*|~"
_BETWEEN = re.compile(r"[\-·._*|~](?<=\w.)[\-·._*|~]?(?=\w)")
"""What may have been put between the characters of a name."""
_HAN = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf·]+")
_GROUPED = re.compile(r"[0-9]{2,}(?:[ \-.·_][0-9]{2,})*[Xx]?")
_LONG = re.compile(r"[0-9]{2}[0-9 \-.·_]{4,}[0-9Xx]")
"""What a group of seven characters and more looks like, and other things; most texts have none."""
_LEFT = re.compile(
    r"(?:^|[^\u4e00-\u9fffA-Za-z0-9]|当事人|处罚人|证人|人员|审核人|审查人|经营者|负责人|代表人|代理人|举报人"
    r"|投诉人|受害人|监护人|员工|店主|老板|姓名|[叫向对由与和及将给同子女妻夫父母])$"
)
_RIGHT = re.compile(
    r"$|[^\u4e00-\u9fffA-Za-z0-9]|先生|女士|同志|陈述|自述|到场|[等系称说签在将到向对与和及的处为]"
)


@dataclass(frozen=True)
class Page:
    """The plain text of a file in the forms that values are compared in, each made once.

    ``found`` are the numbers in it, when they are known already.
    """

    text: str = field(repr=False)
    found: frozenset[str] | None = field(default=None, repr=False)

    @cached_property
    def squeezed(self) -> str:
        """The text without blanks, in lines."""
        return squeezed_lines(self.text)

    @cached_property
    def folded(self) -> str:
        """The same without case."""
        return self.squeezed.casefold()

    @cached_property
    def joined(self) -> str:
        """The same without what may have been put between characters; empty if nothing was."""
        found, count = _BETWEEN.subn("", self.folded)
        return found if count else ""

    @cached_property
    def bare(self) -> str:
        """The text without blanks and marks; a value that it does not hold stands nowhere."""
        return _without_marks(self.squeezed)

    @cached_property
    def bare_folded(self) -> str:
        """The same without case."""
        return _without_marks(self.folded)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of seven digits and more, groups joined."""
        return numbers_in(self.text) if self.found is None else self.found


@dataclass(frozen=True)
class Public:
    """Names and numbers that may stand, in the forms that values are compared in, made once."""

    raw: frozenset[str] = field(default=frozenset(), repr=False)

    @cached_property
    def forms(self) -> frozenset[str]:
        """The values as they are looked for."""
        return frozenset(form_of(value).casefold() for value in self.raw)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The digits of the values."""
        return frozenset(digits(plain(value)) for value in self.raw)

    @cached_property
    def joined(self) -> frozenset[str]:
        """The values without what stands between their characters."""
        return frozenset(_BETWEEN.sub("", form) for form in self.forms)

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        """How long the values are, joined or not."""
        return tuple(sorted({len(name) for name in (*self.forms, *self.joined, *_TERMS)}))

    def holding(
        self, hits: Collection[str], text: str, *, joined: bool = False
    ) -> re.Pattern[str] | None:
        """Return a pattern for the public names in ``text`` that hold one of ``hits``.

        The text around each hit is asked for, and not every name: a site has as many as decisions.
        """
        names = self.joined if joined else self.forms
        around = {each for hit in hits for each in _around(hit, text, self._lengths)}
        return _any_of(each for each in around if each in names or each in _TERMS)


def _around(hit: str, text: str, lengths: Iterable[int]) -> Iterator[str]:
    """Yield what stands in ``text``, of one of the ``lengths``, and holds more than ``hit``."""
    longer = [length for length in lengths if length > len(hit)]
    place = text.find(hit)
    while place >= 0:
        end = place + len(hit)
        for length in longer:
            last = min(place, len(text) - length)
            yield from (text[n : n + length] for n in range(max(0, end - length), last + 1))
        place = text.find(hit, place + 1)


@dataclass(frozen=True)
class Values:
    """Values prepared for searching.

    Most stand nowhere near where they are looked for, and that is shown first, cheaply: without
    blanks and marks, neither value nor text can hide that one holds the other.
    """

    raw: frozenset[str] = field(repr=False)

    @cached_property
    def _forms(self) -> frozenset[str]:
        values = (form_of(value).casefold() for value in self.raw)
        return frozenset(v for v in values if len(v) >= SHORT and not _MASK.fullmatch(v))

    @cached_property
    def bare(self) -> tuple[tuple[str, str], ...]:
        """What a text must hold, without marks, for a value to stand in it; and the value."""
        forms = sorted(self._forms)
        numbers = ((digits(v).lower(), v) for v in forms if _is_number(v))
        return tuple(dict.fromkeys([*((_without_marks(v), v) for v in forms), *numbers]))

    @cached_property
    def _has_letters(self) -> bool:
        """Whether case can matter; for the names and numbers of most decisions it cannot."""
        return any(value != value.upper() for value in self._forms)

    @cached_property
    def _automaton(self) -> AhoCorasick | None:
        """All values at once, when they are too many to be asked for one by one."""
        bare = [bare or value for bare, value in self.bare]
        return AhoCorasick(bare) if len(bare) > _FEW else None

    def long_numbers(self, public: Public) -> frozenset[str]:
        """Return the numbers that are too long to stand anywhere by chance."""
        numbers = _numbers_of(self._forms - public.forms, public)
        return frozenset(number for number in numbers if len(number) >= LONG_NUMBER)

    def count_in(self, page: Page, public: Public) -> int:
        """Return how often a value stands in ``page`` outside the ``public`` names that hold it."""
        text = page.bare_folded if self._has_letters else page.bare
        possible = self._possible_in(text) - public.forms
        return _Count(possible, public).of(page) if possible else 0

    def may_stand_in(self, page: Page) -> bool:
        """Whether a value may stand in ``page``, a public name around it or not."""
        return bool(self._possible_in(page.bare_folded))

    def _possible_in(self, bare: str) -> frozenset[str]:
        if self._automaton:
            found = set(found_by(self._automaton, bare))
            return frozenset(v for n, (key, v) in enumerate(self.bare) if n in found or not key)
        return frozenset(value for key, value in self.bare if key in bare)


@dataclass(frozen=True, slots=True)
class _Count:
    """How often some few values stand in a page."""

    wanted: frozenset[str] = field(repr=False)
    public: Public = field(repr=False)

    def of(self, page: Page) -> int:
        text = page.folded
        hits = frozenset(value for value in self.wanted if value in text)
        if hits and (names := self.public.holding(hits, text)):
            text = names.sub("\n", text)
        found = sum(_as_name(v, text) if _is_short_name(v) else _stands(v, text) for v in hits)
        numbers = _numbers_of(self.wanted, self.public) & page.numbers
        return found + len(numbers) or self._apart(page)

    def _apart(self, page: Page) -> int:
        """Return how often a value stands in ``page`` with something put between its characters."""
        text = page.joined
        hits = frozenset(value for value in self._joined() if value in text)
        if hits and (names := self.public.holding(hits, text, joined=True)):
            text = names.sub("\n", text)
        return sum(_stands(value, text) for value in hits)

    def _joined(self) -> frozenset[str]:
        """Return the values as they are then; none so short as to be chance."""
        joined = (_BETWEEN.sub("", value) for value in self.wanted)
        long = (v for v in joined if len(v) > (SHORT if _HAN.fullmatch(v) else _FEWEST))
        return frozenset(long) - self.public.joined


def found_by(automaton: AhoCorasick, text: str) -> Iterator[int]:
    """Yield the number of each value that the automaton finds; some characters it cannot take."""
    text = text.encode("utf-8", "replace").decode()
    return (number for number, _, _ in automaton.find_matches_as_indexes(text, overlapping=True))


def numbers_in(text: str) -> frozenset[str]:
    """Return the numbers of seven digits and more in plain ``text``, groups joined."""
    if not _LONG.search(text):
        return frozenset()
    return frozenset(digits(group) for group in set(_GROUPED.findall(text)) if len(group) >= 7)


def _numbers_of(values: Iterable[str], public: Public) -> frozenset[str]:
    numbers = (digits(value) for value in values if _is_number(value))
    return frozenset(n for n in numbers if len(n) >= 7) - public.numbers


def _without_marks(text: str) -> str:
    for mark in _MARKS:
        if mark in text:
            text = text.replace(mark, "")
    return text


def _stands(value: str, text: str) -> int:
    return sum(1 for _ in re.finditer(_alone(value), text))


def _as_name(name: str, text: str) -> int:
    """Return how often a name of two characters stands in ``text`` as a name."""
    return sum(
        1
        for match in re.finditer(re.escape(name), text)
        if _LEFT.search(text[max(0, match.start() - 4) : match.start()])
        and _RIGHT.match(text[match.end() : match.end() + 2])
    )


def _any_of(values: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for any of ``values``, the longest first."""
    parts = [_alone(value) for value in sorted(set(values), key=lambda v: (-len(v), v))]
    return re.compile("|".join(parts)) if parts else None


def _alone(value: str) -> str:
    """Return a pattern for ``value``; a number must not be part of a longer one."""
    before = "(?<![0-9])" if value[:1].isdigit() else ""
    after = "(?![0-9])" if value[-1:].isdigit() else ""
    return f"{before}{re.escape(value)}{after}"


def _is_short_name(value: str) -> bool:
    return len(value) <= SHORT and bool(_HAN.fullmatch(value))


def _is_number(value: str) -> bool:
    return sum(map(str.isdigit, value)) >= 7 and re.fullmatch(r"[0-9x\-.()·_]+", value) is not None


def united(groups: Iterable[Collection[str]]) -> frozenset[str]:
    """Return the values of all groups."""
    return frozenset(value for group in groups for value in group)
