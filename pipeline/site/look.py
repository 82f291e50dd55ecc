"""What the bureau's look adds to the site: its colours as a style sheet, its emblem, its icon."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.settings.look.palette import LIGHT, USES, Colours, Palette
from pipeline.settings.look.read import Look

SHEET = "theme/look.css"
ICON = "theme/icon.svg"
_HIGH = 48
"""Height of the emblem in the header, in CSS pixels."""


@dataclass(frozen=True, slots=True)
class ShownEmblem:
    """The emblem as pages name it: ``width`` and ``height`` in CSS pixels."""

    path: str
    text: str
    width: int
    height: int = _HIGH


def shown_emblem(look: Look, agency: str) -> ShownEmblem | None:
    """Return how the pages of ``agency`` show its emblem, ``None`` where it has none."""
    if look.emblem is None:
        return None
    width = max(1, round(_HIGH * look.emblem.ratio))
    return ShownEmblem(_emblem_path(look.emblem.suffix), look.emblem_text or f"{agency}标志", width)


def shown_words(look: Look, agency: str) -> Mapping[str, str]:
    """Return the words of the site with the name of the bureau in its place."""
    return {key: text.replace("{agency}", agency) for key, text in look.words.items()}


def look_files(look: Look, icon: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file that the look needs; ``icon`` is the delivered one."""
    if look.emblem:
        yield _emblem_path(look.emblem.suffix), look.emblem.content
    if look.palette:
        yield SHEET, _sheet(look.palette).encode()
        yield ICON, _in_colours(icon, look.palette)


def _emblem_path(suffix: str) -> str:
    return f"theme/emblem{suffix}"


def _sheet(palette: Palette) -> str:
    """Return the style sheet. It never says anything of pages in high contrast or on paper.

    ``site.css`` puts the rules of those before these, by their weight.
    """
    dark = _tokens(palette.dark)
    return (
        f":root {{ {_tokens(palette.light)} --plate: {palette.light['brand']}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root:not([data-colour]) {{ {dark} }} }}\n"
        f':root[data-colour="dark"] {{ {dark} }}\n'
    )


def _tokens(colours: Colours) -> str:
    return " ".join(f"--{use.token}: {colours[key]};" for key, use in USES.items())


def _in_colours(icon: bytes, palette: Palette) -> bytes:
    for key in ("brand", "rule"):
        icon = icon.replace(str(LIGHT.delivered[key]).encode(), str(palette.light[key]).encode())
    return icon
