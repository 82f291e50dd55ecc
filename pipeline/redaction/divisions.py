"""Names of provinces, cities and counties: down to them an address stays (DESIGN §7)."""

from importlib.resources import files
from typing import Final


def _names() -> frozenset[str]:
    rows = files(__package__).joinpath("data", "divisions.txt").read_text(encoding="utf-8")
    return frozenset(
        name for row in rows.splitlines() if not row.startswith("#") for name in row.split()
    )


DIVISIONS: Final = _names()
_LONGEST: Final = max(map(len, DIVISIONS))
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
            (n for n in range(_LONGEST, 1, -1) if at + n <= end and text[at : at + n] in DIVISIONS),
            0,
        )
        if not step:
            break
        at += step
        while at < end and text[at] in _BETWEEN:
            at += 1
    return at
