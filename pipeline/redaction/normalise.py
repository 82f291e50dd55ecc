"""One plain form of a text, with the exact way back to the original.

Folds what a reader sees as the same character: width, small and mathematical forms, dashes,
spaces, compatibility ideographs, Cyrillic and Greek look-alikes. One character for one, so that
offsets stay as they are; only invisible characters (removed) and list numbers such as ⒈ or ㈠
(expanded) need an offset map. Chinese punctuation ，：；（） stays as it is. It does not fold what
has two readings: O and 0, l and 1, 一 and 1, ① and 1 are read where a number is looked for
(``digits``), never everywhere.
"""

import re
import unicodedata
from collections.abc import Iterator

from pipeline.redaction.model import NormalText

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
_BLANKS = "\u205f\u3000\u2800\u3164\uffa0\u115f\u1160"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d\u2500\u02d7"
_DOTS = "\u2022\u2027\u30fb\uff65\u22c5\u2219\u00b7\u2024\u16eb\u0387"
_LOOKALIKES = (
    ("АВЕЅЗІЈКМНОРСТУХаеіјорсухѕѵ", "ABES3IJKMHOPCTYXaeijopcyxsv"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοΙ", "ABEZHIKMNOPTYXoI"),
    ("﹝﹞﹙﹚﹛﹜︵︶﹕﹔﹐﹖﹗｡､", "〔〕（）{}（）：；，？！。、"),
)
_KEPT_WIDE = frozenset("，：；（）！？")
_EXPANDED = (
    *range(0x2474, 0x249C),  # ⑴ … ⒛
    *range(0x3220, 0x322A),  # ㈠ … ㈩
    *range(0x1F100, 0x1F10B),  # 🄀 … 🄊
)
_GONE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u034f\u061c\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef"
)


def _single_forms() -> Iterator[tuple[int, str]]:
    """Yield each character that is folded one for one, with what it becomes."""
    for code in (*range(0xFF01, 0xFF5F), *range(0xFE50, 0xFE6C)):
        if chr(code) not in _KEPT_WIDE:
            yield code, unicodedata.normalize("NFKC", chr(code))
    for code in (
        *range(0x2070, 0x209D),  # superscripts and subscripts
        *range(0x00B2, 0x00BA),
        *range(0x24B6, 0x24EA),  # Ⓐ … ⓩ
        *range(0x2E80, 0x2FE0),  # radicals, as PDF files write ideographs
        *range(0xF900, 0xFB00),
        *range(0x2F800, 0x2FA20),
        *range(0x1D400, 0x1D800),  # mathematical letters and digits
        *range(0x1F130, 0x1F14A),
        *range(0x1FBF0, 0x1FBFA),
    ):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            yield code, plain
    for code in range(0x0660, 0x1E960):
        if unicodedata.category(chr(code)) == "Nd":
            yield code, str(unicodedata.decimal(chr(code)))


def _table() -> dict[int, str]:
    table = dict(_single_forms())
    table.update(dict.fromkeys(map(ord, _SPACES + _BLANKS), " "))
    table.update(dict.fromkeys(map(ord, _DASHES), "-"))
    table.update(dict.fromkeys(map(ord, _DOTS), "·"))
    for odd, plain in _LOOKALIKES:
        table.update(zip(map(ord, odd), plain, strict=True))
    return {code: plain for code, plain in table.items() if chr(code) != plain}


def _char_class(codes: set[int]) -> str:
    """Return the inside of a character class that holds ``codes``, as ranges."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)


_FOLD = _table()
_EXPAND = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _EXPANDED}
_EXPAND.update({chr(0x2469 + n): str(10 + n) for n in range(11)})  # ⑩ … ⑳
_GONE_BASIC = _GONE.partition("\U000e0000")[0]
_MOVING = re.compile(f"[{_GONE}{''.join(_EXPAND)}]")
_ANY_ODD = (
    _char_class({code for code in _FOLD if code < 0x10000})
    + _GONE_BASIC
    + "".join(odd for odd in _EXPAND if odd < chr(0x10000))
    + "\U00010000-\U0010ffff"
)
_ODD = re.compile(f"([{_ANY_ODD}][{_ANY_ODD}]*)")
"""A stretch that is not in plain form, perhaps. The class stands twice because a pattern that
begins with a class is looked for twice as fast as one that begins with a repetition."""


def normalise(raw: str) -> NormalText:
    r"""Return ``raw`` in plain form; every span of it maps back to exactly what it came from.

    >>> normalise("１３８\u200b１２").text, normalise("１３８\u200b１２").original(2, 4)
    ('13812', Span(start=2, end=5))
    """
    pieces = _ODD.split(raw)
    if len(pieces) == 1:
        return NormalText(raw)
    odd = pieces[1::2]
    pieces[1::2] = [piece.translate(_FOLD) for piece in odd]
    text = "".join(pieces)
    return _moved(text) if any(map(_MOVING.search, odd)) else NormalText(text)


def _moved(text: str) -> NormalText:
    """Return ``text`` without what is invisible and with list numbers written out."""
    pieces: list[str] = []
    offsets: list[int] = []
    last = 0
    for match in _MOVING.finditer(text):
        start, end = match.span()
        pieces.append(text[last:start])
        offsets.extend(range(last, start))
        grown = _EXPAND.get(match.group(), "")
        pieces.append(grown)
        offsets.extend([start] * len(grown))
        last = end
    pieces.append(text[last:])
    offsets.extend(range(last, len(text) + 1))
    return NormalText("".join(pieces), offsets)
