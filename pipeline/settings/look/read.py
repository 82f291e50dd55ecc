"""The section ``look`` → ``Look``, with every fault in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.domain.faults import Fault
from pipeline.settings.faults import fault, section_of, unknown_keys
from pipeline.settings.look.colours import Colour
from pipeline.settings.look.emblem import Emblem, load_emblem
from pipeline.settings.look.palette import LEAST, USES, Colours, Palette, palette_of, weak_in
from pipeline.settings.look.refused import RefusedError
from pipeline.settings.look.words import word_faults, words_of

_KEYS = ("emblem", "emblem_text", "light", "dark", "words")
_SCHEMES = ("light", "dark")
_MIDDLE = 0.18
"""The luminance from which black stands off as well as white does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the site looks.

    ``palette`` is ``None`` where the delivered colours stay. ``emblem_text`` is what the emblem
    says to those who do not see it. ``words`` are all of ``WORDS``; in them ``{agency}`` stands
    for the name of the bureau.
    """

    emblem: Emblem | None = None
    emblem_text: str = ""
    palette: Palette | None = None
    words: Mapping[str, str] = field(default_factory=lambda: words_of({}))


def read_look(raw: Mapping[str, object], root: Path) -> tuple[Look, tuple[Fault, ...]]:
    """Return the look that ``raw``, the whole file, sets, and what is wrong with it.

    ``root`` is the agency's folder. What is wrong is left out of the look.
    """
    section = section_of(raw, "look")
    faults = [*_shape_faults(raw.get("look"))]
    emblem = None
    if isinstance(section.get("emblem"), str) and section["emblem"]:
        try:
            emblem = load_emblem(str(section["emblem"]), root)
        except RefusedError as refused:
            faults.append(fault("look.emblem", refused.problem, refused.remedy))
    colours = {name: _colours(section_of(section, name), name, faults) for name in _SCHEMES}
    palette = palette_of(**colours) if any(colours.values()) else None
    faults += _weak(palette) if palette else ()
    words = section_of(section, "words")
    faults += word_faults(words, "look.words")
    text = " ".join(str(section.get("emblem_text") or "").split())
    return Look(emblem=emblem, emblem_text=text, palette=palette, words=words_of(words)), (*faults,)


def _shape_faults(look: object) -> Iterator[Fault]:
    if look is None:
        return
    if not isinstance(look, dict):
        yield fault("look", "应是一组键和值", "对照样本改正")
        return
    yield from unknown_keys(look, _KEYS, "look")
    for name in (*_SCHEMES, "words"):
        if not isinstance(look.get(name) or {}, dict):
            yield fault(f"look.{name}", "应是一组键和值", "对照样本改正")
    for name in ("emblem", "emblem_text"):
        if isinstance(look.get(name), (dict, list)):
            yield fault(f"look.{name}", "应是一个值", "对照样本改正")


def _colours(found: Mapping[str, object], scheme: str, faults: list[Fault]) -> Colours:
    """Return the colours of a scheme that can be read; tell ``faults`` of the others."""
    section = f"look.{scheme}"
    faults += unknown_keys(found, USES, section)
    colours = {}
    for key in USES.keys() & found.keys():
        try:
            colours[key] = Colour.parse(str(found[key]))
        except ValueError:
            remedy = '写成 "#8e1a16" 的样式，要加引号'
            faults.append(fault(f"{section}.{key}", "不是颜色的写法", remedy))
    return colours


def _weak(palette: Palette) -> Iterator[Fault]:
    for weak in weak_in(palette):
        change = "浅" if weak.ground.luminance < _MIDDLE else "深"
        yield fault(
            f"look.{weak.scheme}.{weak.key}",
            f"{USES[weak.key].title}与背景 {weak.ground} 的对比度是 {weak.ratio:.2f}，"
            f"看不清（至少 {LEAST}）",
            f"改{change}一些；或者删去这一项，由程序按 brand 配",
        )
