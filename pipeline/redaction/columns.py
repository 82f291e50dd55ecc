"""The columns of a table: what a heading says, it says of every cell below it."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.redaction.labels import LABEL_KINDS, Kind, Label


def column_labels(text: str) -> Iterator[Label]:
    r"""Yield a label for each cell below a heading that is one; cells are apart by a tab.

    A table ends where a row has another number of cells.

    >>> text = "姓名\t住址\n徐海燕\t球川镇12号"
    >>> [text[label.value :] for label in column_labels(text)]
    ['球川镇12号']
    """
    if "\t" not in text:
        return
    headings: Mapping[int, Kind] = {}
    width = at = 0
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) != width:
            width = len(cells)
            headings = _headings(cells) if width > 1 else {}
        elif headings:
            yield from _labelled(cells, at, headings)
        at += len(line) + 1


def _headings(cells: Sequence[str]) -> Mapping[int, Kind]:
    """Return the kinds of the columns whose heading is a label and no more."""
    named = ((number, LABEL_KINDS.get("".join(cell.split()))) for number, cell in enumerate(cells))
    return {number: kind for number, kind in named if kind not in (None, Kind.NO_LABEL)}


def _labelled(cells: Sequence[str], at: int, headings: Mapping[int, Kind]) -> Iterator[Label]:
    for number, cell in enumerate(cells):
        if cell.strip() and (kind := headings.get(number)) is not None:
            value = at + len(cell) - len(cell.lstrip())
            yield Label(kind, value, value, value)
        at += len(cell) + 1
