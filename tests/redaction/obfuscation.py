"""How people and programs disguise a value; each entry is a name and what it does to a text."""

from collections.abc import Callable

Disguise = Callable[[str], str]


def _mapped(table: str) -> Disguise:
    return lambda value: value.translate(str.maketrans("0123456789", table))


def _joined(joint: str, size: int) -> Disguise:
    def disguise(value: str) -> str:
        return joint.join(value[at : at + size] for at in range(0, len(value), size))

    return disguise


def _wide(value: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in value)


def _mathematical(value: str) -> str:
    return "".join(chr(0x1D7CE + int(c)) if c.isdigit() else c for c in value)


def _halves(joint: str) -> Disguise:
    return lambda value: value[: len(value) // 2] + joint + value[len(value) // 2 :]


def _alternating(value: str) -> str:
    spoken = _mapped("〇一二三四五六七八九")
    return "".join(spoken(c) if at % 2 else c for at, c in enumerate(value))


def _mixed_width(value: str) -> str:
    return "".join(_wide(c) if at % 3 else c for at, c in enumerate(value))


ANYWHERE: dict[str, Disguise] = {
    "plain": str,
    "full width": _wide,
    "mixed width": _mixed_width,
    "zero width space": _joined("\u200b", 1),
    "zero width joiner": _halves("\u200d"),
    "byte order mark": _halves("\ufeff"),
    "soft hyphen": _joined("\u00ad", 3),
    "direction marks": lambda value: "\u202d" + value + "\u202c",
    "variation selectors": _joined("\ufe0f", 2),
    "word joiner": _halves("\u2060"),
    "struck through": _joined("\u0336", 1),
}
"""Disguises that a value of any kind can wear."""

GAPS: dict[str, Disguise] = {
    "spaces of three": _joined(" ", 3),
    "spaces of four": _joined(" ", 4),
    "single spaces": _joined(" ", 1),
    "hyphens": _joined("-", 4),
    "en dashes": _joined("–", 4),
    "dots": _joined(".", 4),
    "middle dots": _joined("·", 4),
    "no-break spaces": _joined("\u00a0", 4),
    "ideographic spaces": _joined("\u3000", 4),
    "thin spaces": _joined("\u2009", 4),
    "line break": _halves("\n"),
    "line break and indent": _halves("\r\n\u3000\u3000"),
    "line break inside spaces": _halves(" \n "),
}
"""Gaps inside a value."""

SCRIPTS: dict[str, Disguise] = {
    "Chinese numerals": _mapped("〇一二三四五六七八九"),
    "Chinese numerals with 零": _mapped("零一二三四五六七八九"),
    "Chinese numerals with ○": _mapped("○一二三四五六七八九"),
    "capital numerals": _mapped("零壹贰叁肆伍陆柒捌玖"),
    "traditional capitals": _mapped("零壹貳叄肆伍陸柒捌玖"),
    "every other one Chinese": _alternating,
    "circled": _mapped("⓪①②③④⑤⑥⑦⑧⑨"),
    "black circled": _mapped("⓪❶❷❸❹❺❻❼❽❾"),
    "mathematical": _mathematical,
    "Arabic-Indic": _mapped("٠١٢٣٤٥٦٧٨٩"),
    "subscripts": _mapped("₀₁₂₃₄₅₆₇₈₉"),
    "O for 0": _mapped("O123456789"),
    "o for 0": _mapped("o123456789"),
    "l for 1": _mapped("0l23456789"),
    "I for 1": _mapped("0I23456789"),
    "Cyrillic О for 0": _mapped("О123456789"),
    "Greek Ο for 0": _mapped("Ο123456789"),
    "O for 0 and l for 1": _mapped("Ol23456789"),
    "Cyrillic З for 3": _mapped("012З456789"),
}
"""Other signs for digits."""

NUMERIC = ANYWHERE | GAPS | SCRIPTS
"""Every disguise of a number."""
