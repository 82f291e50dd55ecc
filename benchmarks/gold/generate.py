"""Templates → documents with gold spans. Seeded: the same seed gives the same documents."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gold import values
from benchmarks.gold.people import Person, person

_MARK = re.compile(r"⟦(?P<kind>[a-z_]+)(?::(?P<slot>\w+))?⟧")
_TEMPLATES = sorted(Path(__file__).with_name("templates").glob("*.txt"))
PEOPLE = {"third": "PERSON", "officer": "PERSON", "rep": "PERSON", "party": "PERSON"}
LATER = {"sir": "先生", "xiao": "小", "lao": "老", "given": "", "mou": "某"}
NUMBERS = {
    "id": ("ID_CARD", values.id_number),
    "phone": ("PHONE", values.mobile),
    "card": ("BANK_ACCOUNT", values.bank_card),
    "plate": ("PLATE", values.plate),
}
HEALTH = (
    "患有尿毒症，每周需透析三次",
    "患乙型肝炎多年",
    "系二级肢体残疾",
    "身患肺癌正在化疗",
    "怀孕七个月",
    "确诊抑郁症",
    "患有高血压和糖尿病",
)
COMPANIES = (
    "常山县张小泉五金经营部",
    "衢州市鸿泰建筑工程有限公司",
    "常山李记餐饮店",
    "浙江王力建材有限公司",
    "常山县周大福珠宝店",
    "衢州陈氏食品有限公司",
    "常山县同福烟酒商行",
    "杭州高兴文化传媒有限公司",
)
STREETS = (
    "天马街道文峰东路118号",
    "金川街道定阳南路25号",
    "中山路与解放路交叉口",
    "辉埠镇工业园区3号厂房",
)
PHRASES = {
    "home": ("ADDRESS_HOME", values.home),
    "health": ("HEALTH", lambda rng: rng.choice(HEALTH)),
}
PUBLIC: dict[str, Callable[[random.Random], str]] = {
    "company": lambda rng: rng.choice(COMPANIES),
    "street": lambda rng: rng.choice(STREETS),
    "case": lambda rng: f"常综执罚决字〔{rng.randint(2021, 2026)}〕第{rng.randint(1, 9999):04}号",
    "uscc": lambda rng: f"92330822MA{rng.randint(10**7, 10**8 - 1)}",
    "account": lambda rng: f"{rng.randint(10**18, 10**19 - 1)}",
    "agency_phone": lambda rng: f"0570-{rng.randint(5_000_000, 5_999_999)}",
    "order": lambda rng: f"{rng.randint(2021, 2026)}{rng.randint(10**14, 10**15 - 1)}",
    "batch": lambda rng: f"2024{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(10, 99)}",
    "barcode": lambda rng: f"69{rng.randint(10**10, 10**11 - 1)}",
    "licence": lambda rng: f"JY{rng.randint(10**13, 10**14 - 1)}",
    "day": lambda rng: f"2024年{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
    "money": lambda rng: f"{rng.randint(1, 99) * 500}元",
}


@dataclass(frozen=True)
class Gold:
    """One labelled stretch: ``must`` is hide (True), stay (False) or left to the policy (None)."""

    start: int
    end: int
    kind: str
    must: bool | None


@dataclass(frozen=True)
class Document:
    """One invented decision; ``parties`` are the names that a structured export would give."""

    name: str
    text: str
    spans: tuple[Gold, ...]
    parties: tuple[str, ...]


def documents(count: int, seed: int, *, disguised: float = 0.28) -> Iterator[Document]:
    """Yield ``count`` documents; ``disguised`` is the share of numbers in a disguise."""
    rng = random.Random(seed)
    for number in range(count):
        path = _TEMPLATES[number % len(_TEMPLATES)]
        yield _Filling(rng, disguised).fill(f"{path.stem}-{number}", path.read_text("utf-8"))


class _Filling:
    """Fills one template; remembers who and what stands in which slot."""

    def __init__(self, rng: random.Random, disguised: float) -> None:
        self._rng = rng
        self._disguised = disguised
        self._people: dict[str, Person] = {}
        self._values: dict[str, str] = {}
        self._parties: set[str] = set()

    def fill(self, name: str, template: str) -> Document:
        text, spans, end = "", [], 0
        for mark in _MARK.finditer(template):
            text += template[end : mark.start()]
            end = mark.end()
            value, kind, must = self._value(mark["kind"], mark["slot"] or "1")
            if kind:
                spans.append(Gold(len(text), len(text) + len(value), kind, must))
            text += value
        return Document(name, text + template[end:], tuple(spans), tuple(sorted(self._parties)))

    def _value(self, kind: str, slot: str) -> tuple[str, str, bool | None]:
        if kind in PEOPLE:
            return self._name(kind, slot)
        if kind in LATER:
            return self._later(kind, self._person(slot)), "PERSON", True
        if kind in NUMBERS:
            return self._number(kind, slot), NUMBERS[kind][0], True
        if kind in PHRASES:
            label, make = PHRASES[kind]
            return self._values.setdefault(kind + slot, make(self._rng)), label, True
        make = PUBLIC[kind]
        return self._values.setdefault(kind + slot, make(self._rng)), kind.upper(), False

    def _name(self, kind: str, slot: str) -> tuple[str, str, bool | None]:
        who = self._person(slot)
        if kind == "party":
            self._parties.add(who.name)
            return who.name, "PARTY", False
        return who.name, "PERSON", True if kind == "third" else None

    def _number(self, kind: str, slot: str) -> str:
        value = self._values.setdefault(kind + slot, NUMBERS[kind][1](self._rng))
        if kind != "plate" and self._rng.random() < self._disguised:
            return values.DISGUISES[self._rng.choice(list(values.DISGUISES))](value)
        return value

    def _person(self, slot: str) -> Person:
        if slot not in self._people:
            taken = {each.surname for each in self._people.values()}
            self._people[slot] = person(self._rng)
            while self._people[slot].surname in taken:
                self._people[slot] = person(self._rng)
        return self._people[slot]

    def _later(self, kind: str, who: Person) -> str:
        if "·" in who.name or who.name.isascii():
            return who.name
        given = who.name[len(who.surname) :]
        return {
            "sir": who.surname + ("女士" if who.woman else "先生"),
            "xiao": "小" + who.surname[-1],
            "lao": "老" + who.surname[-1],
            "mou": who.surname + "某",
            "given": given if len(given) == 2 else who.name,
        }[kind]
