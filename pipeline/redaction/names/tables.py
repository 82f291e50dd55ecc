"""The columns of people in a table: what stands below 姓名, 家长 or 收款人 is a name."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pipeline.redaction.names.candidates import Candidate
from pipeline.redaction.names.lexicon import AFTER, BEFORE, NOT_NAMES, SURNAME, UNLISTED
from pipeline.redaction.names.segments import Segments
from pipeline.redaction.names.veto import PLACE_ENDS

_SIGNS: Final = "\t", "|"
_NAME: Final = "姓名"
_ROLE: Final = 5.0
_ODDS: Final = 2.5
_RAREST: Final = -2.0
_LONGEST: Final = 4


def in_columns(words: Segments) -> Iterator[Candidate]:
    r"""Yield the cells of such columns; cells are apart by a tab or an upright line.

    >>> text = "序号\t姓名\t工种\n1\t包容\t缝纫\n2\t易拉\t整烫"
    >>> [use.name for use in in_columns(Segments(text))]
    ['包容', '易拉']
    """
    for sign in _SIGNS:
        if sign in words.text:
            yield from _columns(words.text, sign)


def _columns(text: str, sign: str) -> Iterator[Candidate]:
    """Yield the cells of the tables with one ``sign``; one ends at a row of another width.

    A row with a number in front may be shorter: the empty cells at its end may not be written.
    """
    headings: Mapping[int, str] = {}
    width = at = 0
    for line in text.split("\n"):
        cells = line.split(sign)
        if len(cells) == width or (1 < len(cells) < width and cells[0].strip().isdigit()):
            if headings:
                yield from _named(cells, at, headings)
        else:
            width = len(cells)
            headings = _headings(cells) if width > 1 else {}
        at += len(line) + 1


def _headings(cells: Sequence[str]) -> Mapping[int, str]:
    """Return whose names stand in the columns whose heading is a role or ends with 姓名."""
    found: dict[int, str] = {}
    for number, cell in enumerate(cells):
        heading = cell.strip()
        cue = BEFORE.get(heading) or (BEFORE[_NAME] if heading.endswith(_NAME) else None)
        if cue is not None and cue.weight > _ROLE:
            found[number] = cue.whose
    return found


def _named(cells: Sequence[str], at: int, headings: Mapping[int, str]) -> Iterator[Candidate]:
    for number, cell in enumerate(cells):
        name = cell.strip()
        if number in headings and _may_be(name):
            start = at + cell.index(name)
            whose = headings[number]
            yield Candidate(start, start + len(name), name, _ODDS, "l:role", "r:role", whose)
        at += len(cell) + 1


def _may_be(name: str) -> bool:
    """Say whether a cell can be a name: it begins with a surname and is no word of forms."""
    if not 2 <= len(name) <= _LONGEST or name[-1] in PLACE_ENDS:
        return False
    if not all("\u3400" <= char <= "\u9fff" for char in name):
        return False
    listed = name in NOT_NAMES or name in BEFORE or name in AFTER
    return not listed and SURNAME.get(name[0], UNLISTED + _RAREST) > _RAREST
