"""One pack file → ``Pack``: every field is checked and every fault reported at once.

A pack is what one issuing document says, rule by rule, each with its article. Nothing is combined
here; ``pipeline.policy.merge`` does that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pipeline.domain.process_record import Act
from pipeline.domain.protected import Category
from pipeline.domain.verdict import Effect
from pipeline.policy.duty import Duty, read_duty
from pipeline.policy.fields import Faults, Fields
from pipeline.policy.model import (
    Clock,
    Limit,
    MaskRule,
    NameRule,
    RequiredPage,
    ScreeningRule,
    Unit,
    Whose,
)
from pipeline.policy.vocabulary import CLOCKS, LIMITS, PAGES, PREDICATES, SAME_DAY, WHOLE_LIMITS
from pipeline.yaml_file import UnusableYamlError, read_yaml

R = TypeVar("R", ScreeningRule, MaskRule, NameRule, Clock, Limit, RequiredPage, Duty)


@dataclass(frozen=True, slots=True)
class Stated(Generic[R]):
    """A rule as a pack states it. A ``fallback`` holds only while no other pack speaks."""

    key: str
    rule: R
    fallback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What one pack file says. ``sets_aside`` maps fallback rules it replaces to the reason."""

    key: str
    title: str
    file: str
    extends: tuple[str, ...]
    sets_aside: Mapping[str, str]
    screening: tuple[Stated[ScreeningRule], ...]
    masks: tuple[Stated[MaskRule], ...]
    names: tuple[Stated[NameRule], ...]
    clocks: tuple[Stated[Clock], ...]
    limits: tuple[Stated[Limit], ...]
    pages: tuple[Stated[RequiredPage], ...]
    records: tuple[Stated[Duty], ...]
    review: tuple[Stated[Duty], ...]
    acts: tuple[tuple[str, Act], ...]


def load_pack(path: Path, faults: Faults) -> Pack | None:
    """Return the pack in ``path``; what is wrong with it goes to ``faults``."""
    try:
        raw = read_yaml(path)
    except UnusableYamlError as error:
        faults.add(path.name, "", "", str(error), "按制度文件说明改正后重试")
        return None
    fields = Fields(raw, faults, path.name)
    key = fields.text("key")
    if key and key != path.stem:
        fields.fault("key", "与文件名不一致", "使 key 与文件名（不含 .yaml）相同")
    pack = Pack(
        key=key,
        title=fields.text("title"),
        file=path.name,
        extends=fields.texts("extends"),
        sets_aside=fields.text_map("sets_aside"),
        screening=tuple(_screening(entry, key) for entry in fields.entries("screening")),
        masks=tuple(_mask(entry, key) for entry in fields.entries("masks")),
        names=tuple(_name(entry, key) for entry in fields.entries("names")),
        clocks=tuple(_clock(entry, key) for entry in fields.entries("clocks")),
        limits=tuple(_limit(entry, key) for entry in fields.entries("limits")),
        pages=tuple(_page(entry, key) for entry in fields.entries("pages")),
        records=tuple(_duty(entry, key) for entry in fields.entries("records")),
        review=tuple(_duty(entry, key) for entry in fields.entries("review")),
        acts=_acts(fields),
    )
    fields.finish()
    return pack


def _screening(entry: Fields, pack: str) -> Stated[ScreeningRule]:
    predicate = entry.choice("predicate", {name: name for name in PREDICATES}, "")
    params = entry.lists("params", PREDICATES.get(predicate, frozenset()))
    effects = {effect.value: effect for effect in (Effect.HOLD, Effect.WITHHOLD)}
    rule = ScreeningRule(
        key=entry.key,
        title=entry.text("title"),
        predicate=predicate,
        effect=entry.choice("effect", effects, Effect.WITHHOLD),
        basis=entry.basis(),
        pack=pack,
        remedy=entry.text("remedy"),
        params=params,
    )
    return _stated(entry, rule)


def _mask(entry: Fields, pack: str) -> Stated[MaskRule]:
    category = entry.key_choice({kind.value: kind for kind in Category}, Category.MARKED)
    hide = entry.flag("hide", default=True)
    return _stated(entry, MaskRule(category=category, hide=hide, basis=entry.basis(), pack=pack))


def _name(entry: Fields, pack: str) -> Stated[NameRule]:
    whose = entry.key_choice({group.value: group for group in Whose}, Whose.OTHER)
    hide = entry.flag("hide", default=True)
    return _stated(entry, NameRule(whose=whose, hide=hide, basis=entry.basis(), pack=pack))


def _clock(entry: Fields, pack: str) -> Stated[Clock]:
    entry.key_choice({name: name for name in CLOCKS}, "")
    rule = Clock(
        key=entry.key,
        title=entry.text("title"),
        length=int(entry.number("length", entry.key not in SAME_DAY, 1000, whole=True)),
        unit=entry.choice("unit", {unit.value: unit for unit in Unit}, Unit.DAY),
        basis=entry.basis(),
        pack=pack,
    )
    return _stated(entry, rule)


def _limit(entry: Fields, pack: str) -> Stated[Limit]:
    entry.key_choice({name: name for name in LIMITS}, "")
    least, greatest = LIMITS.get(entry.key, (0, 0))
    value = entry.number("value", least, greatest, whole=entry.key in WHOLE_LIMITS)
    return _stated(entry, Limit(key=entry.key, value=value, reason=entry.text("reason"), pack=pack))


def _page(entry: Fields, pack: str) -> Stated[RequiredPage]:
    entry.key_choice(PAGES, "")
    return _stated(entry, RequiredPage(key=entry.key, basis=entry.basis(), pack=pack))


def _duty(entry: Fields, pack: str) -> Stated[Duty]:
    return _stated(entry, read_duty(entry, pack))


def _acts(fields: Fields) -> tuple[tuple[str, Act], ...]:
    """Return the words for acts, each with the act it means."""
    acts = {act.value: act for act in Act}
    words = fields.list_map("acts")
    if words.keys() - acts.keys():
        fields.fault("acts", "有不可用的行为", "可用：" + "、".join(acts))
    return tuple((word, acts[act]) for act, said in words.items() if act in acts for word in said)


def _stated(entry: Fields, rule: R) -> Stated[R]:
    stated = Stated(entry.key, rule, entry.flag("fallback", default=False))
    entry.finish()
    return stated
