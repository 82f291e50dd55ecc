"""Names of provinces, cities and counties: down to them an address stays (DESIGN §7)."""

from importlib.resources import files
from typing import Final


def _names() -> frozenset[str]:
    rows = files(__package__).joinpath("data", "divisions.txt").read_text(encoding="utf-8")
    return frozenset(
        name for row in rows.splitlines() if not row.startswith("#") for name in row.split()
    )


DIVISIONS: Final = _names()


def _sizes() -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for name in DIVISIONS:
        found.setdefault(name[:2], set()).add(len(name))
    return {head: tuple(sorted(sizes, reverse=True)) for head, sizes in found.items()}


_SIZES: Final = _sizes()
"""By the first two characters of a name, the lengths of names, longest first."""
_BETWEEN: Final = frozenset(" \n\r·,，-")


def below_county(text: str, start: int, end: int) -> int:
    """Return where, in the address ``text[start:end]``, the part below the county begins.

    That is ``start`` when it names no division, and ``end`` when it names nothing else.

    >>> below_county("浙江省衢州市常山县天马街道1号", 0, 15)
    9
    """
    at = start
    while at < end:
        step = next(
            (
                size
                for size in _SIZES.get(text[at : at + 2], ())
                if at + size <= end and text[at : at + size] in DIVISIONS
            ),
            0,
        )
        if not step:
            break
        at += step
        while at < end and text[at] in _BETWEEN:
            at += 1
    return at
