"""Words that say what the number or the words after them are: 身份证号、联系电话、账号、订单号….

One pass over the text finds them all; each detector takes its own kind.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from importlib.resources import files
from typing import NamedTuple

import ahocorasick_rs


class Kind(Enum):
    """What a label announces."""

    ID = auto()
    CERTIFICATE = auto()
    PHONE = auto()
    ACCOUNT = auto()
    SOCIAL = auto()
    BIRTH = auto()
    PROPERTY = auto()
    PUBLIC_NUMBER = auto()
    HOME = auto()
    ADDRESS = auto()
    PLACE = auto()
    SCHOOL = auto()
    PLATE = auto()
    NO_LABEL = auto()


def _words() -> Iterator[tuple[str, Kind]]:
    rows = files(__package__).joinpath("data", "labels.txt").read_text(encoding="utf-8")
    for row in rows.splitlines():
        if not row.startswith("#"):
            kind, *words = row.split()
            yield from ((word, Kind[kind]) for word in words)


_TABLE = tuple(_words())
_KINDS = tuple(kind for _, kind in _TABLE)
_AUTOMATON = ahocorasick_rs.AhoCorasick(
    [word for word, _ in _TABLE], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
)
_JOIN = re.compile(
    r"(?:号码|证号|ID|编号|账号|卡号|码|号|为|是|系|即|分别|均|本人|[：:\s（(）)\[\]【】“”\"'#，,]|No\.?:?)*"
)


class Label(NamedTuple):
    """A word at ``start`` that announces a value of ``kind`` at ``value``."""

    kind: Kind
    start: int
    end: int
    value: int


def labels(text: str) -> Sequence[Label]:
    """Return every label of ``text``, in order, the longest where several begin."""
    joined = _JOIN.match
    return [
        Label(_KINDS[which], start, end, found.end() if (found := joined(text, end)) else end)
        for which, start, end in _AUTOMATON.find_matches_as_indexes(text)
        if _KINDS[which] is not Kind.NO_LABEL
    ]
