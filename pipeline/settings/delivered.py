"""Where the files lie that are delivered with the program."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def bundled(name: str) -> Path:
    """Return the path of ``theme``, ``content`` or ``publishconf.py`` as delivered.

    In an installed package they lie inside it; in a checkout, beside it.
    """
    inside = _PACKAGE / "_bundled" / name
    return inside if inside.exists() else _PACKAGE.parent / name
