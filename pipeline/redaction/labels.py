"""Words that say what the number or the words after them are: 身份证号、联系电话、账号、订单号….

One pass over the text finds them all; each detector takes its own kind.
"""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum, auto
from importlib.resources import files
from typing import NamedTuple

from pipeline.redaction.keywords import Keywords


class Kind(IntEnum):
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
LABEL_KINDS = dict(_TABLE)
"""What each label announces."""
_LABELS = Keywords(word for word, _ in _TABLE)
_BETWEEN = r"号码为是系即均：:\s（(）)\[\]【】“”\"'#，,"
_JOIN = re.compile(f"[{_BETWEEN}]*(?:(?:[证编账卡]号|ID|分别|本人|No\\.?:?)[{_BETWEEN}]*){{0,8}}")


class Label(NamedTuple):
    """A word at ``start`` that announces a value of ``kind`` at ``value``."""

    kind: Kind
    start: int
    end: int
    value: int


def labels(text: str) -> Sequence[Label]:
    """Return every label of ``text``, in order, the longest where several begin."""
    return [
        Label(kind, start, end, _value(text, end))
        for which, start, end in _LABELS.longest(text)
        if (kind := _KINDS[which]) is not Kind.NO_LABEL
    ]


def _value(text: str, end: int) -> int:
    """Return where the value begins that a label announces which stops at ``end``."""
    join = _JOIN.match(text, end)
    return join.end() if join else end
