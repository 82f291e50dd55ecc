"""Text → grams: what the index knows of a text. ``theme/static/search/words.js`` does the same.

A text is read as symbols: one for each Chinese character or other letter, one for each run of
Latin letters and digits. Two symbols side by side are a gram; a run is one alone, too. A gram is
kept as a number of 32 bits; that two share one does no harm, for what is found is read again.
"""

import re
import sys
import unicodedata
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Grams = npt.NDArray[np.uint32]

_THOUSANDS = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")
_RUN = re.compile(r"[a-z0-9]+")
_IS_RUN = 0x80000000
_BITS = 0xFFFFFFFF
_FNV_START, _FNV_PRIME = 0x811C9DC5, 0x01000193

_WIDE = tuple((wide, unicodedata.normalize("NFKC", wide)) for wide in "，：；（）．＊％！？～　")
"""What a Chinese text is full of: replaced first, most texts need no more."""

_HELD = "A"
"""Holds the place of a run: no text has capitals when it is compared."""

_SEPARATES, _JOINS, _UNKNOWN = range(3)
_KINDS = np.full(sys.maxunicode + 1, _UNKNOWN, np.uint8)
"""Whether a character separates or joins; found out when it first comes."""


def normal(text: str) -> str:
    """Return ``text`` as it is compared: compatibility forms resolved, small letters, ``2000``.

    >>> normal("罚款２,０００元")
    '罚款2000元'
    """
    for wide, plain in _WIDE:
        if wide in text:
            text = text.replace(wide, plain)
    return _THOUSANDS.sub("", unicodedata.normalize("NFKC", text).lower())


def compared(name: str) -> str:
    """Return a whole name as it is asked for: normal, without spaces, brackets of one kind.

    >>> compared("常山（大桥）建材 有限公司")
    '常山(大桥)建材有限公司'
    """
    return "".join(normal(name).translate(_BRACKETS).split())


_BRACKETS = str.maketrans("〔[【〈〕]】〉", "(((())))")


def grams(text: str) -> Grams:
    """Return the grams of a text, each once, in ascending order."""
    text = normal(text)
    runs = np.array([_fnv(run) | _IS_RUN for run in _RUN.findall(text)], np.uint32)
    codes = _codes("".join(_RUN.sub(_HELD, text).split()), runs)
    left, right = codes[:-1], codes[1:]
    together = (left != 0) & (right != 0)
    pairs = _mixed(left[together], right[together])
    return distinct(pairs, _mixed(runs, np.zeros_like(runs)))


def distinct(*found: Grams) -> Grams:
    """Return the grams of all, each once, in ascending order."""
    whole = np.concatenate(found)
    whole.sort()
    first = np.ones(len(whole), bool)
    np.not_equal(whole[1:], whole[:-1], out=first[1:])
    kept: Grams = whole[first]
    return kept


def labels(*names: str) -> Grams:
    """Return the grams of what is asked for whole: a kind, a 文号, a step of amounts."""
    codes = np.array([_fnv(name) for name in names], np.uint32)
    return _mixed(codes, np.full_like(codes, _LABEL))


_LABEL = 1
_NAME = 2


def name_grams(text: str) -> Grams:
    """Return the grams of the name of an organisation, apart from those of the text."""
    found = grams(text)
    return distinct(_mixed(found, np.full_like(found, _NAME)))


def _codes(text: str, runs: Grams) -> Grams:
    """Return a number for each character: 0 if it separates, that of its run if it holds one."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _KINDS[points]
    if (kinds == _UNKNOWN).any():
        for point in set(points[kinds == _UNKNOWN].tolist()):
            joins = unicodedata.category(chr(point))[0] in "LNM"
            _KINDS[point] = _JOINS if joins else _SEPARATES
        kinds = _KINDS[points]
    codes: Grams = points * kinds
    codes[points == ord(_HELD)] = runs
    return codes


def _mixed(left: Grams, right: Grams) -> Grams:
    """Return one number for two; the steps of a well-known finaliser of 32 bits."""
    mixed = left * np.uint32(0x9E3779B1) + right * np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(16)
    mixed *= np.uint32(0x7FEB352D)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x846CA68B)
    mixed ^= mixed >> np.uint32(16)
    return mixed


@lru_cache(maxsize=100_000)
def _fnv(text: str) -> int:
    """Return FNV-1a over the UTF-16 units of ``text``, as a browser counts them."""
    value = _FNV_START
    units = text.encode("utf-16-le")
    for low, high in zip(units[::2], units[1::2], strict=True):
        value = ((value ^ (high << 8 | low)) * _FNV_PRIME) & _BITS
    return value
