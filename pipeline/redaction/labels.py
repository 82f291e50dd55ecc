"""Words that say what the number or the words after them are: 身份证号、联系电话、账号、订单号….

One pass over the text finds them all; each detector takes its own kind.
"""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum, auto
from importlib.resources import files
from operator import itemgetter
from typing import NamedTuple

from pipeline.redaction.keywords import Keywords, Place


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
    VEHICLE = auto()
    DEVICE = auto()
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
_BETWEEN = r"号码为是系即均：:\s（(）)\[\]【】“”\"'#+，,"
_JOIN = re.compile(
    f"[{_BETWEEN}]*(?:(?:(?:证书|书|证)?[证编账卡书]号|ID|分别|本人|No\\.?:?)[{_BETWEEN}]*){{0,8}}"
)
_PADDINGS = Keywords([" 址", "\n址", " 号", " 话", "出 生"])
"""What is in a text whose labels are padded with blanks to fill a cell: 住 址, 联 系 电 话."""
_PADDED = re.compile("[\u4e00-\u9fff](?:[ \\r\\n]{1,8}[\u4e00-\u9fff]){1,12}(?![\u4e00-\u9fff])")
_NUMBERS = {word: which for which, (word, _) in enumerate(_TABLE)}
_LONGEST = max(map(len, _NUMBERS))


class Label(NamedTuple):
    """A word at ``start`` that announces a value of ``kind`` at ``value``."""

    kind: Kind
    start: int
    end: int
    value: int


def labels(text: str) -> Sequence[Label]:
    """Return every label of ``text``, in order, the longest where several begin."""
    places = _LABELS.longest(text)
    if _PADDINGS.everywhere(text):
        padded = [*_padded(text)]
        taken = {place for _, start, end in padded for place in range(start, end)}
        apart = [each for each in places if taken.isdisjoint(range(*each[1:]))]
        places = sorted([*apart, *padded], key=itemgetter(1))
    found: list[Label] = []
    value = 0
    for which, start, end in places:
        kind = _KINDS[which]
        if kind is Kind.NO_LABEL or (kind is Kind.PUBLIC_NUMBER and start < value):
            continue  # the 编号 of 护照编号 says nothing that 护照 does not
        value = _value(text, end)
        found.append(Label(kind, start, end, value))
    return found


def _padded(text: str) -> Iterator[Place]:
    """Yield the labels whose characters stand apart, as forms write them."""
    for match in _PADDED.finditer(text):
        at = [index for index in range(*match.span()) if not text[index].isspace()]
        word = "".join(map(text.__getitem__, at))
        first = 0
        while first < len(word) - 1:
            sizes = range(min(_LONGEST, len(word) - first), 1, -1)
            size = next((n for n in sizes if word[first : first + n] in _NUMBERS), 1)
            if size > 1:
                which = _NUMBERS[word[first : first + size]]
                yield which, at[first], at[first + size - 1] + 1
            first += size


def _value(text: str, end: int) -> int:
    """Return where the value begins that a label announces which stops at ``end``."""
    join = _JOIN.match(text, end)
    return join.end() if join else end
