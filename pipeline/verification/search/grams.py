"""Text for search → the grams that the index may know of it: read apart from what made the index.

A text is symbols: each character one, each run of Latin letters and digits one. A gram stands for
two symbols side by side, for one run, or for something that is asked for whole (a label).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Self

import msgspec
import numpy as np
import numpy.typing as npt

from pipeline.domain.case_number import CaseNumber
from pipeline.verification.search.shards import HALF, Pairs, numbers_of

Words = npt.NDArray[np.uint32]

_THOUSANDS = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")
_BRACKETS = str.maketrans("〔[【〈〕]】〉", "(((())))")
_WIDE = tuple((mark, unicodedata.normalize("NFKC", mark)) for mark in "，：；（）！？％＊．～－￥")
"""What most texts have to be made plain in; done one by one that is soon done."""

_IS_RUN = np.uint32(1 << 31)
_RUN, _LABEL, _NAME = 0, 1, 2
_STEPS = 6
"""Steps of amounts; which of them a decision is on tells no more than its amount."""

_UNKNOWN, _BLANK, _LATIN = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_CODES = np.full(0x110000, _UNKNOWN, np.uint32)
"""Character → its code: 0 for what only separates, or what it is else. Filled as they come."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What visitors may fetch of a decision for search: its file below ``search/texts``."""

    number: str = ""
    organ: str = ""
    title: str = ""
    text: str = ""
    violation: str = ""
    penalties: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """All that is read word by word."""
        return f"{self.number}\n{self.organ}\n{self.title}\n{self.text}"

    @property
    def labels(self) -> Iterator[str]:
        """What it may be asked for as a whole."""
        yield from (f"penalty:{kind}" for kind in self.penalties)
        yield f"violation:{self.violation}"
        yield from (f"name:{_compared(name)}" for name in self.parties)
        yield from (f"amount:{step}" for step in range(_STEPS))
        with suppress(ValueError):
            number = CaseNumber.parse(self.number)
            yield f"number:{number.year}:{number.number}"

    def naming(self, shown: Iterable[str]) -> Self:
        """Return the card with those of the ``shown`` names as parties that its text holds."""
        names = [name for name in shown if name not in self.parties and name != self.organ]
        text = _compared(self.text) if names else ""
        held = tuple(name for name in names if _compared(name) in text)
        return msgspec.structs.replace(self, parties=self.parties + held) if held else self


def pairs_of(cards: Sequence[Card]) -> Pairs:
    """Return every gram that follows from some cards.

    The place of a card is the lower half of its pairs. They come in no order, some more than once.
    """
    names = [(place, name) for place, card in enumerate(cards) for name in card.parties]
    labels = [(place, label) for place, card in enumerate(cards) for label in card.labels]
    named = _pairs([name for _, name in names], _places(names))
    told = np.array([_label(label) for _, label in labels], np.uint32)
    return np.concatenate(
        [
            _pairs([card.whole for card in cards], np.arange(len(cards))),
            _joined(_mixed((named >> HALF).astype(np.uint32), _NAME), numbers_of(named)),
            _joined(_mixed(told, _LABEL), _places(labels)),
        ]
    )


def _places(told: Sequence[tuple[int, str]]) -> npt.NDArray[np.intp]:
    return np.array([place for place, _ in told], np.intp)


def _normal(text: str) -> str:
    for mark, narrow in _WIDE:
        text = text.replace(mark, narrow)
    return _THOUSANDS.sub("", unicodedata.normalize("NFKC", text).lower())


def _compared(name: str) -> str:
    return "".join(_normal(name).translate(_BRACKETS).split())


def _pairs(texts: Sequence[str], places: npt.NDArray[np.intp]) -> Pairs:
    """Return the grams of texts that have these places."""
    written = list(map(_normal, texts))
    marks = np.frombuffer("\n".join(written).encode("utf-32-le"), np.uint32)
    codes = _codes(marks)
    ends = np.cumsum([len(text) + 1 for text in written])
    latin = codes == _LATIN
    begins = latin & ~np.concatenate([[False], latin[:-1]])
    codes[begins] = _hashes(marks, np.flatnonzero(begins), latin)
    at = np.flatnonzero(np.where(latin, begins, codes != _BLANK))
    symbols, of = codes[at], np.searchsorted(ends, at, side="right")
    left, right = symbols[:-1], symbols[1:]
    beside = (left != 0) & (right != 0) & (of[:-1] == of[1:])
    runs = begins[at]
    return np.concatenate(
        [
            _joined(_mixed(left[beside], right[beside]), places[of[:-1][beside]]),
            _joined(_mixed(symbols[runs], _RUN), places[of[runs]]),
        ]
    )


def _codes(marks: Words) -> Words:
    codes = _CODES[marks]
    fresh = np.unique(marks[codes == _UNKNOWN])
    if len(fresh):
        _CODES[fresh] = [_code(chr(mark)) for mark in fresh.tolist()]
        codes = _CODES[marks]
    return codes


def _code(character: str) -> int:
    if character.isspace():
        return _BLANK
    if character.isascii() and character.isalnum():
        return _LATIN
    return ord(character) if unicodedata.category(character)[0] in "LMN" else 0


def _hashes(marks: Words, starts: npt.NDArray[np.intp], latin: npt.NDArray[np.bool_]) -> Words:
    """Return FNV-1a over each run, marked as one; all runs go a character at a time."""
    values = np.full(len(starts), 0x811C9DC5, np.uint32)
    going, at = np.arange(len(starts)), starts
    while len(going):
        values[going] = (values[going] ^ marks[at]) * np.uint32(0x01000193)
        more = (at + 1 < len(latin)) & latin[np.minimum(at + 1, len(latin) - 1)]
        going, at = going[more], at[more] + 1
    return values | _IS_RUN


@lru_cache(50_000)
def _label(text: str) -> int:
    """Return FNV-1a over the UTF-16 units of ``text``, as a browser counts them."""
    value = 0x811C9DC5
    for unit in np.frombuffer(text.encode("utf-16-le"), np.uint16).tolist():
        value = ((value ^ unit) * 0x01000193) & 0xFFFFFFFF
    return value


def _mixed(left: Words, right: Words | int) -> Words:
    """Return one number of 32 bits for two."""
    mixed: Words = left * np.uint32(0x9E3779B1)
    mixed += np.asarray(right, np.uint32).reshape(-1) * np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(16)
    mixed *= np.uint32(0x7FEB352D)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x846CA68B)
    mixed ^= mixed >> np.uint32(16)
    return mixed


def _joined(grams: Words, places: npt.NDArray[np.integer]) -> Pairs:
    return grams.astype(np.uint64) << HALF | places.astype(np.uint64)
