"""Organisations: who they are, the letter they are found under, their other decisions.

A list that grows for years is cut as the months are: parts are counted from the organisation
whose first decision is the oldest, so that a new one touches only the newest part.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.site.categories import ORGANISATIONS, Category, key_of
from pipeline.site.lists import Listed, oldest_first

NEAR = 5
"""Decisions on the same organisation shown on a decision's page, before it and after it each."""

_INITIALS = (
    ("A", 0xB0A1), ("B", 0xB0C5), ("C", 0xB2C1), ("D", 0xB4EE), ("E", 0xB6EA), ("F", 0xB7A2),
    ("G", 0xB8C1), ("H", 0xB9FE), ("J", 0xBBF7), ("K", 0xBFA6), ("L", 0xC0AC), ("M", 0xC2E8),
    ("N", 0xC4C3), ("O", 0xC5B6), ("P", 0xC5BE), ("Q", 0xC6DA), ("R", 0xC8BB), ("S", 0xC8F6),
    ("T", 0xCBFA), ("W", 0xCDDA), ("X", 0xCEF4), ("Y", 0xD1B9), ("Z", 0xD4D1),
)  # fmt: skip
"""The first character of each letter in GB 2312, whose common characters stand by their sound."""
_COMMON_END = 0xD7FA
ELSE = "其他"
_PLACES = re.compile(r"(?:[\u4e00-\u9fff]{1,7}?(?:自治区|自治州|自治县|省|市|州|县|区))+")
_PLACE = re.compile(r"([\u4e00-\u9fff]{2,7}?)(?:自治区|自治州|自治县|省|市|州|县|区)")
_ABOVE = re.compile(r"(?:[\u4e00-\u9fff]{2,7}?(?:自治区|省|市|州))*")


@dataclass(frozen=True, slots=True)
class Related:
    """Other decisions on one organisation, as a page of a decision shows them."""

    name: str
    path: str
    entries: tuple[Listed, ...]


def organisations_of(entries: Iterable[Listed]) -> tuple[Category, ...]:
    """Return the organisations, the one whose first decision is the oldest first.

    Equal codes are one organisation, under its newest name; without a code the name decides.
    """
    found: dict[str, list[Listed]] = {}
    names: dict[str, str] = {}
    for entry in oldest_first(entries):
        for code, name in dict.fromkeys(entry.organisations):
            identity = code or name
            if identity:
                found.setdefault(identity, []).append(entry)
                names[identity] = name
    return tuple(
        Category(ORGANISATIONS, key_of(identity), names[identity], tuple(each))
        for identity, each in found.items()
    )


def related_to(organisations: Sequence[Category]) -> Mapping[str, tuple[Related, ...]]:
    """Return for the slug of each decision the ones on the same organisation next to it."""
    found: dict[str, tuple[Related, ...]] = {}
    for each in organisations:
        if len(each.entries) < 2:
            continue
        for place, entry in enumerate(each.entries):
            before = each.entries[max(0, place - NEAR) : place]
            after = each.entries[place + 1 : place + 1 + NEAR]
            near = Related(each.name, each.path, (*before, *after)[::-1])
            found[entry.slug] = (*found.get(entry.slug, ()), near)
    return found


def places_of(entries: Iterable[Listed]) -> tuple[str, ...]:
    """Return the places of the agencies, with which the names of organisations begin, too.

    A name may say the place without its kind, 常山 for 常山县; the longest come first.
    """
    found: set[str] = set()
    for organ in {entry.organ for entry in entries}:
        if whole := _PLACES.match(organ):
            found |= {whole[0], *(part[n] for part in _PLACE.finditer(whole[0]) for n in (0, 1))}
    return tuple(sorted(found, key=lambda place: (-len(place), place)))


def own_name(name: str, places: Sequence[str]) -> str:
    """Return a name without the place that it begins with, where that is one of ``places``.

    >>> own_name("浙江省常山县青石桥商行", ["常山县", "常山"]), own_name("常山商行", ["常山"])
    ('青石桥商行', '商行')
    """
    for place in places:
        before, found, rest = name.partition(place)
        if found and len(rest) > 1 and _ABOVE.fullmatch(before):
            return rest
    return name


def letter_of(name: str) -> str:
    """Return the letter under which a name without its place is looked for.

    >>> letter_of("青石桥建材有限公司"), letter_of("阿波面馆"), letter_of("3号仓")
    ('Q', 'A', '其他')
    """
    first = name[:1].upper()
    if "A" <= first <= "Z":
        return first
    code = first.encode("gb2312", errors="ignore")
    number = int.from_bytes(code, "big") if len(code) == 2 else 0
    if not _INITIALS[0][1] <= number < _COMMON_END:
        return ELSE
    return next(letter for letter, start in reversed(_INITIALS) if number >= start)


def by_letter(
    organisations: Iterable[Category], places: Sequence[str]
) -> dict[str, tuple[Category, ...]]:
    """Return the organisations of each letter, A to Z and then the rest."""
    found: dict[str, list[Category]] = {}
    for each in organisations:
        found.setdefault(letter_of(own_name(each.name, places)), []).append(each)
    return {letter: tuple(found[letter]) for letter in sorted(found, key=_order)}


def as_spoken(organisations: Iterable[Category], places: Sequence[str]) -> tuple[Category, ...]:
    """Return organisations in the order in which a reader looks for them."""

    def sound(each: Category) -> tuple[bytes, str]:
        return own_name(each.name, places).encode("gb18030", errors="replace"), each.name

    return tuple(sorted(organisations, key=sound))


def _order(letter: str) -> tuple[bool, str]:
    return letter == ELSE, letter
