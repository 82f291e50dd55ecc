"""Which pages of a built site are worth a look of their own."""

import re
from pathlib import Path


def kinds_of_pages(folder: Path) -> list[str]:
    """Return one page of every kind: those whose addresses differ in more than numbers.

    Every decision is there, because the sample has one of each standing and kind of party.
    """
    found: dict[str, str] = {}
    for file in sorted(folder.rglob("*.html")):
        path = file.relative_to(folder).as_posix()
        kind = re.sub(r"[0-9a-f]{10}|\d+", "0", path)
        found.setdefault(path if path.startswith("decisions/") else kind, path)
    return list(found.values())


def looks_of(folder: Path) -> list[str]:
    """Return as few kinds of pages as together show every element and class that any kind shows."""
    left = {path: _parts((folder / path).read_text("utf-8")) for path in kinds_of_pages(folder)}
    chosen: list[str] = []
    while any(left.values()):
        best = max(left, key=lambda path: len(left[path]))
        shown = left.pop(best)
        chosen.append(best)
        left = {path: parts - shown for path, parts in left.items()}
    return chosen


def _parts(page: str) -> frozenset[str]:
    return frozenset(re.findall(r"<([a-z0-9]+)[ >]", page)) | {
        name for names in re.findall(r'class="([^"]+)"', page) for name in names.split()
    }
